// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which object file a word of the command line means. */
#include "object/source.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "../bpf/hello_object.h"
#include "base/err.h"
#include "base/text.h"

#define BUNDLED "hello"

struct objfile_source source_of(const struct xh *xh, const char *word)
{
	struct objfile_source source = { .path = word, .all = xh->flags.debug };

	if (!strcmp(word, BUNDLED) && access(word, F_OK)) {
		source.bytes = hello_object_start;
		source.size = (size_t)(hello_object_end - hello_object_start);
	}
	return source;
}

int source_refused(const char *word, int err)
{
	if (err == -ENOENT && access(word, F_OK) && text_near(word, BUNDLED))
		return fail_hint("did you mean '" BUNDLED "', the bundled object?");
	return err;
}
