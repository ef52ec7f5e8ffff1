// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Keys and values as they are written on the command line. */
#include "map/data.h"

#include <errno.h>
#include <string.h>

#include "args.h"
#include "base/err.h"
#include "base/num.h"
#include "cli/suggest.h"

/* What may follow a key or a value: so many bytes as a map needs are not known here. */
static const char *const keywords[] = { "key", "value", "any", "exist", "noexist" };

static bool is_keyword(const char *word)
{
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
		if (cli_fits(word, keywords[i]))
			return true;
	}
	return false;
}

/* "a" and "e" are bytes too. */
static bool is_hex(const char *word)
{
	return word[0] && word[strspn(word, "0123456789abcdefABCDEF")] == '\0';
}

static int missing(const struct arg *arg)
{
	fail_plain(-EINVAL, "%s is missing after '%s'", arg->type->name, arg->keyword);
	return cli_hint_spec(arg->type);
}

/* The first word is meant, whatever it looks like; but after "hex" there is none yet. */
static bool belongs(const struct data *data, const char *word)
{
	if (data->form == DATA_HEX && is_hex(word))
		return true;
	return (data->form == DATA_WORDS && !data->count) || !is_keyword(word);
}

static int parse_words(const struct arg *arg, struct words *words, struct data *data)
{
	data->words = words->at;
	while (*words->at && belongs(data, *words->at)) {
		words_next(words);
		data->count++;
	}
	return data->count ? 0 : missing(arg);
}

static int parse_file(struct words *words, struct data *data)
{
	data->form = DATA_FILE;
	data->path = words_next(words);
	return data->path && *data->path ? 0 : fail_plain(-EINVAL, "FILE is missing after 'file'");
}

static int parse_data(const struct arg *arg, struct words *words, void *slot)
{
	const char *word = *words->at;
	struct data *data = slot;

	*data = (struct data){ .form = DATA_WORDS };
	if (!word || !*word)
		return missing(arg);
	if (!strcmp(word, "-")) {
		*data = (struct data){ .form = DATA_FILE, .path = words_next(words) };
		return 0;
	}
	if (!strcmp(word, "file")) {
		words_next(words);
		return parse_file(words, data);
	}
	if (cli_fits(word, "hex")) {
		words_next(words);
		data->form = DATA_HEX;
	}
	return parse_words(arg, words, data);
}

static int parse_value(const struct arg *arg, struct words *words, void *slot)
{
	struct data *data = slot;

	if (!*words->at || !args_names_object(*words->at))
		return parse_data(arg, words, slot);
	*data = (struct data){ .form = DATA_OBJECT };
	return arg_prog.parse(arg, words, &data->object);
}

static void suggest_data(const struct arg *arg, struct suggestions *to)
{
	if (to->value[0] && !to->value[1] && !strcmp(to->value[0], "file")) {
		to->value++;
		arg_file.suggest(arg, to);
		to->value--;
	} else if (!to->value[0]) {
		suggest_add(to, "hex", "bytes in hexadecimal");
		suggest_add(to, "file", "the bytes of a file");
	}
}

static void suggest_value(const struct arg *arg, struct suggestions *to)
{
	suggest_data(arg, to);
	arg_prog.suggest(arg, to);
}

const struct arg_type data_key = {
	.name = "DATA",
	.spec = "{ [hex] BYTE… | NUMBER | JSON | TYPE:WORD | file FILE | - }",
	.help = "Bytes, or what the map's types or TYPE say: u8 … i64, str, ip, mac",
	.parse = parse_data,
	.suggest = suggest_data,
};
const struct arg_type data_value = {
	.name = "VALUE",
	.spec = "{ DATA | MAP | PROG }",
	.mentions = (const struct arg_type *const[]){ &data_key, &arg_map, &arg_prog, NULL },
	.help = "DATA, or what a map of maps or of programs holds",
	.parse = parse_value,
	.suggest = suggest_value,
};
