// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What to do about the verifier's more frequent objections. */
#include <stddef.h>
#include <string.h>

#include "bpf/verifier.h"

/* The first row whose piece is in the reason counts. */
static const struct {
	const char *piece;
	const char *hint;
} hints[] = {
	{ "pointer arithmetic with",
	  "pointers take + and - of whole 64-bit values only; for a field of the context write "
	  "(void *)(long)ctx->data" },
	{ "invalid access to packet",
	  "compare with the end of the packet first: if (data + size > data_end) return …" },
	{ "map_value_or_null", "check what the lookup returned: if (!value) return …" },
	{ "_or_null", "check the pointer before it is used: if (!pointer) return …" },
	{ "infinite loop", "the loop has to end within a bound that the verifier sees, or in "
			   "bpf_loop()" },
	{ "too large", "make it simpler: smaller loops, bpf_loop(), functions not inlined" },
	{ "too complex", "make it simpler: smaller loops, bpf_loop(), functions not inlined" },
	{ "back-edge", "this kernel takes no loops: unroll it" },
	{ "!read_ok", "on some path nothing was written to that register before" },
	{ "Unreleased reference", "release it on every way out of the program" },
	{ "of this type cannot use", "that function is for other types of programs, see SEC()" },
	{ "unknown func", "this kernel does not have that function for this type of program" },
	{ "invalid func", "this kernel does not have that function for this type of program" },
	{ "At program exit", "return one of the values that this type of program may return" },
	{ "stack size", "the stack has 512 bytes: keep large data in a map" },
	{ "to stack", "the stack has 512 bytes: keep large data in a map" },
	{ "unreachable insn", "compile with -O2, which leaves out what is never reached" },
	{ "min value is negative", "check the index first, as an unsigned number" },
	{ "unbounded", "check the index or size first: if (i >= SIZE) return …" },
	{ "outside of the allowed memory", "check the index first: if (i >= SIZE) return …" },
	{ "invalid access to map value", "check the index first: if (i >= SIZE) return …" },
	{ "mem access 'scalar'", "a number is no pointer: read kernel memory by BPF_CORE_READ() or "
				 "bpf_probe_read_kernel()" },
	{ "mem access 'inv'", "a number is no pointer: read kernel memory by BPF_CORE_READ() or "
			      "bpf_probe_read_kernel()" },
	{ "invalid bpf_context access", "this type of program may not use that field" },
};

const char *verifier_hint(const char *reason)
{
	for (size_t i = 0; i < sizeof(hints) / sizeof(*hints); i++) {
		if (strstr(reason, hints[i].piece))
			return hints[i].hint;
	}
	return NULL;
}
