/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What every verb is handed. */
#ifndef XH_CMD_XH_H
#define XH_CMD_XH_H

#include <stdbool.h>

#include "cli/cli.h"
#include "out/out.h"

#define XH_VERSION "0.1.0"

/* The global options. */
struct flags {
	bool json;
	bool pretty;
	bool pins;    /* -f: show pinned paths */
	bool nomount; /* -n: never mount bpffs */
	bool debug;   /* -d: show libbpf's and the verifier's whole log */
	bool sign;    /* -S: of the programs that are loaded, which xh does not do */
	bool help;
	bool version;
	bool accepted;        /* of bpftool's options those that change nothing here */
	const char *color;    /* --color: NULL, "auto", "always", "never", or a mistake */
	const char *netns;    /* -N: the network namespace to act in, NULL for that of the caller */
	const char *base_btf; /* -B: a file of BTF, NULL for the kernel's own */
};

/* A verb emits through `out` and returns 0 or a negative errno with the failure recorded. */
struct xh {
	struct out *out;
	struct flags flags;
	unsigned int batches; /* batch files that are being run, one within the other */
};

#endif
