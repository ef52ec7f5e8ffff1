/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The capstone library, loaded by the one verb that needs it. */
#ifndef XH_JIT_CAPSTONE_H
#define XH_JIT_CAPSTONE_H

#include <capstone/capstone.h>

/*
 * Linked in any way that leaves xh position-independent, capstone's 77,000 relocations would add
 * 1.0 ms to the start of every command; loaded late it costs 1.2 ms, once, where it is used.
 */
struct capstone {
	void *handle;
	__typeof__(cs_open) *open;
	__typeof__(cs_close) *close;
	__typeof__(cs_option) *option;
	__typeof__(cs_malloc) *malloc;
	__typeof__(cs_free) *free;
	__typeof__(cs_disasm_iter) *disasm_iter;
};

/* Fills *capstone; 0, or a negative errno with the failure and a hint recorded. */
int capstone_load(struct capstone *capstone);

/* Does nothing to a zeroed or unloaded one. */
void capstone_unload(struct capstone *capstone);

#endif
