// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Sets of features, which the kernel tells as bits. */
#include "net/bits.h"

#include <stddef.h>

#include "out/out.h"

void bits_show(struct out *out, const char *key, const char *text, struct bits bits)
{
	out_list(out, key, text);
	for (unsigned int bit = 0; bit < 64; bit++) {
		const char *name = bits.name(bit);

		if (!(bits.set >> bit & 1))
			continue;
		if (name)
			out_str(out, NULL, text ? "%" : NULL, name);
		else
			out_hexstr(out, NULL, text ? "%" : NULL, 1ULL << bit);
	}
	out_end(out);
}
