/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Telling of failures: the only place that prints one. */
#ifndef XH_CMD_REPORT_H
#define XH_CMD_REPORT_H

#include "base/err.h"

struct xh;

/* Tells of the last failure on stderr; in JSON it is the document as long as nothing else is. */
void report_failure(struct xh *xh);

/* On stderr alone, for output that cannot be written. */
void report_on_stderr(const struct xh *xh);

/* What the last failure makes the process exit with. */
enum status report_status(void);

#endif
