/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Two programs that run before and after each run of another one, and read counters. */
#ifndef XH_BPF_TAP_H
#define XH_BPF_TAP_H

#include <stddef.h>
#include <stdint.h>

struct bpf_link;
struct bpf_object;
struct counters;

/* What bpf/profile.bpf.c is written for. */
#define TAP_COUNTERS_MAX 6

/* The object file of the two programs, and what they are for. */
struct tap_source {
	const void *object;
	size_t object_size; /* bytes */
	int prog_fd;        /* of the program to look at */
	const char *name;   /* of its function */
	uint32_t counters;
	uint32_t cpus;
};

/* Zeroed memory is a closed one. */
struct tap {
	struct bpf_object *handle;
	struct bpf_link *before, *after;
	uint32_t counters, cpus;
};

/* Of all CPUs together. */
struct tap_sum {
	uint64_t value;
	uint64_t enabled_ns, running_ns; /* less than it was enabled: it shared the hardware */
};

/* CPUs that there may ever be; a negative errno with the failure recorded. */
int tap_cpus(void);

/* Loads the two; 0 or a negative errno, recorded. -EPERM: the kernel has no fentry. */
int tap_open(const struct tap_source *source, struct tap *tap);

/* Begins to read the counters, opened for as many CPUs; 0 or a negative errno, recorded. */
int tap_start(struct tap *tap, const struct counters *counters);

/* No run begins to be counted any more. */
void tap_stop(struct tap *tap);

/* What was counted in how many runs; 0 or a negative errno, recorded. */
int tap_read(const struct tap *tap, uint64_t *runs, struct tap_sum sums[TAP_COUNTERS_MAX]);

void tap_close(struct tap *tap);
#define AUTO_TAP __attribute__((cleanup(tap_close)))

#endif
