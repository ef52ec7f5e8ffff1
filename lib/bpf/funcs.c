// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Where the functions of a loaded program begin. */
#include "bpf/funcs.h"

#include <stdlib.h>

#include "base/err.h"
#include "insn/insn.h"

static int compare(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

	return left < right ? -1 : left > right;
}

static void sort_unique(struct funcs *funcs)
{
	size_t kept = 0;

	qsort(funcs->v, funcs->n, sizeof(*funcs->v), compare);
	for (size_t i = 0; i < funcs->n; i++) {
		if (!kept || funcs->v[kept - 1] != funcs->v[i])
			funcs->v[kept++] = funcs->v[i];
	}
	funcs->n = kept;
}

/* The instruction that a call, or a load of a function's address, leads to; -1 for others. */
static int64_t func_target(const struct bpf_insn *insns, size_t index)
{
	const struct bpf_insn *insn = &insns[index];

	if (insn->code == (BPF_JMP | BPF_CALL) && insn->src_reg == BPF_PSEUDO_CALL)
		return (int64_t)index + 1 + (insn->off ?: insn->imm);
	if (insn_is_wide(insn) && insn->src_reg == BPF_PSEUDO_FUNC)
		return (int64_t)index + 1 + insn->imm;
	return -1;
}

int funcs_find(const struct info_prog_detail *detail, struct funcs *funcs)
{
	const struct bpf_insn *insns = detail->xlated;
	int err = vec_push(funcs, 0);

	for (uint32_t i = 0; !err && i < detail->func_count; i++) {
		if (detail->funcs[i].insn_off < detail->xlated_count)
			err = vec_push(funcs, detail->funcs[i].insn_off);
	}
	for (size_t i = 0; !err && !detail->func_count && i < detail->xlated_count;
	     i += insn_is_wide(&insns[i]) ? 2 : 1) {
		int64_t target = func_target(insns, i);

		if (target >= 0 && target < (int64_t)detail->xlated_count)
			err = vec_push(funcs, (uint32_t)target);
	}
	if (err)
		return fail(err, "find the functions of a program");
	sort_unique(funcs);
	return 0;
}

void funcs_free(struct funcs *funcs)
{
	vec_free(funcs);
}
