// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A program for the hooks of tc, which counts packets.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

int packets;

SEC("tc")
int counts(struct __sk_buff *skb)
{
	packets++;
	return -1; /* TC_ACT_UNSPEC, which is TCX_NEXT: on with whatever comes next */
}

char LICENSE[] SEC("license") = "GPL";
