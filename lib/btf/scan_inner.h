/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the files that read a value by its plan share. */
#ifndef XH_BTF_SCAN_INNER_H
#define XH_BTF_SCAN_INNER_H

#include <stdint.h>

#include "base/buf.h"
#include "btf/jsonin.h"

struct plan;
struct step;

struct scanner {
	const struct plan *plan;
	struct jsonin in;
	struct buf path; /* of what is being read: "value.path[1].x" */
	struct buf word; /* the last word or string */
};

/* Reads what comes next into the one number at `at`; 0 or -errno with the failure recorded. */
int scan_scalar(struct scanner *scanner, const struct step *step, uint8_t *at);

/* Records that what the path leads to, which is of the type of `step`, cannot be that. */
int scan_fail(const struct scanner *scanner, const struct step *step, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
