// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A file of a kernel's types, checked before libbpf, which believes it, reads it. */
#include "elf/kernelbtf.h"

#include "base/err.h"
#include "elf/btffile.h"
#include "rawbtf/check.h"

int kernelbtf_check(const char *path)
{
	struct btffile file AUTO_BTFFILE = { 0 };
	int err = btffile_open(path, &file);

	if (err)
		return err;
	err = check_btf(file.data, file.size, NULL);
	return err ? fail_context(err, "%s", path) : 0;
}
