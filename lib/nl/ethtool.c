// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What ethtool tells of a network device: its driver, and the queues in use. */
#include "nl/ethtool.h"

#include <errno.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

int nl_ethtool_open(void)
{
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	return fd < 0 ? -errno : fd;
}

static int ask(int socket, const char *name, void *command)
{
	struct ifreq request = { .ifr_data = command };

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	return ioctl(socket, SIOCETHTOOL, &request) ? -errno : 0;
}

void nl_ethtool_driver(int socket, const char *name, char driver[NL_ETHTOOL_DRIVER_MAX])
{
	struct ethtool_drvinfo info = { .cmd = ETHTOOL_GDRVINFO };

	driver[0] = '\0';
	if (!ask(socket, name, &info))
		snprintf(driver, NL_ETHTOOL_DRIVER_MAX, "%.*s", (int)sizeof(info.driver),
			 info.driver);
}

struct nl_ethtool_queues nl_ethtool_queues(int socket, const char *name)
{
	struct ethtool_channels channels = { .cmd = ETHTOOL_GCHANNELS };

	if (ask(socket, name, &channels))
		return (struct nl_ethtool_queues){ 0 };
	return (struct nl_ethtool_queues){
		.rx = channels.combined_count + channels.rx_count,
		.tx = channels.combined_count + channels.tx_count,
	};
}
