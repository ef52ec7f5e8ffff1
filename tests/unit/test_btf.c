// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/btf: numbers, names and strings by their types, to the letter. */
#include "btf.h"

static void integers(void **state)
{
	struct btf *btf AUTO(types) = new_btf();

	(void)state;
	ASSERT_INT(btf, INT, int32_t, -1, "-1");
	ASSERT_INT(btf, INT, int32_t, INT32_MIN, "-2147483648");
	ASSERT_INT(btf, U32, uint32_t, UINT32_MAX, "4294967295");
	ASSERT_INT(btf, U64, uint64_t, UINT64_MAX, "18446744073709551615");
	ASSERT_INT(btf, U64, uint64_t, 10000000000000000000ULL, "10000000000000000000");
	ASSERT_INT(btf, S64, int64_t, INT64_MIN, "-9223372036854775808");
	ASSERT_INT(btf, S64, int64_t, 0, "0");
	ASSERT_INT(btf, U16, uint16_t, 65535, "65535");
	ASSERT_INT(btf, U8, uint8_t, 200, "200");
	ASSERT_INT(btf, S8, int8_t, -56, "-56");
	ASSERT_INT(btf, CHAR, char, 'A', "65");
	ASSERT_INT(btf, BOOL, uint8_t, 0, "false");
	ASSERT_INT(btf, BOOL, uint8_t, 2, "true");
}

static void wide_integers(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	uint64_t value[2] = { 0, 0 };

	(void)state;
	ASSERT_JSON(btf, U128, value, "\"0x0\"");
	value[0] = 0x1f;
	ASSERT_JSON(btf, S128, value, "\"0x1f\"");
	value[1] = 1;
	ASSERT_JSON(btf, U128, value, "\"0x1000000000000001f\"");
	value[0] = value[1] = UINT64_MAX;
	ASSERT_JSON(btf, U128, value, "\"0xffffffffffffffffffffffffffffffff\"");
	ASSERT_JSON(btf, S128, value, "\"-0x1\"");
	value[0] = 0;
	ASSERT_JSON(btf, S128, value, "\"-0x10000000000000000\"");
}

static void floats(void **state)
{
	static const struct {
		uint16_t bits;
		const char *text;
	} halves[] = {
		{ 0x3c00, "1" },
		{ 0xc000, "-2" },
		{ 0x7bff, "65504" },
		{ 0x0001, "5.9604645e-08" },
		{ 0x0400, "6.1035156e-05" },
		{ 0x7c00, "null" },
		{ 0x7e00, "null" },
		{ 0x0000, "0" },
		{ 0x8000, "-0" },
	};
	struct btf *btf AUTO(types) = new_btf();

	(void)state;
	for (size_t i = 0; i < COUNT(halves); i++)
		ASSERT_JSON(btf, HALF, halves[i].bits, halves[i].text);
	ASSERT_INT(btf, FLOAT, float, 0.1F, "0.1");
	ASSERT_INT(btf, FLOAT, float, 16777217.0F, "16777216");
	ASSERT_INT(btf, FLOAT, float, 1.0F / 3, "0.33333334");
	ASSERT_INT(btf, FLOAT, float, 1e20F, "1e+20");
	ASSERT_INT(btf, DOUBLE, double, 0.1, "0.1");
	ASSERT_INT(btf, DOUBLE, double, -1.0 / 3, "-0.3333333333333333");
	ASSERT_INT(btf, DOUBLE, double, 5e-324, "4.94065645841247e-324");
	ASSERT_INT(btf, DOUBLE, double, __builtin_inf(), "null");
	ASSERT_INT(btf, DOUBLE, double, -__builtin_inf(), "null");
	ASSERT_INT(btf, DOUBLE, double, __builtin_nan(""), "null");
}

static void long_doubles(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	int id = btf__add_float(btf, "long double", sizeof(long double));
	union {
		uint8_t bytes[sizeof(long double)];
		long double number;
	} value = { .number = 0.5L };

	(void)state;
	ASSERT_JSON(btf, id, value, "0.5");
	value.number = -3;
	ASSERT_JSON(btf, id, value, "-3");
	memset(&value, 0xff, sizeof(value));
	ASSERT_JSON(btf, id, value, "null");
#if defined(__x86_64__)
	/* An exponent and no leading 1: what glibc could not be trusted with. */
	memset(&value, 0, sizeof(value));
	value.bytes[9] = 0x3f;
	ASSERT_JSON(btf, id, value, "null");
#endif
}

static void pointers(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	struct plan *plan AUTO(plan) = plan_new(btf, POINTER, 8, NULL);
	uint64_t value = 0xffff888100000000;

	(void)state;
	assert_non_null(plan);
	assert_form(OUT_JSON, plan, &value, "18446612686364999680");
	assert_form(OUT_TEXT, plan, &value, "\"0xffff888100000000\"");
	value = 0;
	assert_form(OUT_JSON, plan, &value, "0");
	assert_form(OUT_TEXT, plan, &value, "\"(nil)\"");
}

static void enums(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	int color = btf__add_enum(btf, "color", 4), small, wide, signed_wide;

	(void)state;
	/* Not in order, and two names for one value. */
	assert_int_equal(btf__add_enum_value(btf, "BLUE", 0x7fffffff), 0);
	assert_int_equal(btf__add_enum_value(btf, "RED", 0), 0);
	assert_int_equal(btf__add_enum_value(btf, "GREEN", 5), 0);
	assert_int_equal(btf__add_enum_value(btf, "VERT", 5), 0);
	small = btf__add_enum(btf, "small", 1);
	assert_int_equal(btf__add_enum_value(btf, "MINUS", -1), 0);
	assert_int_equal(btf__add_enum_value(btf, "TWO", 2), 0);
	wide = btf__add_enum64(btf, "wide", 8, false);
	assert_int_equal(btf__add_enum64_value(btf, "FAR", 1ULL << 63), 0);
	signed_wide = btf__add_enum64(btf, "signed_wide", 8, true);
	assert_int_equal(btf__add_enum64_value(btf, "NEAR", (uint64_t)-7), 0);

	ASSERT_INT(btf, color, uint32_t, 0, "\"RED\"");
	ASSERT_INT(btf, color, uint32_t, 5, "\"GREEN\"");
	ASSERT_INT(btf, color, uint32_t, 0x7fffffff, "\"BLUE\"");
	ASSERT_INT(btf, color, uint32_t, 6, "6");
	ASSERT_INT(btf, color, uint32_t, 0xfffffffe, "4294967294");
	ASSERT_INT(btf, small, int8_t, -1, "\"MINUS\"");
	ASSERT_INT(btf, small, int8_t, 2, "\"TWO\"");
	ASSERT_INT(btf, small, int8_t, -2, "-2");
	ASSERT_INT(btf, wide, uint64_t, 1ULL << 63, "\"FAR\"");
	ASSERT_INT(btf, wide, uint64_t, UINT64_MAX, "18446744073709551615");
	ASSERT_INT(btf, signed_wide, int64_t, -7, "\"NEAR\"");
	ASSERT_INT(btf, signed_wide, int64_t, -8, "-8");
}

static void strings(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	int chars = btf__add_array(btf, INT, CHAR, 4);
	int qualified = btf__add_array(btf, INT, btf__add_const(btf, CHAR), 4);
	int renamed = btf__add_array(btf, INT, btf__add_typedef(btf, "letter", CHAR), 4);
	int octets = btf__add_array(btf, INT, S8, 4);
	int encoded = btf__add_int(btf, "ascii", 1, BTF_INT_CHAR);
	int two = btf__add_array(btf, INT, chars, 2);

	(void)state;
	ASSERT_JSON(btf, chars, "abc", "\"abc\"");
	assert_json(btf, chars, "\0xyz", 4, "\"\"");
	assert_json(btf, chars, "a\"\\\0", 4, "\"a\\\"\\\\\"");
	assert_json(btf, chars, "abcd", 4, "[97,98,99,100]");
	assert_json(btf, chars, "a\nb\0", 4, "[97,10,98,0]");
	assert_json(btf, chars, "\xc3\xa9\0\0", 4, "[-61,-87,0,0]");
	assert_json(btf, qualified, "ok\0\0", 4, "\"ok\"");
	assert_json(btf, renamed, "ok\0\0", 4, "[111,107,0,0]");
	assert_json(btf, octets, "ok\0\0", 4, "[111,107,0,0]");
	assert_json(btf, two, "one\0two\0", 8, "[\"one\",\"two\"]");
	assert_json(btf, encoded, "x", 1, "\"x\"");
	assert_json(btf, encoded, "\x1b", 1, "\"\\u001b\"");
	assert_json(btf, btf__add_array(btf, INT, encoded, 3), "hi", 3, "\"hi\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers), cmocka_unit_test(wide_integers),
		cmocka_unit_test(floats),   cmocka_unit_test(long_doubles),
		cmocka_unit_test(pointers), cmocka_unit_test(enums),
		cmocka_unit_test(strings),
	};

	return cmocka_run_group_tests_name("btf", tests, NULL, NULL);
}
