// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The one record of what went wrong in this thread, and the words for errno values. */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"

static _Thread_local struct failure last;

static void __attribute__((format(printf, 3, 0)))
record(int err, enum status status, const char *format, va_list args)
{
	last.err = abs(err) ?: EINVAL;
	last.status = status;
	last.hint[0] = '\0';
	vsnprintf(last.text, sizeof(last.text), format, args);
}

static void append_reason(void)
{
	size_t used = strlen(last.text);

	snprintf(last.text + used, sizeof(last.text) - used, ": %s (%s)", err_text(last.err),
		 err_name(last.err));
}

int fail(int err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	record(err, STATUS_FAILED, format, args);
	va_end(args);
	append_reason();
	return -last.err;
}

int fail_plain(int err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	record(err, STATUS_FAILED, format, args);
	va_end(args);
	return -last.err;
}

int fail_missing(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	record(ENOENT, STATUS_MISSING, format, args);
	va_end(args);
	return -last.err;
}

int fail_context(int err, const char *format, ...)
{
	char reason[sizeof(last.text)];
	va_list args;
	size_t used;

	memcpy(reason, last.text, sizeof(reason));
	va_start(args, format);
	vsnprintf(last.text, sizeof(last.text), format, args);
	va_end(args);
	used = strlen(last.text);
	snprintf(last.text + used, sizeof(last.text) - used, ": %s", reason);
	return -abs(err);
}

int fail_hint(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(last.hint, sizeof(last.hint), format, args);
	va_end(args);
	return -last.err;
}

int fail_shown(enum status status)
{
	fail_clear();
	last.err = status == STATUS_MISSING ? ENOENT : EINVAL;
	last.status = status;
	return -last.err;
}

int fail_restore(const struct failure *failure)
{
	last = *failure;
	return -last.err;
}

void fail_clear(void)
{
	last.err = 0;
	last.status = STATUS_DONE;
	last.text[0] = last.hint[0] = '\0';
}

const struct failure *fail_last(void)
{
	return &last;
}

void warn(const char *format, ...)
{
	struct buf escaped AUTO_BUF = BUF_EMPTY;
	auto_free char *text = NULL;
	va_list args;
	int len;

	if (!isatty(STDERR_FILENO))
		return;
	va_start(args, format);
	len = vasprintf(&text, format, args);
	va_end(args);
	if (len < 0) {
		text = NULL;
		return;
	}
	text_escape(&escaped, text, (size_t)len);
	fprintf(stderr, "Warning: %s\n", buf_str(&escaped));
}

const char *err_name(int err)
{
	err = abs(err);
	if (err == ERR_ENOTSUPP)
		return "ENOTSUPP";
	return strerrorname_np(err) ?: "unknown errno";
}

const char *err_text(int err)
{
	err = abs(err);
	if (err == ERR_ENOTSUPP)
		return "Operation not supported by the kernel";
	return strerrordesc_np(err) ?: "Unknown error";
}
