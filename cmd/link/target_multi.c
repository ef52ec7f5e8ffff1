// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Targets of links that are many functions at once: kprobe_multi and uprobe_multi. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "jit/ksyms.h"
#include "link/target.h"

/* A probed function of the kernel. */
struct probe {
	uint64_t addr, cookie;
};

static int compare(const void *a, const void *b)
{
	const struct probe *left = a, *right = b;

	return left->addr < right->addr ? -1 : left->addr > right->addr;
}

/* The probes by their addresses; heap, NULL when there is no memory. */
static struct probe *sorted_probes(const struct linkinfo *link)
{
	struct probe *probes = calloc(link->count, sizeof(*probes));

	for (uint32_t i = 0; probes && i < link->count; i++)
		probes[i] = (struct probe){ link->addrs[i], link->cookies ? link->cookies[i] : 0 };
	if (probes)
		qsort(probes, link->count, sizeof(*probes), compare);
	return probes;
}

/* Without names the addresses are shown alone. */
static struct ksyms *names_of(const struct linkinfo *link)
{
	struct ksyms *ksyms = ksyms_new();
	int err = ksyms ? 0 : -ENOMEM;

	for (uint32_t i = 0; !err && i < link->count; i++)
		err = ksyms_want_address(ksyms, link->addrs[i]);
	err = err ?: ksyms_read(ksyms);
	if (err)
		fail_clear();
	return ksyms;
}

static void show_probe(struct out *out, const struct probe *probe, const struct ksyms *ksyms)
{
	uint64_t offset;
	const char *name = ksyms ? ksyms_name(ksyms, probe->addr, &offset) : NULL;
	char columns[48];

	snprintf(columns, sizeof(columns), "%016" PRIx64 " %-16" PRIx64 " ", probe->addr,
		 probe->cookie);
	out_object(out, NULL);
	out_str(out, NULL, "%", columns);
	out_uint(out, "addr", NULL, probe->addr);
	out_str(out, "func", "%  ", name ?: "");
	out_uint(out, "cookie", NULL, probe->cookie);
	out_line(out);
	out_end(out);
}

static void show_probes(struct out *out, const struct linkinfo *link)
{
	auto_free struct probe *probes = sorted_probes(link);
	AUTO(ksyms) struct ksyms *ksyms = names_of(link);

	out_str(out, NULL, "%", "addr             cookie           func [module]");
	out_line(out);
	for (uint32_t i = 0; probes && i < link->count; i++)
		show_probe(out, &probes[i], ksyms);
}

void target_kprobe_multi(struct out *out, const struct linkinfo *link)
{
	bool returns = link->info.kprobe_multi.flags & UAPI_MULTI_RETURN;
	uint64_t missed = link->info.kprobe_multi.missed;

	out_bool(out, "retprobe", NULL, returns);
	out_str(out, NULL, "%  ", returns ? "kretprobe.multi" : "kprobe.multi");
	out_uint(out, "func_cnt", "func_cnt %  ", link->info.kprobe_multi.count);
	out_uint(out, "missed", missed ? "missed %  " : NULL, missed);
	out_line(out);
	out_array(out, "funcs");
	if (link->addrs)
		show_probes(out, link);
	out_end(out);
}

/* A column of hexadecimal digits, as wide as all of its kind. */
static void show_hex(struct out *out, const char *key, const uint64_t *array, uint32_t at)
{
	uint64_t value = array ? array[at] : 0;
	char column[32];

	snprintf(column, sizeof(column), "0x%-16" PRIx64, value);
	out_uint(out, key, NULL, value);
	out_str(out, NULL, "%", column);
}

static void show_offset(struct out *out, const struct linkinfo *link, uint32_t at)
{
	out_object(out, NULL);
	out_gap(out, " ");
	show_hex(out, "offset", link->offsets, at);
	show_hex(out, "ref_ctr_offset", link->ref_ctr_offsets, at);
	show_hex(out, "cookie", link->cookies, at);
	out_gap(out, "");
	out_line(out);
	out_end(out);
}

void target_uprobe_multi(struct out *out, const struct linkinfo *link)
{
	bool returns = link->info.uprobe_multi.flags & UAPI_MULTI_RETURN;
	int64_t pid = (int32_t)link->info.uprobe_multi.pid;

	out_bool(out, "retprobe", NULL, returns);
	out_str(out, NULL, "%  ", returns ? "uretprobe.multi" : "uprobe.multi");
	out_str(out, "path", "path %  ", link->name);
	out_uint(out, "func_cnt", "func_cnt %  ", link->info.uprobe_multi.count);
	out_int(out, "pid", pid ? "pid %  " : NULL, pid);
	out_line(out);
	out_str(out, NULL, "%", "offset             ref_ctr_offset     cookies         ");
	out_line(out);
	out_array(out, "funcs");
	for (uint32_t i = 0; i < link->count; i++)
		show_offset(out, link, i);
	out_end(out);
}
