// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh net features`: what each network device can do for programs, before one is attached. */
#include "args.h"
#include "base/err.h"
#include "commands.h"
#include "net/bits.h"
#include "nl/devinfo.h"
#include "nl/ethtool.h"
#include "nl/netdev.h"
#include "nl/nl.h"
#include "xh.h"

struct features_options {
	const char *dev;
};

/* All that is known of the devices. */
struct features {
	struct out *out;
	struct nl_devinfos infos;
	struct nl_netdevs netdevs;
	int ethtool;
};

#define AUTO_FEATURES __attribute__((cleanup(features_free)))

static void features_free(struct features *features)
{
	vec_free(&features->infos);
	vec_free(&features->netdevs);
	cleanup_fd(&features->ethtool);
}

static int read_all(struct features *features, const char *dev)
{
	struct nl nl AUTO_NL = NL_NONE;
	int err = nl_open(&nl) ?: nl_devinfo_list(&nl, dev, &features->infos);

	if (err > 0)
		warn("the devices kept changing; some may be missing");
	features->ethtool = nl_ethtool_open();
	return err < 0 ? err : nl_netdev_list(&features->netdevs);
}

/* A driver that says nothing of XDP has none, and every device has the generic one. */
static void show_xdp(struct out *out, const struct nl_netdev *netdev)
{
	if (!netdev) {
		out_str(out, "xdp", "xdp %", "unknown");
		return;
	}
	out_str(out, "xdp", "xdp %", netdev->xdp_features ? "native" : "generic only");
	bits_show(out, "xdp_features", netdev->xdp_features ? "" : NULL,
		  (struct bits){ netdev->xdp_features, nl_netdev_feature });
	if (netdev->zc_max_frames)
		out_uint(out, "zerocopy_max_frames", "zerocopy_max_frames %",
			 netdev->zc_max_frames);
	bits_show(out, "rx_metadata", netdev->rx_metadata ? "rx_metadata " : NULL,
		  (struct bits){ netdev->rx_metadata, nl_netdev_metadata });
}

static void show_mtu(struct out *out, const struct nl_devinfo *info)
{
	out_uint(out, "mtu", "mtu %", info->mtu);
	if (info->min_mtu)
		out_uint(out, "min_mtu", "min_mtu %", info->min_mtu);
	if (info->max_mtu)
		out_uint(out, "max_mtu", "max_mtu %", info->max_mtu);
}

/* Those in use, where the driver tells them; else those that the device was made with. */
static void show_queues(const struct features *features, const struct nl_devinfo *info)
{
	struct nl_ethtool_queues queues = nl_ethtool_queues(features->ethtool, info->xdp.dev.name);
	uint32_t rx = queues.rx ?: info->rx_queues_max, tx = queues.tx ?: info->tx_queues_max;

	if (rx)
		out_uint(features->out, "rx_queues", "rx_queues %", rx);
	if (tx)
		out_uint(features->out, "tx_queues", "tx_queues %", tx);
}

static void show(const struct features *features, const struct nl_devinfo *info)
{
	const struct nl_dev *dev = &info->xdp.dev;
	char driver[NL_ETHTOOL_DRIVER_MAX];
	struct out *out = features->out;

	nl_ethtool_driver(features->ethtool, dev->name, driver);
	out_object(out, NULL);
	out_str(out, "devname", "%", dev->name);
	out_gap(out, "");
	out_uint(out, "ifindex", "(%)", dev->ifindex);
	out_gap(out, "  ");
	if (driver[0])
		out_str(out, "driver", "driver %", driver);
	out_str(out, "state", "%", info->up ? "up" : "down");
	out_line(out);
	out_indent(out, 1);
	show_xdp(out, nl_netdev_of(&features->netdevs, dev->ifindex));
	out_line(out);
	show_mtu(out, info);
	show_queues(features, info);
	out_line(out);
	out_indent(out, 0);
	out_end(out);
}

static int run(struct xh *xh, const void *words)
{
	const struct features_options *options = words;
	struct features features AUTO_FEATURES = { .out = xh->out, .ethtool = -1 };
	int err = read_all(&features, options->dev);

	if (err)
		return err;
	out_array(xh->out, NULL);
	vec_each (info, &features.infos)
		show(&features, info);
	out_end(xh->out);
	return 0;
}

const struct command net_features = {
	.name = "features",
	.summary = "Show what network devices can do for programs",
	.args =
		(const struct arg[]){
			{ "dev", ARG_DEV(struct features_options, dev),
			  .help = "This device only" },
			{ 0 },
		},
	.options_size = sizeof(struct features_options),
	.run = run,
	.examples = EXAMPLES("xh net features", "xh -j net features dev lo"),
};
