// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The keys of a map by BPF_MAP_GET_NEXT_KEY, each once, whatever is deleted meanwhile. */
#include "map/walk.h"

#include <errno.h>
#include <stdbool.h>

/* A key that was not met before is one to go on from. */
static int keep(struct walk *walk, const void *key)
{
	uint32_t index = walk->met.count;
	int added = keyset_add(&walk->met, key);

	if (added > 0 && vec_push(&walk->trail, index))
		return -ENOMEM;
	return added;
}

int walk_next(struct walk *walk, void *key)
{
	while (walk->met.count < walk->max) {
		bool start = !walk->trail.n;
		const void *from =
			start ? NULL : keyset_at(&walk->met, walk->trail.v[walk->trail.n - 1]);
		int err = walk->next_key(walk->fd, from, key);

		if (err)
			return err == -ENOENT ? 0 : err;
		err = keep(walk, key);
		if (err || start)
			return err;
		/* `from` is gone, or what follows it was met: go on from the key before. */
		walk->trail.n--;
	}
	return 0;
}

void walk_free(struct walk *walk)
{
	keyset_free(&walk->met);
	vec_free(&walk->trail);
}
