// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which messages a format string of bpf_printk can have made. */
#include "trace/shape.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"

#define DIGITS "0123456789"
#define BLANKS "\t\n\v\f\r"

/* What a conversion can become: digits of a kind, with the blanks of its width. */
static const struct conversion {
	const char *letters;
	const char *regex;
} conversions[] = {
	{ "di", "[-+ 0-9]+" }, { "u", "[+ 0-9]+" }, { "xX", "[ 0-9a-fA-FxX]+" },
	{ "c", " *. *" },      { "sp", ".*" },
};

/* The letters that may follow %p, the longer ones first; those of strings end in s. */
static const char *const pointers[] = { "ks", "us", "i4", "i6", "I4", "I6",
					"x",  "K",  "B",  "s",  "S",  "" };

/* A conversion of a format, "%%" included: the regular expression of it, and where it ends. */
static const char *read_conversion(const char *format, const char **end)
{
	const char *at = format + 1;

	if (*at == '%') {
		*end = at + 1;
		return "%";
	}
	at += strspn(at, "-+ #0");
	at += strspn(at, DIGITS);
	at += strspn(at, "l");
	for (size_t i = 0; *at && i < sizeof(conversions) / sizeof(*conversions); i++) {
		if (!strchr(conversions[i].letters, *at))
			continue;
		*end = at + 1;
		for (size_t j = 0; *at == 'p'; j++) {
			size_t len = strlen(pointers[j]);

			if (strncmp(at + 1, pointers[j], len))
				continue;
			*end = at + 1 + len;
			break;
		}
		return conversions[i].regex;
	}
	return NULL;
}

static bool is_format(const char *format)
{
	if (!*format)
		return false;
	while (*format) {
		unsigned char c = (unsigned char)*format;

		if ((c < ' ' || c > '~') && !strchr(BLANKS, c))
			return false;
		if (c != '%')
			format++;
		else if (!read_conversion(format, &format))
			return false;
	}
	return true;
}

int trace_shapes_add(struct trace_shapes *shapes, const char *format)
{
	char *copy;

	if (!is_format(format))
		return 0;
	vec_each (known, shapes) {
		if (!strcmp(*known, format))
			return 0;
	}
	copy = strdup(format);
	if (copy && !vec_push(shapes, copy))
		return 0;
	free(copy);
	return fail(-ENOMEM, "read the formats of a program");
}

void trace_shapes_free(struct trace_shapes *shapes)
{
	vec_each (format, shapes)
		free(*format);
	vec_free(shapes);
}

/* As of a message: newlines at the end do not count. */
static size_t length(const char *format)
{
	size_t len = strlen(format);

	while (len && format[len - 1] == '\n')
		len--;
	return len;
}

static void add_regex(const char *format, struct buf *regex)
{
	const char *end = format + length(format);

	while (format < end) {
		if (*format == '%') {
			buf_addstr(regex, read_conversion(format, &format));
			continue;
		}
		if (strchr("\\^$.[]()*+?{}|", *format))
			buf_addch(regex, '\\');
		buf_addch(regex, *format++);
	}
}

void trace_shapes_regex(const struct trace_shapes *shapes, struct buf *regex)
{
	const char *before = "^(";

	vec_each (format, shapes) {
		buf_addstr(regex, before);
		add_regex(*format, regex);
		before = "|";
	}
	buf_addstr(regex, ")$");
}

size_t trace_shape_fixed_len(const char *format)
{
	size_t len = strcspn(format, "%");
	size_t whole = length(format);

	return len < whole ? len : whole;
}
