// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Netlink: open a socket, ask the kernel, keep its own words about what it refused. */
#include "nl/nl.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>

#include "base/err.h"

/* What the kernel fills in one read of a listing, unless a single object needs more. */
#define BUFFER_BYTES     (32 * 1024)
#define BUFFER_BYTES_MAX (4 * 1024 * 1024)
#define TRIES            8

static void set_option(struct nl *nl, int option)
{
	int on = 1;

	/* Kernels that do not know an option answer all the same, with less in it. */
	mnl_socket_setsockopt(nl->socket, option, &on, sizeof(on));
}

static int open_bus(struct nl *nl, int bus, const char *name)
{
	*nl = NL_NONE;
	nl->buffer_bytes = BUFFER_BYTES;
	nl->buffer = malloc(nl->buffer_bytes);
	nl->socket = nl->buffer ? mnl_socket_open2(bus, SOCK_CLOEXEC) : NULL;
	if (!nl->socket || mnl_socket_bind(nl->socket, 0, MNL_SOCKET_AUTOPID) < 0) {
		int err = errno;

		nl_close(nl);
		return fail(err, "open a %s netlink socket", name);
	}
	set_option(nl, NETLINK_EXT_ACK);
	set_option(nl, NETLINK_CAP_ACK);
	set_option(nl, NETLINK_GET_STRICT_CHK);
	return 0;
}

int nl_open(struct nl *nl)
{
	return open_bus(nl, NETLINK_ROUTE, "route");
}

int nl_open_generic(struct nl *nl)
{
	return open_bus(nl, NETLINK_GENERIC, "generic");
}

void nl_close(struct nl *nl)
{
	if (nl->socket)
		mnl_socket_close(nl->socket);
	free(nl->buffer);
	*nl = NL_NONE;
}

struct nlmsghdr *nl_request(struct nl_request *request, uint16_t type, uint16_t flags,
			    size_t family_bytes)
{
	struct nlmsghdr *head = mnl_nlmsg_put_header(request->bytes);

	head->nlmsg_type = type;
	head->nlmsg_flags = NLM_F_REQUEST | flags;
	mnl_nlmsg_put_extra_header(head, family_bytes);
	return head;
}

/* Makes room for the next datagram: one that is cut off could hide the end of the answer. */
static int make_room(struct nl *nl)
{
	ssize_t len = recv(mnl_socket_get_fd(nl->socket), NULL, 0, MSG_PEEK | MSG_TRUNC);
	void *wider;

	if (len < 0)
		return -errno;
	if ((size_t)len <= nl->buffer_bytes)
		return 0;
	if (len > BUFFER_BYTES_MAX)
		return -EMSGSIZE;
	wider = realloc(nl->buffer, (size_t)len);
	if (!wider)
		return -ENOMEM;
	nl->buffer = wider;
	nl->buffer_bytes = (size_t)len;
	return 0;
}

/* One datagram; its length or a negative errno. */
static ssize_t receive(struct nl *nl)
{
	ssize_t len;

	do {
		len = make_room(nl);
		if (len < 0)
			continue;
		len = mnl_socket_recvfrom(nl->socket, nl->buffer, nl->buffer_bytes);
		if (len < 0)
			len = -errno;
	} while (len == -EINTR);
	return len;
}

static int exchange(struct nl *nl, struct nlmsghdr *request, struct nl_answer *answer)
{
	int more;

	request->nlmsg_seq = answer->seq = ++nl->seq;
	answer->portid = mnl_socket_get_portid(nl->socket);
	if (mnl_socket_sendto(nl->socket, request, request->nlmsg_len) < 0)
		return -errno;
	do {
		ssize_t len = receive(nl);

		if (len < 0)
			return (int)len;
		more = nl_answer_take(answer, nl->buffer, (size_t)len);
	} while (more > 0);
	return more ?: answer->err;
}

int nl_ask(struct nl *nl, struct nlmsghdr *request, const struct nl_sink *sink)
{
	if ((request->nlmsg_flags & NLM_F_DUMP) != NLM_F_DUMP)
		request->nlmsg_flags |= NLM_F_ACK;
	for (int tries = 1;; tries++) {
		struct nl_answer answer = { .sink = sink };
		int err = exchange(nl, request, &answer);

		memcpy(nl->reason, answer.reason, sizeof(nl->reason));
		if (err || !answer.interrupted)
			return err;
		if (tries == TRIES)
			return 1;
		if (sink)
			sink->restart(sink->into);
	}
}

int nl_fail(const struct nl *nl, int err, const char *format, ...)
{
	char what[512];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	if (!nl->reason[0])
		return fail(err, "%s", what);
	return fail_plain(err, "%s: %s (%s)", what, nl->reason, err_name(err));
}
