// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The verifier's log: the reason of a rejection, picked out of the trace around it. */
#include "bpf/verifier.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Lines of the trace: the program's states, and how the verifier goes from one to the next. */
static const char *const trace[] = {
	" ", "\t", "from ", "caller:", "callee:", "returning from callee", "to caller at ", "; ",
};

/* Remarks between them that are no reasons either, wherever they stand. */
static const char *const remarks[] = {
	"processed ",
	"func#",
	"Func#",
	"Validating ",
	"cur state:",
	"old state:",
	"last_idx ",
	"first_idx ",
	"regs=",
	"parent ",
	"mark_precise",
	"propagating ",
	"verification time ",
	"stack depth ",
	"arg#",
	"-- BEGIN",
	"-- END",
};

static bool starts_with_one_of(const char *line, const char *const *starts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (text_starts(line, starts[i]))
			return true;
	}
	return false;
}

#define STARTS_WITH_ONE_OF(line, starts) \
	starts_with_one_of((line), (starts), sizeof(starts) / sizeof(*(starts)))

/* "R1=ctx() R10=fp0", "R1_w=…": a state that old kernels begin a line with. */
static bool is_registers(const char *line)
{
	size_t digits = strspn(line + (*line == 'R'), "0123456789");

	return *line == 'R' && digits && strchr("=_", line[1 + digits]) && line[1 + digits];
}

static void append(char *text, size_t size, const char *more)
{
	size_t used = strlen(text);

	snprintf(text + used, size - used, "%s%s", used ? ": " : "", more);
}

/* "; counter++; @ hello.bpf.c:15"; line 0 is code of the compiler's own. */
static void read_source(const char *line, struct verifier_reason *reason)
{
	const char *at = NULL, *next = line, *colon;
	unsigned long number;
	char *end;

	while ((next = strstr(next, " @ ")))
		at = next++;
	colon = at ? strrchr(at, ':') : NULL;
	if (!colon)
		return;
	number = strtoul(colon + 1, &end, 10);
	if (*end || !number || number > UINT32_MAX)
		return;
	at += strlen(" @ ");
	snprintf(reason->file, sizeof(reason->file), "%.*s", (int)(colon - at), at);
	reason->line = (uint32_t)number;
}

/* "call bpf_trace_printk#6" */
static void read_call(const char *insn, struct verifier_reason *reason)
{
	const char *call = strstr(insn, ") call ");

	reason->called[0] = '\0';
	if (!call)
		return;
	call += strlen(") call ");
	snprintf(reason->called, sizeof(reason->called), "%.*s", (int)strcspn(call, "# \t"), call);
}

/* "13: (6d) if r1 s> r2 goto pc-7 infinite loop detected at insn 7" */
static bool read_insn(const char *line, struct verifier_reason *reason)
{
	const char *loop = strstr(line, "infinite loop detected");
	char *end;
	unsigned long number = strtoul(line, &end, 10);

	if (!isdigit((unsigned char)*line) || *end != ':' || number >= VERIFIER_NO_INSN)
		return false;
	reason->insn = (uint32_t)number;
	if (text_starts(end, ": ("))
		read_call(end, reason);
	reason->text[0] = '\0';
	if (loop)
		append(reason->text, sizeof(reason->text), loop);
	return true;
}

static void read_line(const char *line, struct verifier_reason *reason)
{
	if (!*line || STARTS_WITH_ONE_OF(line, remarks) || read_insn(line, reason))
		return;
	if (STARTS_WITH_ONE_OF(line, trace) || is_registers(line)) {
		if (*line == ';')
			read_source(line, reason);
		reason->text[0] = '\0';
		return;
	}
	append(reason->text, sizeof(reason->text), line);
}

/* What is found before the program is walked through names its instruction: "unreachable insn 3". */
static void take_insn_from_text(struct verifier_reason *reason)
{
	const char *insn = strstr(reason->text, "insn ");

	if (reason->insn == VERIFIER_NO_INSN && insn)
		sscanf(insn, "insn %u", &reason->insn);
}

void verifier_read(const char *log, struct verifier_reason *reason)
{
	char line[1024];

	*reason = (struct verifier_reason){ .insn = VERIFIER_NO_INSN };
	while (*log) {
		size_t len = strcspn(log, "\n");

		snprintf(line, sizeof(line), "%.*s", (int)(len < sizeof(line) ? len : sizeof(line)),
			 log);
		read_line(line, reason);
		log += len + (log[len] == '\n');
	}
	take_insn_from_text(reason);
}
