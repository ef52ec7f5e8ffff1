/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* For tests of lib/btf: BTF to begin with, and what values come to by it. */
#ifndef XH_TESTS_UNIT_BTF_H
#define XH_TESTS_UNIT_BTF_H

#include <bpf/btf.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/buf.h"
#include "base/err.h" /* before cmocka.h, which defines a macro fail() */
#include "base/file.h"
#include "btf/plan.h"
#include "btf/render.h"
#include "btf/types.h"
#include "out/out.h"

#include <cmocka.h>

AUTO_DEFINE(out, struct out *, NULL, out_free)

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* The types that most tests are made of, in an order that gives them these ids. */
enum {
	VOID,
	INT,
	U32,
	U64,
	S64,
	U16,
	U8,
	S8,
	CHAR,
	BOOL,
	S128,
	U128,
	HALF,
	FLOAT,
	DOUBLE,
	POINTER,
	FIRST_FREE,
};

static inline struct btf *new_btf(void)
{
	struct btf *btf = btf__new_empty();

	assert_non_null(btf);
	assert_int_equal(btf__add_int(btf, "int", 4, BTF_INT_SIGNED), INT);
	assert_int_equal(btf__add_int(btf, "unsigned int", 4, 0), U32);
	assert_int_equal(btf__add_int(btf, "unsigned long long", 8, 0), U64);
	assert_int_equal(btf__add_int(btf, "long long", 8, BTF_INT_SIGNED), S64);
	assert_int_equal(btf__add_int(btf, "unsigned short", 2, 0), U16);
	assert_int_equal(btf__add_int(btf, "unsigned char", 1, 0), U8);
	assert_int_equal(btf__add_int(btf, "signed char", 1, BTF_INT_SIGNED), S8);
	assert_int_equal(btf__add_int(btf, "char", 1, BTF_INT_SIGNED), CHAR);
	assert_int_equal(btf__add_int(btf, "_Bool", 1, BTF_INT_BOOL), BOOL);
	assert_int_equal(btf__add_int(btf, "__int128", 16, BTF_INT_SIGNED), S128);
	assert_int_equal(btf__add_int(btf, "unsigned __int128", 16, 0), U128);
	assert_int_equal(btf__add_float(btf, "_Float16", 2), HALF);
	assert_int_equal(btf__add_float(btf, "float", 4), FLOAT);
	assert_int_equal(btf__add_float(btf, "double", 8), DOUBLE);
	assert_int_equal(btf__add_ptr(btf, VOID), POINTER);
	return btf;
}

/* Renders as `form`, in text within a typed part, and without the line break at the end. */
static inline void render_as(enum out_form form, const struct plan *plan, const void *bytes,
			     struct buf *text)
{
	auto_fd int fd = memfd_create("out", MFD_CLOEXEC);
	struct out *out AUTO(out) = out_new(fd, form);

	if (form == OUT_TEXT)
		out_typed(out);
	render(out, plan, bytes);
	assert_int_equal(out_finish(out), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(file_read_fd(fd, 1 << 24, text), 0);
	assert_true(text->len && text->data[text->len - 1] == '\n');
	text->data[--text->len] = '\0';
}

/* A plan is used twice, as for many values. */
static inline void assert_form(enum out_form form, const struct plan *plan, const void *bytes,
			       const char *expected)
{
	for (int i = 0; i < 2; i++) {
		struct buf text AUTO_BUF = BUF_EMPTY;

		render_as(form, plan, bytes, &text);
		assert_string_equal(buf_str(&text), expected);
	}
}

static inline void assert_json(const struct btf *btf, int id, const void *bytes, uint32_t size,
			       const char *expected)
{
	struct plan *plan AUTO(plan) = plan_new(btf, (uint32_t)id, size, NULL);
	/* Just as many bytes, so that the sanitizer sees what is read beyond them. */
	auto_free void *copy = malloc(size ?: 1);

	assert_non_null(plan);
	memcpy(copy, bytes, size);
	assert_form(OUT_JSON, plan, copy, expected);
}

/* A value given as a C object. */
#define ASSERT_JSON(btf, id, value, expected) \
	assert_json(btf, id, &(value), sizeof(value), expected)

#define ASSERT_INT(btf, id, type, value, expected)      \
	do {                                            \
		type value_ = (type)(value);            \
		ASSERT_JSON(btf, id, value_, expected); \
	} while (0)

static inline void assert_refused(const struct btf *btf, int id, uint32_t size, const char *message)
{
	struct plan *plan AUTO(plan) = NULL;

	fail_clear();
	plan = plan_new(btf, (uint32_t)id, size, NULL);
	assert_null(plan);
	assert_non_null(strstr(fail_last()->text, message));
}

/* {int x; int y;} */
static inline int add_point(struct btf *btf)
{
	int id = btf__add_struct(btf, "point", 8);

	assert_int_equal(btf__add_field(btf, "x", INT, 0, 0), 0);
	assert_int_equal(btf__add_field(btf, "y", INT, 32, 0), 0);
	return id;
}

#endif
