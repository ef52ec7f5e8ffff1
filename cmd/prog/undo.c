// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The steps that take a program out of use, each of which can be taken back. */
#include "prog/undo.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/err.h"
#include "bpf/sys.h"

void undo_close(struct steps *steps)
{
	vec_each (step, steps)
		obj_close(&step->object);
}

void undo_free(struct steps *steps)
{
	undo_close(steps);
	vec_each (step, steps)
		free(step->path);
	vec_free(steps);
}

static int add(struct steps *steps, struct step step)
{
	if (step.object.fd < 0)
		return fail(-errno, "keep a BPF object open");
	if (!vec_push(steps, step))
		return 0;
	obj_close(&step.object);
	free(step.path);
	return fail(-ENOMEM, "plan an unload");
}

int undo_add_detach(struct steps *steps, const struct net_attached *place, const struct obj *prog)
{
	struct step step = { .kind = STEP_DETACH, .place = *place, .object = *prog };

	step.object.fd = fcntl(prog->fd, F_DUPFD_CLOEXEC, 0);
	return add(steps, step);
}

int undo_add_unpin(struct steps *steps, const struct pin *pin)
{
	struct step step = { .kind = STEP_UNPIN };
	int err = obj_open_path(pin->path, &step.object);

	if (err)
		return err;
	if (step.object.kind != pin->key.kind || step.object.id != pin->key.id) {
		obj_close(&step.object);
		return fail_plain(-EBUSY, "%s has just become another object", pin->path);
	}
	step.path = strdup(pin->path);
	if (step.path)
		return add(steps, step);
	obj_close(&step.object);
	return fail(-ENOMEM, "plan an unload");
}

static int do_step(const struct step *step)
{
	if (step->kind == STEP_DETACH)
		return net_attached_undo(&step->place, &step->object);
	/* Gone already, by another unload for example, is as good as unpinned. */
	if (unlink(step->path) && errno != ENOENT)
		return fail(-errno, "unpin %s", step->path);
	return 0;
}

static int take_back(const struct step *step)
{
	if (step->kind == STEP_DETACH)
		return net_attached_redo(&step->place, &step->object);
	return sys_obj_pin(step->object.fd, step->path);
}

/* What cannot be taken back is added to the reason why it should have been. */
static int take_all_back(struct steps *steps, size_t done)
{
	const struct failure why = *fail_last();
	size_t left = 0;

	while (done--)
		left += take_back(&steps->v[done]) != 0;
	fail_restore(&why);
	return left ? fail_hint("%zu earlier steps could not be taken back", left) : -why.err;
}

int undo_run(struct steps *steps)
{
	for (size_t i = 0; i < steps->n; i++) {
		if (do_step(&steps->v[i]))
			return take_all_back(steps, i);
	}
	return 0;
}
