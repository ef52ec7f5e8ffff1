/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* A growing byte buffer that is always a C string too. */
#ifndef XH_BASE_BUF_H
#define XH_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/cleanup.h"

/*
 * Running out of memory sets `failed` and makes every later call do nothing: a caller may check
 * once, at the end, with buf_err().
 */
struct buf {
	char *data; /* NULL while empty; else data[len] is 0 */
	size_t len;
	size_t cap;
	bool failed;
};

#define BUF_EMPTY ((struct buf){ 0 })
#define AUTO_BUF  __attribute__((cleanup(buf_free)))

/* Makes room for `more` bytes after len; false when there is no memory for them. */
bool buf_reserve(struct buf *buf, size_t more);

void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_addch(struct buf *buf, char byte);
void buf_addstr(struct buf *buf, const char *string);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *buf, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/* Empties the buffer, its memory kept for the next use. */
void buf_clear(struct buf *buf);
void buf_free(struct buf *buf);

/* The contents as a string, "" when empty; borrowed until the buffer changes. */
const char *buf_str(const struct buf *buf);

/* 0, or -ENOMEM with a failure recorded. */
int buf_err(const struct buf *buf);

#endif
