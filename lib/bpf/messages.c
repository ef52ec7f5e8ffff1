// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What libbpf says while it works, kept instead of printed. */
#include "bpf/messages.h"

#include <bpf/libbpf.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* libbpf calls back without a context. */
static _Thread_local struct messages *kept;

/* What each message begins with. It may have several lines, or a name in it that has a newline. */
#define PREFIX "libbpf: "

/* Warnings that are wrong, or only tell that libbpf goes on without something. */
static const char *const asides[] = {
	"permission error while running as root",
	"Error in bpf_create_map_xattr",
	"Error loading .BTF into kernel",
	"BTF loading error",
	"-- BEGIN",
	"-- END",
};

__attribute__((format(printf, 2, 0))) static int keep(enum libbpf_print_level level,
						      const char *format, va_list args)
{
	va_list again;

	if (!kept || (level != LIBBPF_WARN && !kept->keep_all))
		return 0;
	va_copy(again, args);
	if (level == LIBBPF_WARN)
		buf_vprintf(&kept->warnings, format, args);
	if (kept->keep_all)
		buf_vprintf(&kept->all, format, again);
	va_end(again);
	return 0;
}

void messages_keep(struct messages *messages)
{
	kept = messages;
	libbpf_set_print(keep);
}

void messages_stop(void)
{
	kept = NULL;
}

void messages_free(struct messages *messages)
{
	buf_free(&messages->warnings);
	buf_free(&messages->all);
}

static bool is_aside(const char *message)
{
	for (size_t i = 0; i < sizeof(asides) / sizeof(*asides); i++) {
		if (text_starts(message, asides[i]))
			return true;
	}
	return false;
}

void messages_cause(const struct messages *messages, char *cause, size_t size)
{
	const char *at = strstr(buf_str(&messages->warnings), PREFIX), *next;

	*cause = '\0';
	for (; at && !*cause; at = next) {
		const char *message = at + strlen(PREFIX);
		size_t len;

		next = strstr(message, "\n" PREFIX);
		next = next ? next + 1 : NULL;
		len = next ? (size_t)(next - message) : strlen(message);
		while (len && message[len - 1] == '\n')
			len--;
		if (!is_aside(message))
			snprintf(cause, size, "%.*s", (int)len, message);
	}
}

bool messages_tell(const struct messages *messages, const char *piece)
{
	return strstr(buf_str(&messages->warnings), piece);
}

bool messages_find(const struct messages *messages, const char *start, const char *end,
		   char name[128])
{
	const char *at = buf_str(&messages->warnings);

	while ((at = strstr(at, start))) {
		const char *from = at + strlen(start);
		const char *to = strstr(from, end);

		if (to && (size_t)(to - from) < 128 && (size_t)(to - from) < strcspn(from, "\n")) {
			memcpy(name, from, (size_t)(to - from));
			name[to - from] = '\0';
			return true;
		}
		at = from;
	}
	return false;
}
