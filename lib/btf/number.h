/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Numbers that printf() has no conversion for: bitfields, 128 bits, floats of every size. */
#ifndef XH_BTF_NUMBER_H
#define XH_BTF_NUMBER_H

#include <stdint.h>

struct step;

#define NUMBER_SIZE 64

/* The low and the high half of a STEP_BITS at `at`, extended by its sign. */
struct number_bits {
	uint64_t low, high;
};
struct number_bits number_bits(const struct step *step, const void *at);

/* Puts the lowest bits of that into a STEP_BITS at `at`, whose neighbours stay as they are. */
void number_put(const struct step *step, struct number_bits bits, void *at);

/* Writes such bits in hexadecimal; a signed number that is negative as "-0x1". */
void number_hex(const struct step *step, struct number_bits bits, char text[NUMBER_SIZE]);

/* Writes a STEP_FLOAT with as many digits as tell it from its neighbours; "null" for NaN, infinity
 * and formats that this machine does not have. */
void number_float(const struct step *step, const void *at, char text[NUMBER_SIZE]);

/*
 * Reads a whole word into a STEP_FLOAT at `at`, "null" as NaN. 0, -EINVAL for what is no number,
 * -ERANGE for one that is too large, -EOPNOTSUPP for formats as above; no failure recorded.
 */
int number_read_float(const struct step *step, const char *word, void *at);

#endif
