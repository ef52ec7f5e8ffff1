/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Which libbpf is at work. */
#ifndef XH_BPF_VERSION_H
#define XH_BPF_VERSION_H

/* "1.1": of the library that runs, which may be newer than the one built against. */
const char *version_libbpf(void);

#endif
