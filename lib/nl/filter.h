/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The filters of tc that have BPF programs: as classifiers (cls_bpf) or as actions (act_bpf). */
#ifndef XH_NL_FILTER_H
#define XH_NL_FILTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"
#include "nl/qdisc.h"

#define NL_FILTER_NAME_MAX 257 /* CLS_BPF_NAME_LEN of the kernel, and its end */

struct nl_filter_act {
	char name[NL_FILTER_NAME_MAX]; /* "" for none */
	uint32_t prog_id;              /* 0: a program of classic BPF */
};

struct nl_filter {
	char kind[NL_TC_KIND_MAX]; /* "bpf", or that of a filter with BPF actions: "u32" */
	uint32_t handle, chain;
	uint16_t pref, protocol; /* ETH_P_* */

	/* Of kind "bpf" only. */
	char name[NL_FILTER_NAME_MAX]; /* "" for none */
	uint32_t prog_id;              /* 0: a program of classic BPF */
	bool direct_action;

	bool has_acts;            /* of any kind */
	size_t act_at, act_count; /* its BPF actions, in nl_filters.acts */
};

/* Filters in the order in which they run. */
struct nl_filters {
	struct nl_filter_prefs VEC(uint16_t) prefs; /* of chain 0, of filters without BPF too */
	struct nl_filter_rows VEC(struct nl_filter) rows;
	struct nl_filter_acts VEC(struct nl_filter_act) acts;
};

#define AUTO_FILTERS __attribute__((cleanup(nl_filters_free)))
void nl_filters_free(struct nl_filters *filters);

/* What filters hang on: a qdisc or class by its handle, or TC_H_CLSACT with a direction. */
struct nl_filter_hook {
	unsigned int ifindex;
	uint32_t parent;
};

/*
 * Reads one RTM_NEWTFILTER message and adds the filter if it has to do with BPF: 0, -EBADMSG or
 * -ENOMEM, no failure recorded. (Format: linux/pkt_cls.h, linux/tc_act/tc_bpf.h, tcf_fill_node()
 * of net/sched/cls_api.c)
 */
int nl_filter_add_parsed(const struct nlmsghdr *message, struct nl_filters *filters);

/* Lists the BPF filters of a hook; as nl_ask(), with the failure recorded. */
int nl_filter_list(struct nl *nl, struct nl_filter_hook hook, struct nl_filters *filters);

/* A cls_bpf filter in chain 0 whose program says what becomes of a packet. */
struct nl_filter_change {
	struct nl_filter_hook hook;
	uint16_t protocol; /* ETH_P_* */
	uint16_t pref;     /* 0: the kernel chooses one before all others */
	uint32_t handle;   /* 0: the kernel chooses */
	int prog_fd;
	const char *name;
};

/*
 * Makes one, or takes one away, as it was listed; 0 or a negative errno, no failure recorded:
 * nl_fail() does that.
 */
int nl_filter_create(struct nl *nl, const struct nl_filter_change *change);
int nl_filter_remove(struct nl *nl, struct nl_filter_hook hook, const struct nl_filter *filter);

#endif
