// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/nl/qdisc and filter: qdiscs, classes, cls_bpf and act_bpf, from canned and from cut bytes. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/if_ether.h>
#include <linux/pkt_cls.h>
#include <linux/tc_act/tc_bpf.h>

#include "netlink.h"
#include "nl/filter.h"

static void tc_message(struct stream *stream, uint16_t type, struct tcmsg tc, const char *kind)
{
	message(stream, type, 0);
	append(stream, &tc, sizeof(tc));
	attr(stream, TCA_KIND, kind, strlen(kind) + 1);
}

static struct nl_qdisc qdisc_of(struct stream *stream)
{
	struct nl_qdisc qdisc;

	assert_int_equal(nl_qdisc_parse(last(stream), &qdisc), 0);
	return qdisc;
}

static void test_qdiscs(void **state)
{
	struct stream stream = { 0 };
	struct nl_qdisc qdisc;

	(void)state;
	tc_message(&stream, RTM_NEWQDISC,
		   (struct tcmsg){ .tcm_ifindex = 3, .tcm_handle = 0xffff0000 }, "clsact");
	qdisc = qdisc_of(&stream);
	assert_int_equal(qdisc.ifindex, 3);
	assert_int_equal(qdisc.handle, 0xffff0000);
	assert_true(nl_qdisc_is_clsact(&qdisc));
	assert_false(nl_qdisc_is_ingress(&qdisc));
	tc_message(&stream, RTM_NEWQDISC, (struct tcmsg){ .tcm_ifindex = 3 }, "ingress");
	qdisc = qdisc_of(&stream);
	assert_true(nl_qdisc_is_ingress(&qdisc));
	tc_message(&stream, RTM_NEWTCLASS,
		   (struct tcmsg){ .tcm_ifindex = 4, .tcm_handle = 0x10010 }, "htb");
	qdisc = qdisc_of(&stream);
	assert_int_equal(qdisc.handle, 0x10010);
	assert_string_equal(qdisc.kind, "htb");
}

static void test_what_is_no_qdisc(void **state)
{
	struct tcmsg tc = { .tcm_ifindex = 3 };
	struct stream stream = { 0 };
	struct nl_qdisc qdisc;

	(void)state;
	tc_message(&stream, RTM_NEWTFILTER, tc, "bpf");
	assert_int_equal(nl_qdisc_parse(last(&stream), &qdisc), -EBADMSG);
	tc_message(&stream, RTM_NEWQDISC, (struct tcmsg){ .tcm_ifindex = 0 }, "clsact");
	assert_int_equal(nl_qdisc_parse(last(&stream), &qdisc), -EBADMSG);
	tc_message(&stream, RTM_NEWQDISC, (struct tcmsg){ .tcm_ifindex = -1 }, "clsact");
	assert_int_equal(nl_qdisc_parse(last(&stream), &qdisc), -EBADMSG);
	tc_message(&stream, RTM_NEWQDISC, tc, "sixteencharacter");
	assert_int_equal(nl_qdisc_parse(last(&stream), &qdisc), -EBADMSG);
	message(&stream, RTM_NEWQDISC, 0);
	append(&stream, &tc, sizeof(tc));
	assert_int_equal(nl_qdisc_parse(last(&stream), &qdisc), -EBADMSG);
	message(&stream, RTM_NEWQDISC, 0);
	append(&stream, &tc, 8);
	assert_int_equal(nl_qdisc_parse(last(&stream), &qdisc), -EBADMSG);
}

static struct tcmsg place(uint16_t pref, uint16_t protocol, uint32_t handle)
{
	return (struct tcmsg){
		.tcm_ifindex = 3,
		.tcm_handle = handle,
		.tcm_info = (uint32_t)pref << 16 | htons(protocol),
	};
}

/* A BPF action, as the first in the list of a filter's actions. */
static void bpf_act(struct stream *stream, uint16_t order, const char *name, uint32_t id)
{
	size_t act = attr(stream, order, "", 0), options;

	attr(stream, TCA_ACT_KIND, "bpf", 4);
	options = attr(stream, TCA_ACT_OPTIONS | NLA_F_NESTED, "", 0);
	attr(stream, TCA_ACT_BPF_NAME, name, strlen(name) + 1);
	attr_u32(stream, TCA_ACT_BPF_ID, id);
	nest_end(stream, options);
	nest_end(stream, act);
}

static void mirred_act(struct stream *stream, uint16_t order)
{
	size_t act = attr(stream, order, "", 0);

	attr(stream, TCA_ACT_KIND, "mirred", 7);
	attr(stream, TCA_ACT_OPTIONS | NLA_F_NESTED, "", 0);
	nest_end(stream, act);
}

static void cls_bpf(struct stream *stream, const char *name, uint32_t id, uint32_t flags)
{
	size_t options;

	tc_message(stream, RTM_NEWTFILTER, place(49152, ETH_P_ALL, 1), "bpf");
	attr_u32(stream, TCA_CHAIN, 0);
	options = attr(stream, TCA_OPTIONS | NLA_F_NESTED, "", 0);
	attr(stream, TCA_BPF_NAME, name, strlen(name) + 1);
	attr_u32(stream, TCA_BPF_ID, id);
	attr_u32(stream, TCA_BPF_FLAGS, flags);
	nest_end(stream, options);
}

static void test_cls_bpf(void **state)
{
	struct nl_filters filters AUTO_FILTERS = { 0 };
	struct stream stream = { 0 };
	const struct nl_filter *filter;

	(void)state;
	cls_bpf(&stream, "act:[*fsobj]", 12, TCA_BPF_FLAG_ACT_DIRECT);
	assert_int_equal(nl_filter_add_parsed(last(&stream), &filters), 0);
	assert_int_equal(filters.rows.n, 1);
	filter = &filters.rows.v[0];
	assert_string_equal(filter->kind, "bpf");
	assert_string_equal(filter->name, "act:[*fsobj]");
	assert_int_equal(filter->prog_id, 12);
	assert_int_equal(filter->pref, 49152);
	assert_int_equal(filter->protocol, ETH_P_ALL);
	assert_int_equal(filter->handle, 1);
	assert_int_equal(filter->chain, 0);
	assert_true(filter->direct_action);
	assert_false(filter->has_acts);
	assert_int_equal(filters.prefs.n, 1);
	assert_int_equal(filters.prefs.v[0], 49152);
}

static void test_heads_and_strangers_are_passed_over(void **state)
{
	struct nl_filters filters AUTO_FILTERS = { 0 };
	struct stream stream = { 0 };

	(void)state;
	tc_message(&stream, RTM_NEWTFILTER, place(1, ETH_P_IP, 0), "bpf");
	assert_int_equal(nl_filter_add_parsed(last(&stream), &filters), 0);
	assert_int_equal(filters.rows.n, 0);
	tc_message(&stream, RTM_NEWTFILTER, place(7, ETH_P_IP, 1), "flower");
	attr(&stream, TCA_OPTIONS, "", 0);
	assert_int_equal(nl_filter_add_parsed(last(&stream), &filters), 0);
	tc_message(&stream, RTM_NEWTFILTER, place(8, ETH_P_IP, 1), "newer");
	attr(&stream, TCA_OPTIONS, "", 0);
	assert_int_equal(nl_filter_add_parsed(last(&stream), &filters), 0);
	assert_int_equal(filters.rows.n, 0);
	/* But their prefs are taken, in chain 0. */
	tc_message(&stream, RTM_NEWTFILTER, place(9, ETH_P_IP, 1), "flower");
	attr_u32(&stream, TCA_CHAIN, 5);
	attr(&stream, TCA_OPTIONS, "", 0);
	assert_int_equal(nl_filter_add_parsed(last(&stream), &filters), 0);
	assert_int_equal(filters.prefs.n, 2);
	assert_int_equal(filters.prefs.v[1], 8);
	message(&stream, RTM_NEWLINK, 0);
	assert_int_equal(nl_filter_add_parsed(last(&stream), &filters), -EBADMSG);
}

static void test_classic_bpf_has_no_id(void **state)
{
	struct nl_filters filters AUTO_FILTERS = { 0 };
	struct stream stream = { 0 };
	size_t options;

	(void)state;
	tc_message(&stream, RTM_NEWTFILTER, place(3, ETH_P_ALL, 1), "bpf");
	options = attr(&stream, TCA_OPTIONS, "", 0);
	attr(&stream, TCA_BPF_OPS, "\6\0\0\0\0\0\0\0", 8);
	nest_end(&stream, options);
	assert_int_equal(nl_filter_add_parsed(last(&stream), &filters), 0);
	assert_int_equal(filters.rows.v[0].prog_id, 0);
	assert_string_equal(filters.rows.v[0].name, "");
}

/* This kernel may have no act_bpf: cls_bpf with two of them, and one that is no BPF, between. */
static void test_actions_of_cls_bpf(void **state)
{
	struct nl_filters filters AUTO_FILTERS = { 0 };
	struct stream stream = { 0 };
	const struct nl_filter *filter;
	size_t options, acts;

	(void)state;
	tc_message(&stream, RTM_NEWTFILTER, place(3, ETH_P_ALL, 1), "bpf");
	options = attr(&stream, TCA_OPTIONS | NLA_F_NESTED, "", 0);
	attr(&stream, TCA_BPF_NAME, "cls", 4);
	attr_u32(&stream, TCA_BPF_ID, 5);
	acts = attr(&stream, TCA_BPF_ACT, "", 0);
	bpf_act(&stream, 1, "first", 6);
	mirred_act(&stream, 2);
	bpf_act(&stream, 3, "third", 7);
	nest_end(&stream, acts);
	nest_end(&stream, options);
	assert_int_equal(nl_filter_add_parsed(last(&stream), &filters), 0);
	filter = &filters.rows.v[0];
	assert_true(filter->has_acts);
	assert_int_equal(filter->act_count, 2);
	assert_string_equal(filters.acts.v[filter->act_at].name, "first");
	assert_int_equal(filters.acts.v[filter->act_at].prog_id, 6);
	assert_string_equal(filters.acts.v[filter->act_at + 1].name, "third");
	assert_int_equal(filters.acts.v[filter->act_at + 1].prog_id, 7);
}

/* Filters of other kinds count for the BPF actions that they have. */
static void test_actions_of_other_filters(void **state)
{
	static const struct {
		const char *kind;
		uint16_t acts;
	} kinds[] = {
		{ "u32", TCA_U32_ACT },
		{ "flower", TCA_FLOWER_ACT },
		{ "matchall", TCA_MATCHALL_ACT },
		{ "basic", TCA_BASIC_ACT },
		{ "fw", TCA_FW_ACT },
		{ "route", TCA_ROUTE4_ACT },
		{ "flow", TCA_FLOW_ACT },
		{ "cgroup", TCA_CGROUP_ACT },
	};
	struct nl_filters filters AUTO_FILTERS = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct stream stream = { 0 };
		size_t options, acts;

		tc_message(&stream, RTM_NEWTFILTER, place(3, ETH_P_ALL, 1), kinds[i].kind);
		options = attr(&stream, TCA_OPTIONS, "", 0);
		acts = attr(&stream, kinds[i].acts, "", 0);
		bpf_act(&stream, 1, kinds[i].kind, 100 + (uint32_t)i);
		nest_end(&stream, acts);
		nest_end(&stream, options);
		assert_int_equal(nl_filter_add_parsed(last(&stream), &filters), 0);
		assert_int_equal(filters.rows.n, i + 1);
		assert_string_equal(filters.rows.v[i].kind, kinds[i].kind);
		assert_int_equal(filters.rows.v[i].act_at, i);
		assert_int_equal(filters.acts.v[i].prog_id, 100 + i);
	}
}

static void test_wrong_sizes(void **state)
{
	static const struct {
		uint16_t type;
		size_t len;
	} bad[] = {
		{ TCA_BPF_ID, 2 },   { TCA_BPF_ID, 8 },   { TCA_BPF_FLAGS, 1 },
		{ TCA_BPF_NAME, 0 }, { TCA_BPF_NAME, 3 }, { TCA_BPF_ACT, 3 },
	};
	char endless[NL_FILTER_NAME_MAX + 1];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct nl_filters filters AUTO_FILTERS = { 0 };
		struct stream stream = { 0 };
		size_t options;

		tc_message(&stream, RTM_NEWTFILTER, place(3, ETH_P_ALL, 1), "bpf");
		options = attr(&stream, TCA_OPTIONS, "", 0);
		attr(&stream, bad[i].type, "\1\1\1\1\1\1\1\1", bad[i].len);
		nest_end(&stream, options);
		assert_int_equal(nl_filter_add_parsed(last(&stream), &filters), -EBADMSG);
		assert_int_equal(filters.rows.n, 0);
	}
	memset(endless, 'x', sizeof(endless));
	endless[sizeof(endless) - 1] = '\0';
	for (size_t skip = 0; skip < 2; skip++) {
		struct nl_filters filters AUTO_FILTERS = { 0 };
		struct stream stream = { 0 };

		cls_bpf(&stream, endless + skip, 1, 0);
		assert_int_equal(nl_filter_add_parsed(last(&stream), &filters),
				 skip ? 0 : -EBADMSG);
	}
}

static void whole_filter(struct stream *stream)
{
	size_t options, acts;

	tc_message(stream, RTM_NEWTFILTER, place(3, ETH_P_ALL, 1), "bpf");
	attr_u32(stream, TCA_CHAIN, 2);
	options = attr(stream, TCA_OPTIONS | NLA_F_NESTED, "", 0);
	attr(stream, TCA_BPF_NAME, "name", 5);
	attr_u32(stream, TCA_BPF_ID, 5);
	acts = attr(stream, TCA_BPF_ACT, "", 0);
	bpf_act(stream, 1, "first", 6);
	nest_end(stream, acts);
	nest_end(stream, options);
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

static void test_truncated_filter(void **state)
{
	struct stream stream = { 0 };

	(void)state;
	whole_filter(&stream);
	for (size_t len = sizeof(struct nlmsghdr); len < stream.len; len++) {
		struct nl_filters filters AUTO_FILTERS = { 0 };
		struct nlmsghdr *part = cut(&stream, len);
		int err = nl_filter_add_parsed(part, &filters);

		/* Cut between two attributes it has no options, and is passed over. */
		assert_true(err == -EBADMSG || (!err && !filters.rows.n));
		free(part);
	}
}

/* A small xorshift, so that a failure comes again with the same bytes. */
static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static void test_random_bytes(void **state)
{
	struct stream whole = { 0 };
	uint32_t seed = 20261124;

	(void)state;
	whole_filter(&whole);
	for (int round = 0; round < 50000; round++) {
		struct nl_filters filters AUTO_FILTERS = { 0 };
		struct nlmsghdr *copy = cut(&whole, whole.len);
		size_t first = sizeof(*copy);
		struct nl_qdisc qdisc;
		int err;

		for (uint32_t n = next_random(&seed) % 6; n; n--) {
			size_t at = first + next_random(&seed) % (whole.len - first);

			((char *)copy)[at] = (char)next_random(&seed);
		}
		err = nl_filter_add_parsed(copy, &filters);
		assert_true(err == 0 || err == -EBADMSG);
		copy->nlmsg_type = RTM_NEWQDISC;
		err = nl_qdisc_parse(copy, &qdisc);
		assert_true(err == 0 || err == -EBADMSG);
		free(copy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_qdiscs),
		cmocka_unit_test(test_what_is_no_qdisc),
		cmocka_unit_test(test_cls_bpf),
		cmocka_unit_test(test_heads_and_strangers_are_passed_over),
		cmocka_unit_test(test_classic_bpf_has_no_id),
		cmocka_unit_test(test_actions_of_cls_bpf),
		cmocka_unit_test(test_actions_of_other_filters),
		cmocka_unit_test(test_wrong_sizes),
		cmocka_unit_test(test_truncated_filter),
		cmocka_unit_test(test_random_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
