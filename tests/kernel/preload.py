# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""Netlink requests of xh, watched or changed on their way to the kernel."""

import os
import subprocess

import pytest

# Says the type of every request on the fd of a file that WATCHED names.
WATCH = r"""
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

ssize_t sendto(int fd, const void *bytes, size_t len, int flags, const struct sockaddr *to,
	       socklen_t to_len)
{
	ssize_t (*real)(int, const void *, size_t, int, const struct sockaddr *, socklen_t) =
		dlsym(RTLD_NEXT, "sendto");
	const struct nlmsghdr *head = bytes;
	char line[32];
	int file = open(getenv("WATCHED"), O_WRONLY | O_APPEND | O_CREAT, 0600);

	if (file >= 0 && write(file, line, sprintf(line, "%d\n", head->nlmsg_type)) < 0)
		abort();
	close(file);
	return real(fd, bytes, len, flags, to, to_len);
}
"""

# Puts fd 0 in the place of the program of every cls_bpf filter that is made.
BAD_FD = r"""
#include <dlfcn.h>
#include <linux/pkt_cls.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

static void change(struct nlmsghdr *head)
{
	struct rtattr *attr = TCA_RTA(NLMSG_DATA(head));
	int left = TCA_PAYLOAD(head);

	for (; RTA_OK(attr, left); attr = RTA_NEXT(attr, left)) {
		struct rtattr *option = RTA_DATA(attr);
		int rest = RTA_PAYLOAD(attr);

		if ((attr->rta_type & NLA_TYPE_MASK) != TCA_OPTIONS)
			continue;
		for (; RTA_OK(option, rest); option = RTA_NEXT(option, rest)) {
			if (option->rta_type == TCA_BPF_FD)
				*(int *)RTA_DATA(option) = 0;
		}
	}
}

ssize_t sendto(int fd, const void *bytes, size_t len, int flags, const struct sockaddr *to,
	       socklen_t to_len)
{
	ssize_t (*real)(int, const void *, size_t, int, const struct sockaddr *, socklen_t) =
		dlsym(RTLD_NEXT, "sendto");
	struct nlmsghdr *head = (struct nlmsghdr *)bytes;

	if (head->nlmsg_type == RTM_NEWTFILTER)
		change(head);
	return real(fd, bytes, len, flags, to, to_len);
}
"""


# bpf(2) becomes instead_of_bpf(), which a test defines behind this; others pass unchanged.
INSTEAD_OF_BPF = r"""
#include <dlfcn.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/syscall.h>

static long instead_of_bpf(int cmd, void *attr, unsigned int size);

static long (*real_syscall(void))(long, ...)
{
	return (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
}

static long real_bpf(int cmd, void *attr, unsigned int size)
{
	return real_syscall()(__NR_bpf, cmd, attr, size);
}

long syscall(long number, ...)
{
	long words[6];
	va_list args;

	va_start(args, number);
	for (int i = 0; i < 6; i++)
		words[i] = va_arg(args, long);
	va_end(args);
	if (number == __NR_bpf)
		return instead_of_bpf(words[0], (void *)words[1], words[2]);
	return real_syscall()(number, words[0], words[1], words[2], words[3], words[4], words[5]);
}
"""

# Every veth device seems to be one of netkit, which has the programs and links of its tcx.
NETKIT = INSTEAD_OF_BPF + r"""
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

enum { TCX = 46, NETKIT = 54, LINK_TCX = 11, LINK_NETKIT = 13 };

static void swap(unsigned int *value, unsigned int from, unsigned int to)
{
	if (*value == from || *value == from + 1)
		*value = *value - from + to;
}

static long instead_of_bpf(int cmd, void *bytes, unsigned int size)
{
	unsigned int *attr = bytes, *info;
	long result;

	if (cmd == BPF_PROG_QUERY)
		swap(&attr[1], NETKIT, TCX);
	else if (cmd == BPF_PROG_ATTACH || cmd == BPF_PROG_DETACH || cmd == BPF_LINK_CREATE)
		swap(&attr[2], NETKIT, TCX);
	result = real_bpf(cmd, attr, size);
	if (cmd != BPF_OBJ_GET_INFO_BY_FD || result)
		return result;
	info = *(void **)(attr + 2);
	if (attr[1] >= 24 && info[0] == LINK_TCX && info[5] >= TCX) {
		info[0] = LINK_NETKIT;
		swap(&info[5], TCX, NETKIT);
	}
	return result;
}

static void rename_kind(struct rtattr *attr, int left)
{
	for (; RTA_OK(attr, left); attr = RTA_NEXT(attr, left)) {
		if (attr->rta_type == IFLA_INFO_KIND && !strcmp(RTA_DATA(attr), "veth")) {
			strcpy(RTA_DATA(attr), "netkit"); /* there is room for three bytes more */
			attr->rta_len += 2;
		}
	}
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
	ssize_t (*real)(int, struct msghdr *, int) = dlsym(RTLD_NEXT, "recvmsg");
	ssize_t len = real(fd, message, flags);
	struct nlmsghdr *head = message->msg_iov->iov_base;
	int rest = len;

	for (; len > 0 && NLMSG_OK(head, rest); head = NLMSG_NEXT(head, rest)) {
		struct rtattr *attr = IFLA_RTA(NLMSG_DATA(head));
		int left = IFLA_PAYLOAD(head);

		for (; head->nlmsg_type == RTM_NEWLINK && RTA_OK(attr, left);
		     attr = RTA_NEXT(attr, left)) {
			if ((attr->rta_type & NLA_TYPE_MASK) == IFLA_LINKINFO)
				rename_kind(RTA_DATA(attr), RTA_PAYLOAD(attr));
		}
	}
	return len;
}
"""

# Every action of tc that is mirred seems to be one of BPF, whose name is "mirror".
ACT_BPF = r"""
#include <dlfcn.h>
#include <linux/pkt_cls.h>
#include <linux/rtnetlink.h>
#include <linux/tc_act/tc_bpf.h>
#include <linux/tc_act/tc_mirred.h>
#include <string.h>
#include <sys/socket.h>

static struct rtattr *find(struct rtattr *attr, char *end, int type)
{
	while ((char *)attr < end && (attr->rta_type & NLA_TYPE_MASK) != type)
		attr = (void *)attr + RTA_ALIGN(attr->rta_len);
	return attr;
}

static void change(char *bytes, char *end)
{
	char *kind = memmem(bytes, end - bytes, "mirred", 7);
	struct rtattr *options, *parms;

	if (!kind)
		return;
	options = find((void *)(kind + 8), end, TCA_ACT_OPTIONS);
	parms = find(RTA_DATA(options), end, TCA_MIRRED_PARMS);
	strcpy(kind, "bpf");
	parms->rta_type = TCA_ACT_BPF_NAME;
	strcpy(RTA_DATA(parms), "mirror");
	change(RTA_DATA(parms), end);
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
	ssize_t (*real)(int, struct msghdr *, int) = dlsym(RTLD_NEXT, "recvmsg");
	ssize_t len = real(fd, message, flags);

	if (len > 0)
		change(message->msg_iov->iov_base, (char *)message->msg_iov->iov_base + len);
	return len;
}
"""


@pytest.fixture(scope="session")
def preload(tmp_path_factory):
    """preload(source) gives the environment in which its functions stand before those of libc."""
    directory = tmp_path_factory.mktemp("preload")

    def build(source):
        path, library = directory / "p.c", directory / f"p{abs(hash(source))}.so"
        path.write_text(source)
        if not library.exists():
            subprocess.run(["cc", "-D_GNU_SOURCE", "-shared", "-fPIC", "-o", library, path, "-ldl"],
                           check=True)
        return os.environ | {"LD_PRELOAD": str(library), "ASAN_OPTIONS": "verify_asan_link_order=0"}

    return build
