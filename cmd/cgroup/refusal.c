// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Why the kernel refused to change what a control group runs, and what helps. */
#include <errno.h>
#include <limits.h>

#include "base/buf.h"
#include "base/err.h"
#include "cgroup/change.h"
#include "net/links.h"

/* Programs that an error lists before it says how many more there are. */
#define LISTED 4

/* "program 12 'hello' (multi), program 13 'bye' (multi) and 3 more" */
static void describe(const struct cgroupprogs *there, struct buf *text)
{
	char label[NET_PROG_LABEL_MAX], scratch[CGROUPPROGS_FLAGS_MAX];

	for (size_t i = 0; i < there->rows.n && i < LISTED; i++) {
		const char *flags = cgroupprogs_flags(there->rows.v[i].flags, scratch);

		buf_printf(text, "%s%s (%s)", i ? ", " : "",
			   net_prog_label(there->rows.v[i].id, label),
			   *flags ? flags : "exclusive");
	}
	if (there->rows.n > LISTED)
		buf_printf(text, " and %zu more", there->rows.n - LISTED);
}

/* The link that holds the program there; 0 for none, or not known. */
static uint32_t find_link(const struct cgroup_change *change, const struct obj *prog)
{
	struct net_links links = { 0 };
	uint32_t found = 0;

	if (net_links_read(&links))
		fail_clear();
	vec_each (link, &links) {
		if (link->type == UAPI_LINK_CGROUP && link->prog_id == prog->id &&
		    link->cgroup.cgroup_id == change->cgroup.id &&
		    link->cgroup.attach_type == change->hook->attach_type)
			found = link->id;
	}
	vec_free(&links);
	return found;
}

int cgroup_change_fail_absent(const struct cgroup_change *change, const struct obj *prog)
{
	struct cgroupprogs there AUTO_CGROUPPROGS = { 0 };
	struct buf list AUTO_BUF = BUF_EMPTY;
	char label[NET_PROG_LABEL_MAX];
	const char *hook = cgroup_hook_name(change->hook);

	if (cgroup_change_query(change, &there))
		return -fail_last()->err;
	if (!there.rows.n)
		return fail_missing("%s has no %s program", change->cgroup.path, hook);
	describe(&there, &list);
	fail_missing("%s is not attached to %s of %s", net_prog_label(prog->id, label), hook,
		     change->cgroup.path);
	return fail_hint("it has %s", buf_str(&list));
}

static int fail_exclusive(const struct cgroup_change *change, const char *path,
			  const struct cgroupprogs *there)
{
	struct buf list AUTO_BUF = BUF_EMPTY;
	bool above = path != change->cgroup.path;

	describe(there, &list);
	fail_plain(-EPERM, "%s has %s at %s: nothing else can be attached %s (EPERM)", path,
		   buf_str(&list), cgroup_hook_name(change->hook), above ? "below it" : "that way");
	if (there->flags & CGROUPPROGS_MULTI && !above)
		return fail_hint("attach this one with 'multi', too");
	return fail_hint(above ? "detach it there, or attach it there with 'multi'"
			       : "detach it first, or attach in the same way to replace it");
}

/* Programs that a group further up has may keep others away from those below it. */
static int fail_above(const struct cgroup_change *change, struct cgroupprogs *there)
{
	struct cgroup at = change->cgroup, up;
	auto_fd int fd = -1;
	char path[PATH_MAX];

	while (!cgroups_parent(&at, &up, path, sizeof(path))) {
		cleanup_fd(&fd);
		fd = up.fd;
		at = up;
		if (cgroupprogs_query(fd, change->hook->attach_type, false, there))
			break;
		if (there->rows.n && !there->flags)
			return fail_exclusive(change, path, there);
	}
	return fail(-EPERM, "attach %s to %s", change->label, change->cgroup.path);
}

static int fail_refused(const struct cgroup_change *change, const char *what)
{
	struct cgroupprogs there AUTO_CGROUPPROGS = { 0 };
	int err = cgroupprogs_query(change->cgroup.fd, change->hook->attach_type, false, &there);

	if (err == -EPERM) {
		fail_plain(err, "%s needs CAP_NET_ADMIN (EPERM)", what);
		return fail_hint("try: sudo xh cgroup …");
	}
	if (there.rows.n && there.flags != (change->flags & ~(uint32_t)CGROUPPROGS_PREORDER))
		return fail_exclusive(change, change->cgroup.path, &there);
	return fail_above(change, &there);
}

static int fail_invalid(const struct cgroup_change *change)
{
	struct cgroupprogs there AUTO_CGROUPPROGS = { 0 };
	const char *hook = cgroup_hook_name(change->hook);
	int err = cgroup_change_query(change, &there);

	if (err)
		return err;
	if (cgroupprogs_have(&there, change->prog.id))
		return fail_plain(-EINVAL, "%s is attached to %s of %s already (EINVAL)",
				  change->label, hook, change->cgroup.path);
	if (change->beside.fd >= 0 || change->flags & CGROUPPROGS_PREORDER) {
		fail_plain(-EINVAL,
			   "this kernel cannot say where among the programs of %s (EINVAL)", hook);
		return fail_hint("preorder takes Linux 6.16; before, after and prepend 6.17");
	}
	fail_plain(-EINVAL, "%s was not loaded for %s (EINVAL)", change->label, hook);
	return fail_hint(
		"its section says what for; several attach types have programs of one type");
}

static int fail_beside(const struct cgroup_change *change)
{
	uint32_t link = find_link(change, &change->beside);
	char label[NET_PROG_LABEL_MAX];

	if (!link)
		return cgroup_change_fail_absent(change, &change->beside);
	return fail_plain(-ENOENT,
			  "%s is there by BPF link %u: nothing can be put beside it (ENOENT)",
			  net_prog_label(change->beside.id, label), link);
}

int cgroup_change_fail_attach(int err, const struct cgroup_change *change)
{
	switch (err) {
	case -EPERM:
		return fail_refused(change, "attaching a program to a control group");
	case -EINVAL:
		return fail_invalid(change);
	case -ENOENT:
		if (change->beside.fd >= 0)
			return fail_beside(change);
		return fail_missing("the control group %s has been removed (ENOENT)",
				    change->cgroup.path);
	case -E2BIG:
		return fail_plain(err, "%s has 64 programs at %s, which is all that it can (E2BIG)",
				  change->cgroup.path, cgroup_hook_name(change->hook));
	}
	return fail(err, "attach %s to %s", change->label, change->cgroup.path);
}

int cgroup_change_fail_detach(int err, const struct cgroup_change *change)
{
	struct buf what AUTO_BUF = BUF_EMPTY;
	uint32_t link = err == -ENOENT || err == -EPERM ? find_link(change, &change->prog) : 0;

	if (link) {
		buf_printf(&what, "%s is attached to %s of %s", change->label,
			   cgroup_hook_name(change->hook), change->cgroup.path);
		return net_links_fail_held(link, buf_str(&what));
	}
	if (err == -EPERM) {
		fail_plain(err,
			   "detaching a program from a control group needs CAP_NET_ADMIN (EPERM)");
		return fail_hint("try: sudo xh cgroup …");
	}
	if (err == -ENOENT)
		return cgroup_change_fail_absent(change, &change->prog);
	if (err == -ESTALE) {
		fail_plain(err, "the programs of %s changed meanwhile, nothing was done (ESTALE)",
			   change->cgroup.path);
		return fail_hint("try again");
	}
	return fail(err, "detach %s from %s", change->label, change->cgroup.path);
}
