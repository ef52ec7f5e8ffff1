// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Instructions of BPF as text and as a graph, and machine code. */
#include "fuzz.h"

#include "base/buf.h"
#include "insn/cfg.h"
#include "insn/disasm.h"
#include "jit/native.h"

static void show_insns(const struct bpf_insn *insns, size_t count)
{
	const struct disasm disasm = { .insns = insns, .count = count };
	struct buf text = BUF_EMPTY;
	struct cfg cfg = { 0 };

	for (size_t i = 0; i < count;)
		i += disasm_insn(&disasm, i, &text);
	expect(!count || text.len || text.failed);
	if (!cfg_build(&cfg, insns, count))
		expect(!count || cfg.v[cfg.n - 1].end == count);
	cfg_free(&cfg);
	buf_free(&text);
}

static void show_native(const uint8_t *data, size_t size)
{
	struct native_operand parts[NATIVE_OPERANDS_MAX];
	struct native_code code = { 0 };
	struct native *native;

	if (native_open(&native, NULL))
		return;
	if (!native_decode(native, data, size, 0xffffffffc0000000, &code)) {
		vec_each (insn, &code.insns)
			native_split(native_operands(&code, insn), parts);
	}
	native_code_free(&code);
	native_close(native);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t count = size / sizeof(struct bpf_insn);
	struct bpf_insn *insns = malloc(size + 1);

	expect(insns);
	memcpy(insns, data, size);
	show_insns(insns, count);
	show_native(data, size);
	free(insns);
	return 0;
}
