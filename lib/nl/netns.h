/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Network namespaces: the named ones, and going into one. */
#ifndef XH_NL_NETNS_H
#define XH_NL_NETNS_H

#include <stdint.h>

#include "base/vec.h"

/* Where `ip netns add` puts them. */
#define NL_NETNS_DIR "/run/netns"

/* That of this thread, to be opened. */
#define NL_NETNS_OWN "/proc/thread-self/ns/net"

struct nl_netns_names VEC(char *);
void nl_netns_names_free(struct nl_netns_names *names);

/* The names of those that have one, sorted; 0 or a negative errno with the failure recorded. */
int nl_netns_list(struct nl_netns_names *names);

/*
 * Opens the namespace of that name, or that path where it has a '/': an fd, or a negative errno
 * with the failure recorded, which offers a near name.
 */
int nl_netns_open(const char *name);

/*
 * This thread goes into the namespace open as `fd`; the mount namespace stays, and with it what is
 * pinned. `name` is for the failure that is recorded with a negative errno.
 */
int nl_netns_enter(int fd, const char *name);

/* The inode by which the kernel tells a namespace, of an open one or of that of this thread; 0 if
 * it is not to be had. */
uint64_t nl_netns_inode(int fd);
uint64_t nl_netns_own_inode(void);

#endif
