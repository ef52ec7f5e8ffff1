// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh net attach`: a program to an attach point of a network device. */
#include <errno.h>

#include "args.h"
#include "base/err.h"
#include "bpf/info.h"
#include "bpf/names.h"
#include "commands.h"
#include "net/hooks.h"
#include "net/prog.h"
#include "nl/dev.h"
#include "nl/nl.h"
#include "suggest_obj.h"
#include "xh.h"

struct attach_options {
	const struct hook *hook;
	struct obj_ref prog;
	const char *dev;
	bool overwrite;
	struct obj_ref replace;
	bool prepend;
	struct obj_ref before, after;
	const char *link;
};

static const char *const place_words[] = {
	[HOOK_FIRST] = "prepend",
	[HOOK_BEFORE] = "before",
	[HOOK_AFTER] = "after",
};

static enum hook_place place_of(const struct attach_options *options)
{
	if (options->prepend)
		return HOOK_FIRST;
	if (options->before.by != OBJ_NONE)
		return HOOK_BEFORE;
	return options->after.by != OBJ_NONE ? HOOK_AFTER : HOOK_LAST;
}

static int check_together(const struct attach_options *options)
{
	bool replaces = options->overwrite || options->replace.by != OBJ_NONE;
	const char *place = place_words[place_of(options)];
	int places = options->prepend + (options->before.by != OBJ_NONE) +
		     (options->after.by != OBJ_NONE);

	if (options->overwrite && options->replace.by != OBJ_NONE)
		return fail_plain(-EINVAL, "'overwrite' replaces any program, 'replace' only one: "
					   "give one of them");
	if (places > 1)
		return fail_plain(-EINVAL, "give one of 'prepend', 'before' and 'after'");
	if (replaces && place)
		return fail_plain(-EINVAL,
				  "a program takes the place of the one that it replaces: '%s' "
				  "does not fit here",
				  place);
	return 0;
}

static int check_words(const struct attach_options *options)
{
	const struct hook *hook = options->hook;
	const char *place = place_words[place_of(options)];
	int err = check_together(options);

	if (err)
		return err;
	if (place && !hook->has_order)
		return fail_plain(-EINVAL, "%s has one program at a time: '%s' does not fit here",
				  hook->name, place);
	if (!options->link || hook->takes_links)
		return 0;
	fail_plain(-EINVAL, "%s has filters, which no link can hold", hook->name);
	return fail_hint("tcx takes links, since Linux 6.6");
}

/* The kernel would only say "Invalid argument". */
static int check_type(const struct obj *prog, const struct hook *hook)
{
	char is[NAMES_SCRATCH], wanted[NAMES_SCRATCH], label[NET_PROG_LABEL_MAX];
	struct bpf_prog_info info;
	int err = info_prog(prog->fd, &info);

	if (err)
		return fail(err, "read what program %u is", prog->id);
	if (info.type == hook->prog_type)
		return 0;
	return fail_plain(-EINVAL, "%s is %s, not %s", net_prog_label(prog->id, label),
			  names_prog_type_or_number(info.type, is),
			  names_prog_type_or_number(hook->prog_type, wanted));
}

/* Said first, whatever else is wrong, as all hooks would say it. */
static int check_device(const char *name)
{
	struct nl nl AUTO_NL = NL_NONE;
	struct nl_dev dev;

	return nl_open(&nl) ?: nl_dev_find(&nl, name, &dev);
}

/* What was named is opened; nothing where nothing was. */
static int open_named(const struct obj_ref *ref, struct obj *obj, const struct obj **opened)
{
	int err;

	if (ref->by == OBJ_NONE)
		return 0;
	err = obj_open(ref, obj);
	if (!err)
		*opened = obj;
	return err;
}

static int run(struct xh *xh, const void *words)
{
	const struct attach_options *options = words;
	struct obj prog AUTO_OBJ = OBJ_CLOSED, replace AUTO_OBJ = OBJ_CLOSED;
	struct obj beside AUTO_OBJ = OBJ_CLOSED;
	struct hook_call call = {
		.hook = options->hook,
		.dev = options->dev,
		.overwrite = options->overwrite,
		.place = place_of(options),
		.link = options->link,
		.nomount = xh->flags.nomount,
	};
	int err = check_words(options) ?: open_named(&options->prog, &prog, &call.prog);

	err = err ?: check_device(options->dev);
	err = err ?: check_type(&prog, options->hook);
	err = err ?: open_named(&options->replace, &replace, &call.replace);
	err = err ?: open_named(&options->before, &beside, &call.beside);
	err = err ?: open_named(&options->after, &beside, &call.beside);
	return err ?: call.hook->attach(&call);
}

/* For completion: programs that could be attached there. */
static bool suits(const void *operands, const void *candidate)
{
	const struct attach_options *options = operands;
	const struct suggest_candidate *prog = candidate;

	return !options->hook || prog->type == options->hook->prog_type;
}

static const struct arg args[] = {
	{ ARG_CHOICE(struct attach_options, hook, struct hook, &hook_choices), .required = true,
	  .help = "Where to attach: xdp takes the driver's XDP, or the generic one without it" },
	{ ARG_PROG(struct attach_options, prog), .suits = suits, .required = true,
	  .help = "The program to attach" },
	{ "dev", ARG_DEV(struct attach_options, dev), .required = true, .help = "The device" },
	{ "overwrite", ARG_FLAG(struct attach_options, overwrite),
	  .help = "Replace the program that is there" },
	{ "replace", ARG_PROG(struct attach_options, replace), .suits = suits,
	  .help = "Replace exactly this program, or fail" },
	{ "prepend", ARG_FLAG(struct attach_options, prepend),
	  .help = "Run before all programs that are there; else it is after them" },
	{ "before", ARG_PROG(struct attach_options, before), .suits = suits,
	  .help = "Run just before this one" },
	{ "after", ARG_PROG(struct attach_options, after), .suits = suits,
	  .help = "Run just after this one" },
	{ "link", ARG_PATH(struct attach_options, link),
	  .help = "Attach by a BPF link and pin that here; with replace or overwrite: change the "
		  "program of the link that is pinned here" },
	{ 0 },
};

const struct command net_attach = {
	.name = "attach",
	.summary = "Attach a program to a network device",
	.args = args,
	.options_size = sizeof(struct attach_options),
	.run = run,
	.examples = EXAMPLES("xh net attach xdp name hello dev lo",
			     "xh net attach xdpgeneric name hello dev lo overwrite"),
};
