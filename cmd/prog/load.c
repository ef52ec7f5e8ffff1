// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh prog load OBJ [PATH]` and `xh prog loadall OBJ DIR`: load programs of a file and pin them. */
#include "bpf/load.h"

#include <errno.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/ticker.h"
#include "bpf/bpffs.h"
#include "bpf/info.h"
#include "commands.h"
#include "debug.h"
#include "elf/kernelbtf.h"
#include "object/source.h"
#include "prog/loadargs.h"
#include "prog/loadpins.h"
#include "prog/loadprep.h"
#include "xh.h"

static int show_prog(struct out *out, const struct loadpins *pins, const struct objfile_prog *prog)
{
	struct info_prog_detail detail AUTO_DETAIL = { 0 };
	struct buf path AUTO_BUF = BUF_EMPTY;
	int err = info_prog_detail(objfile_prog_fd(prog), INFO_MAP_IDS, &detail);

	err = err ?: loadpins_path(pins, prog, &path);
	if (err)
		return err;
	out_object(out, NULL);
	out_uint(out, "id", NULL, detail.info.id);
	out_str(out, "name", NULL, prog->name);
	out_str(out, "pinned", NULL, buf_str(&path));
	out_array(out, "map_ids");
	for (uint32_t i = 0; i < detail.map_id_count; i++)
		out_uint(out, NULL, NULL, detail.map_ids[i]);
	out_end(out);
	out_end(out);
	return 0;
}

/* What nobody could be told of is not to stay: it is written while all can still be undone. */
static int show(struct out *out, const struct loadpins *pins)
{
	const struct objfile_progs *progs = &pins->load->file->progs;
	int err = 0;

	if (!pins->load->only)
		out_array(out, NULL);
	for (size_t i = 0; !err && i < progs->n; i++) {
		if (load_wants(pins->load, &progs->v[i]))
			err = show_prog(out, pins, &progs->v[i]);
	}
	if (!pins->load->only)
		out_end(out);
	return err ?: out_flush(out);
}

static int load_and_pin(struct xh *xh, struct loadpins *pins)
{
	struct load *load = pins->load;
	struct ticker *ticker = ticker_begin(load->file->elf.name, NULL);
	int err = load_run(load);

	ticker_end(ticker);
	debug_show(xh, buf_str(&load->file->messages.all));
	debug_show(xh, load->log ?: "");
	if (err)
		return err;
	return loadpins_make(pins) ?: show(xh->out, pins);
}

static int open_object(struct xh *xh, const struct loadargs *args, struct objfile *file)
{
	struct objfile_source source = source_of(xh, args->object);
	int err = args->kernel_btf ? kernelbtf_check(args->kernel_btf) : 0;

	source.pin_root = args->pinmaps;
	source.kernel_btf = args->kernel_btf;
	if (err)
		return err;
	err = objfile_open(&source, file);
	return err ? source_refused(args->object, err) : loadprep_apply(args, file);
}

static int load_once(struct xh *xh, const struct loadargs *args, bool all, bool *overtaken)
{
	struct objfile file AUTO_OBJFILE = { 0 };
	struct load load AUTO_LOAD = {
		.file = &file,
		.device = args->xdpmeta_dev ?: args->offload_dev,
		.metadata_only = args->xdpmeta_dev,
		.verbose = xh->flags.debug,
	};
	struct loadpins pins = {
		.args = args,
		.load = &load,
		.set = { .nomount = xh->flags.nomount },
	};
	int err = open_object(xh, args, &file);

	if (!err && !all)
		err = load_choose(&load, args->prog);
	err = err ?: loadpins_begin(&pins);
	err = err ?: load_and_pin(xh, &pins);
	if (err)
		pinset_undo(&pins.set);
	pinset_free(&pins.set);
	*overtaken = pins.overtaken;
	return err;
}

/* A map that was pinned while it was being made here is there to be taken, the second time. */
static int run(struct xh *xh, const struct loadargs *args, bool all)
{
	bool overtaken;
	int err;

	if (xh->flags.sign)
		return fail_plain(-EOPNOTSUPP, "xh does not sign programs: leave out -S");
	err = load_once(xh, args, all, &overtaken);
	if (!overtaken)
		return err;
	fail_clear();
	return load_once(xh, args, all, &overtaken);
}

static int run_load(struct xh *xh, const void *words)
{
	return run(xh, words, false);
}

static int run_loadall(struct xh *xh, const void *words)
{
	return run(xh, words, true);
}

#define OBJECT_HELP "An object file, or the word 'hello' for the bundled one"

const struct command prog_load = {
	.name = "load",
	.summary = "Load a program of an object file and pin it",
	.args =
		(const struct arg[]){
			{ ARG_FILE(struct loadargs, object), .required = true, .metavar = "OBJ",
			  .help = OBJECT_HELP },
			{ ARG_PATH(struct loadargs, path),
			  .help = "Where to pin it, " BPFFS_ROOT "/NAME if not given" },
			{ LOADARGS_TYPE },
			{ LOADARGS_MAP },
			{ LOADARGS_PINMAPS },
			{ LOADARGS_AUTOATTACH },
			{ LOADARGS_KERNEL_BTF },
			{ LOADARGS_OFFLOAD_DEV },
			{ LOADARGS_XDPMETA_DEV },
			{ LOADARGS_DEV },
			{ LOADARGS_GLOBAL },
			{ .keyword = "prog",
			  ARG_WORD(struct loadargs, prog),
			  .metavar = "NAME",
			  .help = "Which program of the file, where it has several" },
			{ 0 },
		},
	.options_size = sizeof(struct loadargs),
	.run = run_load,
	.examples = EXAMPLES("xh prog load hello", "xh prog load filter.bpf.o /sys/fs/bpf/filter",
			     "xh prog load filter.bpf.o prog ingress global limit=100",
			     "xh prog load filter.bpf.o map name hosts pinned /sys/fs/bpf/hosts"),
};

const struct command prog_loadall = {
	.name = "loadall",
	.summary = "Load all programs of an object file and pin them in a directory",
	.args =
		(const struct arg[]){
			{ ARG_FILE(struct loadargs, object), .required = true, .metavar = "OBJ",
			  .help = OBJECT_HELP },
			{ ARG_PATH(struct loadargs, path), .required = true, .metavar = "DIR",
			  .help = "Where to pin them, each by its name; made if it is not there" },
			{ LOADARGS_TYPE },
			{ LOADARGS_MAP },
			{ LOADARGS_PINMAPS },
			{ LOADARGS_AUTOATTACH },
			{ LOADARGS_KERNEL_BTF },
			{ LOADARGS_OFFLOAD_DEV },
			{ LOADARGS_XDPMETA_DEV },
			{ LOADARGS_DEV },
			{ LOADARGS_GLOBAL },
			{ 0 },
		},
	.options_size = sizeof(struct loadargs),
	.run = run_loadall,
	.examples = EXAMPLES("xh prog loadall filter.bpf.o /sys/fs/bpf/filter",
			     "xh prog loadall filter.bpf.o /sys/fs/bpf/filter "
			     "pinmaps /sys/fs/bpf/filter_maps",
			     "xh prog loadall trace.bpf.o /sys/fs/bpf/trace autoattach"),
};
