// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/base/file: what is opened and what is not, whole reads, writes that fail. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h" /* before cmocka.h, which defines a macro fail() */
#include "base/file.h"

#include <cmocka.h>

/* The tests run in a directory of their own, which goes when they end. */
static char directory[] = "/tmp/xh-test-XXXXXX";

static int make_directory(void **state)
{
	(void)state;
	return mkdtemp(directory) ? chdir(directory) : -1;
}

static int remove_directory(void **state)
{
	static const char *const names[] = { "plain", "fifo", "socket", "link", "dangling" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		unlink(names[i]);
	return chdir("/") ?: rmdir(directory);
}

static void assert_refused(const char *path, int err, const char *message)
{
	assert_int_equal(file_open(path, "a BPF object file"), err);
	assert_string_equal(fail_last()->text, message);
}

static void make_socket(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	strcpy(address.sun_path, path);
	assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof(address)), 0);
	close(fd);
}

static void test_open_refuses_what_is_no_file(void **state)
{
	(void)state;
	assert_int_equal(mkfifo("fifo", 0600), 0);
	make_socket("socket");
	assert_int_equal(symlink("nowhere", "dangling"), 0);
	assert_refused("fifo", -EINVAL, "fifo: is a FIFO, expected a BPF object file");
	assert_refused("socket", -EINVAL, "socket: is a socket, expected a BPF object file");
	assert_refused("/tmp", -EINVAL, "/tmp: is a directory, expected a BPF object file");
	assert_refused("/dev/null", -EINVAL, "/dev/null: is a device, expected a BPF object file");
	assert_refused("nosuch", -ENOENT, "nosuch: no such file");
	assert_refused("dangling", -ENOENT, "dangling: no such file");
	assert_refused("", -ENOENT, ": no such file");
	assert_refused("fifo/x", -ENOTDIR, "open fifo/x: Not a directory (ENOTDIR)");
}

static void test_open_and_read(void **state)
{
	struct buf buf AUTO_BUF = BUF_EMPTY;
	int fd;

	(void)state;
	assert_int_equal(file_save("plain", "some\0bytes", 10), 0);
	assert_int_equal(symlink("plain", "link"), 0);
	fd = file_open("link", "a file");
	assert_true(fd >= 0);
	assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
	assert_int_equal(file_read_fd(fd, 10, &buf), 0);
	assert_int_equal(buf.len, 10);
	assert_memory_equal(buf.data, "some\0bytes", 11);
	close(fd);
}

static void test_read_limit(void **state)
{
	struct buf buf AUTO_BUF = BUF_EMPTY;

	(void)state;
	assert_int_equal(file_save("plain", "0123456789", 10), 0);
	assert_int_equal(file_read_at(AT_FDCWD, "plain", 9, &buf), -EFBIG);
	buf_clear(&buf);
	assert_int_equal(file_read_at(AT_FDCWD, "plain", 10, &buf), 0);
	assert_string_equal(buf_str(&buf), "0123456789");
	buf_clear(&buf);
	assert_int_equal(file_save("plain", "", 0), 0);
	assert_int_equal(file_read_at(AT_FDCWD, "plain", 0, &buf), 0);
	assert_int_equal(buf.len, 0);
	/* It has no end. */
	assert_int_equal(file_read_at(AT_FDCWD, "/dev/zero", 1 << 20, &buf), -EFBIG);
}

static void test_read_of_what_has_no_size(void **state)
{
	struct buf buf AUTO_BUF = BUF_EMPTY;

	(void)state;
	assert_int_equal(file_read_at(AT_FDCWD, "/proc/self/status", 1 << 20, &buf), 0);
	assert_non_null(strstr(buf_str(&buf), "\nPid:\t"));
}

static void test_read_errors(void **state)
{
	struct buf buf AUTO_BUF = BUF_EMPTY;
	int dir = open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	(void)state;
	assert_int_equal(file_read_fd(dir, 100, &buf), -EISDIR);
	assert_int_equal(file_read_fd(-1, 100, &buf), -EBADF);
	assert_int_equal(file_read_at(dir, "no/such", 100, &buf), -ENOENT);
	assert_int_equal(buf.len, 0);
	close(dir);
}

/* More than a pipe holds: written and read in many pieces. */
static void test_large(void **state)
{
	enum { SIZE = 3000000 };
	struct buf buf AUTO_BUF = BUF_EMPTY;
	auto_free char *bytes = malloc(SIZE);
	int ends[2], status;
	pid_t child;

	(void)state;
	assert_non_null(bytes);
	for (size_t i = 0; i < SIZE; i++)
		bytes[i] = (char)(i * 31 >> 3);
	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (!child)
		_exit(file_write(ends[1], bytes, SIZE) ? 1 : 0);
	close(ends[1]);
	assert_int_equal(file_read_fd(ends[0], SIZE, &buf), 0);
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(buf.len, SIZE);
	assert_memory_equal(buf.data, bytes, SIZE);
}

static void test_save(void **state)
{
	struct buf buf AUTO_BUF = BUF_EMPTY;
	struct stat st;

	(void)state;
	assert_int_equal(file_save("plain", "a longer text", 13), 0);
	assert_int_equal(file_save("plain", "short", 5), 0);
	assert_int_equal(file_read_at(AT_FDCWD, "plain", 100, &buf), 0);
	assert_string_equal(buf_str(&buf), "short");
	assert_int_equal(stat("plain", &st), 0);
	assert_int_equal(st.st_mode & 0077, 0);
}

static void test_save_fails(void **state)
{
	(void)state;
	assert_int_equal(file_save("no/such", "x", 1), -ENOENT);
	assert_string_equal(fail_last()->text,
			    "open no/such for writing: No such file or directory (ENOENT)");
	/* A device is not removed. */
	assert_int_equal(file_save("/dev/full", "x", 1), -ENOSPC);
	assert_string_equal(fail_last()->text, "write /dev/full: No space left on device (ENOSPC)");
	assert_int_equal(access("/dev/full", F_OK), 0);
}

static void test_guard_stdio(void **state)
{
	int status;
	pid_t child = fork();

	(void)state;
	if (!child) {
		char byte = 'x';
		int fd, bad = 0;

		for (fd = 0; fd <= 2; fd++)
			close(fd);
		file_guard_stdio();
		fd = memfd_create("next", MFD_CLOEXEC);
		bad |= fd <= 2 ? 1 : 0;
		bad |= read(0, &byte, 1) >= 0 ? 2 : 0;
		bad |= write(1, &byte, 1) >= 0 ? 4 : 0;
		bad |= write(2, &byte, 1) >= 0 ? 8 : 0;
		_exit(bad);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void test_guard_leaves_open_ones(void **state)
{
	struct stat before[3], after[3];

	(void)state;
	for (int fd = 0; fd <= 2; fd++)
		assert_int_equal(fstat(fd, &before[fd]), 0);
	file_guard_stdio();
	for (int fd = 0; fd <= 2; fd++) {
		assert_int_equal(fstat(fd, &after[fd]), 0);
		assert_int_equal(before[fd].st_ino, after[fd].st_ino);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open_refuses_what_is_no_file),
		cmocka_unit_test(test_open_and_read),
		cmocka_unit_test(test_read_limit),
		cmocka_unit_test(test_read_of_what_has_no_size),
		cmocka_unit_test(test_read_errors),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_save),
		cmocka_unit_test(test_save_fails),
		cmocka_unit_test(test_guard_stdio),
		cmocka_unit_test(test_guard_leaves_open_ones),
	};

	return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
