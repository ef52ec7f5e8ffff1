// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/base/err: the record of a failure, and its words. */
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <pty.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/err.h"

#include <cmocka.h>
#undef fail /* cmocka's; here it is the one of base/err.h */

static void assert_failure(int err, enum status status, const char *text, const char *hint)
{
	const struct failure *failure = fail_last();

	assert_int_equal(failure->err, err);
	assert_int_equal(failure->status, status);
	assert_string_equal(failure->text, text);
	assert_string_equal(failure->hint, hint);
}

static void test_fail_names_the_reason(void **state)
{
	(void)state;
	assert_int_equal(fail(-EPERM, "open %s", "x.o"), -EPERM);
	assert_failure(EPERM, STATUS_FAILED, "open x.o: Operation not permitted (EPERM)", "");
	assert_int_equal(fail(EPERM, "open"), -EPERM);
	assert_int_equal(fail(-ERR_ENOTSUPP, "look up"), -524);
	assert_failure(524, STATUS_FAILED,
		       "look up: Operation not supported by the kernel (ENOTSUPP)", "");
	assert_int_equal(fail(-4000, "x"), -4000);
	assert_failure(4000, STATUS_FAILED, "x: Unknown error (unknown errno)", "");
}

/* A failure is never 0, so that no caller takes it for success. */
static void test_fail_without_a_reason(void **state)
{
	(void)state;
	assert_int_equal(fail(0, "x"), -EINVAL);
	assert_failure(EINVAL, STATUS_FAILED, "x: Invalid argument (EINVAL)", "");
}

static void test_plain_and_missing(void **state)
{
	(void)state;
	assert_int_equal(fail_plain(-EBUSY, "%s is %s", "a", "b"), -EBUSY);
	assert_failure(EBUSY, STATUS_FAILED, "a is b", "");
	assert_int_equal(fail_missing("no program with id %u", 7U), -ENOENT);
	assert_failure(ENOENT, STATUS_MISSING, "no program with id 7", "");
}

static void test_hint(void **state)
{
	(void)state;
	fail(-EPERM, "open");
	assert_int_equal(fail_hint("try: %s", "sudo"), -EPERM);
	assert_failure(EPERM, STATUS_FAILED, "open: Operation not permitted (EPERM)", "try: sudo");
	fail_plain(-EINVAL, "next");
	assert_failure(EINVAL, STATUS_FAILED, "next", "");
}

/* The status and the hint belong to the deepest reason. */
static void test_context(void **state)
{
	(void)state;
	fail_missing("nothing is pinned at /p");
	fail_hint("see");
	assert_int_equal(fail_context(-EIO, "load %s", "x.o"), -EIO);
	assert_failure(ENOENT, STATUS_MISSING, "load x.o: nothing is pinned at /p", "see");
	assert_int_equal(fail_context(5, "again"), -EIO);
	assert_string_equal(fail_last()->text, "again: load x.o: nothing is pinned at /p");
}

static void test_clear(void **state)
{
	(void)state;
	fail_missing("x");
	fail_hint("y");
	fail_clear();
	assert_failure(0, STATUS_DONE, "", "");
	assert_int_equal(fail_hint("z"), 0);
}

/* Too long a text is cut; the records next to it stay whole. */
/* What the output tells is not told again. */
static void test_shown(void **state)
{
	(void)state;
	fail_plain(-EIO, "before");
	fail_hint("before");
	assert_int_equal(fail_shown(STATUS_MISSING), -ENOENT);
	assert_int_equal(fail_last()->status, STATUS_MISSING);
	assert_string_equal(fail_last()->text, "");
	assert_string_equal(fail_last()->hint, "");
	assert_int_equal(fail_shown(STATUS_FAILED), -EINVAL);
	assert_int_equal(fail_last()->status, STATUS_FAILED);
	fail_clear();
}

static void test_long_texts(void **state)
{
	struct failure expected = { .err = EINVAL, .status = STATUS_FAILED };
	char text[4096];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	memset(expected.text, 'x', sizeof(expected.text) - 1);
	fail(-EINVAL, "%s", text);
	assert_string_equal(fail_last()->text, expected.text);
	assert_string_equal(fail_last()->hint, "");
	fail_context(-EINVAL, "%s", text);
	assert_string_equal(fail_last()->text, expected.text);
	memset(expected.hint, 'x', sizeof(expected.hint) - 1);
	fail_hint("%s", text);
	assert_string_equal(fail_last()->hint, expected.hint);
	assert_string_equal(fail_last()->text, expected.text);
	fail_plain(-EINVAL, "short");
	fail_context(-EINVAL, "%.1018s", text);
	assert_int_equal(strlen(fail_last()->text), 1023);
	assert_string_equal(fail_last()->text + 1018, ": sho");
}

static void *fail_elsewhere(void *result)
{
	fail_clear();
	fail_plain(-EBUSY, "theirs");
	*(int *)result = fail_last()->err;
	return NULL;
}

static void test_threads_have_their_own(void **state)
{
	pthread_t thread;
	int err = 0;

	(void)state;
	fail_plain(-EPERM, "ours");
	assert_int_equal(pthread_create(&thread, NULL, fail_elsewhere, &err), 0);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_int_equal(err, EBUSY);
	assert_failure(EPERM, STATUS_FAILED, "ours", "");
}

static void test_words(void **state)
{
	(void)state;
	assert_string_equal(err_name(EPERM), "EPERM");
	assert_string_equal(err_name(-EPERM), "EPERM");
	assert_string_equal(err_text(-ENOSPC), "No space left on device");
	assert_string_equal(err_name(524), "ENOTSUPP");
	assert_string_equal(err_name(-99999), "unknown errno");
	assert_string_equal(err_text(99999), "Unknown error");
}

static void warn_on(int fd)
{
	int saved = dup(STDERR_FILENO);

	assert_true(saved >= 0);
	dup2(fd, STDERR_FILENO);
	warn("%s%c", "a\x1b[31m\n", 'z');
	dup2(saved, STDERR_FILENO);
	close(saved);
}

static void test_warn_escapes(void **state)
{
	char text[128] = "";
	int ours, its;

	(void)state;
	assert_int_equal(openpty(&ours, &its, NULL, NULL, NULL), 0);
	warn_on(its);
	assert_true(read(ours, text, sizeof(text) - 1) > 0);
	close(ours);
	close(its);
	assert_string_equal(text, "Warning: a\\x1b[31m\\x0az\r\n");
}

/* Programs that read stderr take what is there for a failure. */
static void test_warn_is_for_people(void **state)
{
	int file = memfd_create("stderr", MFD_CLOEXEC);
	char byte;

	(void)state;
	assert_true(file >= 0);
	warn_on(file);
	assert_int_equal(pread(file, &byte, 1, 0), 0);
	close(file);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fail_names_the_reason),
		cmocka_unit_test(test_fail_without_a_reason),
		cmocka_unit_test(test_plain_and_missing),
		cmocka_unit_test(test_hint),
		cmocka_unit_test(test_context),
		cmocka_unit_test(test_clear),
		cmocka_unit_test(test_shown),
		cmocka_unit_test(test_long_texts),
		cmocka_unit_test(test_threads_have_their_own),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_warn_escapes),
		cmocka_unit_test(test_warn_is_for_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
