/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What every fuzz target is made of: bytes from outside go in, and nothing breaks. */
#ifndef XH_TESTS_FUZZ_H
#define XH_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the run as a crash does: something came out as it never should. */
#define expect(condition)         \
	do {                      \
		if (!(condition)) \
			abort();  \
	} while (0)

/* A copy with a NUL behind it, which the caller frees. */
static inline char *fuzz_string(const uint8_t *data, size_t size)
{
	char *copy = malloc(size + 1);

	expect(copy);
	memcpy(copy, data, size);
	copy[size] = '\0';
	return copy;
}

#endif
