/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Numbers of the kernel's BPF interface that are newer than the oldest header xh builds with. */
#ifndef XH_BPF_UAPI_H
#define XH_BPF_UAPI_H

#include <linux/bpf.h>

/* Instructions. */
#ifndef BPF_MEMSX /* 6.6: loads that extend the sign */
#define BPF_MEMSX 0x80
#endif
#ifndef BPF_JCOND /* 6.9: jumps on conditions that only the verifier knows */
#define BPF_JCOND    0xe0
#define BPF_MAY_GOTO 0
#endif
#ifndef BPF_ADDR_SPACE_CAST /* 6.9 */
#define BPF_ADDR_SPACE_CAST 1
#endif
#ifndef BPF_LOAD_ACQ /* 6.15 */
#define BPF_LOAD_ACQ  0x100
#define BPF_STORE_REL 0x110
#endif

#endif
