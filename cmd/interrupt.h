/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Interrupts for verbs that go on until somebody ends them, and that have something to clean up. */
#ifndef XH_CMD_INTERRUPT_H
#define XH_CMD_INTERRUPT_H

#include <stdbool.h>

/*
 * From now on SIGINT, SIGTERM and SIGHUP do not end the process but make the fd that is returned
 * readable, for poll(); it stays open, and one call is enough. A negative errno with the failure
 * recorded.
 *
 * An interrupted verb still writes the end of its output. Where nobody takes any of that for a
 * second, standard output is put to an end: the write that waits fails with EPIPE.
 */
int interrupt_catch(void);

/* Signals end the process again, for a batch that goes on; unless there was one. */
void interrupt_release(void);

/* True when there was one. */
bool interrupt_seen(void);

/* Some output was taken: another second for the rest, if there was an interrupt. */
void interrupt_extend(void);

#endif
