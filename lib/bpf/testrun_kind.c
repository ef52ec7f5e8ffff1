// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What the types of program are run on by BPF_PROG_TEST_RUN, and why the kernel refuses to. */
#include "bpf/testrun_kind.h"

#include <errno.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <stddef.h>

#include "base/err.h"
#include "bpf/names.h"
#include "bpf/testrun.h"
#include "bpf/uapi.h"

/* Packets from here on may be too large for the one page that most types get. */
#define PACKET_LARGE 3000

#define SKB_CONTEXT                                                                       \
	"of struct __sk_buff only mark, priority, ingress_ifindex, ifindex, cb, tstamp, " \
	"wire_len, gso_segs, gso_size and hwtstamp may be set"
#define FLOW_CONTEXT   "of struct bpf_flow_keys only flags may be set"
#define LOOKUP_CONTEXT "it is a struct bpf_sk_lookup with family, protocol, addresses and ports"
#define NF_CONTEXT     "it is a struct nf_hook_state with pf and hook"
#define RAW_CONTEXT    "it is the arguments, 8 bytes each, that the program reads, 12 at most"
#define CALL_CONTEXT   "it has to reach as far as the program reads and writes, 65535 bytes at most"
#define XDP_CONTEXT                                                                              \
	"of struct xdp_md, data is the length of the metadata before the packet (a multiple of " \
	"4), data_end that of both, data_meta and egress_ifindex are 0"

#define SKB_KIND(TYPE)                                                                          \
	{                                                                                       \
		.type = (TYPE), .packet_min = ETH_HLEN, .gives_context = true, .repeats = true, \
		.context = SKB_CONTEXT,                                                         \
	}

static const struct testrun_kind kinds[] = {
	SKB_KIND(BPF_PROG_TYPE_SOCKET_FILTER),
	SKB_KIND(BPF_PROG_TYPE_SCHED_CLS),
	SKB_KIND(BPF_PROG_TYPE_SCHED_ACT),
	SKB_KIND(BPF_PROG_TYPE_CGROUP_SKB),
	SKB_KIND(BPF_PROG_TYPE_LWT_IN),
	SKB_KIND(BPF_PROG_TYPE_LWT_OUT),
	SKB_KIND(BPF_PROG_TYPE_LWT_XMIT),
	SKB_KIND(BPF_PROG_TYPE_LWT_SEG6LOCAL),
	{ BPF_PROG_TYPE_XDP, .packet_min = ETH_HLEN, .gives_context = true, .repeats = true,
	  .context = XDP_CONTEXT },
	{ BPF_PROG_TYPE_FLOW_DISSECTOR, .packet_min = ETH_HLEN, .gives_context = true,
	  .repeats = true, .context = FLOW_CONTEXT },
	{ UAPI_PROG_TYPE_NETFILTER, .packet_min = sizeof(struct iphdr), .repeats = true,
	  .context = NF_CONTEXT },
	{ BPF_PROG_TYPE_SK_LOOKUP, .needs_context = true, .gives_context = true, .repeats = true,
	  .context = LOOKUP_CONTEXT },
	{ BPF_PROG_TYPE_RAW_TRACEPOINT, .context = RAW_CONTEXT },
	{ BPF_PROG_TYPE_RAW_TRACEPOINT_WRITABLE, .context = RAW_CONTEXT },
	{ BPF_PROG_TYPE_SYSCALL, .gives_context = true, .in_place = true, .context = CALL_CONTEXT },
};

const struct testrun_kind *testrun_kind_of(uint32_t type)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (kinds[i].type == type)
			return &kinds[i];
	}
	return NULL;
}

static int check_packet(const struct testrun_kind *kind, const struct testrun *run,
			const char *type)
{
	if (!kind->packet_min && run->packet.len)
		return fail_plain(-EINVAL,
				  "programs of type %s are not run on a packet: data_in "
				  "does not fit here",
				  type);
	if (!kind->packet_min && run->packet_out.wanted)
		return fail_plain(-EINVAL,
				  "programs of type %s have no packet to give back: "
				  "data_out does not fit here",
				  type);
	if (run->packet.len >= kind->packet_min)
		return 0;
	if (!run->packet.len) {
		fail_plain(-EINVAL, "programs of type %s are run on a packet, and there is none",
			   type);
		return fail_hint("give one with data_in");
	}
	fail_plain(-EINVAL, "the packet has %zu bytes, programs of type %s are run on %u or more",
		   run->packet.len, type, kind->packet_min);
	return fail_hint("%s", kind->packet_min == ETH_HLEN
				       ? "it begins with an Ethernet header, which takes 14"
				       : "it begins with an IP header, which takes 20");
}

static int check_context(const struct testrun_kind *kind, const struct testrun *run,
			 const char *type)
{
	if (kind->needs_context && !run->context.len) {
		fail_plain(-EINVAL, "programs of type %s are run on a context", type);
		return fail_hint("give one with ctx_in; %s", kind->context);
	}
	if (run->context_out.wanted && !kind->gives_context)
		return fail_plain(-EINVAL,
				  "programs of type %s have no context to give back: "
				  "ctx_out does not fit here",
				  type);
	return 0;
}

int testrun_kind_check(const struct bpf_prog_info *info, const struct testrun *run)
{
	const struct testrun_kind *kind = testrun_kind_of(info->type);
	const char *type = names_prog_type(info->type);
	int err;

	if (!kind)
		return 0;
	err = check_packet(kind, run, type) ?: check_context(kind, run, type);
	if (err || kind->repeats || run->repeat <= 1)
		return err;
	return fail_plain(-EINVAL, "programs of type %s are run once: repeat does not fit here",
			  type);
}

int testrun_kind_refused(int err, const struct bpf_prog_info *info, const struct testrun *run)
{
	const struct testrun_kind *kind = testrun_kind_of(info->type);
	char scratch[NAMES_SCRATCH];
	const char *type = names_prog_type_or_number(info->type, scratch);

	if (err == -ERR_ENOTSUPP) {
		fail_plain(err,
			   "the kernel cannot run programs of type %s by themselves (ENOTSUPP)",
			   type);
		return fail_hint("of those that it can, the best known are xdp, sched_cls, "
				 "socket_filter, raw_tracepoint and syscall");
	}
	if ((err == -EINVAL || err == -ENOMEM) && run->packet.len > PACKET_LARGE) {
		fail(err, "run program %u on a packet of %zu bytes", info->id, run->packet.len);
		return fail_hint("it may be more than the kernel takes for type %s", type);
	}
	fail(err, "run program %u", info->id);
	if (kind && (run->context.len || !kind->packet_min))
		return fail_hint("is the context right? %s", kind->context);
	return err;
}
