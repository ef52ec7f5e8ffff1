// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What the kernel answers to one netlink request, told from the bytes alone. */
#include "nl/answer.h"

#include <errno.h>
#include <string.h>

#include <libmnl/libmnl.h>

#include "nl/attr.h"

/* Text that does not fit or does not parse is left out: the errno is the answer. */
static void take_reason(struct nl_answer *answer, const struct nlmsghdr *message, size_t at)
{
	const struct nlattr *attrs[NLMSGERR_ATTR_MSG + 1];
	size_t len = mnl_nlmsg_get_payload_len(message);
	const char *payload = mnl_nlmsg_get_payload(message);

	if (!(message->nlmsg_flags & NLM_F_ACK_TLVS) || at > len)
		return;
	if (nl_attr_table(payload + at, len - at, attrs, MNL_ARRAY_SIZE(attrs)))
		return;
	if (attrs[NLMSGERR_ATTR_MSG])
		nl_attr_string(attrs[NLMSGERR_ATTR_MSG], answer->reason, sizeof(answer->reason));
}

/* A code that is no errno must not pass for success. */
static int end_with(struct nl_answer *answer, int code)
{
	if (code > 0 || code < -4095)
		return -EBADMSG;
	if (!answer->err)
		answer->err = code;
	return 0;
}

static int take_error(struct nl_answer *answer, const struct nlmsghdr *message)
{
	const struct nlmsgerr *error = mnl_nlmsg_get_payload(message);
	size_t len = mnl_nlmsg_get_payload_len(message);
	size_t at = sizeof(*error);

	if (len < at)
		return -EBADMSG;
	if (!(message->nlmsg_flags & NLM_F_CAPPED) && error->msg.nlmsg_len > sizeof(error->msg))
		at += MNL_ALIGN((size_t)error->msg.nlmsg_len - sizeof(error->msg));
	take_reason(answer, message, at);
	return end_with(answer, error->error);
}

static int take_done(struct nl_answer *answer, const struct nlmsghdr *message)
{
	int code = 0;

	if (mnl_nlmsg_get_payload_len(message) >= sizeof(code)) {
		memcpy(&code, mnl_nlmsg_get_payload(message), sizeof(code));
		take_reason(answer, message, MNL_ALIGN(sizeof(code)));
	}
	return end_with(answer, code);
}

static int take_message(struct nl_answer *answer, const struct nlmsghdr *message)
{
	answer->interrupted |= !!(message->nlmsg_flags & NLM_F_DUMP_INTR);
	switch (message->nlmsg_type) {
	case NLMSG_NOOP:
		return 1;
	case NLMSG_ERROR:
		return take_error(answer, message);
	case NLMSG_DONE:
		return take_done(answer, message);
	case NLMSG_OVERRUN:
		return -EBADMSG;
	}
	/* After an error the rest is only read, so that the socket is clean for the next request.
	 */
	if (answer->sink && !answer->err)
		answer->err = answer->sink->message(message, answer->sink->into);
	return 1;
}

/* libmnl 1.0.4 compares lengths as int, so that one of 2 GiB and more passes for whole. */
static bool is_whole(const struct nlmsghdr *message, int left)
{
	return mnl_nlmsg_ok(message, left) && message->nlmsg_len <= (uint32_t)left;
}

int nl_answer_take(struct nl_answer *answer, const void *bytes, size_t len)
{
	const struct nlmsghdr *message = bytes;
	int left = (int)len;

	while (is_whole(message, left)) {
		int more = 1;

		if (message->nlmsg_seq == answer->seq && message->nlmsg_pid == answer->portid)
			more = take_message(answer, message);
		if (more <= 0)
			return more;
		message = mnl_nlmsg_next(message, &left);
	}
	return left > 0 ? -EBADMSG : 1;
}
