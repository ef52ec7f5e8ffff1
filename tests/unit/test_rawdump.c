// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/btf/rawdump: every kind of type, in text and in JSON, and BTF that is not to be believed. */
#include "btf.h"
#include "btf/rawdump.h"
#include "rawbtf/rawbtf.h"

/* All types that are its own, as `form`. */
static void dump(enum out_form form, const struct rawbtf *raw, struct buf *text)
{
	auto_fd int fd = memfd_create("out", MFD_CLOEXEC);
	struct out *out AUTO(out) = out_new(fd, form);

	out_array(out, NULL);
	for (uint32_t id = raw->first; id < raw->count; id++)
		rawdump_type(out, raw, id);
	assert_int_equal(out_finish(out), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(file_read_fd(fd, 1 << 24, text), 0);
}

static void open_raw(const struct btf *btf, const struct rawbtf *base, struct rawbtf *raw)
{
	uint32_t size;
	const void *data = btf__raw_data(btf, &size);

	assert_non_null(data);
	assert_int_equal(rawbtf_open_split(data, size, base, raw), 0);
}

static void assert_dump(const struct btf *btf, enum out_form form, const char *expected)
{
	struct rawbtf raw AUTO_RAWBTF = { 0 };
	struct buf text AUTO_BUF = BUF_EMPTY;

	open_raw(btf, NULL, &raw);
	dump(form, &raw, &text);
	assert_string_equal(buf_str(&text), expected);
}

static void scalars(void **state)
{
	struct btf *btf AUTO(types) = btf__new_empty();

	(void)state;
	btf__add_int(btf, "int", 4, BTF_INT_SIGNED);
	btf__add_int(btf, "char", 1, BTF_INT_CHAR);
	btf__add_int(btf, "_Bool", 1, BTF_INT_BOOL);
	btf__add_float(btf, "double", 8);
	btf__add_ptr(btf, 0);
	btf__add_array(btf, 1, 2, 30);
	btf__add_fwd(btf, "s", BTF_FWD_STRUCT);
	btf__add_fwd(btf, "u", BTF_FWD_UNION);
	btf__add_typedef(btf, "number", 1);
	btf__add_const(btf, 9);
	btf__add_type_tag(btf, "user", 10);
	btf__add_decl_tag(btf, "tag", 9, -1);
	assert_dump(btf, OUT_TEXT,
		    "[1] INT 'int' size=4 bits_offset=0 nr_bits=32 encoding=SIGNED\n"
		    "[2] INT 'char' size=1 bits_offset=0 nr_bits=8 encoding=CHAR\n"
		    "[3] INT '_Bool' size=1 bits_offset=0 nr_bits=8 encoding=BOOL\n"
		    "[4] FLOAT 'double' size=8\n"
		    "[5] PTR '(anon)' type_id=0\n"
		    "[6] ARRAY '(anon)' type_id=2 index_type_id=1 nr_elems=30\n"
		    "[7] FWD 's' fwd_kind=struct\n"
		    "[8] FWD 'u' fwd_kind=union\n"
		    "[9] TYPEDEF 'number' type_id=1\n"
		    "[10] CONST '(anon)' type_id=9\n"
		    "[11] TYPE_TAG 'user' type_id=10\n"
		    "[12] DECL_TAG 'tag' type_id=9 component_idx=-1\n");
}

static void composites(void **state)
{
	struct btf *btf AUTO(types) = new_btf();

	(void)state;
	btf__add_struct(btf, "s", 8);
	btf__add_field(btf, "low", INT, 0, 3);
	btf__add_field(btf, "high", U32, 3, 29);
	btf__add_field(btf, NULL, INT, 32, 0);
	btf__add_union(btf, NULL, 0);
	struct buf text AUTO_BUF = BUF_EMPTY;
	struct rawbtf raw AUTO_RAWBTF = { 0 };

	open_raw(btf, NULL, &raw);
	dump(OUT_TEXT, &raw, &text);
	assert_non_null(strstr(buf_str(&text), "\n[16] STRUCT 's' size=8 vlen=3\n"
					       "\t'low' type_id=1 bits_offset=0 bitfield_size=3\n"
					       "\t'high' type_id=2 bits_offset=3 bitfield_size=29\n"
					       "\t'(anon)' type_id=1 bits_offset=32\n"
					       "[17] UNION '(anon)' size=0 vlen=0\n"));
	buf_clear(&text);
	dump(OUT_JSON, &raw, &text);
	assert_non_null(
		strstr(buf_str(&text),
		       "{\"id\":16,\"kind\":\"STRUCT\",\"name\":\"s\",\"size\":8,\"vlen\":3,"
		       "\"members\":[{\"name\":\"low\",\"type_id\":1,\"bits_offset\":0,"
		       "\"bitfield_size\":3},{\"name\":\"high\",\"type_id\":2,"
		       "\"bits_offset\":3,\"bitfield_size\":29},{\"name\":\"(anon)\","
		       "\"type_id\":1,\"bits_offset\":32}]},"
		       "{\"id\":17,\"kind\":\"UNION\",\"name\":\"(anon)\",\"size\":0,\"vlen\":0,"
		       "\"members\":[]}]\n"));
}

static void enums(void **state)
{
	struct btf *btf AUTO(types) = btf__new_empty();

	(void)state;
	btf__add_enum(btf, "plain", 4);
	btf__add_enum_value(btf, "TOP", 0xffffffff);
	btf__add_enum(btf, "below", 4);
	btf__add_enum_value(btf, "MINUS", -2);
	btf__add_enum64(btf, "wide", 8, false);
	btf__add_enum64_value(btf, "ALL", UINT64_MAX);
	btf__add_enum64(btf, "deep", 8, true);
	btf__add_enum64_value(btf, "LEAST", (uint64_t)INT64_MIN);
	assert_dump(btf, OUT_TEXT,
		    "[1] ENUM 'plain' encoding=UNSIGNED size=4 vlen=1\n"
		    "\t'TOP' val=4294967295\n"
		    "[2] ENUM 'below' encoding=SIGNED size=4 vlen=1\n"
		    "\t'MINUS' val=-2\n"
		    "[3] ENUM64 'wide' encoding=UNSIGNED size=8 vlen=1\n"
		    "\t'ALL' val=18446744073709551615ULL\n"
		    "[4] ENUM64 'deep' encoding=SIGNED size=8 vlen=1\n"
		    "\t'LEAST' val=-9223372036854775808LL\n");
	assert_dump(btf, OUT_JSON,
		    "[{\"id\":1,\"kind\":\"ENUM\",\"name\":\"plain\",\"encoding\":\"UNSIGNED\","
		    "\"size\":4,\"vlen\":1,\"values\":[{\"name\":\"TOP\",\"val\":4294967295}]},"
		    "{\"id\":2,\"kind\":\"ENUM\",\"name\":\"below\",\"encoding\":\"SIGNED\","
		    "\"size\":4,\"vlen\":1,\"values\":[{\"name\":\"MINUS\",\"val\":-2}]},"
		    "{\"id\":3,\"kind\":\"ENUM64\",\"name\":\"wide\",\"encoding\":\"UNSIGNED\","
		    "\"size\":8,\"vlen\":1,\"values\":[{\"name\":\"ALL\","
		    "\"val\":18446744073709551615}]},"
		    "{\"id\":4,\"kind\":\"ENUM64\",\"name\":\"deep\",\"encoding\":\"SIGNED\","
		    "\"size\":8,\"vlen\":1,\"values\":[{\"name\":\"LEAST\","
		    "\"val\":-9223372036854775808}]}]\n");
}

static void functions_and_sections(void **state)
{
	struct btf *btf AUTO(types) = btf__new_empty();

	(void)state;
	btf__add_int(btf, "int", 4, BTF_INT_SIGNED);
	btf__add_func_proto(btf, 1);
	btf__add_func_param(btf, "format", 1);
	btf__add_func_param(btf, NULL, 0);
	btf__add_func(btf, "f", BTF_FUNC_EXTERN, 2);
	btf__add_var(btf, "v", BTF_VAR_STATIC, 1);
	btf__add_datasec(btf, ".data", 4);
	btf__add_datasec_var_info(btf, 4, 0, 4);
	assert_dump(btf, OUT_TEXT,
		    "[1] INT 'int' size=4 bits_offset=0 nr_bits=32 encoding=SIGNED\n"
		    "[2] FUNC_PROTO '(anon)' ret_type_id=1 vlen=2\n"
		    "\t'format' type_id=1\n"
		    "\t'(anon)' type_id=0\n"
		    "[3] FUNC 'f' type_id=2 linkage=extern\n"
		    "[4] VAR 'v' type_id=1, linkage=static\n"
		    "[5] DATASEC '.data' size=4 vlen=1\n"
		    "\ttype_id=4 offset=0 size=4 (VAR 'v')\n");
}

static void split(void **state)
{
	struct btf *base = btf__new_empty(), *btf AUTO(types) = NULL;
	struct rawbtf base_raw AUTO_RAWBTF = { 0 }, raw AUTO_RAWBTF = { 0 }, alone = { 0 };
	struct buf text AUTO_BUF = BUF_EMPTY;
	uint32_t size;
	const void *data;

	(void)state;
	btf__add_int(base, "int", 4, BTF_INT_SIGNED);
	btf = btf__new_empty_split(base);
	btf__add_var(btf, "int", BTF_VAR_STATIC, 1);
	btf__add_var(btf, "more", BTF_VAR_GLOBAL_ALLOCATED, 1);
	btf__add_datasec(btf, ".data", 4);
	btf__add_datasec_var_info(btf, 1, 0, 4);
	open_raw(base, NULL, &base_raw);
	open_raw(btf, &base_raw, &raw);
	dump(OUT_TEXT, &raw, &text);
	assert_string_equal(buf_str(&text), "[2] VAR 'int' type_id=1, linkage=static\n"
					    "[3] VAR 'more' type_id=1, linkage=global\n"
					    "[4] DATASEC '.data' size=4 vlen=1\n"
					    "\ttype_id=1 offset=0 size=4 (INT 'int')\n");
	data = btf__raw_data(btf, &size);
	assert_int_equal(rawbtf_open(data, size, &alone), -EINVAL);
	assert_non_null(strstr(fail_last()->text, "split BTF without its base"));
}

/* What leads nowhere is shown as it is, and what has no place on a terminal escaped. */
static void not_to_be_believed(void **state)
{
	struct btf *btf AUTO(types) = btf__new_empty();
	struct rawbtf raw AUTO_RAWBTF = { 0 };
	struct buf text AUTO_BUF = BUF_EMPTY;
	struct btf_type *type;

	(void)state;
	btf__add_struct(btf, "a\nb\x1b[1m", 4);
	btf__add_field(btf, "self", 1, 0, 0);
	btf__add_func(btf, "f", BTF_FUNC_STATIC, 77);
	btf__add_datasec(btf, ".data", 4);
	btf__add_datasec_var_info(btf, 99, 0, 4);
	type = (struct btf_type *)(uintptr_t)btf__type_by_id(btf, 2);
	type->name_off = 100000;
	type->info |= 7;
	open_raw(btf, NULL, &raw);
	dump(OUT_TEXT, &raw, &text);
	assert_string_equal(buf_str(&text), "[1] STRUCT 'a\\x0ab\\x1b[1m' size=4 vlen=1\n"
					    "\t'self' type_id=1 bits_offset=0\n"
					    "[2] FUNC '(invalid)' type_id=77 linkage=(unknown)\n"
					    "[3] DATASEC '.data' size=4 vlen=1\n"
					    "\ttype_id=99 offset=0 size=4\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scalars), cmocka_unit_test(composites),
		cmocka_unit_test(enums),   cmocka_unit_test(functions_and_sections),
		cmocka_unit_test(split),   cmocka_unit_test(not_to_be_believed),
	};

	return cmocka_run_group_tests_name("rawdump", tests, NULL, NULL);
}
