// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Programs that watch a function of the kernel, or stand in for one: each counts the runs of its own.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

int entered, left, probed, returned, denied;

SEC("fentry/do_unlinkat")
int enters(void *ctx)
{
	entered++;
	return 0;
}

SEC("fexit/do_unlinkat")
int leaves(void *ctx)
{
	left++;
	return 0;
}

SEC("kprobe/do_unlinkat")
int probes(void *ctx)
{
	probed++;
	return 0;
}

SEC("kretprobe/do_unlinkat")
int returns(void *ctx)
{
	returned++;
	return 0;
}

/* Nobody links any files while it is attached: EPERM. */
SEC("lsm/inode_link")
int denies(void *ctx)
{
	denied++;
	return -1;
}

char LICENSE[] SEC("license") = "GPL";
