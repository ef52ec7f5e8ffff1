// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Programs of the network that a BPF link attached: which link it is, and who keeps it. */
#include "net/links.h"

#include <errno.h>

#include "base/err.h"
#include "bpf/linkinfo.h"
#include "bpf/mprog.h"
#include "obj/holders.h"
#include "obj/pins.h"

static int visit(const struct obj *link, void *context)
{
	struct net_links *links = context;
	struct uapi_link_info info;

	/* One that the kernel does not tell about is not one of the network. */
	if (linkinfo_fixed(link->fd, &info))
		return 0;
	return vec_push(links, info) ? fail(-ENOMEM, "list the links") : 0;
}

int net_links_read(struct net_links *links)
{
	return obj_walk(OBJ_LINK, visit, links);
}

bool net_links_has_mprog(const struct uapi_link_info *link)
{
	struct mprog mprog;

	if (mprog_query(link->device.ifindex, link->device.attach_type, &mprog))
		return false;
	for (size_t i = 0; i < mprog.count; i++) {
		if (mprog.entries[i].link_id == link->id)
			return true;
	}
	return false;
}

static void add_pins(struct buf *text, struct obj_key key)
{
	struct pins pins AUTO_PINS = { 0 };
	const struct pin *pin;
	size_t count;

	if (pins_read(&pins))
		return;
	pin = pins_of(&pins, key, &count);
	for (size_t i = 0; i < count; i++)
		buf_printf(text, "%spinned at %s", text->len ? ", " : "", pin[i].path);
}

static void add_holders(struct buf *text, struct obj_key key)
{
	struct holders holders AUTO_HOLDERS = { 0 };
	const struct holder *holder;
	size_t count;

	if (holders_read(&holders))
		return;
	holder = holders_of(&holders, key, &count);
	for (size_t i = 0; i < count; i++)
		buf_printf(text, "%sheld by %s(%d)", text->len ? ", " : "", holder[i].comm,
			   (int)holder[i].pid);
}

void net_links_keepers(uint32_t link_id, struct buf *text)
{
	const struct obj_key key = { OBJ_LINK, link_id };

	add_pins(text, key);
	add_holders(text, key);
}

int net_links_fail_held(uint32_t link_id, const char *what)
{
	struct buf keepers AUTO_BUF = BUF_EMPTY;

	net_links_keepers(link_id, &keepers);
	fail_plain(-EBUSY, "%s by BPF link %u%s%s%s (EBUSY)", what, link_id,
		   keepers.len ? " (" : "", buf_str(&keepers), keepers.len ? ")" : "");
	return fail_hint("xh link detach id %u", link_id);
}
