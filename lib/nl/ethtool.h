/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What ethtool tells of a network device: its driver, and the queues in use. */
#ifndef XH_NL_ETHTOOL_H
#define XH_NL_ETHTOOL_H

#include <stdint.h>

#define NL_ETHTOOL_DRIVER_MAX 33

/* A socket to ask by, for the network namespace of this thread; an fd or a negative errno. */
int nl_ethtool_open(void);

/* The driver of the device called `name`; "" where none is told. */
void nl_ethtool_driver(int socket, const char *name, char driver[NL_ETHTOOL_DRIVER_MAX]);

/* Queues in use; 0 where that is not told. */
struct nl_ethtool_queues {
	uint32_t rx, tx;
};

struct nl_ethtool_queues nl_ethtool_queues(int socket, const char *name);

#endif
