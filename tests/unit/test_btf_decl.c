// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/btf/decl: types and prototypes in C. */
#include "btf.h"
#include "btf/decl.h"

static void assert_type(const struct btf *btf, int id, const char *expected)
{
	struct buf text AUTO_BUF = BUF_EMPTY;

	assert_int_equal(decl_type(btf, (uint32_t)id, &text), 0);
	assert_string_equal(buf_str(&text), expected);
}

static void type_names(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	int point = add_point(btf), renamed = btf__add_typedef(btf, "__u32", U32), proto;

	(void)state;
	assert_type(btf, VOID, "void");
	assert_type(btf, INT, "int");
	assert_type(btf, DOUBLE, "double");
	assert_type(btf, POINTER, "void *");
	assert_type(btf, point, "struct point");
	assert_type(btf, renamed, "__u32");
	assert_type(btf, btf__add_ptr(btf, btf__add_const(btf, point)), "const struct point *");
	assert_type(btf, btf__add_volatile(btf, U64), "volatile unsigned long long");
	assert_type(btf, btf__add_array(btf, INT, btf__add_array(btf, INT, INT, 3), 2),
		    "int [3][2]");
	assert_type(btf, btf__add_fwd(btf, "later", BTF_FWD_UNION), "union later");
	assert_type(btf, btf__add_ptr(btf, btf__add_type_tag(btf, "rcu", point)), "struct point *");
	assert_type(btf, btf__add_enum64(btf, "wide", 8, false), "enum wide");
	proto = btf__add_func_proto(btf, VOID);
	assert_int_equal(btf__add_func_param(btf, "", POINTER), 0);
	assert_int_equal(btf__add_func_param(btf, "n", INT), 0);
	assert_type(btf, btf__add_ptr(btf, proto), "void (void *, int n)*");
}

static void prototypes(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	int renamed = btf__add_typedef(btf, "__u32", U32), proto, function;
	int context = btf__add_ptr(btf, btf__add_struct(btf, "xdp_md", 24));
	struct buf text AUTO_BUF = BUF_EMPTY;

	(void)state;
	proto = btf__add_func_proto(btf, INT);
	assert_int_equal(btf__add_func_param(btf, "ctx", context), 0);
	assert_int_equal(btf__add_func_param(btf, "mark", renamed), 0);
	assert_int_equal(btf__add_func_param(btf, "", VOID), 0);
	function = btf__add_func(btf, "classify", BTF_FUNC_STATIC, proto);
	assert_int_equal(decl_func(btf, (uint32_t)function, &text), 0);
	assert_string_equal(buf_str(&text), "int classify(struct xdp_md * ctx, __u32 mark, ...)");
	buf_clear(&text);
	assert_int_equal(decl_func(btf, (uint32_t)proto, &text), -EINVAL);
	assert_int_equal(decl_func(btf, INT, &text), -EINVAL);
	assert_int_equal(decl_func(btf, 9999, &text), -EINVAL);
	function = btf__add_func(btf, "odd", BTF_FUNC_STATIC, INT);
	assert_int_equal(decl_func(btf, (uint32_t)function, &text), -EINVAL);
	assert_string_equal(buf_str(&text), "");
}

static void endless_declarations(void **state)
{
	struct btf *btf AUTO(types) = new_btf();
	int self = FIRST_FREE, proto = INT;
	struct buf text AUTO_BUF = BUF_EMPTY;

	(void)state;
	assert_int_equal(btf__add_ptr(btf, self), self);
	assert_int_equal(decl_type(btf, (uint32_t)self, &text), -ELOOP);
	for (int level = 0; level < 40; level++) {
		int id = btf__add_func_proto(btf, VOID);

		assert_int_equal(btf__add_func_param(btf, "left", proto), 0);
		assert_int_equal(btf__add_func_param(btf, "right", proto), 0);
		proto = id;
	}
	assert_int_equal(decl_type(btf, (uint32_t)proto, &text), -E2BIG);
	assert_int_equal(text.len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(type_names),
		cmocka_unit_test(prototypes),
		cmocka_unit_test(endless_declarations),
	};

	return cmocka_run_group_tests_name("btf_decl", tests, NULL, NULL);
}
