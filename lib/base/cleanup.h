/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Resources that close themselves when their variable goes out of scope. */
#ifndef XH_BASE_CLEANUP_H
#define XH_BASE_CLEANUP_H

#include <stdlib.h>
#include <unistd.h>

/* auto_free: heap memory, or NULL.  auto_fd: a file descriptor, or a negative number for none. */
#define auto_free __attribute__((cleanup(cleanup_free)))
#define auto_fd	  __attribute__((cleanup(cleanup_fd)))

/* Declares the function that AUTO(name) calls: `release` takes the value, `none` needs no release.
 */
#define AUTO_DEFINE(name, type, none, release)            \
	static inline void auto_##name##_end(type *value) \
	{                                                 \
		if (*value != (none))                     \
			release(*value);                  \
	}
#define AUTO(name) __attribute__((cleanup(auto_##name##_end)))

static inline void cleanup_free(void *pointer)
{
	free(*(void **)pointer);
}

static inline void cleanup_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

/* Pass ownership on: the variable is left empty, so that its cleanup does nothing. */
static inline int take_fd(int *fd)
{
	int taken = *fd;

	*fd = -1;
	return taken;
}

#define take_ptr(pointer)                               \
	({                                              \
		__typeof__(pointer) taken_ = (pointer); \
		(pointer) = NULL;                       \
		taken_;                                 \
	})

#endif
