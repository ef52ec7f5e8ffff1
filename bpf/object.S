/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The bytes of the object file $(NAME).bpf.o, which the Makefile names; see bpf/<name>_object.h. */
#define GLUE(a, b)        a##b
#define SYMBOL(name, end) GLUE(name, end)

	.section .rodata
	.balign 8
	.global SYMBOL(NAME, _object_start), SYMBOL(NAME, _object_end)
SYMBOL(NAME, _object_start):
	.incbin OBJECT
SYMBOL(NAME, _object_end):
	.section .note.GNU-stack, "", @progbits
