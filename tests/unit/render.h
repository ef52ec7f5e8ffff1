/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* For tests of lib/out: what some calls come to in each of the three forms. */
#ifndef XH_TESTS_UNIT_RENDER_H
#define XH_TESTS_UNIT_RENDER_H

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "out/out.h"

#include <cmocka.h>

/* What `emit` emits in one form, to the end of the document. */
static inline void render(void (*emit)(struct out *out), enum out_form form, struct buf *written)
{
	int fd = memfd_create("out", MFD_CLOEXEC);
	struct out *out = out_new(fd, form);

	assert_true(fd >= 0);
	assert_non_null(out);
	emit(out);
	assert_int_equal(out_finish(out), 0);
	out_free(out);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(file_read_fd(fd, 1 << 30, written), 0);
	close(fd);
}

static inline void assert_form(void (*emit)(struct out *out), enum out_form form,
			       const char *expected)
{
	struct buf written AUTO_BUF = BUF_EMPTY;

	render(emit, form, &written);
	assert_string_equal(buf_str(&written), expected);
	assert_int_equal(written.len, strlen(expected));
}

static inline void assert_renders(void (*emit)(struct out *out), const char *text, const char *json,
				  const char *pretty)
{
	assert_form(emit, OUT_TEXT, text);
	assert_form(emit, OUT_JSON, json);
	assert_form(emit, OUT_PRETTY, pretty);
}

#endif
