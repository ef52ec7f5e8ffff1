// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* BTF: what passes the checks is safe for libbpf, has declarations, and its values can be shown. */
#include "fuzz.h"

#include <bpf/btf.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/buf.h"
#include "btf/decl.h"
#include "btf/plan.h"
#include "btf/render.h"
#include "out/out.h"
#include "rawbtf/check.h"

#define TYPES_MAX 200
#define VALUE_MAX 4096

static void show_value(const struct btf *btf, uint32_t id)
{
	static const uint8_t bytes[VALUE_MAX] = { 0x80, 1, 2, 3, 0xff, 5, 6, 7, 8, 9 };
	long long size = btf__resolve_size(btf, id);
	struct plan *plan =
		size > 0 && size <= VALUE_MAX ? plan_new(btf, id, (uint32_t)size, "value") : NULL;
	int null;
	struct out *out;

	if (!plan)
		return;
	null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	out = out_new(null, OUT_JSON);
	expect(out);
	out_object(out, NULL);
	render(out, plan, bytes);
	expect(!out_finish(out));
	out_free(out);
	close(null);
	plan_free(plan);
}

static void show(const struct btf *btf)
{
	for (uint32_t id = 0; id < btf__type_cnt(btf) && id < TYPES_MAX; id++) {
		struct buf text = BUF_EMPTY;

		decl_type(btf, id, &text);
		decl_func(btf, id, &text);
		buf_free(&text);
		show_value(btf, id);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct btf *btf;

	if (check_btf(data, size, NULL))
		return 0;
	btf = btf__new(data, (uint32_t)size);
	if (btf)
		show(btf);
	btf__free(btf);
	return 0;
}
