// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Names in BTF: types by what C calls them, and the kernel's numbers by its enums. */
#include "btf.h"

#include "bpf/kernelnames.h"
#include "bpf/names.h"
#include "btf/find.h"

AUTO_DEFINE(btf, struct btf *, NULL, btf__free)

static void assert_found(const struct btf *btf, const char *name, int id, uint32_t size)
{
	struct find found;

	assert_int_equal(find_type(btf, name, &found), 0);
	assert_int_equal(found.id, id);
	assert_int_equal(found.size, size);
}

static void assert_not_found(const struct btf *btf, const char *name)
{
	struct find found;

	assert_int_equal(find_type(btf, name, &found), -ENOENT);
}

static void types_by_name(void **state)
{
	struct btf *btf AUTO(btf) = new_btf();
	int alias, point, kind, both;

	(void)state;
	alias = btf__add_typedef(btf, "point_t", FIRST_FREE + 1);
	point = add_point(btf);
	kind = btf__add_enum(btf, "kind", 4);
	both = btf__add_union(btf, "point", 16);
	assert_true(btf__add_fwd(btf, "later", BTF_FWD_STRUCT) > 0);
	assert_true(btf__add_struct(btf, "empty", 0) > 0);
	assert_found(btf, "point", point, 8);
	assert_found(btf, "struct point", point, 8);
	assert_found(btf, "union point", both, 16);
	assert_found(btf, "point_t", alias, 8);
	assert_found(btf, "enum kind", kind, 4);
	assert_found(btf, "kind", kind, 4);
	assert_found(btf, "unsigned long long", U64, 8);
	assert_not_found(btf, "enum point");
	assert_not_found(btf, "struct kind");
	assert_not_found(btf, "struct point_t");
	assert_not_found(btf, "later");
	assert_not_found(btf, "empty");
	assert_not_found(btf, "struct ");
	assert_not_found(btf, "");
}

static struct btf *new_kernel(void)
{
	struct btf *btf = btf__new_empty();

	assert_non_null(btf);
	assert_true(btf__add_enum(btf, "bpf_map_type", 4) > 0);
	assert_int_equal(btf__add_enum_value(btf, "BPF_MAP_TYPE_UNSPEC", 0), 0);
	assert_int_equal(btf__add_enum_value(btf, "BPF_MAP_TYPE_NEW_KIND", 77), 0);
	assert_int_equal(btf__add_enum_value(btf, "__MAX_BPF_MAP_TYPE", 78), 0);
	assert_true(btf__add_enum(btf, "bpf_link_type", 4) > 0);
	assert_int_equal(btf__add_enum_value(btf, "BPF_LINK_TYPE_TIE", 77), 0);
	assert_true(btf__add_struct(btf, "bpf_prog_type", 4) > 0);
	return btf;
}

static void numbers_by_name(void **state)
{
	struct btf *btf AUTO(btf) = new_kernel();
	char name[24];

	(void)state;
	assert_int_equal(kernelnames_find(btf, KERNELNAMES_MAP, 77, name, sizeof(name)), 0);
	assert_string_equal(name, "new_kind");
	assert_int_equal(kernelnames_find(btf, KERNELNAMES_LINK, 77, name, sizeof(name)), 0);
	assert_string_equal(name, "tie");
	assert_int_equal(kernelnames_find(btf, KERNELNAMES_MAP, 0, name, 4), 0);
	assert_string_equal(name, "uns");
	assert_int_equal(kernelnames_find(btf, KERNELNAMES_MAP, 78, name, sizeof(name)), -ENOENT);
	assert_int_equal(kernelnames_find(btf, KERNELNAMES_MAP, 1, name, sizeof(name)), -ENOENT);
	assert_int_equal(kernelnames_find(btf, KERNELNAMES_PROG, 0, name, sizeof(name)), -ENOENT);
}

/* Known to neither the tables nor any kernel. */
static void numbers_that_nobody_knows(void **state)
{
	char scratch[NAMES_SCRATCH];

	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_null(names_prog_type(60000));
		assert_null(names_link_type(60000));
		assert_string_equal(names_map_type_or_number(60000, scratch), "type 60000");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_by_name),
		cmocka_unit_test(numbers_by_name),
		cmocka_unit_test(numbers_that_nobody_knows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
