/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* A line on a person's terminal about what takes more than a second. */
#ifndef XH_BASE_TICKER_H
#define XH_BASE_TICKER_H

#include <stdatomic.h>
#include <stdint.h>

struct ticker;

/*
 * From a second on after this, "<what>: 3 s, 120000 <unit>" stands on stderr, anew each second.
 * Only where that is a terminal and standard output is none that the line would get in the way of.
 * `what` and `unit` are borrowed; without a unit nothing is counted. NULL, which the others take
 * as well, when there is nothing to show: without a terminal, or without the memory for it.
 */
struct ticker *ticker_begin(const char *what, const char *unit);

/* `count` of them more are done. */
void ticker_add(struct ticker *ticker, uint64_t count);

/* Takes the line away. */
void ticker_end(struct ticker *ticker);

#endif
