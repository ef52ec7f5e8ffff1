// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* One BPF instruction as output, the same for loaded programs and for object files. */
#include "insn.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "insn/disasm.h"
#include "out/out.h"

/* "   7: ", "1000: ": as "%4zu: " would have it, for tens of thousands of lines. */
const char *insn_number(size_t index, char text[INSN_NUMBER_MAX])
{
	char *at = text + INSN_NUMBER_MAX - 1;
	char *narrowest = at - 6;

	*at = '\0';
	*--at = ' ';
	*--at = ':';
	do {
		*--at = (char)('0' + index % 10);
		index /= 10;
	} while (index);
	while (at > narrowest)
		*--at = ' ';
	return at;
}

void insn_opcodes(struct out *out, const struct bpf_insn *insn, size_t slots)
{
	char code[8];

	snprintf(code, sizeof(code), "0x%02x", insn->code);
	out_bytes(out, NULL, "       %", insn, sizeof(*insn));
	if (slots == 2)
		out_bytes(out, NULL, " %", insn + 1, sizeof(*insn));
	out_object(out, "opcodes");
	out_str(out, "code", NULL, code);
	out_hexstr(out, "src_reg", NULL, insn->src_reg);
	out_hexstr(out, "dst_reg", NULL, insn->dst_reg);
	out_bytes(out, "off", NULL, &insn->off, sizeof(insn->off));
	out_bytes(out, "imm", NULL, &insn->imm, slots * sizeof(*insn) - 4);
	out_end(out);
}

size_t insn_out(struct out *out, const struct disasm *disasm, size_t index, bool opcodes,
		struct buf *text)
{
	char number[INSN_NUMBER_MAX];
	size_t slots;

	buf_clear(text);
	slots = disasm_insn(disasm, index, text);
	out_text(out, insn_number(index, number));
	out_strn(out, "disasm", "%", buf_str(text), text->len);
	out_line(out);
	if (opcodes)
		insn_opcodes(out, &disasm->insns[index], slots);
	out_line(out);
	return slots;
}
