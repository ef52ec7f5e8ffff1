// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Types of programs as they are written: like a section, or as the kernel calls them. */
#include "bpf/progtype.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "bpf/names.h"
#include "bpf/sections.h"

static bool read_section(const char *word, struct progtype *type)
{
	enum bpf_prog_type number;
	enum bpf_attach_type attach_type;
	libbpf_print_fn_t print;
	char name[64];
	int err;

	/* Of a section that wants a target, the slash before it is part of the name. */
	if ((size_t)snprintf(name, sizeof(name), "%s/", word) >= sizeof(name))
		return false;
	print = libbpf_set_print(NULL);
	err = libbpf_prog_type_by_name(word, &number, &attach_type);
	if (err)
		err = libbpf_prog_type_by_name(name, &number, &attach_type);
	libbpf_set_print(print);
	*type = (struct progtype){ number, attach_type, true };
	return !err;
}

static bool read_kernel_name(const char *word, struct progtype *type)
{
	const char *name;

	for (uint32_t number = 1; (name = names_prog_type(number)); number++) {
		if (strcmp(name, word))
			continue;
		*type = (struct progtype){ .number = number };
		return true;
	}
	return false;
}

static const char *nearest(const char *word)
{
	const char *near = NULL, *name;

	for (uint32_t number = 1; !near && (name = names_prog_type(number)); number++) {
		if (text_near(word, name))
			near = name;
	}
	return near ?: sections_nearest(word);
}

int progtype_read(const char *word, struct progtype *type)
{
	const char *near;
	int err = sections_register();

	if (err || read_section(word, type) || read_kernel_name(word, type))
		return err;
	near = nearest(word);
	fail_plain(-EINVAL, "there is no type of program '%s'", word);
	if (near)
		return fail_hint("did you mean '%s'?", near);
	return fail_hint("a section's such as xdp or cgroup/connect4, or the kernel's such as "
			 "sched_cls");
}
