// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What -d shows of the work of libraries and kernel. */
#include "debug.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

void debug_show(const struct xh *xh, const char *text)
{
	struct buf escaped AUTO_BUF = BUF_EMPTY;

	while (xh->flags.debug && *text) {
		size_t len = strcspn(text, "\n");

		text_escape(&escaped, text, len);
		buf_addch(&escaped, '\n');
		text += len + (text[len] == '\n');
	}
	fwrite(buf_str(&escaped), 1, escaped.len, stderr);
}
