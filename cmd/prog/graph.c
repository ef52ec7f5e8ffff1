// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* `… visual`: the control flow of a program as a DOT graph, or as data in JSON. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "bpf/funcs.h"
#include "insn/cfg.h"
#include "prog/xlated.h"

/* Nodes 0 and 1 of a function are where it is entered and left; its blocks come after them. */
#define ENTRY       ((size_t)0)
#define EXIT        ((size_t)1)
#define NODE(block) ((block) + 2)

/* One function while it is drawn. */
struct graph {
	const struct xlated *xlated;
	struct out *out;
	struct insn_show show;
	size_t number;      /* of the function */
	uint32_t start;     /* its first instruction in the program */
	struct disasm code; /* its instructions alone, which are counted from its start */
	struct cfg cfg;
	struct buf insn, escaped; /* scratch */
};

/* A record label gives these characters a meaning, and blanks in a row none. */
static const char *escape(struct graph *graph, const char *from, const char *special)
{
	buf_clear(&graph->escaped);
	for (; *from; from++) {
		if (strchr(special, *from))
			buf_addch(&graph->escaped, '\\');
		buf_addch(&graph->escaped, *from);
	}
	return buf_str(&graph->escaped);
}

/* A blank is kept in source lines alone, as bpftool has it. */
#define SPECIAL "<>{}|\"\\"

static void label_line(struct graph *graph, const char *key, const char *text, const char *line)
{
	const char *special = strcmp(key, "src") ? SPECIAL : SPECIAL " ";

	out_str(graph->out, key, NULL, line);
	out_str(graph->out, NULL, text, escape(graph, line, special));
}

/* The line that an instruction comes from: where it begins, and again at the top of each block. */
static void out_source(struct graph *graph, uint32_t index, bool first)
{
	const struct dump *dump = graph->xlated->dump;
	const struct bpf_line_info *line = xlated_line(dump->detail, index);
	const char *source;

	if (!line || (line->insn_off != index && !first))
		return;
	source = dump_source_text(dump, line);
	if (!source || !*source)
		return;
	label_line(graph, "src", "; %", source);
	if (graph->show.linum)
		dump_source_place(dump, line);
	out_text(graph->out, "\\l\\\n");
}

static void out_proto(struct graph *graph)
{
	const struct dump *dump = graph->xlated->dump;

	dump_proto_text(dump, xlated_func(dump->detail, graph->start), &graph->insn);
	if (!graph->insn.len)
		return;
	out_str(graph->out, NULL, "; %:\\l\\\n", escape(graph, buf_str(&graph->insn), SPECIAL));
}

static size_t out_insn(struct graph *graph, size_t index, bool first)
{
	struct out *out = graph->out;
	char number[24];
	size_t slots;

	out_object(out, NULL);
	out_text(out, first ? "" : "| ");
	if (index == 0)
		out_proto(graph);
	out_source(graph, graph->start + (uint32_t)index, first);
	buf_clear(&graph->insn);
	slots = disasm_insn(&graph->code, index, &graph->insn);
	snprintf(number, sizeof(number), "%zu: ", index);
	out_uint(out, "index", NULL, index);
	out_text(out, number);
	label_line(graph, "disasm", "%", buf_str(&graph->insn));
	out_text(out, "\\l\\\n");
	if (graph->show.opcodes) {
		insn_opcodes(out, &graph->code.insns[index], slots);
		out_text(out, "\\l\\\n");
	}
	out_end(out);
	return slots;
}

/* The nodes that may come after this one. */
static void out_next(struct graph *graph, const struct cfg_block *block)
{
	struct out *out = graph->out;

	out_array(out, "next");
	if (block->fallthrough != CFG_NONE)
		out_uint(out, NULL, NULL, NODE(block->fallthrough));
	if (block->branch != CFG_NONE)
		out_uint(out, NULL, NULL, NODE(block->branch));
	if (block->leaves)
		out_uint(out, NULL, NULL, EXIT);
	out_end(out);
	out_flag(out, block->indirect ? "indirect" : NULL, NULL, block->indirect);
}

static void node_begin(struct graph *graph, size_t node)
{
	char text[64];

	snprintf(text, sizeof(text), "\tfn_%zu_bb_%zu [shape=", graph->number, node);
	out_text(graph->out, text);
}

static void out_block(struct graph *graph, size_t index)
{
	const struct cfg_block *block = &graph->cfg.v[index];
	struct out *out = graph->out;

	node_begin(graph, NODE(index));
	out_text(out, "record,style=filled,label=\"{\\\n");
	out_object(out, NULL);
	out_uint(out, "id", NULL, NODE(index));
	out_array(out, "insns");
	for (size_t i = block->start; i < block->end && !out_err(out);)
		i += out_insn(graph, i, i == block->start);
	out_end(out);
	out_next(graph, block);
	out_end(out);
	out_text(out, "}\"];\n\n");
}

static void edge(struct graph *graph, size_t from, size_t to, const char *style)
{
	char text[160];

	snprintf(text, sizeof(text), "\tfn_%zu_bb_%zu:s -> fn_%zu_bb_%zu:n [style=\"%s\", ",
		 graph->number, from, graph->number, to, style);
	out_text(graph->out, text);
	if (strcmp(style, "invis") != 0)
		out_text(graph->out, "color=black, weight=10, ");
	out_text(graph->out, "constraint=true];\n");
}

static void out_edges(struct graph *graph)
{
	static const char solid[] = "solid,bold";

	edge(graph, ENTRY, NODE(0), solid);
	for (size_t i = 0; i < graph->cfg.n; i++) {
		const struct cfg_block *block = &graph->cfg.v[i];

		if (block->fallthrough != CFG_NONE)
			edge(graph, NODE(i), NODE(block->fallthrough), solid);
		if (block->branch != CFG_NONE)
			edge(graph, NODE(i), NODE(block->branch), solid);
		if (block->leaves)
			edge(graph, NODE(i), EXIT, solid);
	}
	edge(graph, ENTRY, EXIT, "invis");
}

/* The frame of one function's nodes; bpftool numbers the functions. */
static void cluster_begin(struct graph *graph)
{
	char text[128];

	snprintf(text, sizeof(text),
		 "subgraph \"cluster_%zu\" {\n\tstyle=\"dashed\";\n\tcolor=\"black\";\n"
		 "\tlabel=\"func_%zu ()\";\n",
		 graph->number, graph->number);
	out_text(graph->out, text);
}

static void out_function(struct graph *graph)
{
	struct out *out = graph->out;

	cluster_begin(graph);
	out_object(out, NULL);
	dump_proto_text(graph->xlated->dump, xlated_func(graph->xlated->dump->detail, graph->start),
			&graph->insn);
	if (graph->insn.len)
		out_str(out, "proto", NULL, buf_str(&graph->insn));
	node_begin(graph, ENTRY);
	out_text(out, "Mdiamond,style=filled,label=\"ENTRY\"];\n\n");
	out_array(out, "blocks");
	for (size_t i = 0; i < graph->cfg.n; i++)
		out_block(graph, i);
	out_end(out);
	node_begin(graph, EXIT);
	out_text(out, "Mdiamond,style=filled,label=\"EXIT\"];\n\n");
	out_edges(graph);
	out_text(out, "}\n");
	out_end(out);
}

static int draw_functions(struct graph *graph, const struct funcs *funcs)
{
	const struct disasm *whole = &graph->xlated->disasm;
	int err = 0;

	for (size_t i = 0; !err && i < funcs->n; i++) {
		uint32_t end = i + 1 < funcs->n ? funcs->v[i + 1] : (uint32_t)whole->count;

		graph->number = i;
		graph->start = funcs->v[i];
		graph->code = *whole;
		graph->code.insns += graph->start;
		graph->code.count = end - graph->start;
		err = cfg_build(&graph->cfg, graph->code.insns, graph->code.count);
		if (!err)
			out_function(graph);
		cfg_free(&graph->cfg);
	}
	return err;
}

int xlated_graph(struct xlated *xlated, struct insn_show show)
{
	struct graph graph = { .xlated = xlated, .out = xlated->dump->out, .show = show };
	const struct info_prog_detail *detail = xlated->dump->detail;
	struct funcs funcs AUTO_FUNCS = { 0 };
	int err = funcs_find(detail, &funcs);

	if (!err) {
		out_array(graph.out, xlated->dump->key);
		out_gap(graph.out, "");
		out_text(graph.out, "digraph \"DOT graph for eBPF program\" {\n");
		err = draw_functions(&graph, &funcs);
		out_text(graph.out, "}\n");
		out_gap(graph.out, "  ");
		out_end(graph.out);
		err = err ?: buf_err(&graph.insn) ?: buf_err(&graph.escaped);
	}
	buf_free(&graph.insn);
	buf_free(&graph.escaped);
	return err;
}
