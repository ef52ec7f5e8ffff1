/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* From the words of a command to its verb. */
#ifndef XH_CMD_RUN_H
#define XH_CMD_RUN_H

struct xh;

/*
 * Runs what the words (ending with NULL) say, their global options taken out. 0, or a negative
 * errno with the failure recorded.
 */
int run_words(struct xh *xh, char *const *words);

#endif
