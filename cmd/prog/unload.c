// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh prog unload PROG`: takes back what `prog load` and `net attach` did. */
#include <errno.h>
#include <time.h>

#include "args.h"
#include "base/err.h"
#include "bpf/info.h"
#include "bpf/sys.h"
#include "commands.h"
#include "prog/unload.h"
#include "xh.h"

/* The last reference goes after the kernel's RCU grace period, in a few milliseconds. */
#define GONE_WITHIN_MS 1000
#define GONE_MOMENT_MS 50
#define LOOK_EVERY_MS  10

struct unload_options {
	struct obj_ref prog;
	bool dry_run;
};

static void unload_free(struct unload *unload)
{
	obj_close(&unload->prog);
	about_free(&unload->about);
	uses_free(&unload->uses);
	vec_free(&unload->attached);
	undo_free(&unload->steps);
	devices_free(&unload->devices);
}

#define AUTO_UNLOAD __attribute__((cleanup(unload_free)))

static int look_around(struct unload *unload)
{
	struct bpf_prog_info info;
	int err = info_prog(unload->prog.fd, &info);

	if (err && err != -ENODEV)
		return fail(err, "read program %u", unload->prog.id);
	progname_full(unload->prog.fd, &info, unload->name);
	err = pins_read(&unload->about.pins);
	err = err ?: holders_read(&unload->about.holders);
	err = err ?: uses_read(&unload->prog, &unload->uses);
	return err ?: net_attached_find(&unload->prog, &unload->attached);
}

/* Processes come and go: the one that held it may have been another unload of it. */
static void look_again(struct unload *unload)
{
	holders_free(&unload->about.holders);
	if (holders_read(&unload->about.holders))
		fail_clear();
}

/*
 * Lets go of it ourselves, then waits: long while nothing is known to hold it, a moment where
 * something does.
 */
static bool is_gone(struct unload *unload)
{
	const struct timespec pause = { .tv_nsec = 1000000 };

	undo_close(&unload->steps);
	obj_close(&unload->prog);
	for (int waited_ms = 0; waited_ms < GONE_WITHIN_MS; waited_ms++) {
		auto_fd int fd = sys_prog_by_id(unload->prog.id);

		if (fd == -ENOENT)
			return true;
		if (waited_ms % LOOK_EVERY_MS == 0)
			look_again(unload);
		if (waited_ms > GONE_MOMENT_MS && !unload_is_free(unload))
			return false;
		nanosleep(&pause, NULL);
	}
	return false;
}

/*
 * Finds what holds it now: a link or map that was to go stays where something that xh cannot see
 * has it, too. False when the program is gone in the meantime. A process that has it is named
 * without: it may be another unload, which is not to see that this one has it again.
 */
static bool find_holders(struct unload *unload)
{
	if (unload_is_open(unload))
		return true;
	unload->prog.fd = sys_prog_by_id(unload->prog.id);
	if (unload->prog.fd < 0)
		return unload->prog.fd != -ENOENT;
	uses_free(&unload->uses);
	pins_free(&unload->about.pins);
	if (uses_read(&unload->prog, &unload->uses) || pins_read(&unload->about.pins))
		fail_clear();
	obj_close(&unload->prog);
	return true;
}

static void show(struct unload *unload)
{
	struct out *out = unload->out;
	bool gone = !unload->dry_run && (is_gone(unload) || !find_holders(unload));

	out_object(out, NULL);
	out_gap(out, " ");
	unload_show_steps(unload);
	unload_show_holders(unload, gone);
	unload_show_end(unload, gone);
	out_gap(out, "  ");
	out_end(out);
}

static int run(struct xh *xh, const void *words)
{
	const struct unload_options *options = words;
	struct unload unload AUTO_UNLOAD = {
		.out = xh->out,
		.dry_run = options->dry_run,
		.prog = OBJ_CLOSED,
	};
	int err = obj_open(&options->prog, &unload.prog);

	err = err ?: look_around(&unload);
	err = err ?: unload_plan(&unload);
	if (!err && !options->dry_run)
		err = undo_run(&unload.steps);
	if (!err)
		show(&unload);
	return err;
}

const struct command prog_unload = {
	.name = "unload",
	.summary = "Detach a program, remove its pins, and say what still holds it",
	.args =
		(const struct arg[]){
			{ ARG_PROG(struct unload_options, prog), .required = true,
			  .help = "The program" },
			{ .keyword = "--dry-run",
			  ARG_FLAG(struct unload_options, dry_run),
			  .help = "Only show what would be done" },
			{ 0 },
		},
	.options_size = sizeof(struct unload_options),
	.run = run,
	.examples = EXAMPLES("xh prog unload pinned /sys/fs/bpf/hello --dry-run",
			     "xh prog unload pinned /sys/fs/bpf/hello"),
};
