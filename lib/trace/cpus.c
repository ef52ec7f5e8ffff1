// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which CPUs have a trace buffer. */
#include "trace/cpus.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/num.h"
#include "base/text.h"

#define CPUS_MAX 65536

AUTO_DEFINE(listing, DIR *, NULL, closedir)

static int add(struct trace_cpus *cpus, const char *name)
{
	uint64_t cpu;

	if (!text_starts(name, "cpu") || num_read(name + strlen("cpu"), CPUS_MAX, &cpu))
		return 0;
	return vec_push(cpus, (unsigned int)cpu) ? fail(-ENOMEM, "list the trace buffers") : 0;
}

int trace_cpus_open(int dir, struct trace_cpus *cpus)
{
	auto_fd int fd = openat(dir, "per_cpu", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	auto_fd int listed = fd < 0 ? -1 : openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	AUTO(listing) DIR *listing = listed < 0 ? NULL : fdopendir(listed);
	const struct dirent *entry;
	int err = 0;

	if (!listing)
		return fail(-errno, "open the trace buffers per_cpu");
	take_fd(&listed);
	while (!err && (entry = readdir(listing)))
		err = add(cpus, entry->d_name);
	return err ?: take_fd(&fd);
}

void trace_cpus_free(struct trace_cpus *cpus)
{
	vec_free(cpus);
}
