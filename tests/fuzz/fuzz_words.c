// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Command lines: words of a file, by the whole grammar; to parse opens nothing. */
#include "fuzz.h"

#include "base/buf.h"
#include "base/err.h"
#include "cli/script.h"
#include "commands.h"
#include "xh.h"

static void parse(char **words)
{
	struct flags flags = { 0 };
	struct parsed parsed;
	struct buf text = BUF_EMPTY;

	if (cli_options(global_options, words, &flags))
		return;
	fail_clear();
	if (cli_parse(&commands, words, &parsed))
		expect(fail_last()->text[0]);
	cli_usage(&parsed, &text);
	free(parsed.options);
	cli_reach(&commands, words, &parsed);
	free(parsed.options);
	buf_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *copy = fuzz_string(data, size);
	struct script script = { .next = copy };
	int err;

	while ((err = script_next(&script))) {
		if (err > 0)
			parse(script.words.v);
	}
	script_free(&script);
	free(copy);
	return 0;
}
