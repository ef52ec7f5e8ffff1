// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/nl/answer: what one request comes to, from canned and from broken bytes. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "netlink.h"
#include "nl/answer.h"
#include "nl/xdp.h"

/* What a sink was given. */
struct taken {
	struct nl_xdp_list list;
	int fail_with;
};

static int take(const struct nlmsghdr *device_message, void *into)
{
	struct taken *taken = into;
	struct nl_xdp xdp;
	int err = nl_xdp_parse(device_message, &xdp);

	if (err || taken->fail_with)
		return err ?: taken->fail_with;
	return vec_push(&taken->list, xdp);
}

static int answer(const struct stream *stream, struct nl_answer *into, struct taken *taken)
{
	const struct nl_sink sink = { .message = take, .into = taken };
	struct nlmsghdr *copy = malloc(stream->len);
	int more;

	assert_non_null(copy);
	memcpy(copy, stream->bytes, stream->len);
	*into = (struct nl_answer){ .seq = SEQ, .portid = PORTID, .sink = &sink };
	more = nl_answer_take(into, copy, stream->len);
	into->sink = NULL;
	free(copy);
	return more;
}

static void done(struct stream *stream, int code)
{
	message(stream, NLMSG_DONE, NLM_F_MULTI);
	append(stream, &code, sizeof(code));
}

static void error(struct stream *stream, int code, uint16_t flags)
{
	struct nlmsgerr body = { .error = code, .msg = { .nlmsg_len = sizeof(struct nlmsghdr) } };

	message(stream, NLMSG_ERROR, flags);
	append(stream, &body, sizeof(body));
}

static void test_dump(void **state)
{
	struct stream stream = { 0 };
	struct taken taken = { 0 };
	struct nl_answer got;

	(void)state;
	device(&stream, 2, "v1");
	device(&stream, 3, "v0");
	assert_int_equal(answer(&stream, &got, &taken), 1);
	assert_int_equal(taken.list.n, 2);
	assert_string_equal(taken.list.v[1].dev.name, "v0");
	done(&stream, 0);
	assert_int_equal(answer(&stream, &got, &taken), 0);
	assert_int_equal(got.err, 0);
	assert_false(got.interrupted);
	vec_free(&taken.list);
}

static void test_interrupted_dump(void **state)
{
	struct stream stream = { 0 };
	struct taken taken = { 0 };
	struct nl_answer got;

	(void)state;
	device(&stream, 2, "v1");
	last(&stream)->nlmsg_flags |= NLM_F_DUMP_INTR;
	done(&stream, 0);
	assert_int_equal(answer(&stream, &got, &taken), 0);
	assert_true(got.interrupted);
	vec_free(&taken.list);
}

static void test_dump_that_fails(void **state)
{
	struct stream stream = { 0 };
	struct taken taken = { 0 };
	struct nl_answer got;

	(void)state;
	done(&stream, -EOPNOTSUPP);
	last(&stream)->nlmsg_flags |= NLM_F_ACK_TLVS;
	attr(&stream, NLMSGERR_ATTR_MSG, "not here", sizeof("not here"));
	assert_int_equal(answer(&stream, &got, &taken), 0);
	assert_int_equal(got.err, -EOPNOTSUPP);
	assert_string_equal(got.reason, "not here");
}

static void test_sink_error_reads_to_the_end(void **state)
{
	struct taken taken = { .fail_with = -ENOMEM };
	struct stream stream = { 0 };
	struct nl_answer got;

	(void)state;
	device(&stream, 2, "v1");
	device(&stream, 3, "v0");
	done(&stream, 0);
	assert_int_equal(answer(&stream, &got, &taken), 0);
	assert_int_equal(got.err, -ENOMEM);
}

static void test_strangers_are_passed_over(void **state)
{
	struct stream stream = { 0 };
	struct taken taken = { 0 };
	struct nl_answer got;

	(void)state;
	error(&stream, -EPERM, 0);
	last(&stream)->nlmsg_seq = SEQ - 1;
	device(&stream, 2, "v1");
	last(&stream)->nlmsg_pid = 0;
	message(&stream, NLMSG_NOOP, 0);
	assert_int_equal(answer(&stream, &got, &taken), 1);
	assert_int_equal(got.err, 0);
	assert_int_equal(taken.list.n, 0);
	error(&stream, 0, 0);
	assert_int_equal(answer(&stream, &got, &taken), 0);
	assert_int_equal(got.err, 0);
}

static void test_extended_ack(void **state)
{
	struct stream stream = { 0 };
	struct taken taken = { 0 };
	struct nl_answer got;

	(void)state;
	error(&stream, -EBUSY, NLM_F_CAPPED | NLM_F_ACK_TLVS);
	attr_u32(&stream, NLMSGERR_ATTR_OFFS, 16);
	attr(&stream, NLMSGERR_ATTR_MSG, "already attached", sizeof("already attached"));
	assert_int_equal(answer(&stream, &got, &taken), 0);
	assert_int_equal(got.err, -EBUSY);
	assert_string_equal(got.reason, "already attached");
}

static void test_extended_ack_after_the_request(void **state)
{
	struct nlmsgerr body = { .error = -EEXIST, .msg = { .nlmsg_len = 22 } };
	struct stream stream = { 0 };
	struct taken taken = { 0 };
	struct nl_answer got;

	(void)state;
	message(&stream, NLMSG_ERROR, NLM_F_ACK_TLVS);
	append(&stream, &body, sizeof(body));
	append(&stream, "\1\2\3\4\5\6", 6);
	attr(&stream, NLMSGERR_ATTR_MSG, "no", sizeof("no"));
	assert_int_equal(answer(&stream, &got, &taken), 0);
	assert_int_equal(got.err, -EEXIST);
	assert_string_equal(got.reason, "no");
}

static void test_extended_ack_that_lies(void **state)
{
	struct nlmsgerr body = { .error = -EEXIST, .msg = { .nlmsg_len = UINT32_MAX } };
	char endless[300];
	struct stream stream = { 0 };
	struct taken taken = { 0 };
	struct nl_answer got;

	(void)state;
	memset(endless, 'x', sizeof(endless));
	message(&stream, NLMSG_ERROR, NLM_F_ACK_TLVS);
	append(&stream, &body, sizeof(body));
	assert_int_equal(answer(&stream, &got, &taken), 0);
	assert_int_equal(got.err, -EEXIST);
	assert_string_equal(got.reason, "");
	stream.len = 0;
	error(&stream, -EEXIST, NLM_F_CAPPED | NLM_F_ACK_TLVS);
	attr(&stream, NLMSGERR_ATTR_MSG, endless, sizeof(endless));
	assert_int_equal(answer(&stream, &got, &taken), 0);
	assert_int_equal(got.err, -EEXIST);
	assert_string_equal(got.reason, "");
}

static void test_codes_that_are_no_errno(void **state)
{
	static const int bad[] = { 1, INT32_MAX, INT32_MIN, -4096 };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct stream stream = { 0 };
		struct taken taken = { 0 };
		struct nl_answer got;

		error(&stream, bad[i], 0);
		assert_int_equal(answer(&stream, &got, &taken), -EBADMSG);
	}
}

static void test_length_beyond_int(void **state)
{
	struct stream stream = { 0 };
	struct taken taken = { 0 };
	struct nl_answer got;

	(void)state;
	device(&stream, 2, "v1");
	last(&stream)->nlmsg_len = UINT32_MAX;
	assert_int_equal(answer(&stream, &got, &taken), -EBADMSG);
	assert_int_equal(taken.list.n, 0);
}

static void test_truncated_answer(void **state)
{
	struct stream stream = { 0 };
	struct nl_answer got;

	(void)state;
	device(&stream, 2, "v1");
	error(&stream, -EBUSY, 0);
	for (size_t len = 1; len < stream.len; len++) {
		struct taken taken = { 0 };
		struct stream part = stream;
		int more;

		part.len = len;
		more = answer(&part, &got, &taken);
		assert_int_equal(more, len == stream.message ? 1 : -EBADMSG);
		vec_free(&taken.list);
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
	uint32_t seed = 20261124;
	struct stream whole = { 0 };

	(void)state;
	device(&whole, 2, "v1");
	xdp_nest(&whole, (struct attachment){ XDP_ATTACHED_MULTI, .driver = 1, .generic = 2 });
	error(&whole, -EBUSY, NLM_F_CAPPED | NLM_F_ACK_TLVS);
	attr(&whole, NLMSGERR_ATTR_MSG, "already attached", sizeof("already attached"));
	for (int round = 0; round < 100000; round++) {
		struct stream broken = whole;
		struct taken taken = { 0 };
		struct nl_answer got;
		int more;

		for (uint32_t n = next_random(&seed) % 6; n; n--) {
			uint32_t at = next_random(&seed) % (uint32_t)whole.len;

			broken.bytes[at] = (char)next_random(&seed);
		}
		more = answer(&broken, &got, &taken);
		assert_true(more == 0 || more == 1 || more == -EBADMSG);
		assert_non_null(memchr(got.reason, 0, sizeof(got.reason)));
		vec_free(&taken.list);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dump),
		cmocka_unit_test(test_interrupted_dump),
		cmocka_unit_test(test_dump_that_fails),
		cmocka_unit_test(test_sink_error_reads_to_the_end),
		cmocka_unit_test(test_strangers_are_passed_over),
		cmocka_unit_test(test_extended_ack),
		cmocka_unit_test(test_extended_ack_after_the_request),
		cmocka_unit_test(test_extended_ack_that_lies),
		cmocka_unit_test(test_codes_that_are_no_errno),
		cmocka_unit_test(test_length_beyond_int),
		cmocka_unit_test(test_truncated_answer),
		cmocka_unit_test(test_random_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
