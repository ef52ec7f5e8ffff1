// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A program of a type that came with Linux 6.4.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("netfilter")
int passes(void *ctx)
{
	return 1; /* NF_ACCEPT */
}

char LICENSE[] SEC("license") = "GPL";
