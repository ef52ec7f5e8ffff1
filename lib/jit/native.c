// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Machine code to text: AT&T syntax on x86, the machine's own on others. */
#include "jit/native.h"

#include <ctype.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "base/err.h"
#include "jit/capstone.h"

#define NATIVE_CODE_MAX (64 * 1024 * 1024)

/*
 * The mnemonics of jumps and calls whose last operand, when it is a bare number, is the target;
 * "j*" is any that begins with j. capstone can tell them itself, but its details cost half as
 * much again as the text.
 */
static const char *const x86_branches[] = { "j*", "call*", "loop*", "xbegin", NULL };
static const char *const arm64_branches[] = { "b", "bl", "b.*", "cb*", "tb*", NULL };
static const char *const arm_branches[] = { "b", "bl", NULL };
static const char *const ppc_branches[] = { "b*", NULL };
static const char *const s390_branches[] = { "j*", "bras*", "brct*", NULL };

struct machine {
	const char *name; /* a pattern for what uname(2) says */
	cs_arch arch;
	int mode;
	const char *const *branches;
};

static const struct machine machines[] = {
	{ "x86_64", CS_ARCH_X86, CS_MODE_64, x86_branches },
	{ "i?86", CS_ARCH_X86, CS_MODE_32, x86_branches },
	{ "aarch64*", CS_ARCH_ARM64, CS_MODE_LITTLE_ENDIAN, arm64_branches },
	{ "arm*", CS_ARCH_ARM, CS_MODE_ARM, arm_branches },
	{ "ppc64le", CS_ARCH_PPC, CS_MODE_64 | CS_MODE_LITTLE_ENDIAN, ppc_branches },
	{ "ppc64", CS_ARCH_PPC, CS_MODE_64 | (int)CS_MODE_BIG_ENDIAN, ppc_branches },
	{ "s390x", CS_ARCH_SYSZ, (int)CS_MODE_BIG_ENDIAN, s390_branches },
#if CS_API_MAJOR >= 5
	{ "riscv64", CS_ARCH_RISCV, CS_MODE_RISCV64 | CS_MODE_RISCVC, NULL },
#endif
};

struct native {
	struct capstone capstone;
	const struct machine *machine;
	csh handle;    /* 0: not open */
	cs_insn *insn; /* the one being decoded */
};

static const struct machine *find_machine(const char *name)
{
	for (size_t i = 0; i < sizeof(machines) / sizeof(*machines); i++) {
		if (!fnmatch(machines[i].name, name, 0))
			return &machines[i];
	}
	return NULL;
}

void native_close(struct native *native)
{
	if (native->insn)
		native->capstone.free(native->insn, 1);
	if (native->handle)
		native->capstone.close(&native->handle);
	capstone_unload(&native->capstone);
	free(native);
}

static int start(struct native *native, const char *name)
{
	struct capstone *capstone = &native->capstone;
	int err = capstone_load(capstone);

	if (err)
		return err;
	if (capstone->open(native->machine->arch, (cs_mode)native->machine->mode, &native->handle))
		return fail_plain(-EOPNOTSUPP, "this capstone library cannot disassemble %s", name);
	if (native->machine->arch == CS_ARCH_X86)
		capstone->option(native->handle, CS_OPT_SYNTAX, CS_OPT_SYNTAX_ATT);
	capstone->option(native->handle, CS_OPT_SKIPDATA, CS_OPT_ON);
	native->insn = capstone->malloc(native->handle);
	return native->insn ? 0 : fail(-ENOMEM, "start the disassembler");
}

int native_open(struct native **native, const char *machine)
{
	AUTO(native) struct native *opened = calloc(1, sizeof(*opened));
	struct utsname running;
	int err;

	if (!opened || uname(&running))
		return fail(-errno, "start the disassembler");
	machine = machine ?: running.machine;
	opened->machine = find_machine(machine);
	if (!opened->machine)
		return fail_plain(-EOPNOTSUPP, "no disassembler for the machine code of %s",
				  machine);
	err = start(opened, machine);
	if (!err)
		*native = take_ptr(opened);
	return err;
}

static bool matches(const char *mnemonic, const char *pattern)
{
	while (*pattern && *mnemonic == *pattern) {
		mnemonic++;
		pattern++;
	}
	return *pattern == '*' || *mnemonic == *pattern;
}

/* True for a direct jump or call, whose target it puts in *target. */
static bool find_target(const struct native *native, uint64_t *target)
{
	const char *const *branch = native->machine->branches;
	const char *operands = native->insn->op_str, *prefix_end;
	const char *mnemonic = native->insn->mnemonic, *last;
	char *end;

	prefix_end = strrchr(mnemonic, ' ');
	if (prefix_end)
		mnemonic = prefix_end + 1;
	while (branch && *branch && !matches(mnemonic, *branch))
		branch++;
	if (!branch || !*branch)
		return false;
	last = strrchr(operands, ' ');
	last = last ? last + 1 : operands;
	last += *last == '#';
	if (!isdigit((unsigned char)*last))
		return false;
	*target = strtoull(last, &end, 0);
	return !*end;
}

/* How much deeper the nesting is after `c`. */
static int nesting(char c)
{
	switch (c) {
	case '(':
	case '[':
	case '{':
		return 1;
	case ')':
	case ']':
	case '}':
		return -1;
	default:
		return 0;
	}
}

/* capstone writes "(%rax, %rcx, 4)" where every other AT&T listing has "(%rax,%rcx,4)". */
static void add_operands(struct buf *text, const char *operands, bool att)
{
	int depth = 0;

	if (!att || !strchr(operands, '(')) {
		buf_add(text, operands, strlen(operands) + 1);
		return;
	}
	for (const char *at = operands; *at; at++) {
		depth += nesting(*at);
		if (*at != ' ' || depth <= 0)
			buf_addch(text, *at);
	}
	buf_addch(text, '\0');
}

static int add_insn(const struct native *native, size_t offset, struct native_code *code)
{
	const cs_insn *from = native->insn;
	struct native_insn insn = {
		.offset = (uint32_t)offset,
		.text_at = (uint32_t)code->text.len,
		.len = (uint8_t)from->size,
		.mnemonic_len = (uint8_t)strlen(from->mnemonic),
	};

	insn.branches = find_target(native, &insn.target);
	buf_add(&code->text, from->mnemonic, (size_t)insn.mnemonic_len + 1);
	add_operands(&code->text, from->op_str, native->machine->arch == CS_ARCH_X86);
	return vec_push(&code->insns, insn);
}

/* The end of the code, when it is shorter than an instruction can be. */
static int add_rest(const uint8_t *bytes, size_t len, size_t offset, struct native_code *code)
{
	struct native_insn insn = {
		.offset = (uint32_t)offset,
		.text_at = (uint32_t)code->text.len,
		.len = (uint8_t)len,
		.mnemonic_len = sizeof(".byte") - 1,
	};

	buf_add(&code->text, ".byte", sizeof(".byte"));
	for (size_t i = 0; i < len; i++)
		buf_printf(&code->text, "%s0x%02x", i ? ", " : "", bytes[i]);
	buf_addch(&code->text, '\0');
	return vec_push(&code->insns, insn);
}

int native_decode(struct native *native, const void *bytes, size_t len, uint64_t address,
		  struct native_code *code)
{
	const struct capstone *capstone = &native->capstone;
	const uint8_t *at = bytes;
	size_t left = len;
	int err = 0;

	code->insns.n = 0;
	buf_clear(&code->text);
	if (len > NATIVE_CODE_MAX)
		return fail(-EFBIG, "disassemble %zu bytes", len);
	while (!err && capstone->disasm_iter(native->handle, &at, &left, &address, native->insn))
		err = add_insn(native, (size_t)(at - (const uint8_t *)bytes) - native->insn->size,
			       code);
	if (!err && left)
		err = add_rest(at, left, len - left, code);
	return err ? fail(err, "disassemble %zu bytes", len) : buf_err(&code->text);
}

void native_code_free(struct native_code *code)
{
	vec_free(&code->insns);
	buf_free(&code->text);
}

const char *native_mnemonic(const struct native_code *code, const struct native_insn *insn)
{
	return code->text.data + insn->text_at;
}

const char *native_operands(const struct native_code *code, const struct native_insn *insn)
{
	return code->text.data + insn->text_at + insn->mnemonic_len + 1;
}

size_t native_split(const char *operands, struct native_operand parts[NATIVE_OPERANDS_MAX])
{
	const char *start = operands, *at;
	size_t n = 0;
	int depth = 0;

	for (at = operands; *at; at++) {
		depth += nesting(*at);
		if (*at != ',' || depth > 0 || n + 1 == NATIVE_OPERANDS_MAX)
			continue;
		parts[n++] = (struct native_operand){ start, (size_t)(at - start) };
		start = at + 1;
		start += *start == ' ';
	}
	if (at > operands)
		parts[n++] = (struct native_operand){ start, (size_t)(at - start) };
	return n;
}
