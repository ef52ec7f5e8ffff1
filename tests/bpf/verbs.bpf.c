// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// Programs of many types, for the verbs that attach, pin and run them.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct { __uint(type, BPF_MAP_TYPE_SOCKMAP); __uint(max_entries, 4); __uint(key_size, 4); __uint(value_size, 4); } sockets SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_SOCKHASH); __uint(max_entries, 4); __uint(key_size, 4); __uint(value_size, 4); } by_key SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __uint(key_size, 4); __uint(value_size, 4); } plain SEC(".maps");
__u32 runs;

SEC("xdp")
int first_byte(struct xdp_md *ctx)
{
	unsigned char *data = (void *)(long)ctx->data;

	runs++;
	if ((void *)(data + 1) > (void *)(long)ctx->data_end)
		return XDP_ABORTED;
	return *data;
}

SEC("xdp")
int grow(struct xdp_md *ctx)
{
	runs++;
	bpf_xdp_adjust_tail(ctx, 1000);
	return XDP_TX;
}

SEC("xdp")
int eats_metadata(struct xdp_md *ctx)
{
	return ctx->data - ctx->data_meta;
}

SEC("tc")
int first_byte_tc(struct __sk_buff *skb)
{
	unsigned char byte = 0;

	skb->mark = 77;
	bpf_skb_load_bytes(skb, 0, &byte, 1);
	return (signed char)byte;
}

SEC("socket")
int length(struct __sk_buff *skb)
{
	return skb->len;
}

SEC("syscall")
int successor(__u64 *ctx)
{
	ctx[1] = ctx[0] + 1;
	return 7;
}

SEC("raw_tp")
int argument(__u64 *ctx)
{
	return ctx[1];
}

SEC("kprobe")
int never(void *ctx)
{
	return 0;
}

SEC("sk_lookup")
int any_socket(struct bpf_sk_lookup *ctx)
{
	return SK_PASS;
}

SEC("sk_msg")
int message(struct sk_msg_md *msg)
{
	__u32 key = 0;

	bpf_map_lookup_elem(&plain, &key);
	return bpf_msg_redirect_hash(msg, &by_key, &key, 0);
}

SEC("sk_skb/stream_parser")
int parser(struct __sk_buff *skb)
{
	return skb->len;
}

SEC("sk_skb/stream_verdict")
int verdict(struct __sk_buff *skb)
{
	return bpf_sk_redirect_map(skb, &sockets, 0, 0);
}

SEC("sk_skb")
int other_verdict(struct __sk_buff *skb)
{
	return SK_PASS;
}

SEC("flow_dissector")
int dissect(struct __sk_buff *skb)
{
	skb->flow_keys->nhoff = 14;
	return BPF_OK;
}

SEC("flow_dissector")
int other_dissect(struct __sk_buff *skb)
{
	return BPF_DROP;
}

char LICENSE[] SEC("license") = "GPL";
