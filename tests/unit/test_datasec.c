// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/btf/datasec: the variables of a section. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "btf/datasec.h"
#include "btf/types.h"

#include <bpf/btf.h>
#include <cmocka.h>

static void variables(void **state)
{
	struct btf *btf AUTO(types) = btf__new_empty();
	int number = btf__add_int(btf, "int", 4, BTF_INT_SIGNED);
	int first = btf__add_var(btf, "first", BTF_VAR_GLOBAL_ALLOCATED, number);
	int second = btf__add_var(btf, "second", BTF_VAR_STATIC, number);
	int section = btf__add_datasec(btf, ".rodata", 12);
	struct datasec_var var;

	(void)state;
	assert_int_equal(btf__add_datasec_var_info(btf, first, 0, 4), 0);
	assert_int_equal(btf__add_datasec_var_info(btf, second, 8, 4), 0);
	assert_int_equal(datasec_count(btf, (uint32_t)section), 2);
	assert_int_equal(datasec_var(btf, (uint32_t)section, 1, &var), 0);
	assert_string_equal(var.name, "second");
	assert_int_equal(var.type_id, number);
	assert_int_equal(var.offset, 8);
	assert_int_equal(var.size, 4);
}

static void no_section(void **state)
{
	struct btf *btf AUTO(types) = btf__new_empty();
	int number = btf__add_int(btf, "int", 4, BTF_INT_SIGNED);

	(void)state;
	assert_int_equal(datasec_count(btf, (uint32_t)number), 0);
	assert_int_equal(datasec_count(btf, 0), 0);
	assert_int_equal(datasec_count(btf, 99), 0);
}

/* libbpf would let nobody write this, the kernel neither: a section of what is no variable. */
static void no_variable(void **state)
{
	struct btf *btf AUTO(types) = btf__new_empty();
	int number = btf__add_int(btf, "int", 4, BTF_INT_SIGNED);
	int var = btf__add_var(btf, "x", BTF_VAR_GLOBAL_ALLOCATED, number);
	int section = btf__add_datasec(btf, ".data", 4);
	struct datasec_var found;
	struct btf_type *type;

	(void)state;
	assert_int_equal(btf__add_datasec_var_info(btf, var, 0, 4), 0);
	type = (struct btf_type *)(uintptr_t)btf__type_by_id(btf, (uint32_t)section);
	btf_var_secinfos(type)->type = (uint32_t)number;
	assert_int_equal(datasec_var(btf, (uint32_t)section, 0, &found), -EINVAL);
	btf_var_secinfos(type)->type = 1000;
	assert_int_equal(datasec_var(btf, (uint32_t)section, 0, &found), -EINVAL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(variables),
		cmocka_unit_test(no_section),
		cmocka_unit_test(no_variable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
