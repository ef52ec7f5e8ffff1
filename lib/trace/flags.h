/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* In which context a record was made, as the five characters that trace_pipe has for it. */
#ifndef XH_TRACE_FLAGS_H
#define XH_TRACE_FLAGS_H

#include <stdbool.h>
#include <stddef.h>

struct trace_record;

#define TRACE_FLAGS_LEN 5

/* Writes the characters of flags and preempt_count; no NUL after them. */
void trace_flags_write(char text[TRACE_FLAGS_LEN], const struct trace_record *record);

/*
 * Sets flags and preempt_count by `len` characters, which are one fewer before Linux 5.15: without
 * the depth of disabled migration. Characters that say the same for several flags set one that is
 * written so again. False, and both become 0, when they are none of the kernel's.
 */
bool trace_flags_read(const char *text, size_t len, struct trace_record *record);

#endif
