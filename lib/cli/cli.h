/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The grammar as const tables: what the parser, help and completion are computed from. */
#ifndef XH_CLI_CLI_H
#define XH_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arg;
struct buf;
struct suggestions;
struct xh;

/* A cursor over the words of a command line; at[0] is the next one, NULL after the last. */
struct words {
	char *const *at;
};

/* The next word, and the cursor moves on; NULL at the end. */
const char *words_next(struct words *words);

/* A closed set of words: `rows` is an array whose elements begin with a const char *name. */
struct choices {
	const char *name; /* what the set is called in usage text: "ATTACH_TYPE" */
	const void *rows;
	size_t row_size;
	size_t count;
};

#define CHOICES(NAME, ROWS)                                                    \
	{                                                                      \
		.name = (NAME), .rows = (ROWS), .row_size = sizeof((ROWS)[0]), \
		.count = sizeof(ROWS) / sizeof((ROWS)[0]),                     \
	}

/* Row `index`, and its name. */
const void *choices_row(const struct choices *choices, size_t index);
const char *choices_name(const struct choices *choices, size_t index);

/* One of several ways to write a value: a keyword, then what stands for `value`. */
struct arg_form {
	const char *keyword;
	const char *value; /* in usage text: "PATH" */
	const char *help;  /* one line */
};

/* What kind of value an operand takes. */
struct arg_type {
	const char *name; /* in usage text: "PROG" */
	const char *help; /* one line */

	/* How it is written, as text or as rows that begin with a form; NULL when name says it. */
	const char *spec;
	const struct choices *forms;
	const struct arg_type *const *mentions; /* types that these name, ends with NULL; or NULL */

	/*
	 * Takes its words and fills *slot; opens and looks up nothing. 0, or a negative errno with
	 * the failure recorded. NULL for flags, whose keyword is all there is.
	 */
	int (*parse)(const struct arg *arg, struct words *words, void *slot);
	bool takes_rest; /* all words that follow are its own */

	/*
	 * Offers what may stand next in its value, see cli/suggest.h; NULL when nobody can know. This
	 * may look around in the system, and says nothing when it cannot.
	 */
	void (*suggest)(const struct arg *arg, struct suggestions *to);
};

/*
 * An operand of a verb. Without a keyword it stands in its place in the order of the table; with
 * one it may stand anywhere after the required ones. Flags (type cli_flag) are a keyword alone;
 * a keyword that begins with "--" is an option of that verb.
 */
struct arg {
	const char *keyword;
	const struct arg_type *type;
	const struct choices *among; /* for cli_choice */
	size_t slot;                 /* offset in the options struct, see SLOT() */
	bool required;
	bool repeats; /* of a keyword: may come again; parse() then adds to what the slot holds */
	const char *metavar; /* instead of type->name in usage text */
	const char *help;

	/*
	 * Which of the things that the type would offer go with the operands before it; NULL: all.
	 * What `candidate` points to is the type's to say.
	 */
	bool (*suits)(const void *options, const void *candidate);
};

/* The offset of a member, and a compile error unless it has the type that is to be written there.
 */
#define SLOT(STRUCT, MEMBER, TYPE) \
	(offsetof(STRUCT, MEMBER) + 0 * sizeof(_Generic(((STRUCT *)0)->MEMBER, TYPE : 1)))

/* An object ("prog"), a verb ("load") or a form of a verb ("xlated"): it has `sub` or `run`. */
struct command {
	const char *name;
	const char *alias;   /* a second name, NULL for none */
	const char *summary; /* one line, no full stop */
	const struct command *const
		*sub;           /* ends with NULL; the first is run when no word follows */
	bool needs_word;        /* with `sub`: a word has to follow */
	bool hidden;            /* not for people: no help, no completion, never shortened */
	const struct arg *args; /* ends with a zeroed row */
	size_t options_size;
	int (*run)(struct xh *xh, const void *options);
	const char *const *examples; /* whole command lines, the last is NULL */
};

#define EXAMPLES(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* The operand types that need nothing but the words. */
extern const struct arg_type cli_word;   /* slot: const char *, borrowed from the words */
extern const struct arg_type cli_flag;   /* slot: bool */
extern const struct arg_type cli_choice; /* slot: const void *, a row of `among` */
extern const struct arg_type cli_u32;    /* slot: struct cli_u32 */
extern const struct arg_type cli_rest;   /* slot: char *const *, all words that follow */

struct cli_u32 {
	bool given;
	uint32_t value;
};

#define ARG_WORD(STRUCT, MEMBER) .type = &cli_word, .slot = SLOT(STRUCT, MEMBER, const char *)
#define ARG_FLAG(STRUCT, MEMBER) .type = &cli_flag, .slot = SLOT(STRUCT, MEMBER, bool)
#define ARG_U32(STRUCT, MEMBER)  .type = &cli_u32, .slot = SLOT(STRUCT, MEMBER, struct cli_u32)
#define ARG_CHOICE(STRUCT, MEMBER, ROW, AMONG) \
	.type = &cli_choice, .slot = SLOT(STRUCT, MEMBER, const ROW *), .among = (AMONG)

/*
 * A global option, which may stand anywhere on the line: a flag (`slot` is a bool), or with `takes`
 * an option with a value (`slot` is a const char *). `also` is a second flag that a flag sets.
 */
struct option {
	char letter;       /* 0 for none */
	const char *name;  /* without the dashes */
	const char *takes; /* what its value is called: "FILE" */
	const char *help;
	size_t slot;
	size_t also; /* slot itself when there is none */
	void (*suggest)(const struct arg *arg,
			struct suggestions *to); /* of a value; arg is NULL */
};

/*
 * Takes the global options out of `words` (which ends with NULL), sets their slots in `flags`, and
 * leaves the other words in order; "--" ends the options. Words that begin with "--" and are no
 * global option stay, for they may be options of a verb. `options` ends with a zeroed row.
 */
int cli_options(const struct option *options, char **words, void *flags);

/* The option whose value the word after `word` would be; NULL for none. */
const struct option *cli_option_awaits(const struct option *options, const char *word);

/* What a line of words comes to, or how far it got. */
struct parsed {
	const struct command *path[8]; /* from the root down; path[depth] is the last */
	size_t depth;
	bool help;                /* help was asked for, about path[depth] */
	void *options;            /* options_size bytes of path[depth], heap, the caller's */
	uint64_t given;           /* its operands that have begun, a bit each */
	const struct arg *within; /* the one whose value the line broke off in; NULL for none */
	char *const *value;       /* with `within`: the words of its value so far */
};

/*
 * Reads the words (ending with NULL) by the grammar under `root`; 0 or a negative errno. `options`
 * is NULL after a failure and with `help`.
 */
int cli_parse(const struct command *root, char *const *words, struct parsed *parsed);

/* The same for a line that goes on: what is still missing is no failure. */
int cli_reach(const struct command *root, char *const *words, struct parsed *parsed);

/* Follows command words only, as far as they fit: for --help. */
void cli_find(const struct command *root, char *const *words, struct parsed *parsed);

/* "xh net attach ATTACH_TYPE PROG dev DEV [overwrite]", computed from the tables. */
void cli_usage(const struct parsed *parsed, struct buf *text);

/* What the value of an operand is called: "PROG". */
const char *cli_value_name(const struct arg *arg);

/* How a value of a type is written: "{ id ID | name NAME }"; nothing when its name says it. */
void cli_spec(const struct arg_type *type, struct buf *text);

/* Adds that to a failure, as a hint: "PROG := { id ID | name NAME }". Returns as fail_hint(). */
int cli_hint_spec(const struct arg_type *type);

/* The operands as mdoc macros, a line each command that can be run: for a SYNOPSIS. */
void cli_synopsis(const struct parsed *parsed, struct buf *text);

/* The whole help text of a command: usage, summary, operands or verbs. `options` as above. */
void cli_help(const struct parsed *parsed, const struct option *options, struct buf *text);

/* True when `word` is `name` or the beginning of it (at least one letter). */
bool cli_fits(const char *word, const char *name);

#endif
