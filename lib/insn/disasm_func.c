// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Names of the kernel's functions that programs call by a fixed number. */
#include "insn/disasm.h"

#define FUNC_NAME(name) [BPF_FUNC_##name] = "bpf_" #name

static const char *const names[] = { __BPF_FUNC_MAPPER(FUNC_NAME) };

/* The last two that the kernel got (6.2), before kfuncs took their place. */
static const char *const last_names[] = { "bpf_cgrp_storage_get", "bpf_cgrp_storage_delete" };

enum {
	NAMES = sizeof(names) / sizeof(*names),
	FIRST_OF_LAST = 210,
	LAST_NAMES = sizeof(last_names) / sizeof(*last_names),
};

const char *disasm_func_name(int id)
{
	if (id >= 0 && id < NAMES)
		return names[id];
	if (id >= FIRST_OF_LAST && id < FIRST_OF_LAST + LAST_NAMES)
		return last_names[id - FIRST_OF_LAST];
	return NULL;
}
