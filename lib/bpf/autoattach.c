// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Attaching a loaded program to where its SEC("…") says. */
#include "bpf/autoattach.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/err.h"

static int refused(const struct objfile *file, const struct objfile_prog *prog, int err)
{
	if (err == -ENOENT)
		return fail_plain(err,
				  "%s: this kernel has nothing that SEC(\"%s\") of %s() names (%s)",
				  file->elf.name, prog->section, prog->name, err_name(err));
	if (err != -EOPNOTSUPP)
		return fail(err, "%s: attach %s() to SEC(\"%s\")", file->elf.name, prog->name,
			    prog->section);
	fail_plain(err, "%s: SEC(\"%s\") of %s() does not say where to attach it", file->elf.name,
		   prog->section, prog->name);
	return fail_hint("load it without 'autoattach', then attach it");
}

/*
 * libbpf's own end of a link switches the perf event behind it off, pinned or not: its memory alone
 * is freed here, and the perf event's fd stays open until xh ends.
 */
static int take_fd_of(struct bpf_link *link)
{
	int fd = fcntl(bpf_link__fd(link), F_DUPFD_CLOEXEC, 0);
	int err = fd < 0 ? fail(-errno, "keep a link open") : 0;

	close(bpf_link__fd(link));
	bpf_link__disconnect(link);
	bpf_link__destroy(link);
	return err ?: fd;
}

int autoattach_link(const struct objfile *file, const struct objfile_prog *prog)
{
	struct bpf_link *link = bpf_program__attach(prog->handle);

	return link ? take_fd_of(link) : refused(file, prog, -errno);
}
