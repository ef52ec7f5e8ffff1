// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The parts of a per-CPU value, one after another. */
#include "map/parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "btf/render.h"
#include "map/entry.h"
#include "out/out.h"

int parts_open(struct parts *parts, const struct shape *shape, bool below)
{
	const struct cpus *cpus = &shape->cpus;

	*parts = (struct parts){ 0 };
	if (!cpus->n)
		return 0;
	parts->texts = calloc(cpus->n, sizeof(*parts->texts));
	if (!parts->texts)
		return fail(-ENOMEM, "show values of %zu CPUs", cpus->n);
	for (size_t i = 0; i < cpus->n; i++)
		snprintf(parts->texts[i], PARTS_TEXT, "value (CPU %02u):%s", cpus->v[i],
			 below ? "\n%" : " %");
	return 0;
}

void parts_close(struct parts *parts)
{
	free(take_ptr(parts->texts));
}

static bool is_left_out(const struct entry *entry, uint32_t cpu)
{
	return entry->one_cpu && cpu != entry->cpu;
}

void parts_show(struct out *out, const struct entry *entry, const char *value)
{
	const struct shape *shape = &entry->shape;

	out_array(out, "values");
	for (size_t i = 0; i < shape->cpus.n; i++, value += shape->cpu_stride) {
		if (is_left_out(entry, shape->cpus.v[i]))
			continue;
		out_object(out, NULL);
		out_uint(out, "cpu", NULL, shape->cpus.v[i]);
		out_bytes(out, "value", entry->parts.texts[i], value, shape->value_size);
		out_line(out);
		out_end(out);
	}
	out_end(out);
}

void parts_show_typed(struct out *out, const struct entry *entry, const char *value)
{
	const struct shape *shape = &entry->shape;

	out_array(out, "values");
	for (size_t i = 0; i < shape->cpus.n; i++, value += shape->cpu_stride) {
		if (is_left_out(entry, shape->cpus.v[i]))
			continue;
		out_object(out, NULL);
		out_uint(out, "cpu", "%", shape->cpus.v[i]);
		render(out, entry->value, value);
		out_end(out);
	}
	out_end(out);
}
