// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/nl/dev, devinfo, netdev, netns: what devices are and can do, from canned and bad bytes. */
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdlib.h>
#include <unistd.h>

#include <linux/genetlink.h>

#include "base/err.h"
#include "netlink.h"
#include "nl/devinfo.h"
#include "nl/netdev.h"
#include "nl/netns.h"

static void linkinfo(struct stream *stream, const void *kind, size_t len)
{
	size_t nest = attr(stream, IFLA_LINKINFO | NLA_F_NESTED, "", 0);

	attr(stream, IFLA_INFO_KIND, kind, len);
	nest_end(stream, nest);
}

static void test_kinds(void **state)
{
	const struct nlattr *attrs[NL_DEV_ATTRS];
	struct stream stream = { 0 };
	struct nl_dev dev;

	(void)state;
	device(&stream, 3, "nk0");
	assert_int_equal(nl_dev_parse(last(&stream), &dev, attrs), 0);
	assert_string_equal(dev.kind, "");
	linkinfo(&stream, "netkit", 7);
	assert_int_equal(nl_dev_parse(last(&stream), &dev, attrs), 0);
	assert_string_equal(dev.name, "nk0");
	assert_string_equal(dev.kind, "netkit");
	device(&stream, 3, "nk0");
	linkinfo(&stream, "a kind too long to be one", 26);
	assert_int_equal(nl_dev_parse(last(&stream), &dev, attrs), 0);
	assert_string_equal(dev.kind, "");
	device(&stream, 3, "nk0");
	linkinfo(&stream, "noend", 5);
	assert_int_equal(nl_dev_parse(last(&stream), &dev, attrs), 0);
	assert_string_equal(dev.kind, "");
	device(&stream, 3, "nk0");
	attr(&stream, IFLA_LINKINFO, "\1\1\1\1\1", 5);
	assert_int_equal(nl_dev_parse(last(&stream), &dev, attrs), -EBADMSG);
}

static void test_devinfo(void **state)
{
	struct ifinfomsg info = { .ifi_index = 7, .ifi_flags = IFF_UP };
	struct stream stream = { 0 };
	struct nl_devinfo devinfo;

	(void)state;
	message(&stream, RTM_NEWLINK, 0);
	append(&stream, &info, sizeof(info));
	attr(&stream, IFLA_IFNAME, "eth7", 5);
	attr_u32(&stream, IFLA_MTU, 9000);
	attr_u32(&stream, IFLA_MIN_MTU, 68);
	attr_u32(&stream, IFLA_MAX_MTU, 9216);
	attr_u32(&stream, IFLA_NUM_RX_QUEUES, 64);
	attr_u32(&stream, IFLA_NUM_TX_QUEUES, 32);
	xdp_nest(&stream, (struct attachment){ XDP_ATTACHED_HW, .any = 5, .offload = 5 });
	assert_int_equal(nl_devinfo_parse(last(&stream), &devinfo), 0);
	assert_string_equal(devinfo.xdp.dev.name, "eth7");
	assert_int_equal(devinfo.xdp.prog_id[NL_XDP_OFFLOAD], 5);
	assert_true(devinfo.up);
	assert_int_equal(devinfo.mtu, 9000);
	assert_int_equal(devinfo.min_mtu, 68);
	assert_int_equal(devinfo.max_mtu, 9216);
	assert_int_equal(devinfo.rx_queues_max, 64);
	assert_int_equal(devinfo.tx_queues_max, 32);
	device(&stream, 8, "v0");
	assert_int_equal(nl_devinfo_parse(last(&stream), &devinfo), 0);
	assert_false(devinfo.up);
	assert_int_equal(devinfo.max_mtu, 0);
	attr(&stream, IFLA_MAX_MTU, "\1\1", 2);
	assert_int_equal(nl_devinfo_parse(last(&stream), &devinfo), -EBADMSG);
}

/* Attributes of the netdev family, by the numbers of Documentation/netlink/specs/netdev.yaml. */
enum {
	IFINDEX = 1,
	XDP_FEATURES = 3,
	ZC_MAX_SEGS = 4,
	RX_METADATA = 5,
};

static void attr_u64(struct stream *stream, uint16_t type, uint64_t value)
{
	attr(stream, type, &value, sizeof(value));
}

static void netdev_message(struct stream *stream, uint32_t ifindex)
{
	struct genlmsghdr genl = { .cmd = 1, .version = 1 };

	message(stream, 20, 0);
	append(stream, &genl, sizeof(genl));
	attr_u32(stream, IFINDEX, ifindex);
}

static void test_netdev(void **state)
{
	struct stream stream = { 0 };
	struct nl_netdev netdev;

	(void)state;
	netdev_message(&stream, 3);
	attr_u64(&stream, XDP_FEATURES, 0x23);
	attr_u32(&stream, ZC_MAX_SEGS, 17);
	attr_u64(&stream, RX_METADATA, 7);
	assert_int_equal(nl_netdev_parse(last(&stream), &netdev), 0);
	assert_int_equal(netdev.ifindex, 3);
	assert_int_equal(netdev.xdp_features, 0x23);
	assert_int_equal(netdev.zc_max_frames, 17);
	assert_int_equal(netdev.rx_metadata, 7);
	netdev_message(&stream, 4);
	assert_int_equal(nl_netdev_parse(last(&stream), &netdev), 0);
	assert_int_equal(netdev.xdp_features, 0);
}

static void test_bad_netdev(void **state)
{
	static const struct {
		uint16_t type;
		size_t len;
	} bad[] = {
		{ IFINDEX, 2 },     { XDP_FEATURES, 4 }, { XDP_FEATURES, 0 },
		{ ZC_MAX_SEGS, 8 }, { RX_METADATA, 4 },
	};
	struct genlmsghdr genl = { 0 };
	struct stream stream = { 0 };
	struct nl_netdev netdev;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		stream.len = 0;
		netdev_message(&stream, 3);
		attr(&stream, bad[i].type, "\1\1\1\1\1\1\1\1", bad[i].len);
		assert_int_equal(nl_netdev_parse(last(&stream), &netdev), -EBADMSG);
	}
	message(&stream, 20, 0);
	assert_int_equal(nl_netdev_parse(last(&stream), &netdev), -EBADMSG);
	append(&stream, &genl, sizeof(genl));
	assert_int_equal(nl_netdev_parse(last(&stream), &netdev), -EBADMSG);
	append(&stream, "\5\0\1\0\1\1\1", 7);
	assert_int_equal(nl_netdev_parse(last(&stream), &netdev), -EBADMSG);
}

static void test_netdev_names(void **state)
{
	(void)state;
	assert_string_equal(nl_netdev_feature(0), "basic");
	assert_string_equal(nl_netdev_feature(6), "ndo-xmit-sg");
	assert_null(nl_netdev_feature(7));
	assert_null(nl_netdev_feature(63));
	assert_string_equal(nl_netdev_metadata(2), "vlan-tag");
	assert_null(nl_netdev_metadata(3));
}

static void test_netdev_of(void **state)
{
	struct nl_netdevs netdevs = { 0 };

	(void)state;
	assert_null(nl_netdev_of(&netdevs, 1));
	for (unsigned int ifindex = 2; ifindex < 20; ifindex += 2)
		assert_int_equal(vec_push(&netdevs, (struct nl_netdev){ .ifindex = ifindex }), 0);
	assert_int_equal(nl_netdev_of(&netdevs, 18)->ifindex, 18);
	assert_int_equal(nl_netdev_of(&netdevs, 2)->ifindex, 2);
	assert_null(nl_netdev_of(&netdevs, 3));
	assert_null(nl_netdev_of(&netdevs, 20));
	vec_free(&netdevs);
}

static void test_netns(void **state)
{
	int own = nl_netns_open("/proc/self/ns/net");
	char name[300];

	(void)state;
	assert_true(own >= 0);
	assert_int_equal(nl_netns_inode(own), nl_netns_own_inode());
	assert_true(fcntl(own, F_GETFD) & FD_CLOEXEC);
	close(own);
	assert_int_equal(nl_netns_open("/proc/self/ns/mnt"), -EINVAL);
	assert_int_equal(nl_netns_open("/dev/null"), -EINVAL);
	assert_int_equal(nl_netns_open("/no/such/file"), -ENOENT);
	assert_int_equal(fail_last()->status, STATUS_MISSING);
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(nl_netns_open(name), -ENOENT);
	assert_int_equal(nl_netns_inode(-1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),        cmocka_unit_test(test_devinfo),
		cmocka_unit_test(test_netdev),       cmocka_unit_test(test_bad_netdev),
		cmocka_unit_test(test_netdev_names), cmocka_unit_test(test_netdev_of),
		cmocka_unit_test(test_netns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
