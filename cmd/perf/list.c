// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh perf list`: the programs of tracepoints and probes, and the processes that trace. */
#include <linux/bpf.h>

#include "about.h"
#include "commands.h"
#include "net/prog.h"
#include "obj/probes.h"
#include "xh.h"

struct list {
	struct out *out;
	struct about about; /* its pins alone, if -f asks for them */
};

static const char *const types[] = {
	[BPF_FD_TYPE_RAW_TRACEPOINT] = "raw_tracepoint",
	[BPF_FD_TYPE_TRACEPOINT] = "tracepoint",
	[BPF_FD_TYPE_KPROBE] = "kprobe",
	[BPF_FD_TYPE_KRETPROBE] = "kretprobe",
	[BPF_FD_TYPE_UPROBE] = "uprobe",
	[BPF_FD_TYPE_URETPROBE] = "uretprobe",
};

/* A function is told by its name, or else by its address. */
static void show_target(struct out *out, const struct probe *probe)
{
	switch (probe->type) {
	case BPF_FD_TYPE_RAW_TRACEPOINT:
	case BPF_FD_TYPE_TRACEPOINT:
		out_str(out, "tracepoint", "%", probe->name);
		break;
	case BPF_FD_TYPE_KPROBE:
	case BPF_FD_TYPE_KRETPROBE:
		if (probe->name[0]) {
			out_str(out, "func", "func %", probe->name);
			out_uint(out, "offset", "offset %", probe->offset);
		} else {
			out_uint(out, "addr", "addr %", probe->addr);
		}
		break;
	case BPF_FD_TYPE_UPROBE:
	case BPF_FD_TYPE_URETPROBE:
		out_str(out, "filename", "filename %", probe->name);
		out_uint(out, "offset", "offset %", probe->offset);
		break;
	}
}

static int show(const struct probe *probe, void *context)
{
	struct list *list = context;
	const struct obj_key key = { OBJ_PROG, probe->prog_id };
	struct out *out = list->out;
	char name[PROGNAME_MAX];

	out_object(out, NULL);
	out_int(out, "pid", "pid %", probe->pid);
	out_uint(out, "fd", "fd %:", probe->fd);
	out_uint(out, "prog_id", "prog_id %", probe->prog_id);
	if (probe->type < sizeof(types) / sizeof(types[0]))
		out_str(out, "fd_type", "%", types[probe->type]);
	else
		out_uint(out, "fd_type", "type %", probe->type);
	show_target(out, probe);
	net_prog_name(probe->prog_id, name);
	if (name[0])
		out_str(out, "name", "name %", name);
	out_str(out, "comm", "comm %", probe->comm);
	out_line(out);
	out_indent(out, 1);
	about_pins(out, &list->about, key);
	out_line(out);
	out_indent(out, 0);
	out_end(out);
	return out_err(out);
}

static int run(struct xh *xh, const void *options)
{
	struct list list = { .out = xh->out };
	int err = xh->flags.pins ? pins_read(&list.about.pins) : 0;

	(void)options;
	out_array(xh->out, NULL);
	err = err ?: probes_walk(show, &list);
	out_end(xh->out);
	about_free(&list.about);
	return err;
}

const struct command perf_list = {
	.name = "list",
	.alias = "show",
	.summary = "List the programs of tracepoints and probes, and who has them open",
	.args = (const struct arg[]){ { 0 } },
	.options_size = 1,
	.run = run,
	.examples = EXAMPLES("xh perf", "xh -j perf list"),
};
