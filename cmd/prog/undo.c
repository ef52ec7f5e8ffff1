// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The steps that take a program out of use, each of which can be taken back. */
#include "prog/undo.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_link.h>

#include "base/err.h"
#include "bpf/sys.h"
#include "net/xdp.h"

void undo_free(struct steps *steps)
{
	vec_each (step, steps)
		cleanup_fd(&step->fd);
	vec_free(steps);
}

static int add(struct steps *steps, struct step step)
{
	if (step.fd < 0)
		return fail(-errno, "keep a BPF object open");
	if (!vec_push(steps, step))
		return 0;
	cleanup_fd(&step.fd);
	return fail(-ENOMEM, "plan an unload");
}

int undo_add_detach(struct steps *steps, const struct nl_xdp *xdp, enum nl_xdp_mode mode,
		    const struct obj *prog)
{
	return add(steps, (struct step){
				  .kind = STEP_DETACH,
				  .dev = xdp->dev,
				  .mode = mode,
				  .fd = fcntl(prog->fd, F_DUPFD_CLOEXEC, 0),
			  });
}

int undo_add_unpin(struct steps *steps, const struct pin *pin)
{
	struct obj obj;
	int err = obj_open_path(pin->path, &obj);

	if (err)
		return err;
	if (obj.kind != pin->key.kind || obj.id != pin->key.id) {
		obj_close(&obj);
		return fail_plain(-EBUSY, "%s has just become another object", pin->path);
	}
	return add(steps, (struct step){
				  .kind = STEP_UNPIN,
				  .object = pin->key,
				  .path = pin->path,
				  .fd = obj.fd,
			  });
}

/* `wanted` is to be there afterwards, `expected` is what has to be there before; -1 for none. */
static int change(const struct step *step, struct nl *nl, int wanted, int expected)
{
	const struct nl_xdp_change change = {
		.ifindex = step->dev.ifindex,
		.flags = net_xdp_modes[step->mode].flag |
			 (expected < 0 ? XDP_FLAGS_UPDATE_IF_NOEXIST : 0),
		.prog_fd = wanted,
		.expected_fd = expected,
	};

	return nl_xdp_change(nl, &change);
}

static int do_step(const struct step *step, struct nl *nl)
{
	int err;

	if (step->kind == STEP_UNPIN)
		return unlink(step->path) ? fail(-errno, "unpin %s", step->path) : 0;
	err = change(step, nl, -1, step->fd);
	return err ? nl_fail(nl, err, "detach the program from %s", step->dev.name) : 0;
}

static void take_back(const struct step *step, struct nl *nl)
{
	if (step->kind == STEP_UNPIN)
		sys_obj_pin(step->fd, step->path);
	else
		change(step, nl, step->fd, -1);
}

int undo_run(struct steps *steps, struct nl *nl)
{
	for (size_t i = 0; i < steps->n; i++) {
		int err = do_step(&steps->v[i], nl);

		if (!err)
			continue;
		while (i--)
			take_back(&steps->v[i], nl);
		return err;
	}
	return 0;
}
