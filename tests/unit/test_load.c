// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What is done to an object file before it is loaded: types, choice, globals; files of BTF. */
#include <linux/bpf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../bpf/hello_object.h"
#include "base/err.h" /* before cmocka.h, which defines a macro fail() */
#include "base/file.h"
#include "bpf/load.h"
#include "bpf/pinset.h"
#include "bpf/prepare.h"
#include "bpf/progtype.h"
#include "elf/kernelbtf.h"

#include <cmocka.h>

static size_t hello_size(void)
{
	return (size_t)(hello_object_end - hello_object_start);
}

static void assert_cause(const char *warnings, const char *expected)
{
	struct messages messages = { 0 };
	char cause[64];

	buf_addstr(&messages.warnings, warnings);
	messages_cause(&messages, cause, sizeof(cause));
	assert_string_equal(cause, expected);
	messages_free(&messages);
}

static void test_cause(void **state)
{
	(void)state;
	assert_cause("", "");
	assert_cause("libbpf: \n", "");
	assert_cause("libbpf: one\nlibbpf: two\n", "one");
	assert_cause("libbpf: map 'a\nb': no\nlibbpf: two\n", "map 'a\nb': no");
	assert_cause("libbpf: -- BEGIN BTF LOAD LOG ---\n[1] INT\n\n-- END BTF LOAD LOG --\n"
		     "libbpf: Error loading .BTF into kernel: -22.\nlibbpf: why\n",
		     "why");
}

static void open_hello(struct objfile *file)
{
	const struct objfile_source source = {
		.path = "hello.bpf.o",
		.bytes = hello_object_start,
		.size = hello_size(),
	};

	assert_int_equal(objfile_open(&source, file), 0);
}

static void test_types(void **state)
{
	static const struct {
		const char *word;
		uint32_t number;
		bool is_section;
	} words[] = {
		{ "xdp", BPF_PROG_TYPE_XDP, true },
		{ "kprobe", BPF_PROG_TYPE_KPROBE, true },
		{ "kprobe/", BPF_PROG_TYPE_KPROBE, true },
		{ "tcx/ingress", BPF_PROG_TYPE_SCHED_CLS, true },
		{ "sched_cls", BPF_PROG_TYPE_SCHED_CLS, false },
		{ "socket_filter", BPF_PROG_TYPE_SOCKET_FILTER, false },
		{ "netfilter", 32, true },
	};
	struct progtype type;

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		assert_int_equal(progtype_read(words[i].word, &type), 0);
		assert_int_equal(type.number, words[i].number);
		assert_int_equal(type.is_section, words[i].is_section);
	}
	assert_int_equal(progtype_read("scehd_cls", &type), -EINVAL);
	assert_string_equal(fail_last()->text, "there is no type of program 'scehd_cls'");
	assert_string_equal(fail_last()->hint, "did you mean 'sched_cls'?");
	assert_int_equal(progtype_read("", &type), -EINVAL);
	assert_int_equal(progtype_read("unspec", &type), -EINVAL);
}

static void test_prepare_type(void **state)
{
	struct objfile file AUTO_OBJFILE = { 0 };

	(void)state;
	open_hello(&file);
	assert_int_equal(file.progs.v[0].attach_type, BPF_XDP);
	assert_int_equal(prepare_type(&file, "cgroup/connect4"), 0);
	assert_int_equal(file.progs.v[0].type, BPF_PROG_TYPE_CGROUP_SOCK_ADDR);
	assert_int_equal(file.progs.v[0].attach_type, BPF_CGROUP_INET4_CONNECT);
	assert_int_equal(prepare_type(&file, "sched_cls"), 0);
	assert_int_equal(file.progs.v[0].type, BPF_PROG_TYPE_SCHED_CLS);
	assert_int_equal(file.progs.v[0].attach_type, 0);
	assert_int_equal(prepare_type(&file, "nothing"), -EINVAL);
}

static void test_choose(void **state)
{
	struct objfile file AUTO_OBJFILE = { 0 };
	struct load load AUTO_LOAD = { .file = &file };

	(void)state;
	open_hello(&file);
	assert_true(load_wants(&load, &file.progs.v[0]));
	assert_int_equal(load_choose(&load, NULL), 0);
	assert_ptr_equal(load.only, &file.progs.v[0]);
	load.only = NULL;
	assert_int_equal(load_choose(&load, "hello"), 0);
	assert_ptr_equal(load.only, &file.progs.v[0]);
	assert_int_equal(load_choose(&load, "helo"), -EINVAL);
	assert_string_equal(fail_last()->hint, "did you mean 'hello'?");
}

static void test_prepare_global(void **state)
{
	struct objfile file AUTO_OBJFILE = { 0 };
	struct globals globals = { 0 };
	uint64_t value = 0x1122334455667788;
	bool found = false;

	(void)state;
	open_hello(&file);
	assert_int_equal(globals_read(&file, &globals), 0);
	assert_true(globals.n > 0 && globals.v[0].size <= sizeof(value));
	assert_int_equal(prepare_global(&file, &globals.v[0], &value), 0);
	vec_each (map, &file.maps) {
		const char *at = map->initial;

		if (strstr(map->name, globals.v[0].section))
			found = !memcmp(at + globals.v[0].offset, &value, globals.v[0].size);
	}
	assert_true(found);
	globals.v[0].offset = UINT32_MAX;
	assert_int_equal(prepare_global(&file, &globals.v[0], &value), -ERANGE);
	globals.v[0].section = ".nowhere";
	assert_int_equal(prepare_global(&file, &globals.v[0], &value), -ENOENT);
	vec_free(&globals);
}

static int check_bytes(const void *bytes, size_t size)
{
	char path[] = "/tmp/xh-btf-XXXXXX";
	int fd = mkstemp(path), err;

	assert_true(fd >= 0);
	assert_int_equal(file_write(fd, bytes, size), 0);
	close(fd);
	fail_clear();
	err = kernelbtf_check(path);
	assert_int_equal(err, -fail_last()->err);
	unlink(path);
	return err;
}

/* Every cut, and random bytes changed: an answer each time. */
static void test_kernel_btf(void **state)
{
	unsigned char *copy = malloc(hello_size());
	int taken = 0;

	(void)state;
	assert_non_null(copy);
	assert_int_equal(check_bytes(hello_object_start, hello_size()), 0);
	assert_true(check_bytes("", 0) < 0);
	assert_true(check_bytes("\x9f\xeb", 2) < 0);
	for (size_t len = 0; len < hello_size(); len += 41)
		assert_true(check_bytes(hello_object_start, len) < 0);
	srandom(1);
	for (int round = 0; round < 2000; round++) {
		memcpy(copy, hello_object_start, hello_size());
		for (int i = 0; i < 4; i++)
			copy[(size_t)random() % hello_size()] = (unsigned char)random();
		taken += !check_bytes(copy, hello_size());
	}
	assert_true(taken > 0 && taken < 2000);
	free(copy);
}

static void test_directories_are_undone(void **state)
{
	struct pinset set AUTO_PINSET = { .nomount = true };
	char base[] = "/tmp/xh-pins-XXXXXX", path[64], inner[80];
	struct stat st;

	(void)state;
	assert_non_null(mkdtemp(base));
	snprintf(path, sizeof(path), "%s/made", base);
	snprintf(inner, sizeof(inner), "%s/inner", path);
	assert_int_equal(pinset_directory(&set, base), 0);
	assert_int_equal(pinset_directory(&set, path), 0);
	assert_int_equal(pinset_directory(&set, inner), 0);
	assert_int_equal(stat(inner, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_true(pinset_pin(&set, -1, inner) < 0);
	assert_int_equal(set.made.n, 2);
	pinset_undo(&set);
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(access(base, F_OK), 0);
	rmdir(base);
	assert_int_equal(pinset_directory(&set, path), -ENOENT);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cause),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_prepare_type),
		cmocka_unit_test(test_choose),
		cmocka_unit_test(test_prepare_global),
		cmocka_unit_test(test_kernel_btf),
		cmocka_unit_test(test_directories_are_undone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
