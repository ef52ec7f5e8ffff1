// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Values as people write them: JSON by a type, words that say their type; what is taken comes back. */
#include "fuzz.h"

#include <bpf/btf.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "btf/plan.h"
#include "btf/render.h"
#include "btf/scan.h"
#include "map/literal.h"
#include "out/out.h"

#define SIZE 48

/* struct { int i; u8 small:3; u8 more:5; char text[8]; float f; enum { A, B } e; u64 big; … } */
static struct btf *types(void)
{
	struct btf *btf = btf__new_empty();
	int i = btf__add_int(btf, "int", 4, BTF_INT_SIGNED), u8 = btf__add_int(btf, "u8", 1, 0);
	int c = btf__add_int(btf, "char", 1, BTF_INT_CHAR), f = btf__add_float(btf, "float", 4);
	int text = btf__add_array(btf, i, c, 8), big = btf__add_int(btf, "u64", 8, 0);
	int e = btf__add_enum(btf, "e", 4);

	btf__add_enum_value(btf, "A", 0);
	btf__add_enum_value(btf, "B", 1);
	btf__add_struct(btf, "value", SIZE);
	btf__add_field(btf, "i", i, 0, 0);
	btf__add_field(btf, "small", u8, 32, 3);
	btf__add_field(btf, "more", u8, 35, 5);
	btf__add_field(btf, "text", text, 64, 0);
	btf__add_field(btf, "f", f, 128, 0);
	btf__add_field(btf, "e", e, 160, 0);
	btf__add_field(btf, "big", big, 192, 0);
	btf__add_field(btf, "bytes", btf__add_array(btf, i, u8, 4), 256, 0);
	return btf;
}

static void render_to(const struct plan *plan, const uint8_t *bytes, struct buf *text)
{
	int fd = memfd_create("value", MFD_CLOEXEC);
	struct out *out = out_new(fd, OUT_JSON);

	expect(fd >= 0 && out);
	render(out, plan, bytes);
	expect(!out_finish(out) && !lseek(fd, 0, SEEK_SET) && !file_read_fd(fd, 1 << 20, text));
	out_free(out);
	close(fd);
}

static void round_trip(const struct plan *plan, const char *json)
{
	uint8_t bytes[SIZE], again[SIZE];
	struct buf text = BUF_EMPTY;

	if (scan(plan, json, bytes))
		return;
	render_to(plan, bytes, &text);
	expect(!scan(plan, buf_str(&text), again));
	buf_clear(&text);
	expect(!memcmp(bytes, again, SIZE));
	buf_free(&text);
}

static void read_literal(const char *word)
{
	static const uint32_t sizes[] = { 1, 2, 4, 8, 16, 20, 6 };
	uint8_t bytes[32];

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		const struct literal literal = { "key", sizes[i], sizes[i] > 4 };

		literal_read(&literal, word, bytes);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct btf *btf;
	static struct plan *plan;
	char *text = fuzz_string(data, size);

	if (!btf) {
		btf = types();
		plan = plan_new(btf, btf__type_cnt(btf) - 2, SIZE, NULL);
		expect(plan);
	}
	if (literal_is(text))
		read_literal(text);
	else
		round_trip(plan, text);
	free(text);
	return 0;
}
