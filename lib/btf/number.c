// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Numbers that printf() has no conversion for: bitfields, 128 bits, floats of every size. */
#include "btf/number.h"

#include <endian.h>
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "btf/step.h"

/* Puts the bytes in little-endian order, as which bit 0 of a bitfield comes first. */
static uint8_t take_bytes(const struct step *step, const uint8_t *at, uint8_t bytes[16])
{
	memset(bytes, 0, 16);
#if __BYTE_ORDER == __BIG_ENDIAN
	for (uint32_t i = 0; i < step->size; i++)
		bytes[i] = at[step->size - 1 - i];
	return (uint8_t)(step->size * 8 - step->bits.first - step->bits.count);
#else
	memcpy(bytes, at, step->size);
	return step->bits.first;
#endif
}

/* The lowest `count` bits of a word, 0 to 64 of them. */
static uint64_t low_bits(unsigned int count)
{
	return count >= 64 ? UINT64_MAX : (1ULL << count) - 1;
}

struct number_bits number_bits(const struct step *step, const void *at)
{
	unsigned int count = step->bits.count;
	uint64_t low, high, sign;
	uint8_t bytes[16];
	unsigned int shift = take_bytes(step, at, bytes);

	memcpy(&low, bytes, 8);
	memcpy(&high, bytes + 8, 8);
	low = le64toh(low);
	high = le64toh(high);
	if (shift) {
		low = low >> shift | high << (64 - shift);
		high >>= shift;
	}
	low &= low_bits(count);
	high &= low_bits(count > 64 ? count - 64 : 0);
	sign = count > 64 ? high >> (count - 65) & 1 : low >> (count - 1) & 1;
	if (step->is_signed && sign) {
		low |= ~low_bits(count);
		high |= ~low_bits(count > 64 ? count - 64 : 0);
	}
	return (struct number_bits){ .low = low, .high = high };
}

/* The inverse of take_bytes(). */
static void give_bytes(const struct step *step, const uint8_t bytes[16], uint8_t *at)
{
#if __BYTE_ORDER == __BIG_ENDIAN
	for (uint32_t i = 0; i < step->size; i++)
		at[step->size - 1 - i] = bytes[i];
#else
	memcpy(at, bytes, step->size);
#endif
}

void number_put(const struct step *step, struct number_bits bits, void *at)
{
	unsigned int count = step->bits.count;
	uint64_t mask_low = low_bits(count), mask_high = low_bits(count > 64 ? count - 64 : 0);
	uint64_t low, high;
	uint8_t bytes[16];
	unsigned int shift = take_bytes(step, at, bytes);

	memcpy(&low, bytes, 8);
	memcpy(&high, bytes + 8, 8);
	bits.low &= mask_low;
	bits.high &= mask_high;
	if (shift) {
		mask_high = mask_high << shift | mask_low >> (64 - shift);
		mask_low <<= shift;
		bits.high = bits.high << shift | bits.low >> (64 - shift);
		bits.low <<= shift;
	}
	low = htole64((le64toh(low) & ~mask_low) | bits.low);
	high = htole64((le64toh(high) & ~mask_high) | bits.high);
	memcpy(bytes, &low, 8);
	memcpy(bytes + 8, &high, 8);
	give_bytes(step, bytes, at);
}

void number_hex(const struct step *step, struct number_bits bits, char text[NUMBER_SIZE])
{
	const char *minus = "";

	if (step->is_signed && bits.high >> 63) {
		minus = "-";
		bits.low = -bits.low;
		bits.high = ~bits.high + !bits.low;
	}
	if (bits.high)
		snprintf(text, NUMBER_SIZE, "%s0x%" PRIx64 "%016" PRIx64, minus, bits.high,
			 bits.low);
	else
		snprintf(text, NUMBER_SIZE, "%s0x%" PRIx64, minus, bits.low);
}

/* IEEE 754 binary16, which C has only lately and not everywhere. */
static float half(const void *at)
{
	uint16_t bits;
	uint32_t word;
	float value;

	memcpy(&bits, at, sizeof(bits));
	if (!(bits & 0x7c00)) {
		value = (float)(bits & 0x3ff) / 16777216;
		return bits & 0x8000 ? -value : value;
	}
	word = (uint32_t)(bits & 0x8000) << 16 | (uint32_t)(bits & 0x3ff) << 13;
	word |= (bits & 0x7c00) == 0x7c00 ? 0x7f800000 : ((bits >> 10 & 31U) + 112) << 23;
	memcpy(&value, &word, sizeof(value));
	return value;
}

static void write_float(float value, char text[NUMBER_SIZE])
{
	int digits = FLT_DIG - 1;

	do
		snprintf(text, NUMBER_SIZE, "%.*g", ++digits, (double)value);
	while (digits < FLT_DECIMAL_DIG && strtof(text, NULL) != value);
}

static void write_double(double value, char text[NUMBER_SIZE])
{
	int digits = DBL_DIG - 1;

	do
		snprintf(text, NUMBER_SIZE, "%.*g", ++digits, value);
	while (digits < DBL_DECIMAL_DIG && strtod(text, NULL) != value);
}

static void write_long_double(long double value, char text[NUMBER_SIZE])
{
	int digits = LDBL_DIG - 1;

	do
		snprintf(text, NUMBER_SIZE, "%.*Lg", ++digits, value);
	while (digits < LDBL_DECIMAL_DIG && strtold(text, NULL) != value);
}

/*
 * An x87 number has its leading 1 written out; where it is missing the bytes are no number, and
 * the C library need not cope with them.
 */
static bool is_long_double(const struct step *step, const uint8_t *at)
{
	if (LDBL_MANT_DIG != 64)
		return LDBL_MANT_DIG == 113 && step->size == sizeof(long double);
	return at[7] >> 7 == !!(at[8] | (at[9] & 0x7f));
}

static long double long_double(const struct step *step, const void *at)
{
	long double value = 0;

	if (!is_long_double(step, at))
		return NAN;
	memcpy(&value, at, LDBL_MANT_DIG == 64 ? 10 : sizeof(value));
	return value;
}

void number_float(const struct step *step, const void *at, char text[NUMBER_SIZE])
{
	long double wide;
	double value;
	float narrow;

	strcpy(text, "null");
	switch (step->size) {
	case 2:
		narrow = half(at);
		if (isfinite(narrow))
			write_float(narrow, text);
		break;
	case 4:
		memcpy(&narrow, at, sizeof(narrow));
		if (isfinite(narrow))
			write_float(narrow, text);
		break;
	case 8:
		memcpy(&value, at, sizeof(value));
		if (isfinite(value))
			write_double(value, text);
		break;
	default:
		wide = long_double(step, at);
		if (isfinite(wide))
			write_long_double(wide, text);
	}
}
