/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Netlink: open a socket, ask the kernel, keep its own words about what it refused. */
#ifndef XH_NL_NL_H
#define XH_NL_NL_H

#include <stdint.h>

#include "nl/answer.h"

struct mnl_socket;

struct nl {
	struct mnl_socket *socket;
	void *buffer;
	size_t buffer_bytes;
	uint32_t seq;
	char reason[256]; /* the kernel's extended-ack text for the last request, or "" */
};

#define AUTO_NL __attribute__((cleanup(nl_close)))
#define NL_NONE ((struct nl){ 0 })

/* Room for any request of lib/nl, all of which are small; aligned as netlink wants it. */
struct nl_request {
	_Alignas(4) char bytes[512];
};

/*
 * Open a socket of route or of generic netlink in the network namespace of this thread; 0, or a
 * negative errno with the failure recorded.
 */
int nl_open(struct nl *nl);
int nl_open_generic(struct nl *nl);
void nl_close(struct nl *nl);

/*
 * Starts a request of that message type and NLM_F_* flags, with `family_bytes` of its family's
 * header, zeroed; the caller fills that and adds attributes.
 */
struct nlmsghdr *nl_request(struct nl_request *request, uint16_t type, uint16_t flags,
			    size_t family_bytes);

/*
 * Sends a request (with NLM_F_DUMP, or else NLM_F_ACK is added) and gives the messages of its
 * answer to `sink`, which may be NULL. A listing that changed under way is asked for again, a few
 * times. 0; 1 when it changed each time, so that what was taken may lack something; or a negative
 * errno, no failure recorded: nl_fail() does that.
 */
int nl_ask(struct nl *nl, struct nlmsghdr *request, const struct nl_sink *sink);

/*
 * Records what nl_ask() ended with and returns it. Where the kernel gave its own reason that
 * stands in place of the errno's text: "attach … to v0: XDP program already attached (EBUSY)".
 */
int nl_fail(const struct nl *nl, int err, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
