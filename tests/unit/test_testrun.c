// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What programs of each type are run on, and the names of what they return. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h" /* before cmocka.h, which defines a macro fail() */
#include "bpf/retval.h"
#include "bpf/testrun.h"
#include "bpf/testrun_kind.h"
#include "bpf/uapi.h"

#include <cmocka.h>

/* A run on a packet and a context of so many bytes. */
static int check(uint32_t type, size_t packet, size_t context, struct testrun run)
{
	const struct bpf_prog_info info = { .type = type };
	int err;

	while (run.packet.len < packet)
		buf_addch(&run.packet, 0);
	while (run.context.len < context)
		buf_addch(&run.context, 0);
	fail_clear();
	err = testrun_kind_check(&info, &run);
	testrun_free(&run);
	assert_int_equal(-fail_last()->err, err);
	return err;
}

#define NOTHING      ((struct testrun){ 0 })
#define REPEAT(N)    ((struct testrun){ .repeat = (N) })
#define WANT(RESULT) ((struct testrun){ .RESULT.wanted = true })

static void packets(void **state)
{
	(void)state;
	assert_int_equal(check(BPF_PROG_TYPE_XDP, 14, 0, NOTHING), 0);
	assert_int_equal(check(BPF_PROG_TYPE_XDP, 13, 0, NOTHING), -EINVAL);
	assert_int_equal(check(BPF_PROG_TYPE_SCHED_CLS, 0, 0, NOTHING), -EINVAL);
	assert_int_equal(check(UAPI_PROG_TYPE_NETFILTER, 20, 0, NOTHING), 0);
	assert_int_equal(check(UAPI_PROG_TYPE_NETFILTER, 19, 0, NOTHING), -EINVAL);
	assert_int_equal(check(BPF_PROG_TYPE_SYSCALL, 0, 0, NOTHING), 0);
	assert_int_equal(check(BPF_PROG_TYPE_SYSCALL, 1, 0, NOTHING), -EINVAL);
	assert_int_equal(check(BPF_PROG_TYPE_SYSCALL, 0, 8, WANT(packet_out)), -EINVAL);
	assert_int_equal(check(BPF_PROG_TYPE_XDP, 14, 0, WANT(packet_out)), 0);
}

static void contexts(void **state)
{
	(void)state;
	assert_int_equal(check(BPF_PROG_TYPE_SK_LOOKUP, 0, 0, NOTHING), -EINVAL);
	assert_int_equal(check(BPF_PROG_TYPE_SK_LOOKUP, 0, 72, WANT(context_out)), 0);
	assert_int_equal(check(BPF_PROG_TYPE_SYSCALL, 0, 8, WANT(context_out)), 0);
	assert_int_equal(check(BPF_PROG_TYPE_RAW_TRACEPOINT, 0, 8, WANT(context_out)), -EINVAL);
	assert_int_equal(check(UAPI_PROG_TYPE_NETFILTER, 20, 8, WANT(context_out)), -EINVAL);
}

static void repeats(void **state)
{
	(void)state;
	assert_int_equal(check(BPF_PROG_TYPE_XDP, 14, 0, REPEAT(UINT32_MAX)), 0);
	assert_int_equal(check(BPF_PROG_TYPE_SYSCALL, 0, 0, REPEAT(1)), 0);
	assert_int_equal(check(BPF_PROG_TYPE_SYSCALL, 0, 0, REPEAT(2)), -EINVAL);
}

/* Types that are not known here are left to the kernel. */
static void other_types(void **state)
{
	(void)state;
	assert_int_equal(check(BPF_PROG_TYPE_KPROBE, 1, 1, WANT(packet_out)), 0);
	assert_int_equal(check(4711, 0, 0, REPEAT(5)), 0);
	assert_null(testrun_kind_of(BPF_PROG_TYPE_KPROBE));
}

static void return_values(void **state)
{
	(void)state;
	assert_string_equal(retval_name(BPF_PROG_TYPE_XDP, 0), "XDP_ABORTED");
	assert_string_equal(retval_name(BPF_PROG_TYPE_XDP, 4), "XDP_REDIRECT");
	assert_null(retval_name(BPF_PROG_TYPE_XDP, 5));
	assert_null(retval_name(BPF_PROG_TYPE_XDP, UINT32_MAX));
	assert_string_equal(retval_name(BPF_PROG_TYPE_SCHED_ACT, 8), "TC_ACT_TRAP");
	assert_string_equal(retval_name(BPF_PROG_TYPE_SCHED_CLS, UINT32_MAX), "TC_ACT_UNSPEC");
	assert_null(retval_name(BPF_PROG_TYPE_SCHED_CLS, 9));
	assert_null(retval_name(BPF_PROG_TYPE_SOCKET_FILTER, 0));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(packets),       cmocka_unit_test(contexts),
		cmocka_unit_test(repeats),       cmocka_unit_test(other_types),
		cmocka_unit_test(return_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
