// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/out: levels and what stands between fields, in text, compact and indented JSON. */
#include "render.h"

static void nothing(struct out *out)
{
	assert_false(out_started(out));
}

static void empty_object(struct out *out)
{
	out_object(out, NULL);
	out_end(out);
}

static void empty_levels(struct out *out)
{
	out_array(out, NULL);
	out_object(out, NULL);
	out_array(out, "a");
	out_end(out);
	out_object(out, "b");
	out_end(out);
	out_list(out, "c", NULL);
	out_end(out);
	out_end(out);
	out_end(out);
}

static void test_empty(void **state)
{
	(void)state;
	assert_renders(nothing, "", "", "");
	assert_renders(empty_object, "", "{}\n", "{}\n");
	assert_renders(empty_levels, "", "[{\"a\":[],\"b\":{},\"c\":[]}]\n",
		       "[{\n"
		       "        \"a\": [],\n"
		       "        \"b\": {},\n"
		       "        \"c\": []\n"
		       "    }\n"
		       "]\n");
}

static void program(struct out *out)
{
	out_object(out, NULL);
	out_uint(out, "id", "%:", 7);
	out_str(out, "type", "%", "xdp");
	out_str(out, "name", "name %", "hello");
	out_flag(out, "gpl", "gpl", true);
	out_line(out);
	out_indent(out, 1);
	out_flag(out, "orphaned", "orphaned", false);
	out_line(out);
	out_uint(out, "bytes", "xlated %B", 96);
	out_list(out, "map_ids", "map_ids ");
	out_uint(out, NULL, "%", 3);
	out_uint(out, NULL, "%", 4);
	out_end(out);
	out_uint(out, "btf_id", "btf_id %", 5);
	out_end(out);
}

static void test_lines_of_fields(void **state)
{
	(void)state;
	assert_renders(program,
		       "7: xdp  name hello  gpl\n"
		       "\txlated 96B  map_ids 3,4  btf_id 5\n",
		       "{\"id\":7,\"type\":\"xdp\",\"name\":\"hello\",\"gpl\":true,"
		       "\"orphaned\":false,\"bytes\":96,\"map_ids\":[3,4],\"btf_id\":5}\n",
		       "{\n"
		       "    \"id\": 7,\n"
		       "    \"type\": \"xdp\",\n"
		       "    \"name\": \"hello\",\n"
		       "    \"gpl\": true,\n"
		       "    \"orphaned\": false,\n"
		       "    \"bytes\": 96,\n"
		       "    \"map_ids\": [3,4\n"
		       "    ],\n"
		       "    \"btf_id\": 5\n"
		       "}\n");
}

static void one_form_only(struct out *out)
{
	out_object(out, NULL);
	out_uint(out, "a", "a %", 1);
	out_uint(out, NULL, "b %", 2);
	out_uint(out, "c", NULL, 3);
	out_array(out, NULL);
	out_uint(out, NULL, "d %", 4);
	out_end(out);
	out_end(out);
}

static void test_fields_of_one_form(void **state)
{
	(void)state;
	assert_renders(one_form_only, "a 1  b 2  d 4\n", "{\"a\":1,\"c\":3}\n",
		       "{\n    \"a\": 1,\n    \"c\": 3\n}\n");
}

static void colons(struct out *out)
{
	out_array(out, NULL);
	out_flag(out, NULL, "features:", true);
	out_str(out, NULL, "%", "a");
	out_uint(out, NULL, "x:%", 1);
	out_str(out, NULL, "%:", "y");
	out_str(out, NULL, "%", "ends in:");
	out_line(out);
	out_str(out, NULL, "%", "next");
	out_end(out);
}

/* A space after the colon of a template; the colon of a value, and of the line before, is none. */
static void test_colon(void **state)
{
	(void)state;
	assert_renders(colons, "features: a  x:1  y: ends in:\nnext\n",
		       "[true,\"a\",1,\"y\",\"ends in:\",\"next\"]\n",
		       "[true,\"a\",1,\"y\",\"ends in:\",\"next\"\n]\n");
}

static void gaps(struct out *out)
{
	out_array(out, NULL);
	out_gap(out, " ");
	out_uint(out, NULL, "a%", 1);
	out_uint(out, NULL, "b%", 2);
	out_gap(out, "");
	out_uint(out, NULL, "c%", 3);
	out_line(out);
	out_indent(out, 2);
	out_gap(out, ", ");
	out_uint(out, NULL, "%", 4);
	out_uint(out, NULL, "%", 5);
	out_line(out);
	out_indent(out, 0);
	out_uint(out, NULL, "%", 6);
	out_end(out);
}

static void test_gap_and_indent(void **state)
{
	(void)state;
	assert_renders(gaps, "a1 b2c3\n\t\t4, 5\n6\n", "[1,2,3,4,5,6]\n", "[1,2,3,4,5,6\n]\n");
}

static void indented_bytes(struct out *out)
{
	out_object(out, NULL);
	out_indent(out, 1);
	out_bytes(out, "a", "a:\n%", "0123456789abcdef", 16);
	out_line(out);
	out_bytes(out, NULL, "b:\n%", "0123456789abcdefg", 17);
	out_line(out);
	out_end(out);
}

static void test_rows_are_indented(void **state)
{
	(void)state;
	assert_form(indented_bytes, OUT_TEXT,
		    "\ta:\n\t30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66\n"
		    "\tb:\n\t30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66\n\t67\n");
}

static void lines(struct out *out)
{
	out_line(out);
	out_text(out, "a: ");
	out_uint(out, NULL, "%", 1);
	out_line(out);
	out_line(out);
	out_blank(out);
	out_text(out, "b\nc\n");
	out_line(out);
	out_text(out, "");
	out_text(out, "d");
}

/* Pieces of text are set apart from nothing; a line is ended once. */
static void test_lines(void **state)
{
	(void)state;
	assert_renders(lines, "a:   1\n\nb\nc\nd\n", "1\n", "1\n");
}

static void objects(struct out *out)
{
	out_array(out, NULL);
	for (unsigned int id = 1; id <= 2; id++) {
		out_object(out, NULL);
		out_uint(out, "id", "%", id);
		out_line(out);
		out_end(out);
	}
	out_end(out);
}

static void test_array_of_objects(void **state)
{
	(void)state;
	assert_renders(objects, "1\n2\n", "[{\"id\":1},{\"id\":2}]\n",
		       "[{\n"
		       "        \"id\": 1\n"
		       "    },{\n"
		       "        \"id\": 2\n"
		       "    }\n"
		       "]\n");
}

static void arrays(struct out *out)
{
	out_array(out, NULL);
	for (unsigned int row = 0; row < 2; row++) {
		out_array(out, NULL);
		out_uint(out, NULL, "%", row);
		out_end(out);
	}
	out_end(out);
}

static void test_array_of_arrays(void **state)
{
	(void)state;
	assert_renders(arrays, "0  1\n", "[[0],[1]]\n", "[[0\n    ],[1\n    ]\n]\n");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_lines_of_fields),
		cmocka_unit_test(test_fields_of_one_form),
		cmocka_unit_test(test_colon),
		cmocka_unit_test(test_gap_and_indent),
		cmocka_unit_test(test_rows_are_indented),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_array_of_objects),
		cmocka_unit_test(test_array_of_arrays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
