// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* From what was written for a key or a value to its bytes. */
#include "map/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/num.h"
#include "base/text.h"
#include "btf/scan.h"
#include "map/data.h"
#include "map/literal.h"

static int fail_count(const struct bytes *bytes, size_t count)
{
	return fail_plain(-EINVAL, "%s has %zu byte%s, %s needs %u", bytes->what, count,
			  count == 1 ? "" : "s", bytes->map, bytes->size);
}

/* "7f", and "0x7f" as bpftool takes it too. */
static int read_hex(const char *word, uint64_t *byte)
{
	const char *digits = text_starts(word, "0x") ? word + 2 : word;
	size_t len = strlen(digits);

	*byte = 0;
	for (; *digits; digits++) {
		int digit = num_hex_digit(*digits);

		if (digit < 0)
			return -EINVAL;
		*byte = (*byte << 4 | (unsigned int)digit) & 0xff;
	}
	return len == 1 || len == 2 ? 0 : -EINVAL;
}

static int fail_byte(const struct bytes *bytes, const struct data *data, size_t index)
{
	const char *word = data->words[index];

	if (data->form == DATA_HEX)
		return fail_plain(-EINVAL, "%s byte %zu: '%s' is not one or two hexadecimal digits",
				  bytes->what, index, word);
	if (num_is_ambiguous(word))
		return fail_plain(-EINVAL,
				  "%s byte %zu: '%s' could mean octal; write it without "
				  "the leading zero, or 'hex' before all",
				  bytes->what, index, word);
	fail_plain(-ERANGE, "%s byte %zu: '%s' is not a number from 0 to 255; %s needs %u byte%s",
		   bytes->what, index, word, bytes->map, bytes->size, bytes->size == 1 ? "" : "s");
	if (data->count > 1)
		return -ERANGE;
	return fail_hint("%s has no types; say what the word is, with one of %s", bytes->map,
			 LITERAL_FORMS);
}

static int read_bytes(const struct bytes *bytes, const struct data *data, uint8_t *into)
{
	for (size_t i = 0; i < data->count; i++) {
		const char *word = data->words[i];
		uint64_t byte;
		int err = data->form == DATA_HEX ? read_hex(word, &byte)
						 : num_read(word, UINT8_MAX, &byte);

		if (err)
			return fail_byte(bytes, data, i);
		if (i < bytes->size)
			into[i] = (uint8_t)byte;
	}
	if (data->count == bytes->size)
		return 0;
	fail_count(bytes, data->count);
	if (data->count == 1 && data->form == DATA_WORDS &&
	    (bytes->size == 2 || bytes->size == 4 || bytes->size == 8))
		return fail_hint("a number of %u bytes is written u%u:%s", bytes->size,
				 bytes->size * 8, data->words[0]);
	return -EINVAL;
}

static int read_file(const struct bytes *bytes, const char *path, uint8_t *into)
{
	bool standard = !strcmp(path, "-");
	const char *name = standard ? "standard input" : path;
	struct buf content AUTO_BUF = BUF_EMPTY;
	int err = standard ? file_read_fd(STDIN_FILENO, bytes->size, &content)
			   : file_read_at(AT_FDCWD, path, bytes->size, &content);

	if (err == -EFBIG)
		return fail_plain(err, "%s has more than the %u bytes of a %s of %s", name,
				  bytes->size, bytes->what, bytes->map);
	if (err)
		return fail(err, "read %s", name);
	if (content.len != bytes->size)
		return fail_plain(-EINVAL, "%s has %zu byte%s, a %s of %s needs %u", name,
				  content.len, content.len == 1 ? "" : "s", bytes->what, bytes->map,
				  bytes->size);
	memcpy(into, buf_str(&content), content.len);
	return 0;
}

/* One word that is a byte is nothing else where a byte is all that is needed. */
static bool is_last_byte(const struct bytes *bytes, const char *word)
{
	uint64_t byte;

	return bytes->size == 1 && !num_read(word, UINT8_MAX, &byte);
}

/* Whether the map has types or not, these are numbers. */
static int read_index(const struct bytes *bytes, const char *word, uint8_t *into)
{
	uint64_t index = 0;
	uint32_t narrow;
	int err = num_parse(bytes->what, word, UINT32_MAX, &index);

	narrow = (uint32_t)index;
	if (!err)
		memcpy(into, &narrow, sizeof(narrow));
	return err;
}

static int read_word(const struct bytes *bytes, const struct data *data, uint8_t *into)
{
	const char *word = data->words[0];
	char what[64];

	if (literal_is(word)) {
		snprintf(what, sizeof(what), "%s of %s", bytes->what, bytes->map);
		return literal_read(&(struct literal){ .what = what,
						       .size = bytes->size,
						       .prefix = bytes->prefix },
				    word, into);
	}
	if (bytes->plan && !is_last_byte(bytes, word))
		return scan(bytes->plan, word, into);
	if (bytes->index && bytes->size == sizeof(uint32_t))
		return read_index(bytes, word, into);
	return read_bytes(bytes, data, into);
}

int bytes_read(const struct bytes *bytes, const struct data *data, uint8_t *into)
{
	if (data->form == DATA_FILE)
		return read_file(bytes, data->path, into);
	if (data->form == DATA_WORDS && data->count == 1)
		return read_word(bytes, data, into);
	return read_bytes(bytes, data, into);
}
