// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The table of contents: every verb, in the order in which shortened words find them. */
#include "commands.h"

#include "colour.h"
#include "suggest.h"
#include "xh.h"

static const struct command prog_dump = {
	.name = "dump",
	.summary = "Show the instructions of programs",
	.sub = (const struct command *const[]){ &prog_dump_xlated, &prog_dump_jited, NULL },
	.needs_word = true,
	.examples = EXAMPLES("xh prog dump xlated name hello", "xh prog dump jited name hello"),
};

static const struct command prog = {
	.name = "prog",
	.summary = "Load, list, look into and unload programs",
	.sub = (const struct command *const[]){ &prog_list, &prog_dump, &prog_pin, &prog_load,
						&prog_loadall, &prog_attach, &prog_detach,
						&prog_tracelog, &prog_run, &prog_profile,
						&prog_unload, NULL },
	.examples = EXAMPLES("xh prog load hello", "xh prog show name hello"),
};

static const struct command map = {
	.name = "map",
	.summary = "Make maps, list them, read and change what is in them",
	.sub = (const struct command *const[]){ &map_list, &map_dump, &map_update, &map_lookup,
						&map_getnext, &map_delete, &map_pin,
						&map_event_pipe, &map_peek, &map_push, &map_enqueue,
						&map_pop, &map_dequeue, &map_freeze, &map_create,
						&map_events, NULL },
	.examples = EXAMPLES("xh map list", "xh map dump name hello.bss"),
};

static const struct command link_object = {
	.name = "link",
	.summary = "List links, pin and detach them",
	.sub = (const struct command *const[]){ &link_list, &link_pin, &link_detach, NULL },
	.examples = EXAMPLES("xh link list", "xh link detach id 3"),
};

static const struct command cgroup = {
	.name = "cgroup",
	.summary = "Attach programs to control groups, list and detach them",
	.sub = (const struct command *const[]){ &cgroup_list, &cgroup_tree, &cgroup_attach,
						&cgroup_detach, NULL },
	.examples = EXAMPLES("xh cgroup tree", "xh cgroup list /sys/fs/cgroup/system.slice"),
};

static const struct command perf = {
	.name = "perf",
	.summary = "List the programs of tracepoints and probes, and who has them open",
	.sub = (const struct command *const[]){ &perf_list, NULL },
	.examples = EXAMPLES("xh perf list", "xh -j perf list"),
};

static const struct command net = {
	.name = "net",
	.summary = "Attach programs to network devices, list and detach them",
	.sub = (const struct command *const[]){ &net_list, &net_attach, &net_detach, &net_features,
						NULL },
	.examples = EXAMPLES("xh net list", "xh net attach xdp name hello dev lo"),
};

static const struct command btf = {
	.name = "btf",
	.summary = "List BTF, the types of kernel and programs, and show it raw or in C",
	.sub = (const struct command *const[]){ &btf_list, &btf_dump, NULL },
	.examples = EXAMPLES("xh btf list", "xh btf dump file /sys/kernel/btf/vmlinux format c"),
};

static const struct command object = {
	.name = "object",
	.summary = "Look into BPF object files without loading them",
	.sub = (const struct command *const[]){ &object_show, &object_dump, NULL },
	.needs_word = true,
	.examples = EXAMPLES("xh object show hello", "xh object dump hello"),
};

const struct command commands = {
	.name = "xh",
	.summary = "The command line for BPF",
	.sub = (const struct command *const[]){ &prog, &map, &link_object, &cgroup, &perf, &net,
						&batch, &btf, &object, &version, &complete,
						&synopsis, NULL },
	.needs_word = true,
};

#define FLAG(MEMBER) \
	.slot = SLOT(struct flags, MEMBER, bool), .also = offsetof(struct flags, MEMBER)

const struct option global_options[] = {
	{ 'j', "json", NULL, "Print JSON", FLAG(json) },
	{ 'p', "pretty", NULL, "Print JSON, indented", .slot = SLOT(struct flags, pretty, bool),
	  .also = SLOT(struct flags, json, bool) },
	{ 'f', "bpffs", NULL, "Show where objects are pinned", FLAG(pins) },
	{ 'n', "nomount", NULL, "Never mount a BPF file system", FLAG(nomount) },
	{ 'N', "netns", "NAME", "Act in that network namespace, by its name or its path",
	  .slot = SLOT(struct flags, netns, const char *), .suggest = suggest_netns },
	{ 'd', "debug", NULL, "Show the whole log of libbpf and the verifier", FLAG(debug) },
	{ 'm', "mapcompat", NULL, "Taken for bpftool's sake; libbpf 1.x has no such mode",
	  FLAG(accepted) },
	{ 'l', "legacy", NULL, "Taken for bpftool's sake; libbpf 1.x has no such mode",
	  FLAG(accepted) },
	{ 'L', "use-loader", NULL, "Taken for bpftool's sake; programs are loaded the plain way",
	  FLAG(accepted) },
	{ 'S', "sign", NULL, "Taken for bpftool's sake; xh does not sign what it loads", FLAG(sign) },
	{ 'B', "base-btf", "FILE", "The BTF that split BTF goes on from, for btf dump",
	  .slot = SLOT(struct flags, base_btf, const char *), .suggest = suggest_files },
	{ 0, "color", "WHEN", "Names and errors stand out: auto, always, never",
	  .slot = SLOT(struct flags, color, const char *), .suggest = colour_suggest },
	{ 'V', "version", NULL, "Print versions and leave", FLAG(version) },
	{ 'h', "help", NULL, "Explain the command and leave", FLAG(help) },
	{ 0 },
};
