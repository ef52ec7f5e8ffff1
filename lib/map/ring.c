// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The records of a BPF ring buffer, taken out through its mapped pages. */
#include "map/ring.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/err.h"

#define RECORD_ALIGN 8UL

static int map_consumer(struct ring *ring, int fd)
{
	void *page = mmap(NULL, ring->page_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (page == MAP_FAILED)
		return fail(-errno, "map the position of ring buffer %u", ring->id);
	ring->consumer = page;
	return 0;
}

static int map_producer(struct ring *ring, int fd)
{
	void *pages = mmap(NULL, ring->page_size + 2 * ring->size, PROT_READ, MAP_SHARED, fd,
			   (off_t)ring->page_size);

	if (pages == MAP_FAILED)
		return fail(-errno, "map the data of ring buffer %u", ring->id);
	ring->producer = pages;
	ring->data = (const uint8_t *)pages + ring->page_size;
	return 0;
}

int ring_open(struct ring *ring, int fd, const struct bpf_map_info *info)
{
	*ring = (struct ring){
		.id = info->id,
		.size = info->max_entries,
		.page_size = (size_t)sysconf(_SC_PAGESIZE),
	};
	return map_consumer(ring, fd) ?: map_producer(ring, fd);
}

/* Only from where it was found: another reader may have gone further meanwhile. */
static void advance(struct ring *ring, unsigned long at, unsigned long bytes)
{
	__atomic_compare_exchange_n(ring->consumer, &at, at + bytes, false, __ATOMIC_RELEASE,
				    __ATOMIC_RELAXED);
}

static void release(struct ring *ring)
{
	if (ring->held)
		advance(ring, ring->held_at, ring->held);
	ring->held = 0;
}

void ring_close(struct ring *ring)
{
	if (ring->producer) {
		release(ring);
		munmap((void *)(uintptr_t)ring->producer, ring->page_size + 2 * ring->size);
	}
	if (ring->consumer)
		munmap(ring->consumer, ring->page_size);
	*ring = (struct ring){ 0 };
}

/* True when a record of `bytes` may begin at `at`. */
static bool is_sound(const struct ring *ring, unsigned long at, unsigned long bytes)
{
	unsigned long written = __atomic_load_n(ring->producer, __ATOMIC_ACQUIRE);

	return at % RECORD_ALIGN == 0 && written - at <= ring->size && bytes <= written - at;
}

/*
 * Looks at what is at `at`: how many bytes it takes up, 0 when nothing is there yet, -EBADMSG when
 * nothing can be; *header becomes that of the record.
 */
static long look(const struct ring *ring, unsigned long at, uint32_t *header)
{
	const uint8_t *record = ring->data + (at & (ring->size - 1));
	unsigned long bytes;

	if (at == __atomic_load_n(ring->producer, __ATOMIC_ACQUIRE))
		return 0;
	if (!is_sound(ring, at, BPF_RINGBUF_HDR_SZ))
		return -EBADMSG;
	*header = __atomic_load_n((const uint32_t *)(const void *)record, __ATOMIC_ACQUIRE);
	if (*header & BPF_RINGBUF_BUSY_BIT)
		return 0;
	bytes = (*header & ~BPF_RINGBUF_DISCARD_BIT) + BPF_RINGBUF_HDR_SZ;
	bytes = (bytes + RECORD_ALIGN - 1) & ~(RECORD_ALIGN - 1);
	return is_sound(ring, at, bytes) ? (long)bytes : -EBADMSG;
}

static int fail_damaged(const struct ring *ring)
{
	fail_plain(-EBADMSG, "ring buffer %u: there is no record where it is to be read on",
		   ring->id);
	return fail_hint("some process that reads it too has set a wrong position");
}

int ring_next(struct ring *ring, struct ring_record *record)
{
	release(ring);
	for (;;) {
		unsigned long at = __atomic_load_n(ring->consumer, __ATOMIC_ACQUIRE);
		uint32_t header = 0;
		long bytes = look(ring, at, &header);

		if (bytes > 0 && !(header & BPF_RINGBUF_DISCARD_BIT)) {
			ring->held_at = at;
			ring->held = (unsigned long)bytes;
			record->size = header;
			record->data = ring->data + (at & (ring->size - 1)) + BPF_RINGBUF_HDR_SZ;
			return 1;
		}
		if (bytes > 0)
			advance(ring, at, (unsigned long)bytes);
		else if (!bytes)
			return 0;
		/* What another reader has passed may be overwritten, and is no damage. */
		else if (at == __atomic_load_n(ring->consumer, __ATOMIC_ACQUIRE))
			return fail_damaged(ring);
	}
}
