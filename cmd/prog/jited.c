// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The machine code of a program: names for what it calls, source lines that it is made of. */
#include "prog/jited.h"

#include <errno.h>

#include "base/err.h"

int jited_check(const struct info_prog_detail *detail)
{
	const struct bpf_prog_info *info = &detail->info;

	if (detail->jited_size)
		return 0;
	/* Every program has instructions: where none are told, nothing is. */
	if (info->jited_prog_len || !info->xlated_prog_len) {
		fail_plain(-EPERM,
			   "the kernel keeps the machine code of program %u '%s' back (EPERM)",
			   info->id, info->name);
		return fail_hint("reading it needs CAP_BPF, CAP_PERFMON and CAP_SYSLOG, and the "
				 "sysctl kernel.kptr_restrict at 0 or 1; try with sudo");
	}
	fail_plain(-EINVAL, "program %u '%s' is not jited: the kernel interprets it", info->id,
		   info->name);
	return fail_hint(
		"see its instructions by 'xh prog dump xlated id %u'; what is loaded after "
		"'sysctl net.core.bpf_jit_enable=1' is jited",
		info->id);
}

static int add_function(struct jited *jited, uint32_t index, uint32_t at, uint32_t len)
{
	const struct info_prog_detail *detail = jited->dump->detail;
	struct image_function function = {
		.address = index < detail->ksym_count ? detail->ksyms[index] : 0,
		.bytes = detail->jited + at,
		.len = len,
	};
	int err;

	if (len > detail->jited_size - at)
		return fail_plain(-EPROTO, "program %u: function %u is longer than the whole",
				  detail->info.id, index);
	if (!dump_symbol(jited->dump, index, &function.name))
		buf_printf(&function.name, "0x%llx", (unsigned long long)function.address);
	err = buf_err(&function.name);
	if (!err && vec_push(&jited->image.functions, function))
		err = fail(-ENOMEM, "program %u", detail->info.id);
	if (err)
		buf_free(&function.name);
	return err;
}

static int add_functions(struct jited *jited)
{
	const struct info_prog_detail *detail = jited->dump->detail;
	uint32_t at = 0;
	int err = 0;

	if (!detail->func_len_count)
		return add_function(jited, 0, 0, detail->jited_size);
	for (uint32_t i = 0; !err && i < detail->func_len_count; i++) {
		err = add_function(jited, i, at, detail->func_lens[i]);
		at += detail->func_lens[i];
	}
	return err;
}

static int open_tools(struct jited_tools *tools)
{
	tools->ksyms = tools->ksyms ?: ksyms_new();
	if (!tools->ksyms)
		return fail(-ENOMEM, "read kernel symbols");
	return tools->native ? 0 : native_open(&tools->native, NULL);
}

void jited_tools_close(struct jited_tools *tools)
{
	if (tools->native)
		native_close(tools->native);
	if (tools->ksyms)
		ksyms_free(tools->ksyms);
}

int jited_open(const struct dump *dump, struct jited_tools *tools, struct jited *jited)
{
	int err = jited_check(dump->detail);

	err = err ?: open_tools(tools);
	if (err)
		return err;
	jited->dump = dump;
	jited->ksyms = tools->ksyms;
	err = add_functions(jited);
	err = err ?: image_decode(&jited->image, tools->native);
	err = err ?: image_want(&jited->image, tools->ksyms);
	/* Without names the code is still worth showing. */
	if (!err && ksyms_read(tools->ksyms))
		fail_clear();
	return err;
}

void jited_close(struct jited *jited)
{
	image_free(&jited->image);
}

struct jited_lines jited_lines(const struct info_prog_detail *detail,
			       const struct image_function *function)
{
	struct jited_lines lines = {
		.detail = detail,
		.end = detail->line_count < detail->jited_line_count ? detail->line_count
								     : detail->jited_line_count,
	};

	while (lines.next < lines.end &&
	       detail->jited_lines[lines.next] - function->address >= function->len)
		lines.next++;
	return lines;
}

const struct bpf_line_info *jited_line(struct jited_lines *lines, uint64_t address)
{
	const uint64_t *addresses = lines->detail->jited_lines;

	while (lines->next < lines->end && addresses[lines->next] < address)
		lines->next++;
	if (lines->next == lines->end || addresses[lines->next] != address)
		return NULL;
	return &lines->detail->lines[lines->next++];
}
