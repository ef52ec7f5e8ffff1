// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The processors that may ever come up: per-CPU values have a part for each. */
#include "map/cpus.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"

#define POSSIBLE "/sys/devices/system/cpu/possible"

/* Above NR_CPUS of any kernel. */
#define CPU_MAX 65535

static int parse_number(const char **list, uint32_t *number)
{
	*number = 0;
	if (!isdigit((unsigned char)**list))
		return -EINVAL;
	for (; isdigit((unsigned char)**list); ++*list) {
		*number = *number * 10 + (uint32_t)(**list - '0');
		if (*number > CPU_MAX)
			return -EINVAL;
	}
	return 0;
}

/* "8" or "8-9" */
static int parse_range(const char **list, struct cpus *cpus)
{
	uint32_t first, last;
	int err = parse_number(list, &first);

	last = first;
	if (!err && **list == '-') {
		++*list;
		err = parse_number(list, &last);
	}
	if (err || last < first || (cpus->n && first <= cpus->v[cpus->n - 1]))
		return -EINVAL;
	for (; !err && first <= last; first++)
		err = vec_push(cpus, first);
	return err;
}

int cpus_parse(const char *list, struct cpus *cpus)
{
	for (;;) {
		int err = parse_range(&list, cpus);

		if (err)
			return err;
		if (!*list || (*list == '\n' && !list[1]))
			return 0;
		if (*list++ != ',')
			return -EINVAL;
	}
}

int cpus_possible(struct cpus *cpus)
{
	struct buf text AUTO_BUF = BUF_EMPTY;
	int err = file_read_at(AT_FDCWD, POSSIBLE, 65536, &text);

	if (!err)
		err = cpus_parse(buf_str(&text), cpus);
	return err ? fail(err, "read the processors from " POSSIBLE) : 0;
}

void cpus_free(struct cpus *cpus)
{
	vec_free(cpus);
}
