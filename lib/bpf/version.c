// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which libbpf is at work. */
#include "bpf/version.h"

#include <bpf/libbpf.h>

const char *version_libbpf(void)
{
	const char *version = libbpf_version_string();

	return *version == 'v' ? version + 1 : version;
}
