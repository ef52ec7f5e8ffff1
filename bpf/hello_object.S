/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The bytes of the bundled object file, which the Makefile names; see bpf/hello_object.h. */
	.section .rodata
	.balign 8
	.global hello_object_start, hello_object_end
hello_object_start:
	.incbin HELLO_OBJECT
hello_object_end:
	.section .note.GNU-stack, "", @progbits
