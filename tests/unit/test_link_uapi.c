// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/bpf: layouts and words of what a test machine may lack: netkit, kprobe_multi, … */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <linux/bpf.h>

#include "bpf/attachtype.h"
#include "bpf/linkinfo.h"
#include "bpf/mprog.h"
#include "bpf/names.h"
#include "bpf/perfname.h"
#include "bpf/uapi.h"
#include "bpf/uapi_attach.h"
#include "bpf/uapi_link.h"

#define AT(MEMBER) offsetof(struct uapi_link_info, MEMBER)

/* The offsets in struct bpf_link_info of Linux 6.18. */
static void test_link_info(void **state)
{
	(void)state;
	assert_int_equal(sizeof(struct uapi_link_info), 64);
	assert_int_equal(AT(prog_id), offsetof(struct bpf_link_info, prog_id));
	assert_int_equal(AT(raw_tracepoint), 16);
	assert_int_equal(AT(raw_tracepoint.cookie), 32);
	assert_int_equal(AT(tracing.cookie), 32);
	assert_int_equal(AT(cgroup.attach_type),
			 offsetof(struct bpf_link_info, cgroup.attach_type));
	assert_int_equal(AT(iter.map_id), offsetof(struct bpf_link_info, iter.map.map_id));
	assert_int_equal(AT(iter.cgroup.order), 40);
	assert_int_equal(AT(iter.task.pid), 36);
	assert_int_equal(AT(device.ifindex), offsetof(struct bpf_link_info, xdp.ifindex));
	assert_int_equal(AT(device.attach_type), 20);
	assert_int_equal(AT(netfilter.flags), 28);
	assert_int_equal(AT(kprobe_multi.missed), 32);
	assert_int_equal(AT(kprobe_multi.cookies), 40);
	assert_int_equal(AT(uprobe_multi.path_size), 48);
	assert_int_equal(AT(uprobe_multi.pid), 60);
	assert_int_equal(AT(perf_event.uprobe.name), 24);
	assert_int_equal(AT(perf_event.uprobe.ref_ctr_offset), 48);
	assert_int_equal(AT(perf_event.kprobe.cookie), 56);
	assert_int_equal(AT(perf_event.tracepoint.cookie), 40);
	assert_int_equal(AT(perf_event.event.cookie), 40);
}

/* The offsets in union bpf_attr. */
static void test_attrs(void **state)
{
	(void)state;
	assert_int_equal(offsetof(struct uapi_attach, replace_fd),
			 offsetof(union bpf_attr, replace_bpf_fd));
	assert_int_equal(offsetof(struct uapi_attach, relative_fd), 20);
	assert_int_equal(offsetof(struct uapi_attach, expected_revision), 24);
	assert_int_equal(offsetof(struct uapi_query, prog_ids),
			 offsetof(union bpf_attr, query.prog_ids));
	assert_int_equal(offsetof(struct uapi_query, count),
			 offsetof(union bpf_attr, query.prog_cnt));
	assert_int_equal(offsetof(struct uapi_query, prog_flags), 32);
	assert_int_equal(offsetof(struct uapi_query, revision), 56);
	assert_int_equal(offsetof(struct uapi_link_create, flags),
			 offsetof(union bpf_attr, link_create.flags));
	assert_int_equal(offsetof(struct uapi_link_create, relative_fd), 16);
	assert_int_equal(offsetof(struct uapi_link_create, expected_revision), 24);
	assert_true(sizeof(struct uapi_query) <= sizeof(union bpf_attr));
}

static void test_names(void **state)
{
	(void)state;
	assert_string_equal(names_link_type(UAPI_LINK_XDP), "xdp");
	assert_string_equal(names_link_type(UAPI_LINK_NETFILTER), "netfilter");
	assert_string_equal(names_link_type(UAPI_LINK_TCX), "tcx");
	assert_string_equal(names_link_type(UAPI_LINK_UPROBE_MULTI), "uprobe_multi");
	assert_string_equal(names_link_type(UAPI_LINK_NETKIT), "netkit");
	assert_string_equal(names_link_type(UAPI_LINK_SOCKMAP), "sockmap");
	assert_null(names_link_type(UINT32_MAX));
	assert_string_equal(attachtype_name(UAPI_NETKIT_PRIMARY), "netkit_primary");
	assert_string_equal(attachtype_name(UAPI_NETKIT_PEER), "netkit_peer");
}

static void test_perf_names(void **state)
{
	char scratch[PERFNAME_SCRATCH];

	(void)state;
	assert_string_equal(perfname_type(0), "hardware");
	assert_string_equal(perfname_type(5), "breakpoint");
	assert_null(perfname_type(6));
	assert_null(perfname_type(UINT32_MAX));
	assert_string_equal(perfname_config(0, 0, scratch), "cpu-cycles");
	assert_string_equal(perfname_config(0, 9, scratch), "ref-cycles");
	assert_null(perfname_config(0, 10, scratch));
	assert_string_equal(perfname_config(1, 11, scratch), "cgroup-switches");
	assert_null(perfname_config(1, UINT64_MAX, scratch));
	assert_string_equal(perfname_config(3, 0x10000, scratch), "L1-dcache-load-misses");
	assert_string_equal(perfname_config(3, 0x0206, scratch), "node-prefetch-refs");
	assert_null(perfname_config(3, 0x07, scratch));
	assert_null(perfname_config(3, 0x0300, scratch));
	assert_null(perfname_config(3, 0x20000, scratch));
	assert_null(perfname_config(3, 1ULL << 40, scratch));
	assert_null(perfname_config(2, 5, scratch));
}

static void test_mprog_find(void **state)
{
	struct mprog mprog = { .entries = { { 5, 0, 0, 0 }, { 9, 0, 3, 0 } }, .count = 2 };

	(void)state;
	assert_int_equal(mprog_find(&mprog, 5), 0);
	assert_int_equal(mprog_find(&mprog, 9), 1);
	assert_int_equal(mprog_find(&mprog, 7), -1);
	mprog.count = 0;
	assert_int_equal(mprog_find(&mprog, 5), -1);
}

static void test_detached(void **state)
{
	static const uint32_t tell[] = { UAPI_LINK_CGROUP,     UAPI_LINK_NETNS, UAPI_LINK_XDP,
					 UAPI_LINK_STRUCT_OPS, UAPI_LINK_TCX,   UAPI_LINK_NETKIT,
					 UAPI_LINK_SOCKMAP };
	struct uapi_link_info info = { .type = UAPI_LINK_NETFILTER };

	(void)state;
	assert_false(linkinfo_is_detached(&info));
	for (size_t i = 0; i < sizeof(tell) / sizeof(*tell); i++) {
		info = (struct uapi_link_info){ .type = tell[i] };
		assert_true(linkinfo_is_detached(&info));
		info.device.ifindex = 1; /* it has its place where the others' numbers begin */
		assert_false(linkinfo_is_detached(&info));
	}
}

static void test_can_detach(void **state)
{
	(void)state;
	assert_true(linkinfo_can_detach(UAPI_LINK_CGROUP));
	assert_true(linkinfo_can_detach(UAPI_LINK_XDP));
	assert_true(linkinfo_can_detach(UAPI_LINK_NETFILTER));
	assert_true(linkinfo_can_detach(UAPI_LINK_SOCKMAP));
	assert_false(linkinfo_can_detach(UAPI_LINK_RAW_TRACEPOINT));
	assert_false(linkinfo_can_detach(UAPI_LINK_TRACING));
	assert_false(linkinfo_can_detach(UAPI_LINK_ITER));
	assert_false(linkinfo_can_detach(UAPI_LINK_PERF_EVENT));
	assert_false(linkinfo_can_detach(UAPI_LINK_KPROBE_MULTI));
	assert_false(linkinfo_can_detach(UAPI_LINK_UPROBE_MULTI));
	assert_false(linkinfo_can_detach(0));
	assert_false(linkinfo_can_detach(UINT32_MAX));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_link_info),  cmocka_unit_test(test_detached),
		cmocka_unit_test(test_attrs),      cmocka_unit_test(test_names),
		cmocka_unit_test(test_perf_names), cmocka_unit_test(test_mprog_find),
		cmocka_unit_test(test_can_detach),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
