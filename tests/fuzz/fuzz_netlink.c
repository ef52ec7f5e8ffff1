// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What a netlink socket hands over: datagrams, and messages of each kind that is read. */
#include "fuzz.h"

#include <linux/netlink.h>

#include "nl/answer.h"
#include "nl/dev.h"
#include "nl/devinfo.h"
#include "nl/filter.h"
#include "nl/netdev.h"
#include "nl/qdisc.h"
#include "nl/xdp.h"

static int take(const struct nlmsghdr *message, void *into)
{
	const struct nlattr *attrs[NL_DEV_ATTRS];
	struct nl_devinfo info;
	struct nl_netdev netdev;
	struct nl_qdisc qdisc;
	struct nl_xdp xdp;
	struct nl_dev dev;

	if (!nl_dev_parse(message, &dev, attrs))
		expect(memchr(dev.name, '\0', sizeof(dev.name)));
	nl_devinfo_parse(message, &info);
	nl_xdp_parse(message, &xdp);
	nl_qdisc_parse(message, &qdisc);
	nl_netdev_parse(message, &netdev);
	nl_filter_add_parsed(message, into);
	return 0;
}

static void restart(void *into)
{
	nl_filters_free(into);
	memset(into, 0, sizeof(struct nl_filters));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct nl_filters filters = { 0 };
	const struct nl_sink sink = { take, restart, &filters };
	struct nl_answer answer = { .sink = &sink };
	uint8_t *copy = malloc(size + 1); /* aligned */

	expect(copy);
	memcpy(copy, data, size);
	nl_answer_take(&answer, copy, size);
	expect(memchr(answer.reason, '\0', sizeof(answer.reason)));
	nl_filters_free(&filters);
	free(copy);
	return 0;
}
