// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A first BPF program: it greets every packet that arrives, counts it, and lets it pass. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* Global variables live in a map, here hello.bss, where user space can read them. */
int counter = 0;

/* The section names the kind of program: XDP, run for each packet a network device receives. */
SEC("xdp")
int hello(struct xdp_md *ctx)
{
	bpf_printk("Hello World %d", counter);
	counter++;
	return XDP_PASS;
}

/* The kernel lends some of its functions, bpf_printk's among them, to GPL programs only. */
char LICENSE[] SEC("license") = "Dual BSD/GPL";
