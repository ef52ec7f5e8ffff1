// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/nl/xdp and dev: attachments of a device, from canned and from cut bytes. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "netlink.h"
#include "nl/xdp.h"

static int parse(struct attachment what, struct nl_xdp *xdp)
{
	struct stream stream = { 0 };

	device(&stream, 3, "v0");
	xdp_nest(&stream, what);
	return nl_xdp_parse(last(&stream), xdp);
}

static void assert_ids(const struct nl_xdp *xdp, uint32_t generic, uint32_t driver,
		       uint32_t offload)
{
	assert_string_equal(xdp->dev.name, "v0");
	assert_int_equal(xdp->dev.ifindex, 3);
	assert_int_equal(xdp->prog_id[NL_XDP_GENERIC], generic);
	assert_int_equal(xdp->prog_id[NL_XDP_DRIVER], driver);
	assert_int_equal(xdp->prog_id[NL_XDP_OFFLOAD], offload);
	assert_int_equal(nl_xdp_count(xdp), !!generic + !!driver + !!offload);
}

static void test_modes(void **state)
{
	struct nl_xdp xdp;

	(void)state;
	assert_int_equal(parse((struct attachment){ .attached = XDP_ATTACHED_NONE }, &xdp), 0);
	assert_ids(&xdp, 0, 0, 0);
	assert_int_equal(parse((struct attachment){ XDP_ATTACHED_DRV, .any = 12, .driver = 12 },
			       &xdp),
			 0);
	assert_ids(&xdp, 0, 12, 0);
	assert_int_equal(parse((struct attachment){ XDP_ATTACHED_SKB, .any = 13, .generic = 13 },
			       &xdp),
			 0);
	assert_ids(&xdp, 13, 0, 0);
	assert_int_equal(parse((struct attachment){ XDP_ATTACHED_HW, .any = UINT32_MAX,
						    .offload = UINT32_MAX },
			       &xdp),
			 0);
	assert_ids(&xdp, 0, 0, UINT32_MAX);
}

static void test_multi(void **state)
{
	struct nl_xdp xdp;

	(void)state;
	assert_int_equal(parse((struct attachment){ XDP_ATTACHED_MULTI, .driver = 1, .generic = 2,
						    .offload = 3 },
			       &xdp),
			 0);
	assert_ids(&xdp, 2, 1, 3);
	assert_int_equal(parse((struct attachment){ XDP_ATTACHED_MULTI, .driver = 1, .offload = 3 },
			       &xdp),
			 0);
	assert_ids(&xdp, 0, 1, 3);
}

static void test_old_kernel_gives_one_id(void **state)
{
	struct nl_xdp xdp;

	(void)state;
	assert_int_equal(parse((struct attachment){ XDP_ATTACHED_SKB, .any = 5 }, &xdp), 0);
	assert_ids(&xdp, 5, 0, 0);
	assert_int_equal(parse((struct attachment){ XDP_ATTACHED_DRV, .any = 6 }, &xdp), 0);
	assert_ids(&xdp, 0, 6, 0);
}

static void test_unknown_mode_keeps_known_ids(void **state)
{
	struct nl_xdp xdp;

	(void)state;
	assert_int_equal(parse((struct attachment){ 9, .any = 4, .driver = 8 }, &xdp), 0);
	assert_ids(&xdp, 0, 8, 0);
}

static void test_attached_without_id(void **state)
{
	struct nl_xdp xdp;

	(void)state;
	assert_int_equal(parse((struct attachment){ .attached = XDP_ATTACHED_DRV }, &xdp),
			 -EBADMSG);
	assert_int_equal(parse((struct attachment){ XDP_ATTACHED_HW, .driver = 3 }, &xdp),
			 -EBADMSG);
}

static void test_device_without_xdp(void **state)
{
	struct stream stream = { 0 };
	struct nl_xdp xdp;

	(void)state;
	device(&stream, 3, "v0");
	assert_int_equal(nl_xdp_parse(last(&stream), &xdp), 0);
	assert_ids(&xdp, 0, 0, 0);
}

static void test_wrong_sizes(void **state)
{
	static const struct {
		uint16_t type;
		size_t len;
	} bad[] = {
		{ IFLA_XDP_ATTACHED, 0 },    { IFLA_XDP_ATTACHED, 4 },
		{ IFLA_XDP_PROG_ID, 0 },     { IFLA_XDP_PROG_ID, 3 },
		{ IFLA_XDP_PROG_ID, 8 },     { IFLA_XDP_DRV_PROG_ID, 2 },
		{ IFLA_XDP_SKB_PROG_ID, 5 }, { IFLA_XDP_HW_PROG_ID, 16 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct stream stream = { 0 };
		struct nl_xdp xdp;
		size_t nest;

		device(&stream, 3, "v0");
		nest = attr(&stream, IFLA_XDP, "", 0);
		attr_u8(&stream, IFLA_XDP_ATTACHED, XDP_ATTACHED_DRV);
		attr(&stream, bad[i].type, "\1\0\0\0\1\0\0\0\1\0\0\0\1\0\0", bad[i].len);
		nest_end(&stream, nest);
		assert_int_equal(nl_xdp_parse(last(&stream), &xdp), -EBADMSG);
	}
}

static void test_bad_names(void **state)
{
	struct ifinfomsg info = { .ifi_index = 3 };
	struct stream stream = { 0 };
	struct nl_xdp xdp;

	(void)state;
	device(&stream, 3, "sixteencharacter");
	assert_int_equal(nl_xdp_parse(last(&stream), &xdp), -EBADMSG);
	message(&stream, RTM_NEWLINK, 0);
	append(&stream, &info, sizeof(info));
	assert_int_equal(nl_xdp_parse(last(&stream), &xdp), -EBADMSG);
	attr(&stream, IFLA_IFNAME, "noend", 5);
	assert_int_equal(nl_xdp_parse(last(&stream), &xdp), -EBADMSG);
	attr(&stream, IFLA_IFNAME, "fifteencharacte", 16);
	assert_int_equal(nl_xdp_parse(last(&stream), &xdp), 0);
	assert_string_equal(xdp.dev.name, "fifteencharacte");
}

static void test_not_a_device(void **state)
{
	struct stream stream = { 0 };
	struct nl_xdp xdp;

	(void)state;
	device(&stream, 0, "v0");
	assert_int_equal(nl_xdp_parse(last(&stream), &xdp), -EBADMSG);
	device(&stream, -1, "v0");
	assert_int_equal(nl_xdp_parse(last(&stream), &xdp), -EBADMSG);
	device(&stream, 3, "v0");
	last(&stream)->nlmsg_type = RTM_NEWADDR;
	assert_int_equal(nl_xdp_parse(last(&stream), &xdp), -EBADMSG);
}

/* A copy of the first `len` bytes, with nothing behind them that may be read. */
static struct nlmsghdr *cut(const struct stream *stream, size_t len)
{
	struct nlmsghdr *copy = malloc(len);

	assert_non_null(copy);
	memcpy(copy, stream->bytes, len);
	copy->nlmsg_len = (uint32_t)len;
	return copy;
}

static void test_truncated_message(void **state)
{
	struct stream stream = { 0 };

	(void)state;
	device(&stream, 3, "v0");
	xdp_nest(&stream, (struct attachment){ XDP_ATTACHED_DRV, .any = 12, .driver = 12 });
	for (size_t len = sizeof(struct nlmsghdr); len < stream.len; len++) {
		struct nlmsghdr *part = cut(&stream, len);
		struct nl_xdp xdp;
		int err = nl_xdp_parse(part, &xdp);

		/* Cut between two attributes it is whole; what it then holds has to be right. */
		assert_true(err == -EBADMSG || (!err && !nl_xdp_count(&xdp)));
		free(part);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_modes),
		cmocka_unit_test(test_multi),
		cmocka_unit_test(test_old_kernel_gives_one_id),
		cmocka_unit_test(test_unknown_mode_keeps_known_ids),
		cmocka_unit_test(test_attached_without_id),
		cmocka_unit_test(test_device_without_xdp),
		cmocka_unit_test(test_wrong_sizes),
		cmocka_unit_test(test_bad_names),
		cmocka_unit_test(test_not_a_device),
		cmocka_unit_test(test_truncated_message),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
