// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The capstone library, loaded by the one verb that needs it. */
#include "jit/capstone.h"

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "base/err.h"

#define TEXT_OF(token)   #token
#define SONAME_OF(major) "libcapstone.so." TEXT_OF(major)
#define CAPSTONE_SONAME  SONAME_OF(CS_API_MAJOR)

static const struct {
	const char *name;
	size_t slot;
} functions[] = {
	{ "cs_open", offsetof(struct capstone, open) },
	{ "cs_close", offsetof(struct capstone, close) },
	{ "cs_option", offsetof(struct capstone, option) },
	{ "cs_malloc", offsetof(struct capstone, malloc) },
	{ "cs_free", offsetof(struct capstone, free) },
	{ "cs_disasm_iter", offsetof(struct capstone, disasm_iter) },
};

static int not_loaded(void)
{
	fail_plain(-ELIBACC, "cannot load the disassembler: %s", dlerror());
	return fail_hint("install " CAPSTONE_SONAME " (libcapstone%d on Debian and Ubuntu)",
			 CS_API_MAJOR);
}

int capstone_load(struct capstone *capstone)
{
	*capstone = (struct capstone){ .handle = dlopen(CAPSTONE_SONAME, RTLD_LAZY | RTLD_LOCAL) };
	if (!capstone->handle)
		return not_loaded();
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++) {
		void *function = dlsym(capstone->handle, functions[i].name);
		int err;

		if (!function) {
			err = not_loaded();
			capstone_unload(capstone);
			return err;
		}
		memcpy((char *)capstone + functions[i].slot, &function, sizeof(function));
	}
	return 0;
}

void capstone_unload(struct capstone *capstone)
{
	if (capstone->handle)
		dlclose(capstone->handle);
	*capstone = (struct capstone){ 0 };
}
