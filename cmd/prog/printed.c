// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which lines of the trace certain programs can have printed, for `prog tracelog`. */
#include "prog/printed.h"

#include <errno.h>

#include "base/err.h"
#include "bpf/formats.h"
#include "bpf/info.h"

/* Every program is an operand of its own, with the words that any PROG has. */
static const struct arg prog_arg = { .type = &arg_prog };

static int parse(const struct arg *arg, struct words *words, void *slot)
{
	struct printed_progs *progs = slot;
	int err;

	if (progs->count == PRINTED_PROGS)
		return fail_plain(-E2BIG, "'%s' is given more than %d times", arg->keyword,
				  PRINTED_PROGS);
	err = arg_prog.parse(&prog_arg, words, &progs->v[progs->count]);
	progs->count += !err;
	return err;
}

static void suggest(const struct arg *arg, struct suggestions *to)
{
	(void)arg;
	arg_prog.suggest(&prog_arg, to);
}

static int add(void *shapes, const char *format)
{
	return trace_shapes_add(shapes, format);
}

static int add_shapes(const struct obj *prog, struct trace_shapes *shapes)
{
	struct info_prog_detail detail AUTO_DETAIL = { 0 };
	size_t before = shapes->n;
	int err = info_prog_detail(prog->fd, INFO_XLATED, &detail);

	err = err ?: formats_each(&detail, add, shapes);
	if (err || shapes->n > before)
		return err;
	fail_plain(-ENOENT,
		   "program %u: no format of bpf_printk is to be found in it, so its lines cannot "
		   "be told from others",
		   prog->id);
	return fail_hint("leave out 'prog', or choose by what they say: grep REGEX");
}

int printed_shapes(const struct printed_progs *progs, struct trace_shapes *shapes)
{
	int err = 0;

	for (size_t i = 0; !err && i < progs->count; i++) {
		struct obj prog AUTO_OBJ = OBJ_CLOSED;

		err = obj_open(&progs->v[i], &prog) ?: add_shapes(&prog, shapes);
	}
	return err;
}

const struct arg_type printed_progs = {
	.name = "PROG",
	.forms = &args_prog_forms,
	.help = "A loaded program",
	.parse = parse,
	.suggest = suggest,
};
