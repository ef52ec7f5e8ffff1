// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
// The zoo with a pointer error, for what is said when the verifier refuses.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <stdbool.h>

enum color { RED, GREEN = 5, BLUE = 0x7fffffff };
typedef __u32 ipv4_t;
typedef __s16 temperature_t;

struct point { int x; int y; };

struct key {
	ipv4_t addr;
	__u16 port;
	__u8 proto;
	__u8 pad;
};

struct value {
	__u64 bytes;
	__s64 balance;
	temperature_t celsius;
	bool up;
	char grade;
	char name[8];
	__u8 mac[6];
	__u8 flags_lo : 3;
	__u8 flags_hi : 5;
	unsigned int wide : 20;
	int sbits : 6;
	enum color color;
	struct point pt;
	struct point path[2];
	union { __u32 word; __u8 octet[4]; } u;
	struct { __u16 a; __u16 b; };
	void *ptr;
	int matrix[2][3];
};

struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16); __type(key, struct key); __type(value, struct value); } zoo_hash SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_LRU_HASH); __uint(max_entries, 16); __type(key, __u32); __type(value, __u64); } zoo_lru SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, 2); __type(key, __u32); __type(value, struct point); } zoo_pcpu_arr SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERCPU_HASH); __uint(max_entries, 4); __type(key, __u32); __type(value, __u64); } zoo_pcpu_hash SEC(".maps");
struct lpm { __u32 prefixlen; __u8 addr[4]; };
struct { __uint(type, BPF_MAP_TYPE_LPM_TRIE); __uint(max_entries, 8); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, struct lpm); __type(value, __u32); } zoo_lpm SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_QUEUE); __uint(max_entries, 4); __type(value, __u32); } zoo_queue SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_STACK); __uint(max_entries, 4); __type(value, struct point); } zoo_stack SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 2); __uint(key_size, 4); __uint(value_size, 4); } zoo_progs SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY); __uint(max_entries, 2); __uint(key_size, 4); __uint(value_size, 4); } zoo_perf SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } zoo_ring SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_DEVMAP); __uint(max_entries, 4); __uint(key_size, 4); __uint(value_size, 4); } zoo_devmap SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_CPUMAP); __uint(max_entries, 2); __uint(key_size, 4); __uint(value_size, 4); } zoo_cpumap SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_BLOOM_FILTER); __uint(max_entries, 8); __type(value, __u32); } zoo_bloom SEC(".maps");
struct inner { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 2); __type(key, __u32); __type(value, __u32); } zoo_inner SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 2); __type(key, __u32); __array(values, struct inner); } zoo_outer_arr SEC(".maps") = { .values = { &zoo_inner, 0 } };
struct { __uint(type, BPF_MAP_TYPE_HASH_OF_MAPS); __uint(max_entries, 2); __type(key, __u32); __array(values, struct inner); } zoo_outer_hash SEC(".maps");

const volatile char bpf_metadata_author[] SEC(".rodata") = "zoo keeper";
const volatile int bpf_metadata_version SEC(".rodata") = 3;
const volatile __u32 threshold = 42;
__u64 hits;
struct point origin = { 3, -4 };
struct value global_value;
static volatile int hidden = 7;

static __attribute__((noinline)) int classify(struct xdp_md *ctx, __u32 mark)
{
	if (ctx->data + 14 > ctx->data_end)
		return XDP_DROP;
	hidden += mark;
	return mark > threshold ? XDP_PASS : XDP_TX;
}

SEC("xdp")
int zoo_main_program_with_a_long_name(struct xdp_md *ctx)
{
	__u32 k = 0;
	__u64 *v = bpf_map_lookup_elem(&zoo_lru, &k);

	if (v)
		__sync_fetch_and_add(v, 1);
	hits++;
	if (origin.x > 3)
		bpf_tail_call(ctx, &zoo_progs, 0);
	for (int i = 0; i < 4; i++)
		hits += i * origin.y;
	return classify(ctx, hits + bpf_metadata_version + bpf_metadata_author[0]);
}

char LICENSE[] SEC("license") = "GPL";
