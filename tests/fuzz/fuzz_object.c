// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* An object file: what `xh object` shows of it, and whether libbpf opens it, without a kernel. */
#include "fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "run.h"
#include "xh.h"

static void run(enum out_form form, const char *verb, char *path)
{
	char object[] = "object", linum[] = "linum", opcodes[] = "opcodes";
	char *dump[] = { object, (char *)(uintptr_t)verb, path, opcodes, linum, NULL };
	char *show[] = { object, (char *)(uintptr_t)verb, path, NULL };
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	struct xh xh = { .out = out_new(null, form), .flags = { .json = form != OUT_TEXT } };

	expect(null >= 0 && xh.out);
	fail_clear();
	if (run_words(&xh, strcmp(verb, "dump") ? show : dump))
		expect(fail_last()->text[0]);
	out_finish(xh.out);
	out_free(xh.out);
	close(null);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int file = memfd_create("fuzz", MFD_CLOEXEC);
	char path[32];

	expect(file >= 0 && !file_write(file, data, size));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	run(OUT_TEXT, "show", path);
	run(OUT_TEXT, "dump", path);
	run(OUT_JSON, "dump", path);
	close(file);
	return 0;
}
