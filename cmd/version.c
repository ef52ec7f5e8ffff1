// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh version`: what this xh is and what is built in. */
#include "bpf/version.h"
#include "commands.h"
#include "xh.h"

static void features(struct out *out)
{
	out_flag(out, NULL, "features:", true);
	out_object(out, "features");
	out_gap(out, ", ");
	out_flag(out, "libbfd", "libbfd", false);
	out_flag(out, "llvm", "llvm", false);
	out_flag(out, "skeletons", "skeletons", false);
	out_flag(out, "bootstrap", "bootstrap", false);
	out_flag(out, "capstone", "capstone", true);
	out_gap(out, "  ");
	out_end(out);
	out_line(out);
}

static int run(struct xh *xh, const void *words)
{
	struct out *out = xh->out;

	(void)words;
	out_object(out, NULL);
	out_str(out, "version", "xh v%", XH_VERSION);
	out_line(out);
	out_str(out, "libbpf_version", "using libbpf v%", version_libbpf());
	out_line(out);
	features(out);
	out_end(out);
	return 0;
}

const struct command version = {
	.name = "version",
	.summary = "Print the versions of xh and libbpf, and what is built in",
	.run = run,
	.examples = EXAMPLES("xh version", "xh -j version"),
};
