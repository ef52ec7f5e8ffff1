// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The attach points of sockets: what `prog attach` and `prog detach` share. */
#include "prog/hooks.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

#include "args.h"
#include "base/err.h"
#include "bpf/info.h"
#include "bpf/names.h"
#include "bpf/sys.h"
#include "suggest_obj.h"

#define STREAM_PARSER  BPF_SK_SKB_STREAM_PARSER, BPF_PROG_TYPE_SK_SKB, "sk_skb_stream_parser"
#define STREAM_VERDICT BPF_SK_SKB_STREAM_VERDICT, BPF_PROG_TYPE_SK_SKB, "sk_skb_stream_verdict"
#define SKB_VERDICT    BPF_SK_SKB_VERDICT, BPF_PROG_TYPE_SK_SKB, "sk_skb_verdict"
#define MSG_VERDICT    BPF_SK_MSG_VERDICT, BPF_PROG_TYPE_SK_MSG, "sk_msg_verdict"
#define FLOW_DISSECTOR BPF_FLOW_DISSECTOR, BPF_PROG_TYPE_FLOW_DISSECTOR, "flow_dissector"

/* The older names first: bpftool takes the beginnings of these alone. */
static const struct hooks_row rows[] = {
	{ "stream_parser", STREAM_PARSER },
	{ "stream_verdict", STREAM_VERDICT },
	{ "msg_verdict", MSG_VERDICT },
	{ "skb_verdict", SKB_VERDICT },
	{ "sk_msg_verdict", MSG_VERDICT },
	{ "sk_skb_verdict", SKB_VERDICT },
	{ "sk_skb_stream_verdict", STREAM_VERDICT },
	{ "sk_skb_stream_parser", STREAM_PARSER },
	{ "flow_dissector", FLOW_DISSECTOR },
};

static const struct choices choices = CHOICES("ATTACH_TYPE", rows);

static bool prog_suits(const void *options, const void *candidate)
{
	const struct suggest_candidate *prog = candidate;
	bool any = false;

	(void)options;
	for (size_t i = 0; i < choices.count; i++)
		any |= rows[i].prog_type == prog->type;
	return any;
}

static bool map_suits(const void *options, const void *candidate)
{
	const struct suggest_candidate *map = candidate;

	(void)options;
	return map->type == BPF_MAP_TYPE_SOCKMAP || map->type == BPF_MAP_TYPE_SOCKHASH;
}

const struct arg hooks_args[] = {
	{ ARG_PROG(struct hooks_options, prog), .required = true, .suits = prog_suits,
	  .help = "The program" },
	{ ARG_CHOICE(struct hooks_options, hook, struct hooks_row, &choices), .required = true,
	  .help = "What it is to decide about, or to dissect" },
	{ ARG_MAP(struct hooks_options, map), .suits = map_suits,
	  .help = "The sockmap or sockhash whose sockets it is for; a flow_dissector has none, "
		  "it is for this network namespace" },
	{ 0 },
};

static bool is_of_map(const struct hooks_row *hook)
{
	return hook->attach_type != BPF_FLOW_DISSECTOR;
}

static int check_words(const struct hooks_options *options)
{
	bool given = options->map.by != OBJ_NONE;

	if (is_of_map(options->hook) && !given) {
		fail_plain(-EINVAL, "MAP is missing: %s is for the sockets of a map",
			   options->hook->known_as);
		return cli_hint_spec(&arg_map);
	}
	if (!is_of_map(options->hook) && given)
		return fail_plain(-EINVAL,
				  "flow_dissector is for this network namespace: a MAP does not "
				  "fit here");
	return 0;
}

/* The kernel would only say "Invalid argument". */
static int check_prog(const struct hooks_point *point)
{
	char is[NAMES_SCRATCH], wanted[NAMES_SCRATCH];
	struct bpf_prog_info info;
	int err = info_prog(point->prog.fd, &info);

	if (err)
		return fail(err, "read what program %u is", point->prog.id);
	if (info.type == point->hook->prog_type)
		return 0;
	return fail_plain(-EINVAL, "%s is %s, not %s", point->prog_label,
			  names_prog_type_or_number(info.type, is),
			  names_prog_type_or_number(point->hook->prog_type, wanted));
}

static int check_map(struct hooks_point *point)
{
	char is[NAMES_SCRATCH];
	struct bpf_map_info info;
	int err = info_map(point->map.fd, &info);

	if (err)
		return fail(err, "read what map %u is", point->map.id);
	snprintf(point->label, sizeof(point->label), info.name[0] ? "map %u '%s'" : "map %u",
		 info.id, info.name);
	if (info.type == BPF_MAP_TYPE_SOCKMAP || info.type == BPF_MAP_TYPE_SOCKHASH)
		return 0;
	return fail_plain(-EINVAL, "%s is %s, not sockmap or sockhash", point->label,
			  names_map_type_or_number(info.type, is));
}

static int open_point(const struct hooks_options *options, struct hooks_point *point)
{
	int err;

	point->hook = options->hook;
	snprintf(point->label, sizeof(point->label), "this network namespace");
	err = check_words(options) ?: obj_open(&options->prog, &point->prog);
	if (err)
		return err;
	net_prog_label(point->prog.id, point->prog_label);
	err = check_prog(point);
	if (!err && is_of_map(point->hook))
		err = obj_open(&options->map, &point->map) ?: check_map(point);
	point->attach = (struct uapi_attach){
		.target = is_of_map(point->hook) ? (uint32_t)point->map.fd : 0,
		.prog_fd = (uint32_t)point->prog.fd,
		.attach_type = point->hook->attach_type,
	};
	return err;
}

static void close_point(struct hooks_point *point)
{
	obj_close(&point->prog);
	obj_close(&point->map);
}

int hooks_run(const struct hooks_options *options, const struct hooks_verb *verb)
{
	struct hooks_point point __attribute__((cleanup(close_point))) = {
		.prog = OBJ_CLOSED,
		.map = OBJ_CLOSED,
	};
	int err = open_point(options, &point);

	if (err)
		return err;
	err = verb->call(&point.attach);
	return err ? verb->refused(err, &point) : 0;
}

uint32_t hooks_attached(const struct hooks_point *point, uint32_t attach_type)
{
	auto_fd int netns =
		is_of_map(point->hook) ? -1 : open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	uint32_t id = 0;
	struct uapi_query query = {
		.target = (uint32_t)(is_of_map(point->hook) ? point->map.fd : netns),
		.attach_type = attach_type,
		.prog_ids = (uintptr_t)&id,
		.count = 1,
	};
	int err = sys_prog_query(&query);

	return err ? 0 : id;
}
