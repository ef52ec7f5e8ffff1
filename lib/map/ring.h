/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The records of a BPF ring buffer, taken out through its mapped pages. */
#ifndef XH_MAP_RING_H
#define XH_MAP_RING_H

#include <linux/bpf.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What the UAPI lays down (BPF_MAP_TYPE_RINGBUF, kernel/bpf/ringbuf.c): a page with the position
 * that was read up to, a page with the position that is written up to, then the data, mapped twice
 * in a row so that no record breaks. Positions only grow.
 */
struct ring {
	uint32_t id;                   /* of the map, for messages */
	unsigned long size;            /* bytes of data, a power of two */
	unsigned long *consumer;       /* also written by any other process that reads */
	const unsigned long *producer; /* written by the kernel alone */
	const uint8_t *data;

	unsigned long held_at; /* where the record is that the caller looks at */
	unsigned long held;    /* its bytes with the header; 0 for none */
	size_t page_size;
};

struct ring_record {
	const uint8_t *data; /* borrowed until the next call */
	uint32_t size;       /* bytes */
};

/*
 * Maps the ring buffer `fd`, which is not needed any longer but for poll(). 0 or a negative errno
 * with the failure recorded.
 */
int ring_open(struct ring *ring, int fd, const struct bpf_map_info *info);

/* Takes the last record out and unmaps; nothing to do for zeroed memory. */
void ring_close(struct ring *ring);
#define AUTO_RING __attribute__((cleanup(ring_close)))

/*
 * Takes the record of the call before out of the buffer and looks at the next one: 1, or 0 when
 * there is none (yet), or a negative errno with the failure recorded when no record can begin
 * where the position is.
 */
int ring_next(struct ring *ring, struct ring_record *record);

#endif
