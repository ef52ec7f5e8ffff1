// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/btf: types that cannot be shown, and types that no compiler makes. */
#include <bpf/libbpf.h>

#include "btf.h"
#include "btf/decl.h"

static void refused_types(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	int forward = btf__add_fwd(btf, "later", BTF_FWD_STRUCT);
	int proto = btf__add_func_proto(btf, INT);
	int function = btf__add_func(btf, "f", BTF_FUNC_STATIC, proto);
	int point = add_point(btf);

	(void)state;
	assert_refused(btf, VOID, 8, "no type of values");
	assert_refused(btf, 4000, 8, "no type of values");
	assert_refused(btf, -1, 8, "no type of values");
	assert_refused(btf, forward, 8, "no type of values");
	assert_refused(btf, proto, 8, "no type of values");
	assert_refused(btf, function, 8, "no type of values");
	assert_refused(btf, btf__add_array(btf, INT, forward, 1), 8, "without a size");
	assert_refused(btf, U64, 7, "would end at byte 8 of 7");
	assert_refused(btf, U64, 0, "would end at byte 8 of 0");
	assert_refused(btf, point, 7, "would end at byte 8 of 7");
	assert_refused(btf, btf__add_array(btf, INT, point, 2), 15, "would end at byte 16 of 15");
	assert_refused(btf, btf__add_array(btf, INT, U32, 0x3fffffff), 15, "of 15");
}

/* Typedefs that name one another, a struct in itself: what the kernel would not take. */
static void endless_types(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	int first = FIRST_FREE, second = first + 1, self;

	(void)state;
	assert_int_equal(btf__add_typedef(btf, "a", second), first);
	assert_int_equal(btf__add_typedef(btf, "b", first), second);
	assert_refused(btf, first, 8, "no type of values");
	self = btf__add_struct(btf, "self", 4);
	assert_int_equal(btf__add_field(btf, "me", self, 0, 0), 0);
	assert_refused(btf, self, 4, "nested too deeply");
	self = btf__add_struct(btf, NULL, 4);
	assert_int_equal(btf__add_field(btf, "", self, 0, 0), 0);
	assert_refused(btf, self, 4, "nested too deeply");
	/* An array of itself has a size for nobody. */
	self = btf__add_array(btf, INT, (int)btf__type_cnt(btf), 1);
	assert_refused(btf, self, 4, "without a size");
}

/* Each level has twice the last one in it; and the same with nothing to show at the bottom. */
static void exploding_types(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	int named = INT, unnamed = btf__add_struct(btf, NULL, 0);

	(void)state;
	for (int level = 0; level < 40; level++) {
		int id = btf__add_union(btf, "level", 4);

		assert_int_equal(btf__add_field(btf, "left", named, 0, 0), 0);
		assert_int_equal(btf__add_field(btf, "right", named, 0, 0), 0);
		named = id;
		id = btf__add_union(btf, NULL, 4);
		assert_int_equal(btf__add_field(btf, "", unnamed, 0, 0), 0);
		assert_int_equal(btf__add_field(btf, "", unnamed, 0, 0), 0);
		unnamed = id;
	}
	assert_refused(btf, named, 4, "more than 65536 members");
	assert_refused(btf, unnamed, 4, "more than 65536 members");
}

/* Something of every kind. */
static struct btf *new_mixed(void)
{
	struct btf *btf = new_btf();
	int point = add_point(btf), chars = btf__add_array(btf, INT, CHAR, 8), var;

	btf__add_array(btf, INT, point, 3);
	btf__add_enum(btf, "color", 4);
	btf__add_enum_value(btf, "RED", 1);
	btf__add_struct(btf, "mixed", 32);
	btf__add_field(btf, "", point, 0, 0);
	btf__add_field(btf, "flags", U32, 64, 7);
	btf__add_field(btf, "p", POINTER, 128, 0);
	btf__add_field(btf, "s", chars, 192, 0);
	var = btf__add_var(btf, "v", BTF_VAR_STATIC, point);
	btf__add_datasec(btf, ".data", 32);
	btf__add_datasec_var_info(btf, var, 8, 8);
	btf__add_func(btf, "f", BTF_FUNC_STATIC, btf__add_func_proto(btf, INT));
	return btf;
}

static void use_all_types(const void *raw, uint32_t size)
{
	struct btf *btf AUTO(types) = btf__new(raw, size);
	static const char value[64] = "any value";

	for (uint32_t id = 0; btf && id < btf__type_cnt(btf); id++) {
		struct plan *plan AUTO(plan) = plan_new(btf, id, sizeof(value), "key");
		struct buf text AUTO_BUF = BUF_EMPTY;

		if (plan)
			render_as(OUT_TEXT, plan, value, &text);
		decl_type(btf, id, &text);
		decl_func(btf, id, &text);
	}
}

/* Any type of BTF with bytes changed either gets no plan or renders within its value. */
static void random_types(void **state)
{
	struct btf *whole AUTO(types) = new_mixed();
	uint32_t size;
	const uint8_t *raw = btf__raw_data(whole, &size);
	const size_t start = sizeof(struct btf_header);

	(void)state;
	libbpf_set_print(NULL);
	srand(7);
	for (int round = 0; round < 3000; round++) {
		auto_free uint8_t *bytes = malloc(size);

		memcpy(bytes, raw, size);
		for (int i = rand() % 4; i >= 0; i--)
			bytes[start + (size_t)rand() % (size - start)] = (uint8_t)rand();
		use_all_types(bytes, size);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refused_types),
		cmocka_unit_test(endless_types),
		cmocka_unit_test(exploding_types),
		cmocka_unit_test(random_types),
	};

	return cmocka_run_group_tests_name("btf_refused", tests, NULL, NULL);
}
