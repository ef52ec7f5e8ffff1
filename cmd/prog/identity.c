// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What begins every account of a program: id, type, name, tag, device, license, statistics. */
#include "prog/identity.h"

#include "bpf/names.h"
#include "bpf/progname.h"
#include "device.h"
#include "out/out.h"

static void out_tag(struct out *out, const uint8_t tag[BPF_TAG_SIZE])
{
	char text[2 * BPF_TAG_SIZE + 1];

	for (size_t i = 0; i < BPF_TAG_SIZE; i++) {
		text[2 * i] = "0123456789abcdef"[tag[i] >> 4];
		text[2 * i + 1] = "0123456789abcdef"[tag[i] & 15];
	}
	text[sizeof(text) - 1] = '\0';
	out_str(out, "tag", "tag %", text);
}

static void show_statistics(struct out *out, const struct bpf_prog_info *info)
{
	out_gap(out, " ");
	if (info->run_time_ns) {
		out_uint(out, "run_time_ns", "run_time_ns %", info->run_time_ns);
		out_uint(out, "run_cnt", "run_cnt %", info->run_cnt);
	}
	if (info->recursion_misses)
		out_uint(out, "recursion_misses", "recursion_misses %", info->recursion_misses);
	out_gap(out, "  ");
}

void identity_show(struct out *out, int fd, const struct bpf_prog_info *info)
{
	const struct device device = { info->ifindex, info->netns_dev, info->netns_ino };
	char name[PROGNAME_MAX];

	progname_full(fd, info, name);
	out_uint(out, "id", "%:", info->id);
	if (names_prog_type(info->type))
		out_str(out, "type", "%", names_prog_type(info->type));
	else
		out_uint(out, "type", "type %", info->type);
	if (*name)
		out_str(out, "name", "name %", name);
	out_tag(out, info->tag);
	device_text(out, &device);
	out_flag(out, "gpl_compatible", "gpl", info->gpl_compatible);
	show_statistics(out, info);
	device_json(out, &device);
	out_line(out);
}
