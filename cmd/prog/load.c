// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh prog load OBJ [PATH]`: loads the program of an object file and pins it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "args.h"
#include "base/buf.h"
#include "base/err.h"
#include "bpf/bpffs.h"
#include "bpf/info.h"
#include "bpf/load.h"
#include "commands.h"
#include "debug.h"
#include "object/source.h"
#include "xh.h"

struct load_options {
	const char *object;
	const char *path;
};

static int pin_path(const struct load_options *options, const struct objfile_prog *prog,
		    struct buf *path)
{
	if (options->path) {
		buf_addstr(path, options->path);
		return buf_err(path);
	}
	if (strchr(prog->name, '/') || strchr(prog->name, '.'))
		return fail_plain(-EINVAL, "program '%s' cannot be pinned by its name: give a PATH",
				  prog->name);
	buf_printf(path, "%s/%s", BPFFS_ROOT, prog->name);
	return buf_err(path);
}

static int pin(const struct xh *xh, const struct objfile_prog *prog, const char *path)
{
	int err = bpffs_mount(path, xh->flags.nomount);

	return err ?: bpffs_pin(objfile_prog_fd(prog), path);
}

static int show(struct out *out, const struct objfile_prog *prog, const char *path)
{
	struct info_prog_detail detail AUTO_DETAIL = { 0 };
	int err = info_prog_detail(objfile_prog_fd(prog), INFO_MAP_IDS, &detail);

	if (err)
		return err;
	out_object(out, NULL);
	out_uint(out, "id", NULL, detail.info.id);
	out_str(out, "name", NULL, prog->name);
	out_str(out, "pinned", NULL, path);
	out_array(out, "map_ids");
	for (uint32_t i = 0; i < detail.map_id_count; i++)
		out_uint(out, NULL, NULL, detail.map_ids[i]);
	out_end(out);
	out_end(out);
	return 0;
}

static int load_and_pin(struct xh *xh, struct load *load, const struct objfile_prog *prog,
			const char *path)
{
	int err = load_prog(load, prog);

	debug_show(xh, buf_str(&load->file->messages.all));
	debug_show(xh, load->log ?: "");
	if (err)
		return err;
	err = pin(xh, prog, path);
	if (err) {
		load_undo(load);
		return err;
	}
	err = show(xh->out, prog, path);
	if (err) {
		load_undo(load);
		unlink(path);
	}
	return err;
}

static int run(struct xh *xh, const void *words)
{
	const struct load_options *options = words;
	const struct objfile_source source = source_of(xh, options->object);
	struct objfile file AUTO_OBJFILE = { 0 };
	struct load load AUTO_LOAD = {
		.file = &file,
		.nomount = xh->flags.nomount,
		.verbose = xh->flags.debug,
	};
	struct buf path AUTO_BUF = BUF_EMPTY;
	const struct objfile_prog *prog;
	int err = objfile_open(&source, &file);

	if (!err)
		err = load_choose(&file, &prog);
	if (!err)
		err = pin_path(options, prog, &path);
	if (!err)
		err = bpffs_check(buf_str(&path), xh->flags.nomount);
	return err ?: load_and_pin(xh, &load, prog, buf_str(&path));
}

const struct command prog_load = {
	.name = "load",
	.summary = "Load the program of an object file and pin it",
	.args = (const struct arg[]){
		{ ARG_FILE(struct load_options, object), .required = true, .metavar = "OBJ",
		  .help = "An object file, or the word 'hello' for the bundled one" },
		{ ARG_PATH(struct load_options, path),
		  .help = "Where to pin it, " BPFFS_ROOT "/NAME if not given" },
		{ 0 },
	},
	.options_size = sizeof(struct load_options),
	.run = run,
};
