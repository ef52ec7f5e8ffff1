/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What programs write to a perf event array with bpf_perf_event_output(). */
#ifndef XH_BPF_SAMPLES_H
#define XH_BPF_SAMPLES_H

#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

struct sample {
	uint32_t type; /* enum perf_event_type */
	uint32_t size; /* bytes of the whole record */
	uint32_t cpu;
	uint32_t index; /* of the slot of the map */

	/* PERF_RECORD_SAMPLE */
	uint64_t time_ns;
	const void *data; /* borrowed */
	uint32_t data_size;

	/* PERF_RECORD_LOST: samples that found no room before this record was written. */
	uint64_t event_id;
	uint64_t lost;
};

/* Where to listen. */
struct samples_from {
	int fd;         /* of the map; borrowed */
	uint32_t id;    /* of the map, for messages */
	int64_t cpu;    /* -1: all that are online, each at its own number */
	uint32_t index; /* with `cpu`: the slot that it writes to */
};

/* Is given each record; it is the caller's to bound what it does with `sample->size`. */
struct samples_visitor {
	void (*visit)(const struct sample *sample, void *context);
	void *context;
};

/*
 * Puts a perf event into each slot, in the place of whatever another process has there. 0 or a
 * negative errno with the failure recorded.
 */
struct samples;
int samples_open(const struct samples_from *from, const struct samples_visitor *visitor,
		 struct samples **samples);
void samples_close(struct samples *samples);
AUTO_DEFINE(samples, struct samples *, NULL, samples_close)

/* An fd that is readable while there are records. */
int samples_fd(const struct samples *samples);

/* Visits what there is now. 0 or a negative errno with the failure recorded. */
int samples_take(struct samples *samples);

/*
 * Visits a record of what was lost and not told yet: the kernel tells of it with the next sample,
 * which may never come. Kernels before 6.0 do not know.
 */
void samples_take_lost(struct samples *samples);

#endif
