// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Running a program on data of our own, away from its hook (BPF_PROG_TEST_RUN). */
#include "bpf/testrun.h"

#include <errno.h>

#include "base/err.h"
#include "bpf/sys.h"
#include "bpf/testrun_kind.h"

/* What a program can make of its input, at most: a packet has 64 KiB. */
#define ROOM ((size_t)128 * 1024)

/* Each time the kernel says how much it takes; twice is for a program that gives other data. */
#define ATTEMPTS 4

static const void *bytes_of(const struct buf *buf)
{
	return buf->len ? buf->data : NULL;
}

/* Room for `size` bytes; NULL and 0 where nothing is wanted. */
static int make_room(struct testrun_result *result, void **bytes, uint32_t *size)
{
	*bytes = NULL;
	if (!result->wanted)
		*size = 0;
	if (!*size)
		return 0;
	if (!buf_reserve(&result->bytes, *size))
		return buf_err(&result->bytes);
	*bytes = result->bytes.data;
	return 0;
}

static uint32_t first_room(const struct testrun_result *result, size_t input)
{
	size_t room = input + ROOM;

	return result->room > room ? result->room : (uint32_t)room;
}

/* It runs again where a result does not fit, so the first room is more than is ever needed. */
static int attempt(int fd, struct testrun *run, struct sys_run *call)
{
	int err = -ENOSPC;

	call->data_size_out = first_room(&run->packet_out, run->packet.len);
	call->ctx_size_out = first_room(&run->context_out, run->context.len);
	for (int i = 0; err == -ENOSPC && i < ATTEMPTS; i++) {
		int no_room = make_room(&run->packet_out, &call->data_out, &call->data_size_out)
				      ?: make_room(&run->context_out, &call->ctx_out,
						   &call->ctx_size_out);

		if (no_room)
			return no_room;
		err = sys_prog_run(fd, call);
	}
	return err;
}

static void take(struct testrun_result *result, uint32_t size)
{
	if (result->wanted && result->bytes.data)
		result->bytes.len = size;
}

int testrun(int fd, const struct bpf_prog_info *info, struct testrun *run)
{
	const struct testrun_kind *kind = testrun_kind_of(info->type);
	struct testrun_result *context_out = &run->context_out;
	bool in_place = kind && kind->in_place && context_out->wanted;
	struct sys_run call = {
		.data_in = bytes_of(&run->packet),
		.data_size_in = (uint32_t)run->packet.len,
		.ctx_in = bytes_of(&run->context),
		.ctx_size_in = (uint32_t)run->context.len,
		.repeat = kind && !kind->repeats ? 0 : run->repeat,
	};
	int err = testrun_kind_check(info, run);

	if (err)
		return err;
	/* The kernel may leave the sizes as they are for a type that gives nothing back. */
	run->packet_out.wanted = run->packet_out.wanted && kind;
	context_out->wanted = context_out->wanted && kind && !in_place;
	err = attempt(fd, run, &call);
	if (err)
		return testrun_kind_refused(err, info, run);
	take(&run->packet_out, call.data_size_out);
	take(context_out, call.ctx_size_out);
	if (in_place)
		buf_add(&context_out->bytes, buf_str(&run->context), run->context.len);
	run->retval = call.retval;
	run->timed = kind && kind->repeats;
	run->duration_ns = call.duration_ns;
	return buf_err(&context_out->bytes);
}

void testrun_free(struct testrun *run)
{
	buf_free(&run->packet);
	buf_free(&run->context);
	buf_free(&run->packet_out.bytes);
	buf_free(&run->context_out.bytes);
}
