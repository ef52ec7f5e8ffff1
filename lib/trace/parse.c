// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The kernel's own text of a trace buffer, its file `trace` → records. */
#include "trace/parse.h"

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "trace/flags.h"
#include "trace/page.h"

#define EVENT_NAME   "bpf_trace_printk: "
#define COMM_WIDTH   16
#define USECS_DIGITS 6

/* "COMM-PID (TGID) [CPU] FLAGS SECONDS: "; the group and the flags are there by options only. */
struct head {
	uint64_t pid, cpu;
	uint64_t secs, usecs;
	const char *flags;
	size_t flags_len; /* 0 for none */
	char *event;      /* what comes after */
};

static char *read_number(char *at, uint64_t *value)
{
	char *start = at;

	*value = 0;
	for (; *at >= '0' && *at <= '9'; at++)
		*value = *value * 10 + (uint64_t)(*at - '0');
	return at > start && at - start < 20 ? at : NULL;
}

static char *skip(char *at, const char *word)
{
	return at && text_starts(at, word) ? at + strlen(word) : NULL;
}

static char *skip_blanks(char *at)
{
	return at + strspn(at, " ");
}

static char *read_time(char *at, struct head *head)
{
	char *usecs = skip(read_number(skip_blanks(at), &head->secs), ".");
	char *end = usecs ? read_number(usecs, &head->usecs) : NULL;

	return end && end - usecs == USECS_DIGITS ? skip(end, ": ") : NULL;
}

static char *skip_group(char *at)
{
	size_t len = *at == '(' ? strcspn(at, ")\n") : 0;

	return at[len] == ')' ? at + len + 1 : at;
}

/* A name may hold anything, a newline too. */
static bool read_fields(char *line, struct head *head)
{
	char *at = strnlen(line, COMM_WIDTH) == COMM_WIDTH ? skip(line + COMM_WIDTH, "-") : NULL;

	at = at ? read_number(at, &head->pid) : NULL;
	at = at ? skip(skip_blanks(skip_group(skip_blanks(at))), "[") : NULL;
	at = at ? skip(read_number(at, &head->cpu), "] ") : NULL;
	if (!at)
		return false;
	head->flags = at;
	head->flags_len = 0;
	head->event = read_time(at, head);
	if (head->event)
		return true;
	head->flags_len = strcspn(at, " \n");
	head->event =
		head->flags_len > TRACE_FLAGS_LEN ? NULL : read_time(at + head->flags_len, head);
	return head->event;
}

static uint64_t time_ns(const struct head *head)
{
	return (head->secs * 1000000 + head->usecs) * 1000;
}

/* A program can print what looks like a line of its own. */
static bool read_head(const struct trace_text *text, char *line, struct head *head)
{
	return read_fields(line, head) && head->cpu == text->cpu &&
	       time_ns(head) >= text->least_ns && time_ns(head) <= text->now_ns;
}

static char *end_of_line(char *line)
{
	return line + strcspn(line, "\n");
}

static char *next_line(char *line)
{
	char *end = end_of_line(line);

	return *end ? end + 1 : end;
}

/* "CPU:1 [LOST 5 EVENTS]": the buffer's statistics tell that better. */
static bool is_loss(char *line)
{
	uint64_t number;
	char *at = skip(line, "CPU:");

	at = at ? skip(read_number(at, &number), " [LOST ") : NULL;
	at = at ? skip(read_number(at, &number), " EVENTS]") : NULL;
	return at && (*at == '\n' || !*at);
}

/* Where the message that begins at `at` ends, the newline after it left out. */
static char *end_of_message(struct trace_text *text, char *at)
{
	char *end;
	struct head head;

	do {
		end = end_of_line(at);
		at = next_line(at);
	} while (*at && !read_head(text, at, &head) && !is_loss(at));
	text->next = at;
	return end;
}

static void fill(struct trace_record *record, char *line, const struct head *head)
{
	*record = (struct trace_record){
		.ts_ns = time_ns(head),
		.cpu = (unsigned int)head->cpu,
		.pid = (int)head->pid,
		.comm = line + strspn(line, " "),
	};
	trace_flags_read(head->flags, head->flags_len, record);
	line[COMM_WIDTH] = '\0';
}

int trace_text_next(struct trace_text *text, struct trace_record *record)
{
	while (*text->next) {
		char *line = text->next;
		struct head head;
		char *message;

		text->next = next_line(line);
		if (!read_head(text, line, &head)) {
			if (!text->begun && *line != '#' && !is_loss(line))
				return -EBADMSG;
			continue;
		}
		text->begun = true;
		text->least_ns = time_ns(&head);
		message = skip(head.event, EVENT_NAME);
		if (!message)
			continue;
		fill(record, line, &head);
		record->message = message;
		record->len = (size_t)(end_of_message(text, message) - message);
		return 1;
	}
	return 0;
}

uint64_t trace_text_now_ns(const char *stats)
{
	static const char key[] = "\nnow ts: ";
	const char *line = strstr(stats, key);
	unsigned long long secs, usecs;
	int len = 0;

	/* The numbers of a clock that does not count time have no point. */
	if (!line || sscanf(line + strlen(key), "%20llu.%6llu%n", &secs, &usecs, &len) != 2 || !len)
		return UINT64_MAX;
	return (secs * 1000000 + usecs + 1) * 1000;
}
