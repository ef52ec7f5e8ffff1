// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Two programs that run before and after each run of another one, and read counters. */
#include "bpf/tap.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "bpf/counters.h"
#include "bpf/messages.h"
#include "bpf/privilege.h"
#include "bpf/sys.h"

/* As bpf/profile.bpf.c has it. */
struct readings {
	struct bpf_perf_event_value of[TAP_COUNTERS_MAX];
};

struct tally {
	uint64_t runs;
	uint64_t running;
	struct readings before;
	struct readings sum;
};

struct setup {
	uint32_t counters;
	uint32_t cpus;
};

int tap_cpus(void)
{
	int cpus = libbpf_num_possible_cpus();

	return cpus < 0 ? fail(cpus, "count the CPUs") : cpus;
}

static struct bpf_map *map_of(const struct tap *tap, const char *name)
{
	return bpf_object__find_map_by_name(tap->handle, name);
}

static struct bpf_program *prog_of(const struct tap *tap, const char *name)
{
	return bpf_object__find_program_by_name(tap->handle, name);
}

static int aim(const struct tap *tap, const struct tap_source *source)
{
	struct bpf_program *prog;

	bpf_object__for_each_program(prog, tap->handle)
	{
		int err = bpf_program__set_attach_target(prog, source->prog_fd, source->name);

		if (err)
			return err;
	}
	return 0;
}

static int load(struct tap *tap, const struct tap_source *source)
{
	const struct setup setup = { source->counters, source->cpus };
	LIBBPF_OPTS(bpf_object_open_opts, opts, .object_name = "xh_profile");
	int err;

	tap->handle = bpf_object__open_mem(source->object, source->object_size, &opts);
	if (!tap->handle)
		return -errno;
	err = bpf_map__set_initial_value(map_of(tap, ".rodata"), &setup, sizeof(setup));
	err = err
		      ?: bpf_map__set_max_entries(map_of(tap, "events"),
						  source->counters * source->cpus);
	err = err ?: aim(tap, source);
	return err ?: bpf_object__load(tap->handle);
}

static int refused(int err, const struct tap_source *source, const struct messages *messages)
{
	char cause[256];

	if (err == -EPERM && !privilege_to_load(BPF_PROG_TYPE_TRACING)) {
		fail(err, "watch the runs of program '%s'", source->name);
		return fail_hint("it needs %s", privilege_needed(BPF_PROG_TYPE_TRACING));
	}
	if (err == -EPERM)
		return fail_plain(err, "this kernel lets no program be run before and after "
				       "another one (fentry, EPERM)");
	messages_cause(messages, cause, sizeof(cause));
	if (!*cause)
		return fail(err, "watch the runs of program '%s'", source->name);
	return fail_plain(err, "watch the runs of program '%s': %s (%s)", source->name, cause,
			  err_name(err));
}

int tap_open(const struct tap_source *source, struct tap *tap)
{
	struct messages messages = { 0 };
	int err;

	*tap = (struct tap){ .counters = source->counters, .cpus = source->cpus };
	messages_keep(&messages);
	err = messages_errno(load(tap, source));
	messages_stop();
	if (err) {
		tap_close(tap);
		refused(err, source, &messages);
	}
	messages_free(&messages);
	return err;
}

static int hand_over(const struct tap *tap, const struct counters *counters)
{
	int events = bpf_map__fd(map_of(tap, "events"));
	int err = 0;

	for (uint32_t i = 0; !err && i < tap->counters * tap->cpus; i++) {
		if (counters->fds[i] >= 0)
			err = sys_map_update(events, &i, &counters->fds[i], BPF_ANY);
	}
	return err ? fail(err, "hand the counters to the kernel") : 0;
}

/* The end is watched first: a run that it sees the end of only is not counted. */
int tap_start(struct tap *tap, const struct counters *counters)
{
	int err = hand_over(tap, counters);

	if (err)
		return err;
	tap->after = bpf_program__attach(prog_of(tap, "after_run"));
	if (tap->after)
		tap->before = bpf_program__attach(prog_of(tap, "before_run"));
	return tap->before ? 0 : fail(-errno, "begin to watch a program");
}

void tap_stop(struct tap *tap)
{
	bpf_link__destroy(take_ptr(tap->before));
	bpf_link__destroy(take_ptr(tap->after));
}

static void add(struct tap_sum *sum, const struct bpf_perf_event_value *value)
{
	sum->value += value->counter;
	sum->enabled_ns += value->enabled;
	sum->running_ns += value->running;
}

int tap_read(const struct tap *tap, uint64_t *runs, struct tap_sum sums[TAP_COUNTERS_MAX])
{
	const uint32_t key = 0;
	auto_free struct tally *tallies = calloc(tap->cpus, sizeof(*tallies));

	if (!tallies)
		return fail(-ENOMEM, "read what was counted");
	if (bpf_map_lookup_elem(bpf_map__fd(map_of(tap, "tallies")), &key, tallies))
		return fail(-errno, "read what was counted");
	*runs = 0;
	memset(sums, 0, TAP_COUNTERS_MAX * sizeof(*sums));
	for (uint32_t cpu = 0; cpu < tap->cpus; cpu++) {
		*runs += tallies[cpu].runs;
		for (uint32_t i = 0; i < tap->counters; i++)
			add(&sums[i], &tallies[cpu].sum.of[i]);
	}
	return 0;
}

void tap_close(struct tap *tap)
{
	tap_stop(tap);
	bpf_object__close(take_ptr(tap->handle));
}
