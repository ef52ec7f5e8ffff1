// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Whether a BTF object of the kernel is worth being loaded: a look at its bytes. */
#include "btf/mention.h"

#include <linux/bpf.h>
#include <string.h>

#include "base/cleanup.h"
#include "bpf/sys.h"

/* Most objects have a few thousand bytes. */
#define FIRST_SIZE ((size_t)64 * 1024)

/* The kernel gives what there is room for and says how much there is. */
static int read_bytes(int fd, struct buf *bytes)
{
	size_t wanted = FIRST_SIZE;

	for (;;) {
		struct bpf_btf_info info = { 0 };
		uint32_t size = sizeof(info), room;
		int err;

		buf_clear(bytes);
		if (!buf_reserve(bytes, wanted))
			return -1;
		room = (uint32_t)(bytes->cap - 1);
		info.btf = (uintptr_t)bytes->data;
		info.btf_size = room;
		err = sys_obj_info(fd, &info, &size);
		if (err)
			return err;
		if (info.btf_size <= room) {
			bytes->len = info.btf_size;
			return 0;
		}
		wanted = info.btf_size;
	}
}

bool mention_find(struct mention *mention, uint32_t btf_id, const char *word)
{
	auto_fd int fd = -1;

	if (btf_id && mention->btf_id == btf_id)
		return mention->found;
	fd = sys_btf_by_id(btf_id);
	mention->btf_id = btf_id;
	mention->found = fd < 0 || read_bytes(fd, &mention->bytes) ||
			 memmem(mention->bytes.data, mention->bytes.len, word, strlen(word));
	return mention->found;
}

void mention_free(struct mention *mention)
{
	buf_free(&mention->bytes);
}
