// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* For `xh prog profile`: reads hardware counters before and after each run of another program. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

/* As many as xh has metrics. */
#define COUNTERS_MAX 6

/* Set when it is loaded. */
const volatile struct {
	__u32 counters;
	__u32 cpus;
} setup = { 1, 1 };

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
	__uint(max_entries, 1); /* set too: a row of CPUs for each counter */
} events SEC(".maps");

struct readings {
	struct bpf_perf_event_value of[COUNTERS_MAX];
};

/* What happened on one CPU. */
struct tally {
	__u64 runs;
	__u64 running; /* one that has begun, and `before` is about it */
	struct readings before;
	struct readings sum;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct tally);
} tallies SEC(".maps");

static __always_inline struct tally *own_tally(void)
{
	const __u32 key = 0;

	return bpf_map_lookup_elem(&tallies, &key);
}

static __always_inline void read_counters(struct readings *readings)
{
	__u32 cpu = bpf_get_smp_processor_id();

	for (__u32 i = 0; i < COUNTERS_MAX && i < setup.counters; i++)
		bpf_perf_event_read_value(&events, i * setup.cpus + cpu, &readings->of[i],
					  sizeof(readings->of[i]));
}

static __always_inline void add(struct readings *sum, const struct readings *before,
				const struct readings *after)
{
	for (__u32 i = 0; i < COUNTERS_MAX && i < setup.counters; i++) {
		sum->of[i].counter += after->of[i].counter - before->of[i].counter;
		sum->of[i].enabled += after->of[i].enabled - before->of[i].enabled;
		sum->of[i].running += after->of[i].running - before->of[i].running;
	}
}

SEC("fentry")
int before_run(void *ctx)
{
	struct tally *tally = own_tally();

	if (!tally)
		return 0;
	tally->running = 1;
	read_counters(&tally->before);
	return 0;
}

/* A run that another one interrupted is not counted, nor one of which this saw the end alone. */
SEC("fexit")
int after_run(void *ctx)
{
	struct readings now = {};
	struct tally *tally;

	read_counters(&now);
	tally = own_tally();
	if (!tally || !tally->running)
		return 0;
	tally->running = 0;
	tally->runs++;
	add(&tally->sum, &tally->before, &now);
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
