/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The network device that a program or a map was offloaded to. */
#ifndef XH_CMD_DEVICE_H
#define XH_CMD_DEVICE_H

#include <stdint.h>

struct out;

/* As the kernel's info has it. */
struct device {
	uint32_t ifindex; /* 0: none */
	uint64_t netns_dev, netns_ino;
};

/* Text and JSON have it in different places; nothing where there is none. */
void device_text(struct out *out, const struct device *device);
void device_json(struct out *out, const struct device *device);

#endif
