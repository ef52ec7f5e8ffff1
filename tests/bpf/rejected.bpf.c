// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// A pointer error, for what is said when the verifier refuses.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

static volatile int hidden = 7;

static __attribute__((noinline)) int classify(struct xdp_md *ctx, __u32 mark)
{
	if (ctx->data + 14 > ctx->data_end)
		return XDP_DROP;
	hidden += mark;
	return mark > 42 ? XDP_PASS : XDP_TX;
}

SEC("xdp")
int rejected(struct xdp_md *ctx)
{
	return classify(ctx, bpf_get_prandom_u32());
}

char LICENSE[] SEC("license") = "GPL";
