// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Floating point numbers of every size, from words. */
#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "btf/number.h"
#include "btf/step.h"

/* The largest number that rounds to a finite binary16. */
#define HALF_MAX 65520

/* IEEE 754 binary16. */
static uint16_t half_bits(double value)
{
	uint16_t sign = signbit(value) ? 0x8000 : 0;
	double size = signbit(value) ? -value : value, part;
	int exponent;

	if (isnan(value))
		return 0x7e00;
	if (isinf(value))
		return sign | 0x7c00;
	if (size < 1.0 / (1 << 14))
		return sign | (uint16_t)(size * (1 << 24) + 0.5);
	part = frexp(size, &exponent);
	/* The leading 1 of the fraction adds one to the exponent. */
	return sign | (uint16_t)(((exponent + 13) << 10) + (int)(part * 2048 + 0.5));
}

static int put(const struct step *step, long double value, void *at)
{
	double wide = (double)value;
	float narrow = (float)value;
	uint16_t half;

	switch (step->size) {
	case 2:
		half = half_bits(wide);
		memcpy(at, &half, sizeof(half));
		return 0;
	case 4:
		memcpy(at, &narrow, sizeof(narrow));
		return 0;
	case 8:
		memcpy(at, &wide, sizeof(wide));
		return 0;
	}
	if (LDBL_MANT_DIG == 64)
		memcpy(at, &value, 10);
	else if (LDBL_MANT_DIG == 113 && step->size == sizeof(value))
		memcpy(at, &value, sizeof(value));
	else
		return -EOPNOTSUPP;
	return 0;
}

/* Read as what it is to become, so that it is rounded once. */
static long double read_as(const struct step *step, const char *word, char **end)
{
	if (step->size == 4)
		return (long double)strtof(word, end);
	if (step->size <= 8)
		return (long double)strtod(word, end);
	return strtold(word, end);
}

int number_read_float(const struct step *step, const char *word, void *at)
{
	long double value;
	char *end;

	if (!strcmp(word, "null"))
		return put(step, NAN, at);
	value = read_as(step, word, &end);
	if (end == word || *end)
		return -EINVAL;
	if (isinf(value) && !strcasestr(word, "inf"))
		return -ERANGE;
	if (step->size == 2 && !isinf(value) && (value >= HALF_MAX || value <= -HALF_MAX))
		return -ERANGE;
	return put(step, value, at);
}
