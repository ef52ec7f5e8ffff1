/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Netlink messages under construction, for tests that need no kernel. */
#ifndef XH_TESTS_NETLINK_H
#define XH_TESTS_NETLINK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#define SEQ    7
#define PORTID 4711

/* Messages under construction, one after another. */
struct stream {
	_Alignas(4) char bytes[1024];
	size_t len;
	size_t message; /* where the last message begins */
};

static inline struct nlmsghdr *last(struct stream *stream)
{
	return (struct nlmsghdr *)(void *)(stream->bytes + stream->message);
}

static inline size_t append(struct stream *stream, const void *bytes, size_t len)
{
	size_t at = stream->len;

	assert_true(at + NLMSG_ALIGN(len) <= sizeof(stream->bytes));
	memset(stream->bytes + at, 0, NLMSG_ALIGN(len));
	memcpy(stream->bytes + at, bytes, len);
	stream->len += NLMSG_ALIGN(len);
	last(stream)->nlmsg_len = (uint32_t)(stream->len - stream->message);
	return at;
}

static inline void message(struct stream *stream, uint16_t type, uint16_t flags)
{
	struct nlmsghdr head = {
		.nlmsg_type = type, .nlmsg_flags = flags, .nlmsg_seq = SEQ, .nlmsg_pid = PORTID
	};

	stream->message = stream->len;
	append(stream, &head, sizeof(head));
}

static inline size_t attr(struct stream *stream, uint16_t type, const void *value, size_t len)
{
	struct nlattr head = { .nla_len = (uint16_t)(sizeof(head) + len), .nla_type = type };
	size_t at = append(stream, &head, sizeof(head));

	append(stream, value, len);
	return at;
}

static inline void attr_u8(struct stream *stream, uint16_t type, uint8_t value)
{
	attr(stream, type, &value, sizeof(value));
}

static inline void attr_u32(struct stream *stream, uint16_t type, uint32_t value)
{
	attr(stream, type, &value, sizeof(value));
}

/* The attribute at `at` takes in all that came after it. */
static inline void nest_end(struct stream *stream, size_t at)
{
	struct nlattr *nest = (struct nlattr *)(void *)(stream->bytes + at);

	nest->nla_len = (uint16_t)(stream->len - at);
}

static inline void device(struct stream *stream, int ifindex, const char *name)
{
	struct ifinfomsg info = { .ifi_index = ifindex };

	message(stream, RTM_NEWLINK, 0);
	append(stream, &info, sizeof(info));
	attr(stream, IFLA_IFNAME, name, strlen(name) + 1);
	attr_u32(stream, IFLA_MTU, 1500);
}

struct attachment {
	uint8_t attached;
	uint32_t any, driver, generic, offload; /* 0: no such attribute */
};

static inline void xdp_nest(struct stream *stream, struct attachment what)
{
	size_t nest = attr(stream, IFLA_XDP | NLA_F_NESTED, "", 0);

	attr_u8(stream, IFLA_XDP_ATTACHED, what.attached);
	if (what.any)
		attr_u32(stream, IFLA_XDP_PROG_ID, what.any);
	if (what.driver)
		attr_u32(stream, IFLA_XDP_DRV_PROG_ID, what.driver);
	if (what.generic)
		attr_u32(stream, IFLA_XDP_SKB_PROG_ID, what.generic);
	if (what.offload)
		attr_u32(stream, IFLA_XDP_HW_PROG_ID, what.offload);
	nest_end(stream, nest);
}

#endif
