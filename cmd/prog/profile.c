// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh prog profile PROG METRIC…`: what the hardware counts while a program runs. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <time.h>

#include "../bpf/profile_object.h"
#include "args.h"
#include "base/err.h"
#include "bpf/info.h"
#include "bpf/progname.h"
#include "commands.h"
#include "interrupt.h"
#include "prog/metrics.h"
#include "xh.h"

struct profile_options {
	struct obj_ref prog;
	struct cli_u32 duration; /* s */
	struct metrics metrics;
};

/* fentry finds the function of a program by its name, in BTF. */
static int function_name(const struct obj *prog, char name[PROGNAME_MAX])
{
	struct bpf_prog_info info;
	int err = info_prog(prog->fd, &info);

	if (err)
		return fail(err, "read what program %u is", prog->id);
	if (!info.btf_id || !info.nr_func_info) {
		fail_plain(-EINVAL, "program %u has no BTF, which it takes to watch its runs",
			   prog->id);
		return fail_hint("compile it with -g, and do not strip that");
	}
	progname_full(prog->fd, &info, name);
	return 0;
}

/* Both are needed, and a machine may lack both: then it says so at once. */
static int open_both(const struct metrics *metrics, const struct tap_source *source,
		     struct counters *counters, struct tap *tap)
{
	int err = counters_open(metrics->kinds, source->counters, source->cpus, counters);
	const struct failure missing = *fail_last();
	int tap_err = tap_open(source, tap);

	if (!err)
		return tap_err;
	if (tap_err) {
		const struct failure other = *fail_last();

		return fail_plain(err, "%s, and %s", missing.text, other.text);
	}
	fail_plain(err, "%s", missing.text);
	return missing.hint[0] ? fail_hint("%s", missing.hint) : err;
}

/* Until the time is over, or for ever when none is given, or until an interrupt. */
static int wait_for(const struct cli_u32 *duration, int interrupt)
{
	struct timespec left = { .tv_sec = duration->value };
	struct pollfd end = { .fd = interrupt, .events = POLLIN };
	int got = ppoll(&end, 1, duration->given ? &left : NULL, NULL);

	return got < 0 && errno != EINTR ? fail(-errno, "wait") : 0;
}

static int profile(struct xh *xh, const struct profile_options *options,
		   const struct tap_source *source)
{
	struct counters counters AUTO_COUNTERS = { 0 };
	struct tap tap AUTO_TAP = { 0 };
	struct tap_sum sums[TAP_COUNTERS_MAX];
	int interrupt = interrupt_catch();
	uint64_t runs;
	int err = interrupt < 0 ? interrupt : open_both(&options->metrics, source, &counters, &tap);

	err = err ?: tap_start(&tap, &counters);
	err = err ?: wait_for(&options->duration, interrupt);
	if (err)
		return err;
	interrupt_extend();
	tap_stop(&tap);
	err = tap_read(&tap, &runs, sums);
	if (!err)
		metrics_show(xh->out, &options->metrics, runs, sums);
	return err;
}

static int run(struct xh *xh, const void *words)
{
	const struct profile_options *options = words;
	struct obj prog AUTO_OBJ = OBJ_CLOSED;
	char name[PROGNAME_MAX];
	int cpus, err;

	if (!options->metrics.count) {
		fail_plain(-EINVAL, "METRIC is missing: what is to be counted?");
		return fail_hint("xh prog profile help");
	}
	cpus = tap_cpus();
	err = cpus < 0 ? cpus : obj_open(&options->prog, &prog);
	err = err ?: function_name(&prog, name);
	if (err)
		return err;
	return profile(xh, options,
		       &(struct tap_source){
			       .object = profile_object_start,
			       .object_size = (size_t)(profile_object_end - profile_object_start),
			       .prog_fd = prog.fd,
			       .name = name,
			       .counters = options->metrics.count,
			       .cpus = (uint32_t)cpus,
		       });
}

static const struct arg args[] = {
	{ ARG_PROG(struct profile_options, prog), .required = true, .help = "The program" },
	{ "duration", ARG_U32(struct profile_options, duration), .metavar = "SECONDS",
	  .help = "How long to look; until interrupted if not given" },
	{ ARG_METRICS(struct profile_options, metrics), .help = "What to count, one or more" },
	{ 0 },
};

const struct command prog_profile = {
	.name = "profile",
	.summary = "Count cycles, instructions and cache misses while a program runs",
	.args = args,
	.options_size = sizeof(struct profile_options),
	.run = run,
	.examples = EXAMPLES("xh prog profile name hello duration 10 cycles instructions",
			     "xh prog profile name hello llc_misses"),
};
