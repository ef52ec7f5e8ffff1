/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Growing arrays of any element type: `struct ids VEC(uint32_t);` … `vec_push(&ids, 7)`. */
#ifndef XH_BASE_VEC_H
#define XH_BASE_VEC_H

#include <errno.h>
#include <stddef.h>

#include "base/cleanup.h"

/* The body of a struct that is a vector; zeroed memory is an empty one. */
#define VEC(type)           \
	{                   \
		type *v;    \
		size_t n;   \
		size_t cap; \
	}

/* Appends `value`; 0, or -ENOMEM (no failure recorded). */
#define vec_push(vec, ...)                                                                         \
	({                                                                                         \
		int err_ = vec_grow((void **)&(vec)->v, &(vec)->cap, (vec)->n, sizeof(*(vec)->v)); \
		if (!err_)                                                                         \
			(vec)->v[(vec)->n++] = (__typeof__(*(vec)->v))__VA_ARGS__;                 \
		err_;                                                                              \
	})

/* Walks the elements: `vec_each(item, &vec)` declares the pointer `item`. */
#define vec_each(item, vec) \
	for (__typeof__(&*(vec)->v) item = (vec)->v; (vec)->n && item < (vec)->v + (vec)->n; item++)

#define vec_free(vec)                      \
	do {                               \
		free((vec)->v);            \
		(vec)->v = NULL;           \
		(vec)->n = (vec)->cap = 0; \
	} while (0)

/* Makes room for one element more than `n`; 0 or -ENOMEM. */
int vec_grow(void **memory, size_t *cap, size_t n, size_t element_size);

#endif
