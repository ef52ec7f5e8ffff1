// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What libbpf's warnings tell of a load that failed. */
#include "bpf/load_message.h"

#include <string.h>

#include "base/buf.h"
#include "base/err.h"

/* What libbpf says of a name between `start` and `end`, and what that means. */
static const struct {
	const char *start, *end;
	const char *before, *after;
	const char *hint;
} known[] = {
	{ "extern (func ksym) '", "': not found in kernel", "the kernel function ",
	  "() is not in this kernel",
	  "declared with __weak it may be missing, to be asked for by bpf_ksym_exists()" },
	{ "extern (func ksym) '", "': func_proto [", "the kernel function ",
	  "() has another prototype in this kernel", NULL },
	{ "extern (var ksym) '", "': not found in kernel", "the kernel variable ",
	  " is not in this kernel", "declared with __weak it may be missing" },
	{ "extern (var ksym) '", "': incompatible types", "the kernel variable ",
	  " is of another type in this kernel", NULL },
	{ "extern '", "' (strong): not resolved", "the extern ", " is not in this kernel",
	  "declared with __weak it may be missing" },
	{ "failed to find kernel BTF type ID of '", "'", "this kernel has no ", " to attach to",
	  NULL },
	{ "prog '", "': no BTF-based attach target is specified", "",
	  "() does not say what it is for",
	  "its SEC() has to name it: SEC(\"fentry/FUNCTION\"), for example" },
	{ "prog '", "': attach program FD is not set", "",
	  "() is to replace a function of a loaded program, and nothing says of which",
	  "only a loader of its own can: bpf_program__set_attach_target()" },
	{ "prog '", "': SEC(\"struct_ops\") program isn't referenced anywhere", "",
	  "() is no member of a struct_ops",
	  "it takes a struct in SEC(\".struct_ops\") that has it" },
	{ "struct_ops init_kern: struct ", " is not found in kernel BTF",
	  "this kernel has no struct_ops of the type ", "",
	  "they may be of a module that is not loaded" },
	{ ": Cannot find member ", " in kernel BTF", "this kernel's struct_ops has no member ", "",
	  "declare the struct as this kernel has it" },
};

/* The last line of what the kernel says of BTF that it refuses. */
static int refused_types(const struct load *load, int err)
{
	static const char begin[] = "-- BEGIN BTF LOAD LOG ---\n",
			  end[] = "\n-- END BTF LOAD LOG --";
	const char *log = strstr(buf_str(&load->file->messages.warnings), begin);
	const char *stop = log ? strstr(log + strlen(begin), end) : NULL, *line;

	if (!messages_tell(&load->file->messages, "BTF is mandatory"))
		return 0;
	if (!stop)
		return fail(err, "%s: the kernel refuses its types", load->file->elf.name);
	while (stop[-1] == '\n')
		stop--;
	for (line = stop; line[-1] != '\n';)
		line--;
	return fail_plain(err, "%s: the kernel refuses its types: %.*s (%s)", load->file->elf.name,
			  (int)(stop - line), line, err_name(err));
}

int load_message_known(const struct load *load, int err)
{
	char name[128];

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		if (!messages_find(&load->file->messages, known[i].start, known[i].end, name))
			continue;
		fail_plain(err, "%s: %s%s%s", load->file->elf.name, known[i].before, name,
			   known[i].after);
		return known[i].hint ? fail_hint("%s", known[i].hint) : err;
	}
	return refused_types(load, err);
}

/* True when libbpf says that of it. A name may hold any bytes, so it is not for us to find its end. */
static bool tells(const struct load *load, const char *kind, const char *name, const char *what)
{
	struct buf message AUTO_BUF = BUF_EMPTY;

	buf_printf(&message, "%s '%s': %s", kind, name, what);
	return !buf_err(&message) && messages_tell(&load->file->messages, buf_str(&message));
}

const struct objfile_map *load_message_map(const struct load *load)
{
	vec_each (map, &load->file->maps) {
		if (tells(load, "map", map->name, "failed to create: "))
			return map;
	}
	return NULL;
}

const struct objfile_prog *load_message_prog(const struct load *load)
{
	const struct objfile_prog *first = NULL;

	vec_each (prog, &load->file->progs) {
		if (!load_wants(load, prog))
			continue;
		if (tells(load, "prog", prog->name, ""))
			return prog;
		first = first ?: prog;
	}
	return first;
}
