// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The program in a slot of a program array. */
#include "map/program.h"

#include "base/cleanup.h"
#include "bpf/info.h"
#include "bpf/progname.h"
#include "bpf/sys.h"
#include "out/out.h"

void program_show(struct out *out, uint32_t prog_id)
{
	auto_fd int fd = sys_prog_by_id(prog_id);
	char name[PROGNAME_MAX] = "";
	struct bpf_prog_info info;

	if (fd >= 0 && !info_prog(fd, &info))
		progname_full(fd, &info, name);
	out_uint(out, "prog_id", "prog %", prog_id);
	if (!*name)
		return;
	out_gap(out, " ");
	out_str(out, "prog_name", "'%'", name);
	out_gap(out, "  ");
}
