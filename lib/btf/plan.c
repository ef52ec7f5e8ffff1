// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A BTF type compiled once, so that many values of it can be rendered fast. */
#include "btf/plan.h"

#include <bpf/btf.h>
#include <errno.h>

#include "base/err.h"
#include "btf/compile.h"

struct plan *plan_new(const struct btf *btf, uint32_t id, uint32_t size, const char *key)
{
	struct plan *plan AUTO(plan) = calloc(1, sizeof(*plan));
	struct compiler compiler = { .btf = btf, .plan = plan };
	int64_t known = btf__resolve_size(btf, id);
	struct place root = {
		.key = key,
		.id = id,
		.end = size,
		.open = known >= 0 && known < size,
	};

	if (!plan) {
		fail(-ENOMEM, "compile a BTF type");
		return NULL;
	}
	plan->btf = btf;
	plan->size = size;
	return compile_type(&compiler, &root) ? NULL : take_ptr(plan);
}

void plan_free(struct plan *plan)
{
	if (!plan)
		return;
	vec_free(&plan->steps);
	enums_free(plan->enums);
	free(plan);
}

bool plan_is_integer(const struct plan *plan, bool *is_signed)
{
	const struct step *step = plan->steps.v;

	if (plan->steps.n != 1 || step->kind != STEP_INT || step->size != plan->size)
		return false;
	*is_signed = step->is_signed;
	return true;
}
