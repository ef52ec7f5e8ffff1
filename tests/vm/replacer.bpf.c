// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A program that stands in for a function of another one.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("freplace/hello")
int stands_in(struct xdp_md *ctx)
{
	return XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
