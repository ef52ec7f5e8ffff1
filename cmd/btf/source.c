// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* BTF, wherever it is from, and that which it goes on from. */
#include "btf/source.h"

#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "bpf/btfinfo.h"
#include "bpf/info.h"

#define KERNEL_DIR "/sys/kernel/btf/"
#define KERNEL_BTF KERNEL_DIR "vmlinux"

void source_close(struct source *source)
{
	rawbtf_close(&source->raw);
	rawbtf_close(&source->base_raw);
	btffile_close(&source->file);
	btffile_close(&source->base_file);
	buf_free(&source->bytes);
}

static int open_base(struct source *source, const char *path)
{
	struct btffile *file = &source->base_file;
	int err = btffile_open(path, file);

	if (err)
		return err;
	err = rawbtf_open(file->data, file->size, &source->base_raw);
	if (err)
		return fail_context(err, "%s", path);
	source->base = (struct cdump){
		.data = file->data,
		.size = file->size,
		.pointer_size = file->pointer_size,
		.raw = &source->base_raw,
		.trusted = file->mapped,
	};
	source->btf.base = &source->base;
	return 0;
}

/* Split BTF alone begins with a type or a string that only its base has. */
static int open_raw(struct source *source, const char *base)
{
	struct cdump *btf = &source->btf;
	int err = base ? open_base(source, base) : 0;

	if (err)
		return err;
	err = rawbtf_open_split(btf->data, btf->size, base ? &source->base_raw : NULL,
				&source->raw);
	btf->raw = &source->raw;
	return err;
}

static int open_file(const struct xh *xh, const char *path, struct source *source)
{
	bool is_module = text_starts(path, KERNEL_DIR) && strcmp(path, KERNEL_BTF) != 0;
	const char *base = xh->flags.base_btf ?: is_module ? KERNEL_BTF : NULL;
	int err = btffile_open(path, &source->file);

	if (err)
		return err;
	source->path = path;
	source->btf.data = source->file.data;
	source->btf.size = source->file.size;
	source->btf.pointer_size = source->file.pointer_size;
	source->btf.trusted = source->file.mapped;
	err = open_raw(source, base);
	return err ? fail_context(err, "%s", path) : 0;
}

static int open_object(const struct xh *xh, uint32_t id, struct source *source)
{
	struct obj obj AUTO_OBJ = OBJ_CLOSED;
	struct btfinfo info;
	int err = obj_open_id(OBJ_BTF, id, &obj);

	if (err)
		return err;
	err = btfinfo_read(obj.fd, &info) ?: btfinfo_bytes(obj.fd, &info, &source->bytes);
	if (err)
		return fail(err, "read BTF object %u", id);
	source->btf.data = buf_str(&source->bytes);
	source->btf.size = source->bytes.len;
	err = open_raw(source, xh->flags.base_btf ?: btfinfo_is_module(&info) ? KERNEL_BTF : NULL);
	return err ? fail_context(err, "BTF object %u", id) : 0;
}

static int find_prog(const struct obj_ref *ref, uint32_t *btf_id)
{
	struct obj prog AUTO_OBJ = OBJ_CLOSED;
	struct bpf_prog_info info;
	int err = obj_open(ref, &prog);

	if (err)
		return err;
	err = info_prog(prog.fd, &info);
	if (err && err != -ENODEV)
		return fail(err, "read what the kernel knows of program %u", prog.id);
	*btf_id = info.btf_id;
	if (*btf_id)
		return 0;
	fail_missing("program %u '%s' has no BTF", prog.id, info.name);
	return fail_hint("clang adds it to object files with -g");
}

static int find_map(const struct obj_ref *ref, struct source *source, uint32_t *btf_id)
{
	struct obj map AUTO_OBJ = OBJ_CLOSED;
	struct bpf_map_info info;
	int err = obj_open(ref, &map);

	if (err)
		return err;
	err = info_map(map.fd, &info);
	if (err)
		return fail(err, "read what the kernel knows of map %u", map.id);
	*btf_id = info.btf_id;
	source->map_id = map.id;
	source->key_type_id = info.btf_key_type_id;
	source->value_type_id = info.btf_value_type_id;
	if (*btf_id)
		return 0;
	fail_missing("map %u '%s' has no BTF", map.id, info.name);
	return fail_hint(
		"maps have types when they are declared with __type() and compiled with -g");
}

int source_open(const struct xh *xh, const struct where *where, struct source *source)
{
	uint32_t btf_id = where->ref.id;
	int err = 0;

	*source = (struct source){ 0 };
	if (where->file)
		return open_file(xh, where->file, source);
	if (where->ref.kind == OBJ_PROG)
		err = find_prog(&where->ref, &btf_id);
	else if (where->ref.kind == OBJ_MAP)
		err = find_map(&where->ref, source, &btf_id);
	return err ?: open_object(xh, btf_id, source);
}
