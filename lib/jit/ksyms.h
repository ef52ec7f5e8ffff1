/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Names of kernel addresses, addresses of kernel symbols: all from one look at /proc/kallsyms. */
#ifndef XH_JIT_KSYMS_H
#define XH_JIT_KSYMS_H

#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

/*
 * Producing the whole file takes the kernel about 40 ms, so it is read only as far as the
 * answers need, and not at all when nothing is wanted: say first what is wanted, then read,
 * then ask.
 */
struct ksyms;

/* NULL when there is no memory. */
struct ksyms *ksyms_new(void);
void ksyms_free(struct ksyms *ksyms);

AUTO_DEFINE(ksyms, struct ksyms *, NULL, ksyms_free)

/* Asks for the symbol at or below `address`; 0, or -ENOMEM with the failure recorded. */
int ksyms_want_address(struct ksyms *ksyms, uint64_t address);

/*
 * Asks for the address of the symbol `name`, a string that outlives `ksyms`; 0, or -ENOMEM with
 * the failure recorded.
 */
int ksyms_want_name(struct ksyms *ksyms, const char *name);

/*
 * Settles what is wanted so far. It may be called again after more was asked for (addresses that
 * count from a symbol found by the first call, say): what the file gave before is kept, and the
 * reading goes on from there. Symbols that the kernel hides (kernel.kptr_restrict) or that do not
 * exist are no error; 0, or a negative errno with the failure recorded.
 */
int ksyms_read(struct ksyms *ksyms);

/* ksyms_read() of a text that is in memory already, whole lines in the format of the file. */
int ksyms_scan(struct ksyms *ksyms, const char *text, size_t len);

/*
 * The name of the symbol nearest below a wanted address and, in *offset, how far below: 0 when
 * it is at the address itself. Of several symbols at one place it is the first, as in the kernel's
 * own traces. NULL when there is none within 64 KiB: it would name an unrelated function.
 * Borrowed until the next ksyms_read().
 */
const char *ksyms_name(const struct ksyms *ksyms, uint64_t address, uint64_t *offset);

/* The address of a wanted name, or 0: not there, hidden, or never asked for. */
uint64_t ksyms_address(const struct ksyms *ksyms, const char *name);

#endif
