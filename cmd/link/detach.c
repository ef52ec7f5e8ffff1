// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh link detach LINK`: takes its program off, whoever holds the link. */
#include <errno.h>

#include "args.h"
#include "base/err.h"
#include "bpf/linkinfo.h"
#include "bpf/names.h"
#include "bpf/sys.h"
#include "commands.h"
#include "net/links.h"
#include "xh.h"

struct detach_options {
	struct obj_ref link;
};

/* Links of most types end only with their last fd and pin. */
static int fail_type(int err, const struct obj *link)
{
	struct buf keepers AUTO_BUF = BUF_EMPTY;
	struct uapi_link_info info;
	const char *type = NULL;

	if (!linkinfo_fixed(link->fd, &info))
		type = names_link_type(info.type);
	net_links_keepers(link->id, &keepers);
	fail_plain(err, "link %u is of type %s, which cannot be detached (%s)", link->id,
		   type ?: "unknown", err_name(err));
	if (!keepers.len)
		return fail_hint("it ends when nothing holds it any more");
	return fail_hint("it ends with what keeps it: %s", buf_str(&keepers));
}

/* The kernel detaches what is detached already, and says nothing. */
static int check_attached(const struct obj *link)
{
	struct uapi_link_info info;

	if (linkinfo_fixed(link->fd, &info) || !linkinfo_is_detached(&info))
		return 0;
	return fail_missing("link %u is attached to nothing any more", link->id);
}

static int run(struct xh *xh, const void *words)
{
	const struct detach_options *options = words;
	struct obj link AUTO_OBJ = OBJ_CLOSED;
	int err = obj_open(&options->link, &link) ?: check_attached(&link);

	(void)xh;
	if (err)
		return err;
	err = sys_link_detach(link.fd);
	if (err == -EOPNOTSUPP)
		return fail_type(err, &link);
	return err ? fail(err, "detach link %u", link.id) : 0;
}

const struct command link_detach = {
	.name = "detach",
	.summary = "Detach the program of a link, which stays without effect",
	.args =
		(const struct arg[]){
			{ ARG_LINK(struct detach_options, link), .required = true,
			  .help = "The link" },
			{ 0 },
		},
	.options_size = sizeof(struct detach_options),
	.run = run,
	.examples = EXAMPLES("xh link detach id 3", "xh link detach pinned /sys/fs/bpf/link"),
};
