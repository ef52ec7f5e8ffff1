/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The table of contents. */
#ifndef XH_CMD_COMMANDS_H
#define XH_CMD_COMMANDS_H

#include "cli/cli.h"

extern const struct command commands; /* the root */
extern const struct option global_options[];

extern const struct command prog_list, prog_load, prog_loadall, prog_dump_xlated, prog_dump_jited,
	prog_unload, prog_tracelog;
extern const struct command prog_pin, prog_attach, prog_detach, prog_run, prog_profile;
extern const struct command map_list, map_dump, map_update, map_lookup, map_getnext, map_delete;
extern const struct command map_pin, map_peek, map_push, map_enqueue, map_pop, map_dequeue;
extern const struct command map_freeze, map_create;
extern const struct command map_event_pipe, map_events;
extern const struct command link_list, link_pin, link_detach;
extern const struct command cgroup_list, cgroup_tree, cgroup_attach, cgroup_detach;
extern const struct command perf_list;
extern const struct command net_list, net_attach, net_detach, net_features;
extern const struct command btf_list, btf_dump;
extern const struct command object_show, object_dump;
extern const struct command batch, version, complete, synopsis;

#endif
