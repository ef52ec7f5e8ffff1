// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/out: parts of text that are JSON, and the wraps around them that only JSON has. */
#include "render.h"

static void typed_element(struct out *out)
{
	out_object(out, NULL);
	out_int(out, "x", "x %", -1);
	out_hex(out, "flags", "%", 255);
	out_pointer(out, "ptr", "%", 0xffff888100000000);
	out_pointer(out, "none", "%", 0);
	out_str(out, "s", "%", "a\"b\n");
	out_bool(out, "up", "%", true);
	out_flag(out, "flag", "%", false);
	out_bytes(out, "raw", "%", "\1\2", 2);
	out_uint(out, "json", NULL, 9);
	out_text(out, "not in a typed part");
	out_line(out);
	out_end(out);
}

static void typed(struct out *out)
{
	out_object(out, NULL);
	out_uint(out, "head", "head %", 1);
	out_line(out);
	out_array(out, "typed");
	out_typed(out);
	typed_element(out);
	typed_element(out);
	out_end(out);
	out_end(out);
	out_uint(out, "tail", "tail %", 2);
	out_end(out);
}

#define TYPED_TEXT                               \
	"{\n"                                    \
	"    \"x\": -1,\n"                       \
	"    \"flags\": 255,\n"                  \
	"    \"ptr\": \"0xffff888100000000\",\n" \
	"    \"none\": \"(nil)\",\n"             \
	"    \"s\": \"a\\\"b\\n\",\n"            \
	"    \"up\": true,\n"                    \
	"    \"flag\": false,\n"                 \
	"    \"raw\": [\"0x01\",\"0x02\"\n"      \
	"    ]\n"                                \
	"}"
#define TYPED_JSON                                                                    \
	"{\"x\":-1,\"flags\":255,\"ptr\":18446612686364999680,\"none\":0,"            \
	"\"s\":\"a\\\"b\\n\",\"up\":true,\"flag\":false,\"raw\":[\"0x01\",\"0x02\"]," \
	"\"json\":9}"

static void test_typed(void **state)
{
	(void)state;
	assert_form(typed, OUT_TEXT, "head 1\n" TYPED_TEXT "," TYPED_TEXT "\ntail 2\n");
	assert_form(typed, OUT_JSON,
		    "{\"head\":1,\"typed\":[" TYPED_JSON "," TYPED_JSON "],\"tail\":2}\n");
}

static void typed_in_depth(struct out *out)
{
	out_indent(out, 3);
	out_typed(out);
	out_array(out, NULL);
	out_object(out, NULL);
	out_object(out, "value");
	out_uint(out, "x", "%", 1);
	out_end(out);
	out_end(out);
	out_end(out);
	out_end(out);
}

/* It is indented from the left edge, whatever the lines around it are. */
static void test_typed_layout(void **state)
{
	static const char layout[] = "[{\n"
				     "        \"value\": {\n"
				     "            \"x\": 1\n"
				     "        }\n"
				     "    }\n"
				     "]\n";

	(void)state;
	assert_renders(typed_in_depth, layout, "[{\"value\":{\"x\":1}}]\n", layout);
}

static void typed_empty(struct out *out)
{
	out_object(out, NULL);
	out_typed(out);
	out_end(out);
	out_uint(out, "a", "a %", 1);
	out_end(out);
}

static void test_typed_with_nothing_inside(void **state)
{
	(void)state;
	assert_renders(typed_empty, "a 1\n", "{\"a\":1}\n", "{\n    \"a\": 1\n}\n");
}

static void typed_open(struct out *out)
{
	out_text(out, "head\n");
	out_array(out, NULL);
	out_typed(out);
	out_object(out, NULL);
	out_array(out, "a");
	out_uint(out, NULL, "%", 1);
}

static void test_finish_closes_typed(void **state)
{
	(void)state;
	assert_renders(typed_open, "head\n{\n    \"a\": [1\n    ]\n}\n", "[{\"a\":[1]}]\n",
		       "[{\n        \"a\": [1\n        ]\n    }\n]\n");
}

static void nested_typed(struct out *out)
{
	out_array(out, NULL);
	out_typed(out);
	out_array(out, NULL);
	out_typed(out);
	out_uint(out, NULL, "%", 1);
	out_end(out);
	out_uint(out, NULL, "%", 2);
	out_end(out);
	out_end(out);
	out_end(out);
}

static void test_typed_inside_typed(void **state)
{
	(void)state;
	assert_renders(nested_typed, "[1,2\n]\n", "[[1,2]]\n", "[[1,2\n    ]\n]\n");
}

static void wrapped(struct out *out)
{
	out_array(out, NULL);
	out_typed(out);
	out_wrap(out, NULL);
	out_bytes(out, "key", NULL, "\1", 1);
	out_wrap(out, "formatted");
	out_object(out, "value");
	out_uint(out, "x", "%", 1);
	out_end(out);
	out_end(out);
	out_end(out);
	out_end(out);
	out_wrap(out, NULL);
	out_uint(out, "y", "y %", 2);
	out_end(out);
	out_end(out);
}

/* In JSON an object, in text nothing: what is inside belongs to the level around it. */
static void test_wrap(void **state)
{
	(void)state;
	assert_form(wrapped, OUT_TEXT, "{\n    \"x\": 1\n}\ny 2\n");
	assert_form(wrapped, OUT_JSON,
		    "[{\"key\":[\"0x01\"],\"formatted\":{\"value\":{\"x\":1}}},{\"y\":2}]\n");
	assert_form(wrapped, OUT_PRETTY,
		    "[{\n"
		    "        \"key\": [\"0x01\"\n"
		    "        ],\n"
		    "        \"formatted\": {\n"
		    "            \"value\": {\n"
		    "                \"x\": 1\n"
		    "            }\n"
		    "        }\n"
		    "    },{\n"
		    "        \"y\": 2\n"
		    "    }\n"
		    "]\n");
}

static void typed_lines(struct out *out)
{
	out_object(out, NULL);
	for (unsigned int i = 1; i <= 2; i++) {
		out_str(out, NULL, "% =", "place");
		out_text(out, " ");
		out_typed_line(out);
		out_object(out, i == 1 ? "first" : "second");
		out_uint(out, "x", "%", i);
		out_array(out, "y");
		out_end(out);
		out_end(out);
		out_end(out);
	}
	out_typed(out);
	out_array(out, "indented");
	out_uint(out, NULL, "%", 3);
	out_end(out);
	out_end(out);
	out_end(out);
}

static void test_typed_line(void **state)
{
	(void)state;
	assert_form(typed_lines, OUT_TEXT,
		    "place = {\"x\":1,\"y\":[]}\nplace = {\"x\":2,\"y\":[]}\n[3\n]\n");
	assert_form(typed_lines, OUT_JSON,
		    "{\"first\":{\"x\":1,\"y\":[]},\"second\":{\"x\":2,\"y\":[]},"
		    "\"indented\":[3]}\n");
}

static void json_only(struct out *out)
{
	out_object(out, NULL);
	out_uint(out, "a", "a %", 1);
	out_json_only(out);
	out_uint(out, "b", "b %", 2);
	out_object(out, "c");
	out_text(out, "not here\n");
	out_typed(out);
	out_str(out, "d", "d %", "x");
	out_end(out);
	out_end(out);
	out_end(out);
	out_uint(out, "e", "e %", 3);
	out_end(out);
}

static void test_json_only(void **state)
{
	(void)state;
	assert_form(json_only, OUT_TEXT, "a 1  e 3\n");
	assert_form(json_only, OUT_JSON, "{\"a\":1,\"b\":2,\"c\":{\"d\":\"x\"},\"e\":3}\n");
}

static void list_without_text(struct out *out)
{
	out_object(out, NULL);
	out_list(out, "x", NULL);
	out_uint(out, NULL, NULL, 1);
	out_end(out);
	out_list(out, "y", "none");
	out_end(out);
	out_str(out, "z", "z %", "last");
	out_end(out);
}

static void test_lists(void **state)
{
	(void)state;
	assert_renders(list_without_text, "none  z last\n", "{\"x\":[1],\"y\":[],\"z\":\"last\"}\n",
		       "{\n    \"x\": [1\n    ],\n    \"y\": [],\n    \"z\": \"last\"\n}\n");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_typed),
		cmocka_unit_test(test_typed_layout),
		cmocka_unit_test(test_typed_with_nothing_inside),
		cmocka_unit_test(test_finish_closes_typed),
		cmocka_unit_test(test_typed_inside_typed),
		cmocka_unit_test(test_wrap),
		cmocka_unit_test(test_typed_line),
		cmocka_unit_test(test_json_only),
		cmocka_unit_test(test_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
