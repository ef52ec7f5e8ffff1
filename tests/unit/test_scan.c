// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/btf: JSON to the bytes of a type, and what is said of JSON that does not fit. */
#include "btf.h"

#include "btf/scan.h"

static void assert_bytes(const struct btf *btf, int id, const char *text, const void *expected,
			 uint32_t size)
{
	struct plan *plan AUTO(plan) = plan_new(btf, (uint32_t)id, size, "value");
	auto_free uint8_t *bytes = malloc(size);

	assert_non_null(plan);
	memset(bytes, 0xa5, size);
	fail_clear();
	if (scan(plan, text, bytes))
		fail_msg("%s: %s", text, fail_last()->text);
	assert_memory_equal(bytes, expected, size);
}

/* The value as a C object. */
#define ASSERT_SCAN(btf, id, text, type, value)                       \
	do {                                                          \
		type value_ = (type)(value);                          \
		assert_bytes(btf, id, text, &value_, sizeof(value_)); \
	} while (0)

static void assert_error(const struct btf *btf, int id, const char *text, const char *message)
{
	uint32_t size = (uint32_t)btf__resolve_size(btf, (uint32_t)id);
	struct plan *plan AUTO(plan) = plan_new(btf, (uint32_t)id, size, "value");
	auto_free uint8_t *bytes = malloc(size);

	fail_clear();
	assert_true(scan(plan, text, bytes) < 0);
	if (!strstr(fail_last()->text, message))
		fail_msg("%s: %s", text, fail_last()->text);
}

static void integers(void **unused)
{
	struct btf *btf AUTO(types) = new_btf();

	(void)unused;
	ASSERT_SCAN(btf, INT, "-1", int32_t, -1);
	ASSERT_SCAN(btf, INT, " -2147483648\n", int32_t, INT32_MIN);
	ASSERT_SCAN(btf, U32, "0xffffffff", uint32_t, UINT32_MAX);
	ASSERT_SCAN(btf, U32, "\"0x1f\"", uint32_t, 31);
	ASSERT_SCAN(btf, U64, "18446744073709551615", uint64_t, UINT64_MAX);
	ASSERT_SCAN(btf, S64, "-9223372036854775808", int64_t, INT64_MIN);
	ASSERT_SCAN(btf, U8, "-0", uint8_t, 0);
	ASSERT_SCAN(btf, BOOL, "true", uint8_t, 1);
	ASSERT_SCAN(btf, BOOL, "0", uint8_t, 0);
	ASSERT_SCAN(btf, POINTER, "\"(nil)\"", uint64_t, 0);
	ASSERT_SCAN(btf, POINTER, "\"0xffff888000000000\"", uint64_t, 0xffff888000000000);
	assert_error(btf, U8, "256", "value (unsigned char): '256' is not a number from 0 to 255");
	assert_error(btf, S8, "128", "from -128 to 127");
	assert_error(btf, S8, "-129", "from -128 to 127");
	assert_error(btf, U64, "18446744073709551616", "from 0 to 18446744073709551615");
	assert_error(btf, S64, "9223372036854775808", "to 9223372036854775807");
	assert_error(btf, U32, "-1", "'-1' is not a number from 0 to 4294967295");
	assert_error(btf, U32, "010", "'010' is not a number");
	assert_error(btf, U32, "1.5", "'1.5' is not a number");
	assert_error(btf, U32, "1e3", "'1e3' is not a number");
	assert_error(btf, U32, "0x", "'0x' is not a number");
	assert_error(btf, U32, "\"\"", "'' is not a number");
	assert_error(btf, U32, "", "the JSON ends where a value is expected");
	assert_error(btf, U32, "{}", "is one value, not an object");
	assert_error(btf, U32, "[1]", "is one value, not an array");
	assert_error(btf, U32, "1 2", "the end is expected at character 3");
	assert_error(btf, U32, "\"1\\u00002\"", "has a NUL in it");
	assert_error(btf, BOOL, "yes", "'yes' is not true or false");
}

static void wide_integers(void **unused)
{
	struct btf *btf AUTO(types) = new_btf();
	uint64_t value[2] = { 5, 1 };

	(void)unused;
	assert_bytes(btf, U128, "\"0x10000000000000005\"", value, 16);
	assert_bytes(btf, U128, "18446744073709551621", value, 16);
	value[0] = value[1] = UINT64_MAX;
	assert_bytes(btf, U128, "340282366920938463463374607431768211455", value, 16);
	assert_bytes(btf, S128, "-1", value, 16);
	value[0] = 0;
	value[1] = 1ULL << 63;
	assert_bytes(btf, S128, "-170141183460469231731687303715884105728", value, 16);
	assert_error(btf, S128, "170141183460469231731687303715884105728", "of 128 bits");
	assert_error(btf, U128, "340282366920938463463374607431768211456", "of 128 bits");
}

static void floats(void **unused)
{
	struct btf *btf AUTO(types) = new_btf();

	(void)unused;
	ASSERT_SCAN(btf, FLOAT, "0.1", float, 0.1F);
	ASSERT_SCAN(btf, DOUBLE, "-1e300", double, -1e300);
	ASSERT_SCAN(btf, DOUBLE, "5e-324", double, 5e-324);
	ASSERT_SCAN(btf, HALF, "65504", uint16_t, 0x7bff);
	ASSERT_SCAN(btf, HALF, "-2", uint16_t, 0xc000);
	ASSERT_SCAN(btf, HALF, "5.9604645e-08", uint16_t, 1);
	ASSERT_SCAN(btf, HALF, "-0", uint16_t, 0x8000);
	ASSERT_SCAN(btf, HALF, "null", uint16_t, 0x7e00);
	ASSERT_SCAN(btf, HALF, "inf", uint16_t, 0x7c00);
	assert_error(btf, HALF, "65520", "value (_Float16): '65520' is too large");
	assert_error(btf, FLOAT, "1e39", "value (float): '1e39' is too large");
	assert_error(btf, DOUBLE, "1e309", "'1e309' is too large");
	assert_error(btf, DOUBLE, "1.2.3", "'1.2.3' is not a number");
}

static void enums(void **unused)
{
	struct btf *btf AUTO(types) = new_btf();
	int color = btf__add_enum(btf, "color", 4);

	(void)unused;
	assert_int_equal(btf__add_enum_value(btf, "RED", 0), 0);
	assert_int_equal(btf__add_enum_value(btf, "GREEN", -5), 0);
	ASSERT_SCAN(btf, color, "\"GREEN\"", int32_t, -5);
	ASSERT_SCAN(btf, color, "GREEN", int32_t, -5);
	ASSERT_SCAN(btf, color, "77", int32_t, 77);
	assert_error(btf, color, "GREN", "value (enum color): there is no 'GREN'");
	assert_string_equal(fail_last()->hint, "did you mean 'GREEN'?");
	assert_error(btf, color, "4294967296", "from -2147483648 to 2147483647");
}

static void strings(void **unused)
{
	struct btf *btf AUTO(types) = new_btf();
	int chars = btf__add_array(btf, INT, CHAR, 8);
	int letter = btf__add_int(btf, "ascii", 1, BTF_INT_CHAR);

	(void)unused;
	assert_bytes(btf, chars, "\"abc\"", "abc\0\0\0\0", 8);
	assert_bytes(btf, chars, "[97,98]", "ab\0\0\0\0\0", 8);
	assert_bytes(btf, chars, "\"\\\"\\\\\\/\\n\\t\\u0001\"", "\"\\/\n\t\1\0", 8);
	assert_bytes(btf, chars, "\"\\u00e9\"", "\xc3\xa9\0\0\0\0\0", 8);
	assert_bytes(btf, chars, "\"\\ud83d\\ude00\"", "\xf0\x9f\x98\x80\0\0\0", 8);
	assert_bytes(btf, chars, "\"\\u20ac\"", "\xe2\x82\xac\0\0\0\0", 8);
	assert_bytes(btf, chars, "abc", "abc\0\0\0\0", 8);
	ASSERT_SCAN(btf, letter, "\"\\u00e9\"", uint8_t, 0xe9);
	ASSERT_SCAN(btf, letter, "\"\\u0000\"", uint8_t, 0);
	ASSERT_SCAN(btf, letter, "65", uint8_t, 65);
	assert_error(btf, chars, "\"12345678\"",
		     "value (char [8]): a string of 8 bytes has no room in it");
	assert_error(btf, chars, "\"abc", "the JSON ends where '\"' is expected");
	assert_error(btf, chars, "\"\\x41\"", "one of \"\\/bfnrtu is expected");
	assert_error(btf, chars, "\"\\ud83d\"", "a character is expected");
	assert_error(btf, chars, "\"\\ud83d\\u0041\"", "a character is expected");
	assert_error(btf, chars, "\"\\u12\"", "a character is expected");
	assert_error(btf, chars, "\"\\", "the JSON ends where");
	assert_error(btf, letter, "\"ab\"", "'ab' is not one character");
}

static void arrays_and_addresses(void **unused)
{
	struct btf *btf AUTO(types) = new_btf();
	int four = btf__add_array(btf, INT, U8, 4), six = btf__add_array(btf, INT, U8, 6);
	int sixteen = btf__add_array(btf, INT, U8, 16), ints = btf__add_array(btf, INT, INT, 2);
	int32_t pair[2] = { 7, 0 };

	(void)unused;
	assert_bytes(btf, four, "\"10.0.0.1\"", "\x0a\0\0\1", 4);
	assert_bytes(btf, four, "10.0.0.1", "\x0a\0\0\1", 4);
	assert_bytes(btf, U32, "\"10.0.0.1\"", "\x0a\0\0\1", 4);
	assert_bytes(btf, six, "\"02:00:00:00:00:fF\"", "\2\0\0\0\0\xff", 6);
	assert_bytes(btf, sixteen, "\"fe80::1\"", "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 16);
	assert_bytes(btf, ints, "[7]", pair, 8);
	assert_bytes(btf, ints, "[]", "\0\0\0\0\0\0\0", 8);
	assert_error(btf, ints, "[1,2,3]", "value (int [2]): has 2 elements, not more");
	assert_error(btf, ints, "[1,x]", "value[1] (int): 'x' is not a number");
	assert_error(btf, ints, "[1 2]", "',' or ']' is expected at character 4");
	assert_error(btf, ints, "[1,", "the JSON ends where a value is expected");
	assert_error(btf, four, "\"fe80::1\"", "nor an address of 4 bytes");
	assert_error(btf, six, "\"02:00:00:00:00\"", "nor an address of 6 bytes");
	assert_error(btf, six, "\"02:00:00:00:00:0g\"", "nor an address of 6 bytes");
	assert_error(btf, ints, "\"10.0.0.1\"", "is no array");
}

static void objects(void **unused)
{
	struct btf *btf AUTO(types) = new_btf();
	int point = add_point(btf), line = btf__add_array(btf, INT, point, 2), bits;
	int32_t points[4] = { 0, 0, 0, -9 };

	(void)unused;
	assert_bytes(btf, point, "{\"y\": -9}", points + 2, 8);
	assert_bytes(btf, point, "{}", points, 8);
	assert_bytes(btf, line, "[{},{ \"y\" : -9 }]", points, 16);
	assert_error(btf, point, "{\"z\":1}", "value (struct point): has no member 'z'");
	assert_error(btf, line, "[{},{\"x\":\"a\"}]", "value[1].x (int): 'a' is not a number");
	assert_error(btf, point, "{\"x\" 1}", "':' is expected");
	assert_error(btf, point, "{\"x\":1,}", "a string is expected");
	assert_error(btf, point, "{x:1}", "a string is expected at character 2");
	assert_error(btf, point, "{\"x\":1", "the JSON ends where ',' or '}' is expected");
	assert_error(btf, point, "7", "value (struct point): is an object");
	bits = btf__add_struct(btf, "bits", 4);
	assert_int_equal(btf__add_field(btf, "low", U32, 0, 3), 0);
	assert_int_equal(btf__add_field(btf, "minus", INT, 3, 6), 0);
	ASSERT_SCAN(btf, bits, "{\"minus\":-32,\"low\":7}", uint32_t, 7 | 32 << 3);
	assert_error(btf, bits, "{\"low\":8}",
		     "value.low (unsigned int:3): '8' is not a number "
		     "from 0 to 7");
	assert_error(btf, bits, "{\"minus\":32}", "from -32 to 31");
	assert_int_equal(btf__add_field(btf, "high", U32, 9, 20), 0);
	/* The neighbours on both sides stay, and what was there goes. */
	ASSERT_SCAN(btf, bits, "{\"high\":1048575,\"low\":7,\"minus\":-1,\"minus\":2}", uint32_t,
		    7 | 2 << 3 | 0xfffffU << 9);
	ASSERT_SCAN(btf, bits, "{\"low\":7,\"high\":1048575,\"high\":0}", uint32_t, 7);
}

static void variables(void **unused)
{
	struct btf *btf AUTO(types) = new_btf();
	int hits = btf__add_var(btf, "hits", BTF_VAR_GLOBAL_ALLOCATED, U64);
	int where = btf__add_var(btf, "where", BTF_VAR_GLOBAL_ALLOCATED, add_point(btf));
	int section = btf__add_datasec(btf, ".data", 16);
	struct {
		uint64_t hits;
		int32_t x, y;
	} value = { 5, 0, 6 };

	(void)unused;
	assert_int_equal(btf__add_datasec_var_info(btf, hits, 0, 8), 0);
	section = (int)btf__type_cnt(btf) - 1;
	assert_int_equal(btf__add_datasec_var_info(btf, where, 8, 8), 0);
	assert_bytes(btf, section, "{\".data\":[{\"where\":{\"y\":6}},{\"hits\":5}]}", &value, 16);
	assert_error(btf, section, "{\".data\":[{\"hit\":5}]}", "has no member 'hit'");
	assert_string_equal(fail_last()->hint, "did you mean 'hits'?");
	assert_error(btf, section, "{\".data\":{}}", "is an array");
	assert_error(btf, section, "{\".data\":[{\"hits\":-5}]}", "value..data.hits");
}

/* What no plan asks for is refused where it stands, however deep it would go. */
static void deep(void **unused)
{
	struct btf *btf AUTO(types) = new_btf();
	auto_free char *text = malloc(1 << 20);
	int point = add_point(btf);

	(void)unused;
	memset(text, '[', (1 << 20) - 1);
	text[(1 << 20) - 1] = '\0';
	assert_error(btf, point, text, "value (struct point): is an object");
	assert_error(btf, btf__add_array(btf, INT, INT, 2), text, "value[0] (int): is one value");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers), cmocka_unit_test(wide_integers),
		cmocka_unit_test(floats),   cmocka_unit_test(enums),
		cmocka_unit_test(strings),  cmocka_unit_test(arrays_and_addresses),
		cmocka_unit_test(objects),  cmocka_unit_test(variables),
		cmocka_unit_test(deep),
	};

	return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
