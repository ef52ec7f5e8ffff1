// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Hardware counters of all CPUs (perf_event_open): one fd a counter and CPU. */
#include "bpf/counters.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/err.h"

static int open_one(const struct counters_kind *kind, uint32_t cpu)
{
	struct perf_event_attr attr = {
		.type = kind->type,
		.size = sizeof(attr),
		.config = kind->config,
		.exclude_user = 1,
	};
	long fd = syscall(SYS_perf_event_open, &attr, -1, (int)cpu, -1, PERF_FLAG_FD_CLOEXEC);

	return fd < 0 ? -errno : (int)fd;
}

static int refused(int err, const struct counters_kind *kind)
{
	if (err == -ENOENT || err == -EOPNOTSUPP || err == -ENODEV)
		return fail_plain(err, "this machine has no hardware counter for %s (%s)",
				  kind->name, err_name(err));
	fail(err, "count %s", kind->name);
	if (err != -EPERM && err != -EACCES)
		return err;
	return fail_hint("it needs CAP_PERFMON, and a kernel that is not locked down");
}

/* A CPU that is offline has no counters; one that is not is the proof that there are any. */
static int open_kind(const struct counters_kind *kind, uint32_t cpus, int *fds)
{
	int err = 0;
	bool any = false;

	for (uint32_t cpu = 0; cpu < cpus; cpu++) {
		fds[cpu] = open_one(kind, cpu);
		any = any || fds[cpu] >= 0;
		if (fds[cpu] < 0)
			err = fds[cpu];
		if (err && err != -ENODEV)
			return refused(err, kind);
	}
	return any ? 0 : refused(err, kind);
}

int counters_open(const struct counters_kind *const *kinds, uint32_t count, uint32_t cpus,
		  struct counters *counters)
{
	size_t total = (size_t)count * cpus;
	int err = 0;

	*counters = (struct counters){ .kinds = count, .cpus = cpus };
	counters->fds = malloc(total * sizeof(*counters->fds));
	if (!counters->fds)
		return fail(-ENOMEM, "open %zu counters", total);
	for (size_t i = 0; i < total; i++)
		counters->fds[i] = -1;
	for (uint32_t i = 0; !err && i < count; i++)
		err = open_kind(kinds[i], cpus, counters->fds + (size_t)i * cpus);
	if (err)
		counters_close(counters);
	return err;
}

void counters_close(struct counters *counters)
{
	for (size_t i = 0; counters->fds && i < (size_t)counters->kinds * counters->cpus; i++)
		cleanup_fd(&counters->fds[i]);
	free(take_ptr(counters->fds));
}
