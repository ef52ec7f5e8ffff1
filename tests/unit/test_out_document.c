// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/out: whole documents: deep ones, those that end half-way, and those that begin anew. */
#include "render.h"

static void per_cpu(struct out *out)
{
	static const uint8_t bytes[] = { 1, 2 };

	out_array(out, NULL);
	out_object(out, NULL);
	out_bytes(out, "key", "%", bytes, 2);
	out_line(out);
	out_array(out, "values");
	for (unsigned int cpu = 0; cpu < 2; cpu++) {
		out_object(out, NULL);
		out_uint(out, "cpu", "value (CPU %):", cpu);
		out_bytes(out, "value", "%", bytes, 2);
		out_line(out);
		out_end(out);
	}
	out_end(out);
	out_wrap(out, "formatted");
	out_object(out, "value");
	out_int(out, "x", NULL, -1);
}

/* The layout of bpftool's -p, and levels that a failure left open. */
static void test_deep_layout_closed_at_the_end(void **state)
{
	(void)state;
	assert_renders(per_cpu,
		       "01 02\n"
		       "value (CPU 0): 01 02\n"
		       "value (CPU 1): 01 02\n",
		       "[{\"key\":[\"0x01\",\"0x02\"],\"values\":"
		       "[{\"cpu\":0,\"value\":[\"0x01\",\"0x02\"]},"
		       "{\"cpu\":1,\"value\":[\"0x01\",\"0x02\"]}],"
		       "\"formatted\":{\"value\":{\"x\":-1}}}]\n",
		       "[{\n"
		       "        \"key\": [\"0x01\",\"0x02\"\n"
		       "        ],\n"
		       "        \"values\": [{\n"
		       "                \"cpu\": 0,\n"
		       "                \"value\": [\"0x01\",\"0x02\"\n"
		       "                ]\n"
		       "            },{\n"
		       "                \"cpu\": 1,\n"
		       "                \"value\": [\"0x01\",\"0x02\"\n"
		       "                ]\n"
		       "            }\n"
		       "        ],\n"
		       "        \"formatted\": {\n"
		       "            \"value\": {\n"
		       "                \"x\": -1\n"
		       "            }\n"
		       "        }\n"
		       "    }\n"
		       "]\n");
}

static void open_list(struct out *out)
{
	out_array(out, NULL);
	out_object(out, NULL);
	out_uint(out, "a", "a %", 1);
	out_list(out, "l", "list ");
	out_uint(out, NULL, "%", 2);
}

static void test_finish_closes_a_list(void **state)
{
	(void)state;
	assert_renders(open_list, "a 1  list 2\n", "[{\"a\":1,\"l\":[2]}]\n",
		       "[{\n        \"a\": 1,\n        \"l\": [2\n        ]\n    }\n]\n");
}

static void deepest(struct out *out)
{
	for (int depth = 1; depth < OUT_DEPTH_MAX; depth++)
		out_array(out, NULL);
	out_uint(out, NULL, NULL, 1);
}

static void test_as_deep_as_can_be(void **state)
{
	struct buf written AUTO_BUF = BUF_EMPTY;

	(void)state;
	render(deepest, OUT_PRETTY, &written);
	assert_int_equal(strspn(buf_str(&written), "["), OUT_DEPTH_MAX - 1);
	assert_int_equal(written.data[OUT_DEPTH_MAX - 1], '1');
	assert_string_equal(written.data + written.len - 9, "\n    ]\n]\n");
}

static void starts(struct out *out)
{
	out_uint(out, "only in JSON, but not here", NULL, 1);
}

static void test_started(void **state)
{
	struct out *text = out_new(-1, OUT_TEXT), *json = out_new(-1, OUT_JSON);

	(void)state;
	starts(text);
	starts(json);
	out_text(json, "only in text\n");
	assert_false(out_started(text));
	assert_true(out_started(json));
	out_array(text, NULL);
	assert_false(out_started(text));
	out_text(text, "x");
	assert_true(out_started(text));
	out_free(text);
	out_free(json);
	out_free(NULL);
}

static void objects_begun(struct out *out)
{
	out_array(out, NULL);
	out_object(out, NULL);
	out_array(out, "a");
	out_end(out);
}

static void another_document(struct out *out)
{
	objects_begun(out);
	assert_true(out_restart(out));
	assert_false(out_started(out));
	objects_begun(out);
	out_uint(out, "b", NULL, 1);
	assert_false(out_restart(out));
}

static void no_other_document(struct out *out)
{
	objects_begun(out);
	assert_int_equal(out_flush(out), 0);
	assert_false(out_restart(out));
}

static void no_other_text(struct out *out)
{
	assert_false(out_restart(out));
	out_text(out, "x\n");
	assert_false(out_restart(out));
}

static void test_restart(void **state)
{
	(void)state;
	assert_form(another_document, OUT_JSON, "[{\"a\":[],\"b\":1}]\n");
	assert_form(no_other_document, OUT_JSON, "[{\"a\":[]}]\n");
	assert_form(no_other_text, OUT_TEXT, "x\n");
}

static void lines(struct out *out)
{
	out_lines(out);
	for (unsigned int cpu = 0; cpu < 2; cpu++) {
		out_object(out, NULL);
		out_uint(out, "cpu", "CPU %", cpu);
		out_array(out, "names");
		out_str(out, NULL, "%", "a\nb");
		out_end(out);
		out_end(out);
	}
	out_array(out, NULL);
}

static void no_lines(struct out *out)
{
	out_lines(out);
	assert_true(out_started(out));
}

static void lines_that_begin_anew(struct out *out)
{
	out_lines(out);
	out_array(out, NULL);
	assert_true(out_restart(out));
	out_object(out, NULL);
	out_str(out, "error", NULL, "why");
	out_end(out);
}

static void test_lines(void **state)
{
	const char *two =
		"{\"cpu\":0,\"names\":[\"a\\nb\"]}\n{\"cpu\":1,\"names\":[\"a\\nb\"]}\n[]\n";
	const char *failure = "{\"error\":\"why\"}\n";

	(void)state;
	assert_renders(lines, two, two, two);
	assert_renders(no_lines, "", "", "");
	assert_renders(lines_that_begin_anew, failure, failure, failure);
}

/* As a batch of commands makes them. */
static void documents(struct out *out)
{
	out_array(out, NULL);
	out_object(out, NULL);
	out_uint(out, "n", NULL, 1);
	out_document(out, "output");
	assert_false(out_started(out));
	out_object(out, NULL);
	out_indent(out, 2);
	out_gap(out, ", ");
	out_uint(out, "a", "a %", 2);
	out_uint(out, "b", "b %", 3);
	out_document_end(out);
	assert_true(out_started(out));
	out_end(out);
	out_object(out, NULL);
	out_document(out, "output");
	out_document_end(out);
	out_document(out, "bare");
	out_uint(out, NULL, "c %", 4);
	out_document_end(out);
	out_end(out);
}

static void document_that_begins_anew(struct out *out)
{
	out_array(out, NULL);
	out_uint(out, NULL, NULL, 1);
	out_document(out, NULL);
	out_array(out, NULL);
	out_object(out, NULL);
	assert_true(out_restart(out));
	out_object(out, NULL);
	out_str(out, "error", NULL, "why");
	assert_false(out_restart(out));
	out_document_end(out);
	out_document(out, NULL);
	out_array(out, NULL);
	out_document(out, NULL);
	assert_true(out_restart(out));
	out_document_end(out);
	assert_false(out_restart(out));
	out_document_end(out);
}

static void document_of_lines(struct out *out)
{
	out_array(out, NULL);
	out_document(out, NULL);
	lines(out);
	out_document_end(out);
	out_document(out, NULL);
	out_uint(out, NULL, "text %", 1);
	out_document_end(out);
}

static void test_documents_in_one(void **state)
{
	(void)state;
	assert_form(documents, OUT_TEXT, "\t\ta 2, b 3\nc 4\n");
	assert_form(document_that_begins_anew, OUT_JSON, "[1,{\"error\":\"why\"},[null]]\n");
	assert_form(
		document_of_lines, OUT_JSON,
		"[[{\"cpu\":0,\"names\":[\"a\\nb\"]},{\"cpu\":1,\"names\":[\"a\\nb\"]},[]],1]\n");
	assert_form(
		document_of_lines, OUT_TEXT,
		"{\"cpu\":0,\"names\":[\"a\\nb\"]}\n{\"cpu\":1,\"names\":[\"a\\nb\"]}\n[]\ntext 1\n");
}

static void one_document(struct out *out)
{
	out_array(out, NULL);
	out_object(out, NULL);
	out_document(out, "output");
	out_object(out, NULL);
	out_uint(out, "a", NULL, 2);
	out_document_end(out);
	out_uint(out, "b", NULL, 3);
}

static void test_layout_of_documents_in_one(void **state)
{
	(void)state;
	assert_form(one_document, OUT_JSON, "[{\"output\":{\"a\":2},\"b\":3}]\n");
	assert_form(one_document, OUT_PRETTY,
		    "[{\n        \"output\": {\n            \"a\": 2\n        },\n"
		    "        \"b\": 3\n    }\n]\n");
}

/* What a document began with is still there to be forgotten, whatever was written before. */
static void full_buffer(struct out *out)
{
	out_array(out, NULL);
	for (int i = 0; i < 70000; i++) {
		out_document(out, NULL);
		out_array(out, NULL);
		assert_true(out_restart(out));
		out_uint(out, NULL, NULL, 100);
		out_document_end(out);
	}
}

static void test_documents_that_begin_anew_at_any_place(void **state)
{
	struct buf written AUTO_BUF = BUF_EMPTY;

	(void)state;
	render(full_buffer, OUT_JSON, &written);
	assert_int_equal(written.len, 70000 * strlen("100,") + strlen("[]\n") - 1);
	assert_null(strchr(buf_str(&written) + 1, '['));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_deep_layout_closed_at_the_end),
		cmocka_unit_test(test_finish_closes_a_list),
		cmocka_unit_test(test_as_deep_as_can_be),
		cmocka_unit_test(test_started),
		cmocka_unit_test(test_restart),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_documents_in_one),
		cmocka_unit_test(test_layout_of_documents_in_one),
		cmocka_unit_test(test_documents_that_begin_anew_at_any_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
