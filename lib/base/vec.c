// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The growing step of the vectors in vec.h. */
#include "base/vec.h"

int vec_grow(void **memory, size_t *cap, size_t n, size_t element_size)
{
	size_t wider = *cap ? *cap * 2 : 16;
	void *grown;

	if (n < *cap)
		return 0;
	grown = reallocarray(*memory, wider, element_size);
	if (!grown)
		return -ENOMEM;
	*memory = grown;
	*cap = wider;
	return 0;
}
