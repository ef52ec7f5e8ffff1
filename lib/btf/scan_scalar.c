// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* One number from JSON, by its type. */
#include <errno.h>
#include <string.h>

#include "base/addr.h"
#include "base/err.h"
#include "base/text.h"
#include "btf/scan_inner.h"
#include "btf/step.h"
#include "btf/wide.h"

static unsigned int bits_of(const struct step *step)
{
	return step->kind == STEP_BITS ? step->bits.count : step->size * 8;
}

static void put(const struct step *step, const struct wide *value, uint8_t *at)
{
	struct step bits = *step;

	if (step->kind != STEP_BITS) {
		bits.bits.first = 0;
		bits.bits.count = (uint8_t)(step->size * 8);
	}
	number_put(&bits, wide_bits(value), at);
}

static int scan_integer(struct scanner *scanner, const struct step *step, uint8_t *at)
{
	const char *word = buf_str(&scanner->word);
	struct buf range AUTO_BUF = BUF_EMPTY;
	struct wide value;
	int err = wide_read(word, &value);

	if (!err && wide_fits(&value, bits_of(step), step->is_signed)) {
		put(step, &value, at);
		return 0;
	}
	wide_range(bits_of(step), step->is_signed, &range);
	return scan_fail(scanner, step, "'%s' is not a number %s", word, buf_str(&range));
}

static int scan_int(struct scanner *scanner, const struct step *step, uint8_t *at)
{
	uint8_t address[ADDR_IP_MAX];

	if (step->kind == STEP_INT && step->size == 4 &&
	    addr_ip(buf_str(&scanner->word), address) == 4) {
		memcpy(at, address, 4);
		return 0;
	}
	return scan_integer(scanner, step, at);
}

static int scan_bool(struct scanner *scanner, const struct step *step, uint8_t *at)
{
	const char *word = buf_str(&scanner->word);
	struct wide value = { .low = !strcmp(word, "true") || !strcmp(word, "1") };

	if (!value.low && strcmp(word, "false") != 0 && strcmp(word, "0") != 0)
		return scan_fail(scanner, step, "'%s' is not true or false", word);
	put(step, &value, at);
	return 0;
}

/* A character stands for the byte of its number, as there is just one byte. */
static int scan_char(struct scanner *scanner, const struct step *step, uint8_t *at)
{
	const struct buf *word = &scanner->word;
	uint32_t code;

	if (text_decode(buf_str(word), word->len, &code) != word->len || !word->len || code > 0xff)
		return scan_fail(scanner, step, "'%s' is not one character", buf_str(word));
	*at = (uint8_t)code;
	return 0;
}

static int scan_pointer(struct scanner *scanner, const struct step *step, uint8_t *at)
{
	if (strcmp(buf_str(&scanner->word), "(nil)") != 0)
		return scan_integer(scanner, step, at);
	memset(at, 0, step->size);
	return 0;
}

static int fail_enum(const struct scanner *scanner, const struct step *step)
{
	const char *word = buf_str(&scanner->word);
	int err = scan_fail(scanner, step, "there is no '%s'", word);

	for (uint32_t i = 0; i < step->names->count; i++) {
		if (text_near(word, step->names->names[i].name))
			return fail_hint("did you mean '%s'?", step->names->names[i].name);
	}
	return err;
}

static int scan_enum(struct scanner *scanner, const struct step *step, uint8_t *at)
{
	const char *word = buf_str(&scanner->word);
	struct wide value;

	for (uint32_t i = 0; i < step->names->count; i++) {
		if (strcmp(step->names->names[i].name, word) != 0)
			continue;
		value = (struct wide){ .low = (uint64_t)step->names->names[i].value };
		put(step, &value, at);
		return 0;
	}
	if (wide_read(word, &value) == -EINVAL)
		return fail_enum(scanner, step);
	return scan_integer(scanner, step, at);
}

static int scan_float(struct scanner *scanner, const struct step *step, uint8_t *at)
{
	const char *word = buf_str(&scanner->word);
	int err = number_read_float(step, word, at);

	if (err == -EOPNOTSUPP)
		return scan_fail(scanner, step, "this machine has no such numbers");
	if (err == -ERANGE)
		return scan_fail(scanner, step, "'%s' is too large", word);
	return err ? scan_fail(scanner, step, "'%s' is not a number", word) : 0;
}

/* A number within quotes is one as well: so render() shows those that JSON has no room for. */
static int read_word(struct scanner *scanner, const struct step *step, bool *quoted)
{
	enum jsonin_kind kind = jsonin_kind(&scanner->in);
	int err;

	*quoted = kind == JSONIN_STRING;
	if (kind == JSONIN_OBJECT || kind == JSONIN_ARRAY)
		return scan_fail(scanner, step, "is one value, not %s",
				 kind == JSONIN_OBJECT ? "an object" : "an array");
	err = *quoted ? jsonin_string(&scanner->in, &scanner->word)
		      : jsonin_word(&scanner->in, &scanner->word);
	if (!err && strlen(buf_str(&scanner->word)) != scanner->word.len && step->kind != STEP_CHAR)
		return scan_fail(scanner, step, "has a NUL in it");
	return err;
}

int scan_scalar(struct scanner *scanner, const struct step *step, uint8_t *at)
{
	bool quoted;
	int err = read_word(scanner, step, &quoted);

	if (err)
		return err;
	switch (step->kind) {
	case STEP_BOOL:
		return scan_bool(scanner, step, at);
	case STEP_CHAR:
		return quoted ? scan_char(scanner, step, at) : scan_integer(scanner, step, at);
	case STEP_FLOAT:
		return scan_float(scanner, step, at);
	case STEP_POINTER:
		return scan_pointer(scanner, step, at);
	case STEP_ENUM:
		return scan_enum(scanner, step, at);
	default:
		return scan_int(scanner, step, at);
	}
}
