// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What to call a program that a device has, of which the kernel tells the id alone. */
#include "net/prog.h"

#include <stdio.h>

#include "base/err.h"
#include "bpf/info.h"
#include "bpf/sys.h"

void net_prog_name_of(int fd, char name[PROGNAME_MAX])
{
	struct bpf_prog_info info;

	name[0] = '\0';
	if (!info_prog(fd, &info))
		progname_full(fd, &info, name);
}

int net_prog_name(uint32_t id, char name[PROGNAME_MAX])
{
	auto_fd int fd = sys_prog_by_id(id);

	name[0] = '\0';
	if (fd < 0)
		return fd;
	net_prog_name_of(fd, name);
	return 0;
}

const char *net_prog_label(uint32_t id, char label[NET_PROG_LABEL_MAX])
{
	char name[PROGNAME_MAX];

	net_prog_name(id, name);
	snprintf(label, NET_PROG_LABEL_MAX, name[0] ? "program %u '%s'" : "program %u", id, name);
	return label;
}

int net_prog_fail_privilege(int err, const char *what)
{
	fail_plain(err, "%s needs CAP_NET_ADMIN (%s)", what, err_name(err));
	return fail_hint("try: sudo xh net …");
}
