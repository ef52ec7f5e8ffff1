// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/btf: values that are put together of others. */
#include "btf.h"

static void bitfields(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	int color = btf__add_enum(btf, "color", 4), id;
	const uint64_t value[3] = { 0x0123456789abcdefULL, 0xfedcba9876543210ULL, 0x0f };

	(void)state;
	assert_int_equal(btf__add_enum_value(btf, "RED", 1), 0);
	id = btf__add_struct(btf, "bits", 24);
	assert_int_equal(btf__add_field(btf, "low", U8, 0, 3), 0);
	assert_int_equal(btf__add_field(btf, "cross", U32, 3, 20), 0);
	assert_int_equal(btf__add_field(btf, "sign", INT, 60, 4), 0);
	assert_int_equal(btf__add_field(btf, "minus", S64, 120, 8), 0);
	assert_int_equal(btf__add_field(btf, "long", U64, 64, 63), 0);
	assert_int_equal(btf__add_field(btf, "", U32, 10, 5), 0);
	assert_int_equal(btf__add_field(btf, "longer", U128, 4, 100), 0);
	assert_int_equal(btf__add_field(btf, "whole", S128, 0, 128), 0);
	assert_int_equal(btf__add_field(btf, "flag", BOOL, 128, 1), 0);
	assert_int_equal(btf__add_field(btf, "hue", color, 128, 4), 0);
	ASSERT_JSON(btf, id, value,
		    "{\"low\":\"0x7\",\"cross\":\"0x579bd\",\"sign\":\"0x0\",\"minus\":\"-0x2\","
		    "\"long\":\"0x7edcba9876543210\",\"longer\":\"0x98765432100123456789abcde\","
		    "\"whole\":\"-0x123456789abcdeffedcba9876543211\",\"flag\":\"0x1\","
		    "\"hue\":\"0xf\"}");
}

static void anonymous_members(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	int octets = btf__add_array(btf, INT, U8, 4), both, inner, outer;
	const uint32_t value[3] = { 1, 0x04030201, 7 };

	(void)state;
	both = btf__add_union(btf, NULL, 4);
	assert_int_equal(btf__add_field(btf, "word", U32, 0, 0), 0);
	assert_int_equal(btf__add_field(btf, "octet", octets, 0, 0), 0);
	inner = btf__add_struct(btf, NULL, 8);
	assert_int_equal(btf__add_field(btf, "", both, 0, 0), 0);
	assert_int_equal(btf__add_field(btf, "last", U32, 32, 0), 0);
	outer = btf__add_struct(btf, "outer", 12);
	assert_int_equal(btf__add_field(btf, "first", U32, 0, 0), 0);
	assert_int_equal(btf__add_field(btf, "", inner, 32, 0), 0);
	assert_int_equal(btf__add_field(btf, "named", both, 32, 0), 0);
	ASSERT_JSON(btf, outer, value,
		    "{\"first\":1,\"word\":67305985,\"octet\":[1,2,3,4],\"last\":7,"
		    "\"named\":{\"word\":67305985,\"octet\":[1,2,3,4]}}");
}

static void nested_arrays(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	int row = btf__add_array(btf, INT, INT, 3), matrix, path, none, empty;
	const int32_t value[6] = { 1, -2, 3, 4, 5, 6 };
	int point = add_point(btf);

	(void)state;
	matrix = btf__add_array(btf, INT, btf__add_typedef(btf, "row_t", row), 2);
	path = btf__add_array(btf, INT, btf__add_volatile(btf, point), 2);
	none = btf__add_struct(btf, "none", 0);
	empty = btf__add_array(btf, INT, none, 4000000000U);
	ASSERT_JSON(btf, matrix, value, "[[1,-2,3],[4,5,6]]");
	assert_json(btf, path, value, 16, "[{\"x\":1,\"y\":-2},{\"x\":3,\"y\":4}]");
	assert_json(btf, none, value, 0, "{}");
	assert_json(btf, empty, value, 0, "[]");
}

static void flexible_arrays(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	int open = btf__add_array(btf, INT, INT, 0), tail, middle, in_union, outer;
	const int32_t value[4] = { 1, 2, 3, 4 };

	(void)state;
	tail = btf__add_struct(btf, "tail", 4);
	assert_int_equal(btf__add_field(btf, "n", INT, 0, 0), 0);
	assert_int_equal(btf__add_field(btf, "v", open, 32, 0), 0);
	assert_json(btf, tail, value, 4, "{\"n\":1,\"v\":[]}");
	assert_json(btf, tail, value, 15, "{\"n\":1,\"v\":[2,3]}");
	assert_json(btf, tail, value, 16, "{\"n\":1,\"v\":[2,3,4]}");
	middle = btf__add_struct(btf, "middle", 8);
	assert_int_equal(btf__add_field(btf, "v", open, 0, 0), 0);
	assert_int_equal(btf__add_field(btf, "n", INT, 32, 0), 0);
	assert_json(btf, middle, value, 16, "{\"v\":[],\"n\":2}");
	in_union = btf__add_union(btf, NULL, 4);
	assert_int_equal(btf__add_field(btf, "one", INT, 0, 0), 0);
	assert_int_equal(btf__add_field(btf, "many", open, 0, 0), 0);
	outer = btf__add_struct(btf, "outer", 8);
	assert_int_equal(btf__add_field(btf, "n", INT, 0, 0), 0);
	assert_int_equal(btf__add_field(btf, "", in_union, 32, 0), 0);
	assert_json(btf, outer, value, 12, "{\"n\":1,\"one\":2,\"many\":[2,3]}");
	/* Elements that are as long as their type, whatever stands behind them. */
	assert_json(btf, btf__add_array(btf, INT, tail, 2), value, 16,
		    "[{\"n\":1,\"v\":[]},{\"n\":2,\"v\":[]}]");
}

static void sections(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	int open = btf__add_array(btf, INT, INT, 0), point = add_point(btf);
	int tail, hits, origin, rest, section;
	const int32_t value[8] = { 9, 0, 3, -4, 1, 2, 3, 0 };

	(void)state;
	tail = btf__add_struct(btf, "tail", 4);
	assert_int_equal(btf__add_field(btf, "n", INT, 0, 0), 0);
	assert_int_equal(btf__add_field(btf, "v", open, 32, 0), 0);
	hits = btf__add_var(btf, "hits", BTF_VAR_GLOBAL_ALLOCATED, U64);
	origin = btf__add_var(btf, "origin", BTF_VAR_STATIC, point);
	rest = btf__add_var(btf, "rest", BTF_VAR_GLOBAL_ALLOCATED, tail);
	section = btf__add_datasec(btf, ".bss", sizeof(value));
	assert_int_equal(btf__add_datasec_var_info(btf, hits, 0, 8), 0);
	assert_int_equal(btf__add_datasec_var_info(btf, origin, 8, 8), 0);
	assert_int_equal(btf__add_datasec_var_info(btf, rest, 16, 12), 0);
	ASSERT_JSON(btf, section, value,
		    "{\".bss\":[{\"hits\":9},{\"origin\":{\"x\":3,\"y\":-4}},"
		    "{\"rest\":{\"n\":1,\"v\":[2,3]}}]}");
}

static void text_is_indented_json(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	int chars = btf__add_array(btf, INT, CHAR, 4), point = add_point(btf), id;
	struct plan *plan AUTO(plan) = NULL;
	const struct {
		char name[4];
		int x, y, n;
	} value = { "ab", 1, 2, 0x2d };

	(void)state;
	id = btf__add_struct(btf, "value", 16);
	assert_int_equal(btf__add_field(btf, "name", chars, 0, 0), 0);
	assert_int_equal(btf__add_field(btf, "at", point, 32, 0), 0);
	assert_int_equal(btf__add_field(btf, "n", INT, 96, 5), 0);
	plan = plan_new(btf, (uint32_t)id, sizeof(value), NULL);
	assert_non_null(plan);
	assert_form(OUT_TEXT, plan, &value,
		    "{\n"
		    "    \"name\": \"ab\",\n"
		    "    \"at\": {\n"
		    "        \"x\": 1,\n"
		    "        \"y\": 2\n"
		    "    },\n"
		    "    \"n\": \"0xd\"\n"
		    "}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bitfields),     cmocka_unit_test(anonymous_members),
		cmocka_unit_test(nested_arrays), cmocka_unit_test(flexible_arrays),
		cmocka_unit_test(sections),      cmocka_unit_test(text_is_indented_json),
	};

	return cmocka_run_group_tests_name("btf_struct", tests, NULL, NULL);
}
