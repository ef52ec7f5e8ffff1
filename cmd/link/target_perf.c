// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Targets of links that are perf events: probes, tracepoints, counters. */
#include <inttypes.h>
#include <stdio.h>

#include "bpf/perfname.h"
#include "link/target.h"

/* A number that text shows only when it is there. */
static void show_number(struct out *out, const char *key, const char *text, uint64_t value)
{
	out_uint(out, key, value ? text : NULL, value);
}

/* Name and address may both be hidden from this process; then text has nothing to say. */
static void show_kprobe(struct out *out, const struct linkinfo *link)
{
	const struct uapi_link_info *info = &link->info;
	bool returns = info->perf_event.type == UAPI_PERF_KRETPROBE;
	uint64_t addr = info->perf_event.kprobe.addr;
	uint32_t offset = info->perf_event.kprobe.offset;
	char bare[24];

	out_bool(out, "retprobe", NULL, returns);
	out_uint(out, "addr", NULL, addr);
	if (!link->name[0] && !addr) {
		out_str(out, "func", NULL, "");
	} else {
		out_str(out, NULL, "% ", returns ? "kretprobe" : "kprobe");
		snprintf(bare, sizeof(bare), "%" PRIx64, addr);
		if (addr)
			out_str(out, NULL, "% ", bare);
		out_str(out, "func", "%", link->name);
	}
	out_uint(out, "offset", NULL, offset);
	if (offset)
		out_hex(out, NULL, "+%", offset);
	show_number(out, "missed", "  missed %", info->perf_event.kprobe.missed);
	show_number(out, "cookie", "  cookie %", info->perf_event.kprobe.cookie);
	out_text(out, "  ");
}

static void show_uprobe(struct out *out, const struct linkinfo *link)
{
	const struct uapi_link_info *info = &link->info;
	bool returns = info->perf_event.type == UAPI_PERF_URETPROBE;
	uint32_t offset = info->perf_event.uprobe.offset;
	uint64_t counter = info->perf_event.uprobe.ref_ctr_offset;

	out_bool(out, "retprobe", NULL, returns);
	out_str(out, NULL, "% ", returns ? "uretprobe" : "uprobe");
	out_str(out, "file", "%", link->name);
	out_uint(out, "offset", offset ? NULL : "+%  ", offset);
	if (offset)
		out_hex(out, NULL, "+%  ", offset);
	show_number(out, "cookie", "cookie %  ", info->perf_event.uprobe.cookie);
	out_uint(out, "ref_ctr_offset", NULL, counter);
	if (counter)
		out_hex(out, NULL, "ref_ctr_offset %  ", counter);
}

static void show_tracepoint(struct out *out, const struct linkinfo *link)
{
	out_str(out, "tracepoint", "tracepoint %  ", link->name);
	show_number(out, "cookie", "cookie %  ", link->info.perf_event.tracepoint.cookie);
}

static void show_event(struct out *out, const struct linkinfo *link)
{
	uint32_t type = link->info.perf_event.event.type;
	uint64_t config = link->info.perf_event.event.config;
	char scratch[PERFNAME_SCRATCH];
	const char *config_name = perfname_config(type, config, scratch);

	out_str(out, NULL, "% ", "event");
	if (perfname_type(type))
		out_str(out, "event_type", "%", perfname_type(type));
	else
		out_uint(out, "event_type", "% ", type);
	out_text(out, ":");
	if (config_name)
		out_str(out, "event_config", "%  ", config_name);
	else
		out_uint(out, "event_config", "%  ", config);
	show_number(out, "cookie", "cookie %  ", link->info.perf_event.event.cookie);
}

void target_perf_event(struct out *out, const struct linkinfo *link)
{
	switch (link->info.perf_event.type) {
	case UAPI_PERF_UPROBE:
	case UAPI_PERF_URETPROBE:
		show_uprobe(out, link);
		break;
	case UAPI_PERF_KPROBE:
	case UAPI_PERF_KRETPROBE:
		show_kprobe(out, link);
		break;
	case UAPI_PERF_TRACEPOINT:
		show_tracepoint(out, link);
		break;
	case UAPI_PERF_EVENT:
		show_event(out, link);
		break;
	}
}
