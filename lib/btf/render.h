/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Raw bytes, by their BTF type, through lib/out. */
#ifndef XH_BTF_RENDER_H
#define XH_BTF_RENDER_H

struct out;
struct plan;

/*
 * Renders the value at `bytes`, which has the size that the plan was made for. In text it belongs
 * within out_typed(): there it comes out as JSON.
 */
void render(struct out *out, const struct plan *plan, const void *bytes);

#endif
