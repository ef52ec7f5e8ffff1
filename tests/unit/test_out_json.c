// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/out: strings with anything in them, and that whatever is emitted is one JSON document. */
#include "json_check.h"
#include "render.h"

/* What the emitting functions below emit. */
static const char *sample;
static size_t sample_len;

static void one_string(struct out *out)
{
	out_array(out, NULL);
	out_strn(out, NULL, "%", sample, sample_len);
	out_end(out);
}

static void one_key(struct out *out)
{
	out_object(out, NULL);
	out_uint(out, sample, "%", 1);
	out_end(out);
}

static void assert_string(const char *bytes, size_t len, const char *text, const char *json)
{
	struct buf quoted AUTO_BUF = BUF_EMPTY;

	sample = bytes;
	sample_len = len;
	buf_printf(&quoted, "[\"%s\"]\n", json);
	assert_form(one_string, OUT_TEXT, text);
	assert_form(one_string, OUT_JSON, buf_str(&quoted));
}

#define ASSERT_STRING(literal, text, json) \
	assert_string(literal, sizeof(literal) - 1, text "\n", json)

static void test_plain_strings(void **state)
{
	(void)state;
	ASSERT_STRING("", "", "");
	ASSERT_STRING("eth0", "eth0", "eth0");
	ASSERT_STRING("/sys/fs/bpf/x y", "/sys/fs/bpf/x y", "/sys/fs/bpf/x y");
	ASSERT_STRING("é日\U0001f41d", "é日\U0001f41d", "é日\U0001f41d");
}

static void test_quotes(void **state)
{
	(void)state;
	ASSERT_STRING("\"", "\"", "\\\"");
	ASSERT_STRING("a\\n", "a\\n", "a\\\\n");
	ASSERT_STRING("\\\"\\", "\\\"\\", "\\\\\\\"\\\\");
	ASSERT_STRING("'</script>", "'</script>", "'</script>");
}

/* A tab is left in text, which has columns; a line break is not, which would forge a line. */
static void test_control_characters(void **state)
{
	(void)state;
	ASSERT_STRING("a\tb\nc", "a\tb\\x0ac", "a\\tb\\nc");
	ASSERT_STRING("\0\1", "\\x00\\x01", "\\u0000\\u0001");
	ASSERT_STRING("\x1b[2J\x7f\r", "\\x1b[2J\\x7f\\x0d", "\\u001b[2J\\u007f\\u000d");
	ASSERT_STRING("\xc2\x9b", "\\xc2\\x9b", "\\u009b");
	ASSERT_STRING("\u202e", "\\xe2\\x80\\xae", "\\u202e");
	ASSERT_STRING("\u061c", "\\xd8\\x9c", "\\u061c");
}

static void test_bad_utf8(void **state)
{
	(void)state;
	ASSERT_STRING("\xff", "\\xff", "\\u00ff");
	ASSERT_STRING("\xc0\xaf", "\\xc0\\xaf", "\\u00c0\\u00af");
	ASSERT_STRING("\xed\xa0\x80", "\\xed\\xa0\\x80", "\\u00ed\\u00a0\\u0080");
	ASSERT_STRING("a\xe2\x82", "a\\xe2\\x82", "a\\u00e2\\u0082");
}

static void test_keys(void **state)
{
	(void)state;
	sample = "a\"b\x1b\n\xff";
	assert_form(one_key, OUT_JSON, "{\"a\\\"b\\u001b\\n\\u00ff\":1}\n");
	sample = "";
	assert_form(one_key, OUT_JSON, "{\"\":1}\n");
}

/* What JSON's reader has to get: well-formed characters, and bad bytes as those of their number. */
static void expect_decoded(struct buf *expected, const char *bytes, size_t len)
{
	for (size_t at = 0; at < len;) {
		uint32_t code;
		size_t used = text_decode(bytes + at, len - at, &code);

		if (used) {
			buf_add(expected, bytes + at, used);
		} else {
			buf_addch(expected, (char)(0xc0 | (unsigned char)bytes[at] >> 6));
			buf_addch(expected, (char)(0x80 | (bytes[at] & 0x3f)));
		}
		at += used ?: 1;
	}
}

static void fill(char *bytes, size_t len)
{
	static const char *const pieces[] = { "é",        "\u202e", "\xc2\x80",     "\U0001f41d",
					      "\"",       "\\",     "\xed\xa0\x80", "\n",
					      "\xe2\x80", "plain" };

	for (size_t at = 0; at < len; at++) {
		const char *piece = pieces[(size_t)random() % 10];
		size_t piece_len = strlen(piece);

		bytes[at] = (char)random();
		if (random() % 4 == 0 && at + piece_len < len) {
			memcpy(bytes + at, piece, piece_len);
			at += piece_len - 1;
		}
	}
}

static void test_random_strings(void **state)
{
	(void)state;
	srandom(1);
	for (int round = 0; round < 3000; round++) {
		struct buf written AUTO_BUF = BUF_EMPTY, said AUTO_BUF = BUF_EMPTY,
				   expected AUTO_BUF = BUF_EMPTY;
		char bytes[200];

		sample = bytes;
		sample_len = (size_t)random() % sizeof(bytes);
		fill(bytes, sample_len);
		render(one_string, round % 2 ? OUT_JSON : OUT_PRETTY, &written);
		assert_true(json_check(buf_str(&written), written.len, &said));
		expect_decoded(&expected, bytes, sample_len);
		assert_int_equal(said.len, expected.len);
		assert_memory_equal(buf_str(&said), buf_str(&expected), said.len + 1);
	}
}

static void random_field(struct out *out)
{
	const char *key = random() % 4 ? "key" : NULL, *text = random() % 4 ? "t %" : NULL;

	switch (random() % 8) {
	case 0:
		out_str(out, key, text, "va\nlue");
		break;
	case 1:
		out_int(out, key, text, random() - random());
		break;
	case 2:
		out_bytes(out, key, text, "\1\2\3", (size_t)random() % 4);
		break;
	case 3:
		out_flag(out, key, text, random() % 2);
		break;
	case 4:
		out_time(out, key, text, (uint64_t)random());
		break;
	case 5:
		out_pointer(out, key, text, (uint64_t)random() % 2);
		break;
	case 6:
		out_text(out, "piece\n");
		break;
	default:
		out_line(out);
	}
}

static void random_open(struct out *out)
{
	const char *key = random() % 4 ? "key" : NULL;

	switch (random() % 6) {
	case 0:
		out_object(out, key);
		break;
	case 1:
		out_array(out, key);
		break;
	case 2:
		out_list(out, key, random() % 2 ? "list " : NULL);
		break;
	case 3:
		out_wrap(out, key);
		break;
	case 4:
		out_json_only(out);
		break;
	default:
		out_typed(out);
	}
}

/* Levels opened and closed in any order, cut off anywhere. */
static void random_walk(struct out *out)
{
	unsigned int depth = 1;

	out_array(out, NULL);
	for (long steps = random() % 60; steps; steps--) {
		long what = random() % 5;

		if (what == 0 && depth < 100) {
			random_open(out);
			depth++;
		} else if (what == 1 && depth > 1) {
			out_end(out);
			depth--;
		} else {
			random_field(out);
		}
	}
}

static void test_random_documents(void **state)
{
	(void)state;
	srandom(1);
	for (int round = 0; round < 5000; round++) {
		struct buf written AUTO_BUF = BUF_EMPTY;

		render(random_walk, round % 2 ? OUT_JSON : OUT_PRETTY, &written);
		assert_true(json_check(buf_str(&written), written.len, NULL));
	}
}

/* The same in text: parts that are typed come out, and nothing else can be said of it. */
static void test_random_text(void **state)
{
	(void)state;
	srandom(1);
	for (int round = 0; round < 2000; round++) {
		struct buf written AUTO_BUF = BUF_EMPTY;

		render(random_walk, OUT_TEXT, &written);
		assert_true(!written.len || written.data[written.len - 1] == '\n');
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain_strings),
		cmocka_unit_test(test_quotes),
		cmocka_unit_test(test_control_characters),
		cmocka_unit_test(test_bad_utf8),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_random_strings),
		cmocka_unit_test(test_random_documents),
		cmocka_unit_test(test_random_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
