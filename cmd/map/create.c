// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `xh map create PATH type TYPE …`: a new map, pinned. */
#include <errno.h>
#include <net/if.h>

#include "args.h"
#include "base/err.h"
#include "bpf/bpffs.h"
#include "bpf/info.h"
#include "bpf/sys.h"
#include "commands.h"
#include "map/create.h"
#include "map/newmap.h"
#include "xh.h"

struct create_options {
	const char *path;
	struct newmap_type type;
	struct cli_u32 key, value, entries;
	const char *name;
	struct newmap_flags flags;
	struct obj_ref inner_map;
	const char *offload_dev;
};

static int open_inner(const struct create_options *options, struct obj *inner)
{
	return options->inner_map.by == OBJ_NONE ? 0 : obj_open(&options->inner_map, inner);
}

static int find_device(const char *name, uint32_t *ifindex)
{
	if (!name)
		return 0;
	*ifindex = if_nametoindex(name);
	return *ifindex ? 0 : fail_missing("no device '%s'", name);
}

static int pin(struct xh *xh, int fd, const char *path)
{
	struct bpf_map_info info;
	int err = bpffs_mount(path, xh->flags.nomount) ?: bpffs_pin(fd, path);

	if (err)
		return err;
	err = info_map(fd, &info);
	if (err)
		return fail(err, "read what the kernel knows of the new map");
	out_object(xh->out, NULL);
	out_uint(xh->out, "id", NULL, info.id);
	out_end(xh->out);
	return 0;
}

static int run(struct xh *xh, const void *words)
{
	const struct create_options *options = words;
	struct obj inner AUTO_OBJ = OBJ_CLOSED;
	struct sys_map map = {
		.type = options->type.number,
		.key_size = options->key.value,
		.value_size = options->value.value,
		.max_entries = options->entries.value,
		.flags = options->flags.bits,
		.name = options->name,
	};
	auto_fd int fd = -1;
	int err = bpffs_check(options->path, xh->flags.nomount) ?:
		  open_inner(options, &inner) ?:
		  find_device(options->offload_dev, &map.ifindex);

	if (err)
		return err;
	map.inner_fd = inner.fd;
	fd = create_map(&map);
	return fd < 0 ? fd : pin(xh, fd, options->path);
}

const struct command map_create = {
	.name = "create",
	.summary = "Make a map and pin it",
	.args =
		(const struct arg[]){
			{ ARG_PATH(struct create_options, path), .required = true },
			{ .keyword = "type",
			  .type = &newmap_type,
			  .slot = SLOT(struct create_options, type, struct newmap_type),
			  .required = true },
			{ .keyword = "key",
			  ARG_U32(struct create_options, key),
			  .metavar = "BYTES",
			  .help = "The size of a key" },
			{ .keyword = "value",
			  ARG_U32(struct create_options, value),
			  .metavar = "BYTES",
			  .help = "The size of a value" },
			{ .keyword = "entries",
			  ARG_U32(struct create_options, entries),
			  .help = "How many elements there is room for" },
			{ .keyword = "name",
			  ARG_WORD(struct create_options, name),
			  .required = true,
			  .metavar = "NAME",
			  .help = "What it is called; the kernel keeps 15 characters" },
			{ .keyword = "flags",
			  .type = &newmap_flags,
			  .slot = SLOT(struct create_options, flags, struct newmap_flags) },
			{ .keyword = "inner_map",
			  ARG_MAP(struct create_options, inner_map),
			  .help = "What the maps in it will be like" },
			{ .keyword = "offload_dev",
			  ARG_DEV(struct create_options, offload_dev),
			  .help = "Where it is to be kept" },
			{ .keyword = "dev",
			  ARG_DEV(struct create_options, offload_dev),
			  .help = "The same, as older versions of bpftool have it" },
			{ 0 },
		},
	.options_size = sizeof(struct create_options),
	.run = run,
	.examples = EXAMPLES(
		"xh map create /sys/fs/bpf/hosts type hash key 4 value 8 entries 1024 name hosts",
		"xh map create /sys/fs/bpf/nets type lpm_trie key 8 value 4 entries 64 name nets "
		"flags no_prealloc"),
};
