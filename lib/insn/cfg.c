// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Finds where blocks begin, cuts there, and joins the blocks to those that their ends lead to. */
#include "insn/cfg.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/err.h"
#include "insn/insn.h"

/* Where control may go after an instruction. */
enum flow {
	FLOW_ON,
	FLOW_ON_OR_JUMP,
	FLOW_JUMP,
	FLOW_ANYWHERE,
	FLOW_OUT,
};

enum slot {
	SLOT_PLAIN,
	SLOT_BEGINS_BLOCK,
	SLOT_INSIDE_LOAD,
};

/* A function's instructions while it is cut. */
struct cut {
	const struct bpf_insn *insns;
	size_t count;
	unsigned char *slots; /* one enum slot for each instruction */
};

static enum flow flow_after(const struct bpf_insn *insn)
{
	if (BPF_CLASS(insn->code) != BPF_JMP && BPF_CLASS(insn->code) != BPF_JMP32)
		return FLOW_ON;
	switch (BPF_OP(insn->code)) {
	case BPF_CALL:
		return FLOW_ON;
	case BPF_EXIT:
		return FLOW_OUT;
	case BPF_JA:
		return BPF_SRC(insn->code) == BPF_X ? FLOW_ANYWHERE : FLOW_JUMP;
	default:
		return FLOW_ON_OR_JUMP;
	}
}

static bool has_target(const struct bpf_insn *insn)
{
	enum flow flow = flow_after(insn);

	return flow == FLOW_JUMP || flow == FLOW_ON_OR_JUMP;
}

static int64_t target_of(const struct cut *cut, size_t at)
{
	const struct bpf_insn *insn = &cut->insns[at];
	int64_t distance = insn->code == (BPF_JMP32 | BPF_JA) ? insn->imm : insn->off;

	return (int64_t)at + 1 + distance;
}

static int mark_loads(struct cut *cut)
{
	for (size_t i = 0; i < cut->count; i++) {
		if (!insn_is_wide(&cut->insns[i]))
			continue;
		if (++i == cut->count)
			return fail_plain(EINVAL, "the 64-bit load at instruction %zu is cut off",
					  i - 1);
		cut->slots[i] = SLOT_INSIDE_LOAD;
	}
	return 0;
}

static int mark_target(struct cut *cut, size_t at)
{
	int64_t target = target_of(cut, at);

	if (target < 0 || target >= (int64_t)cut->count)
		return fail_plain(EINVAL,
				  "instruction %zu jumps to %lld, but its function has 0 to %zu",
				  at, (long long)target, cut->count - 1);
	if (cut->slots[target] == SLOT_INSIDE_LOAD)
		return fail_plain(
			EINVAL, "instruction %zu jumps into the middle of the 64-bit load at %lld",
			at, (long long)target - 1);
	cut->slots[target] = SLOT_BEGINS_BLOCK;
	return 0;
}

static int mark_blocks(struct cut *cut)
{
	int err = 0;

	cut->slots[0] = SLOT_BEGINS_BLOCK;
	for (size_t i = 0; i < cut->count && !err; i++) {
		if (cut->slots[i] == SLOT_INSIDE_LOAD || flow_after(&cut->insns[i]) == FLOW_ON)
			continue;
		if (i + 1 < cut->count)
			cut->slots[i + 1] = SLOT_BEGINS_BLOCK;
		if (has_target(&cut->insns[i]))
			err = mark_target(cut, i);
	}
	return err;
}

static int add_blocks(struct cfg *cfg, const struct cut *cut)
{
	for (size_t i = 0; i < cut->count; i++) {
		if (cut->slots[i] == SLOT_BEGINS_BLOCK &&
		    vec_push(cfg, { .start = i, .fallthrough = CFG_NONE, .branch = CFG_NONE }) < 0)
			return fail(ENOMEM, "cut %zu instructions into blocks", cut->count);
		cfg->v[cfg->n - 1].end = i + 1;
	}
	return 0;
}

static int compare_start(const void *key, const void *element)
{
	const struct cfg_block *block = element;
	size_t start = *(const size_t *)key;

	return (start > block->start) - (start < block->start);
}

static size_t block_at(const struct cfg *cfg, size_t start)
{
	const struct cfg_block *block =
		bsearch(&start, cfg->v, cfg->n, sizeof(*cfg->v), compare_start);

	return (size_t)(block - cfg->v);
}

static void join_block(struct cfg *cfg, const struct cut *cut, size_t index)
{
	struct cfg_block *block = &cfg->v[index];
	size_t last = block->end - 1;
	enum flow flow = FLOW_ON;

	if (cut->slots[last] != SLOT_INSIDE_LOAD)
		flow = flow_after(&cut->insns[last]);
	if (flow == FLOW_ON || flow == FLOW_ON_OR_JUMP) {
		if (index + 1 < cfg->n)
			block->fallthrough = index + 1;
		else
			block->leaves = true;
	}
	if (flow == FLOW_JUMP || flow == FLOW_ON_OR_JUMP)
		block->branch = block_at(cfg, (size_t)target_of(cut, last));
	block->leaves |= flow == FLOW_OUT;
	block->indirect = flow == FLOW_ANYWHERE;
}

static int cut_blocks(struct cfg *cfg, struct cut *cut)
{
	int err;

	err = mark_loads(cut);
	if (!err)
		err = mark_blocks(cut);
	if (!err)
		err = add_blocks(cfg, cut);
	if (err)
		return err;
	for (size_t i = 0; i < cfg->n; i++)
		join_block(cfg, cut, i);
	return 0;
}

int cfg_build(struct cfg *cfg, const struct bpf_insn *insns, size_t count)
{
	auto_free unsigned char *slots = NULL;
	struct cut cut = { .insns = insns, .count = count };
	int err;

	if (!count)
		return 0;
	cut.slots = slots = calloc(count, sizeof(*slots));
	if (!slots)
		return fail(ENOMEM, "cut %zu instructions into blocks", count);
	err = cut_blocks(cfg, &cut);
	if (err)
		cfg_free(cfg);
	return err;
}

void cfg_free(struct cfg *cfg)
{
	vec_free(cfg);
}
