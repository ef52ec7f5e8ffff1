// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Names of programs longer than the 15 characters that the kernel keeps. */
#include "bpf/progname.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "bpf/info.h"

AUTO_DEFINE(btf, struct btf *, NULL, btf__free)

static void read_full(int fd, const struct bpf_prog_info *info, char name[PROGNAME_MAX])
{
	struct info_prog_detail detail AUTO_DETAIL = { 0 };
	const struct btf_type *function;
	const char *full;

	if (info_prog_detail(fd, INFO_FUNCS, &detail) || !detail.func_count)
		return;
	AUTO(btf) struct btf *btf = btf__load_from_kernel_by_id(info->btf_id);
	function = btf ? btf__type_by_id(btf, detail.funcs[0].type_id) : NULL;
	full = function ? btf__name_by_offset(btf, function->name_off) : NULL;
	if (full && !strncmp(full, info->name, strlen(info->name)))
		snprintf(name, PROGNAME_MAX, "%s", full);
}

/* Names are wanted for messages too: what fails here is not to replace the failure they are for. */
void progname_full(int fd, const struct bpf_prog_info *info, char name[PROGNAME_MAX])
{
	const struct failure before = *fail_last();
	libbpf_print_fn_t print;

	snprintf(name, PROGNAME_MAX, "%s", info->name);
	if (strlen(info->name) < sizeof(info->name) - 1 || !info->btf_id)
		return;
	print = libbpf_set_print(NULL);
	read_full(fd, info, name);
	libbpf_set_print(print);
	fail_restore(&before);
}
