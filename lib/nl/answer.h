/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the kernel answers to one netlink request, told from the bytes alone. */
#ifndef XH_NL_ANSWER_H
#define XH_NL_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct nlmsghdr;

/* Where the messages of an answer go. */
struct nl_sink {
	/* Takes one message; a negative errno is what the request then ends with. */
	int (*message)(const struct nlmsghdr *message, void *into);
	/* Drops all that was taken, because the answer is asked for again. */
	void (*restart)(void *into);
	void *into;
};

struct nl_answer {
	uint32_t seq, portid;       /* whose answer it is: messages for others are passed over */
	const struct nl_sink *sink; /* NULL: no messages are wanted */
	int err;                    /* negative errno that the request ended with, or 0 */
	bool interrupted;           /* the objects changed while the kernel was listing them */
	char reason[256];           /* the kernel's extended-ack text, or "" */
};

/*
 * Takes the bytes of one datagram, aligned to 4. 1: more is to come. 0: the answer is complete, see
 * `err`. -EBADMSG: these are no netlink messages. (Format: linux/netlink.h,
 * net/netlink/af_netlink.c)
 */
int nl_answer_take(struct nl_answer *answer, const void *bytes, size_t len);

#endif
