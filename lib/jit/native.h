/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Machine code to text: AT&T syntax on x86, the machine's own on others. */
#ifndef XH_JIT_NATIVE_H
#define XH_JIT_NATIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/vec.h"

enum {
	NATIVE_OPERANDS_MAX = 8,
};

struct native; /* a disassembler for one kind of machine */

struct native_insn {
	uint64_t target;  /* where it jumps or calls, when `branches` */
	uint32_t offset;  /* of its first byte in the code, in bytes */
	uint32_t text_at; /* mnemonic and operands: see native_mnemonic() */
	uint8_t len;      /* in bytes, 1 to 15 */
	uint8_t mnemonic_len;
	bool branches; /* a direct jump or call: the last operand is its target's address */
};

/* The instructions of one function; zeroed memory is an empty one. */
struct native_code {
	struct native_insns VEC(struct native_insn) insns;
	struct buf text;
};

/* A part of an operand text. */
struct native_operand {
	const char *text;
	size_t len;
};

/*
 * Opens the disassembler for `machine`, a name as in `uname -m`, or for the running one when NULL.
 * 0, or a negative errno with the failure recorded: -EOPNOTSUPP for a machine it does not know.
 */
int native_open(struct native **native, const char *machine);
void native_close(struct native *native);

AUTO_DEFINE(native, struct native *, NULL, native_close)

/*
 * Replaces the contents of *code by the instructions in `len` bytes, the first of which is at
 * `address` when it runs. Bytes that are no instruction become `.byte` lines. 0, or -ENOMEM with
 * the failure recorded, or -EFBIG for more than 64 MiB.
 */
int native_decode(struct native *native, const void *bytes, size_t len, uint64_t address,
		  struct native_code *code);
void native_code_free(struct native_code *code);

/* Borrowed until *code changes. An instruction without operands has "". */
const char *native_mnemonic(const struct native_code *code, const struct native_insn *insn);
const char *native_operands(const struct native_code *code, const struct native_insn *insn);

/*
 * Splits an operand text at its commas outside of parentheses, brackets and braces, so that
 * "4(%rax, %rcx), %rdx" are two. What is beyond NATIVE_OPERANDS_MAX stays in the last. How many.
 */
size_t native_split(const char *operands, struct native_operand parts[NATIVE_OPERANDS_MAX]);

#endif
