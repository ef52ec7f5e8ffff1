/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Whole files in, whole buffers out. */
#ifndef XH_BASE_FILE_H
#define XH_BASE_FILE_H

#include <stddef.h>

struct buf;

/*
 * Opens a regular file for reading and never waits: a FIFO, a device or a directory is an error
 * that says what it is (`expected` names what it should be, e.g. "a BPF object file").
 * The fd, or a negative errno with the failure recorded.
 */
int file_open(const char *path, const char *expected);

/*
 * Reads what is left in `fd` to the end, at most `max` bytes; -EFBIG beyond that. Works for files
 * of /proc and /sys, whose size is not known before. 0 or a negative errno, no failure recorded.
 */
int file_read_fd(int fd, size_t max, struct buf *into);

/* file_read_fd() of a path relative to the directory `dir` (or AT_FDCWD). */
int file_read_at(int dir, const char *path, size_t max, struct buf *into);

/* Writes all bytes, going on after short writes; 0 or a negative errno, no failure recorded. */
int file_write(int fd, const void *bytes, size_t len);

/*
 * Writes a file anew, a new one for its owner alone, and removes it when that fails half-way; the
 * failure is recorded.
 */
int file_save(const char *path, const void *bytes, size_t len);

/* Puts /dev/null where fd 0, 1 or 2 is closed, so that no later open becomes stdin or stdout. */
void file_guard_stdio(void);

#endif
