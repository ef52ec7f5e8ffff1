// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Tests of lib/bpf/attachtype.c and of the words for how programs of control groups are attached. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bpf/attachtype.h"
#include "bpf/cgroupprogs.h"
#include "bpf/uapi.h"

static void test_prog_types(void **state)
{
	(void)state;
	assert_int_equal(attachtype_prog_type(BPF_CGROUP_INET_INGRESS), BPF_PROG_TYPE_CGROUP_SKB);
	assert_int_equal(attachtype_prog_type(BPF_CGROUP_SOCK_OPS), BPF_PROG_TYPE_SOCK_OPS);
	assert_int_equal(attachtype_prog_type(BPF_CGROUP_INET6_POST_BIND),
			 BPF_PROG_TYPE_CGROUP_SOCK);
	assert_int_equal(attachtype_prog_type(UAPI_CGROUP_UNIX_GETSOCKNAME),
			 BPF_PROG_TYPE_CGROUP_SOCK_ADDR);
	assert_int_equal(attachtype_prog_type(BPF_LSM_CGROUP), BPF_PROG_TYPE_LSM);
	assert_int_equal(attachtype_prog_type(BPF_XDP), 0);
	assert_int_equal(attachtype_prog_type(UINT32_MAX), 0);
}

static void test_of_cgroups(void **state)
{
	unsigned int count = 0;

	(void)state;
	for (uint32_t type = 0; attachtype_name(type); type++)
		count += attachtype_of_cgroup(type);
	assert_int_equal(count, 29);
	assert_true(attachtype_of_cgroup(BPF_LSM_CGROUP));
	assert_false(attachtype_of_cgroup(BPF_LSM_MAC));
	assert_false(attachtype_of_cgroup(BPF_SK_MSG_VERDICT));
	assert_false(attachtype_of_cgroup(BPF_FLOW_DISSECTOR));
}

static void test_flags(void **state)
{
	char scratch[CGROUPPROGS_FLAGS_MAX];

	(void)state;
	assert_string_equal(cgroupprogs_flags(0, scratch), "");
	assert_string_equal(cgroupprogs_flags(CGROUPPROGS_OVERRIDE, scratch), "override");
	assert_string_equal(cgroupprogs_flags(CGROUPPROGS_MULTI, scratch), "multi");
	assert_string_equal(cgroupprogs_flags(CGROUPPROGS_MULTI | CGROUPPROGS_PREORDER, scratch),
			    "multi,preorder");
	assert_string_equal(cgroupprogs_flags(0x80, scratch), "unknown(0x80)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_prog_types),
		cmocka_unit_test(test_of_cgroups),
		cmocka_unit_test(test_flags),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
