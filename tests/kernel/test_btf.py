# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh btf: what there is, and its types raw and in C."""

import os
import pathlib
import shutil
import struct
import subprocess

import pytest

from conftest import CLANG, command
from differences import (ENUM_MODE, ENUMERATORS, KFUNC_WORDS, KFUNCS, NO_KEY_TYPE, PIDS,
                         USERS_ORDER, same_json, same_text)
from oracle import is_before

VMLINUX = "/sys/kernel/btf/vmlinux"

ODD = r"""
#include <linux/bpf.h>
#define SEC(name) __attribute__((section(name), used))
enum below { MINUS = -1, PLUS = 5 };
enum above { TOP = 0xf0000000u };
struct unknown;
union other;
struct bits {
	int a : 3;
	unsigned int b : 5;
	long long c : 40;
	enum below e : 4;
	int z;
} __attribute__((packed));
typedef int (*call)(const char *format, ...);
typedef struct {
	float f;
	double d;
	_Bool b;
	char c;
} unnamed;
struct all {
	struct bits b;
	struct unknown *p;
	union other *u;
	call f;
	unnamed n;
	struct {
		int x;
		union {
			long y;
			char z[3][4];
		};
	} in;
	enum above t;
	volatile const int *v;
	int *__attribute__((btf_type_tag("user"))) * tagged;
	char aligned __attribute__((aligned(64)));
	int open[0];
} __attribute__((btf_decl_tag("whole")));
struct all everything SEC(".data.x");
int counter;
struct {
	int (*type)[1];
	int (*max_entries)[4];
	int *key;
	struct bits *value;
} odd_map SEC(".maps");
__attribute__((noinline)) int sum(int x __attribute__((btf_decl_tag("arg"))), struct all *p)
{
	return p ? x + p->n.c : x;
}
SEC("socket") int odd_btf(struct __sk_buff *skb)
{
	return sum(skb->len, &everything) + counter++;
}
char _license[] SEC("license") = "GPL";
"""


@pytest.fixture(scope="module")
def odd_object(compile_bpf):
    return compile_bpf(ODD, "odd")


@pytest.fixture
def odd(bpftool, pins, odd_object):
    """Words that name the program, its map of structs, and its map of variables."""
    (pins / "maps").mkdir()
    bpftool("prog", "loadall", odd_object, pins / "progs", "pinmaps", pins / "maps")
    return {"prog": ("prog", "pinned", pins / "progs/odd_btf"),
            "map": ("map", "pinned", pins / "maps/odd_map"),
            "bss": ("map", "pinned", next((pins / "maps").glob("*bss")))}


def btf_id(xh, odd):
    return xh("-j", *odd["map"][:1], "show", *odd["map"][1:]).json["btf_id"]


def in_c(bpftool, *words):
    """bpftool's C, in the order of BTF as far as it has another."""
    unsorted = () if is_before((7, 5)) else ("unsorted",)
    return bpftool("btf", "dump", *words, "format", "c", *unsorted).out


def test_list(xh, bpftool, odd):
    number = btf_id(xh, odd)
    ours = xh("-j", "btf", "list", "id", number).out
    same_json(ours, bpftool("-j", "btf", "list", "id", number).out, PIDS, USERS_ORDER)
    same_json(xh("-p", "btf", "show", "id", 1).out, bpftool("-p", "btf", "show", "id", 1).out, PIDS)
    same_text(xh("btf", "show", "id", 1).out, bpftool("btf", "show", "id", 1).out, PIDS)
    shown = xh("-j", "btf", "show", "id", number).json
    ids = [xh("-j", kind, "show", *words).json["id"] for kind, *words in
           (odd["map"], odd["bss"], odd["prog"])]
    assert set(ids[:2]) <= set(shown["map_ids"])
    assert shown["prog_ids"] == ids[2:] and not shown["kernel"] and "name" not in shown
    text = xh("btf", "show", "id", number).out
    maps = ",".join(map(str, shown["map_ids"]))
    assert text == f"{number}: name <anon>  size {shown['size']}B  prog_ids {ids[2]}  map_ids {maps}\n"


def test_list_all(xh, odd):
    listed = {row["id"]: row for row in xh("-j", "btf").json}
    assert listed[1]["name"] == "vmlinux" and listed[1]["kernel"]
    assert not listed[btf_id(xh, odd)]["kernel"]
    assert f"1: name [vmlinux]  size {listed[1]['size']}B" in xh("btf", "list").out


def test_holders(xh, bpf, odd):
    number = btf_id(xh, odd)
    fd = bpf.bpf(19, struct.pack("I", number))[0]
    try:
        assert {"comm": "pytest", "pid": os.getpid()} in [
            {"comm": "pytest", "pid": holder["pid"]}
            for holder in xh("-j", "btf", "list", "id", number).json["pids"]]
        assert f"({os.getpid()})" in xh("btf", "list", "id", number).out
    finally:
        os.close(fd)


@pytest.mark.parametrize("form", [(), ("-j",), ("-p",)])
def test_raw_is_bpftools(xh, bpftool, odd, odd_object, form):
    sources = [("file", odd_object), ("id", btf_id(xh, odd)), odd["prog"], odd["map"],
               *([*odd["map"], part] for part in ("key", "value", "kv", "all")),
               [*odd["bss"], "value"], [*odd["prog"], "format", "raw"]]
    same = same_json if form else same_text
    for words in sources:
        ours, theirs = (run(*form, "btf", "dump", *words).out for run in (xh, bpftool))
        same(ours, theirs, *([ENUMERATORS] if form else []))


def test_vmlinux_is_bpftools(xh, bpftool):
    assert xh("btf", "dump", "file", VMLINUX).out == bpftool("btf", "dump", "file", VMLINUX).out
    assert xh("btf", "dump", "id", 1).out == xh("btf", "dump", "file", VMLINUX).out
    ours, theirs = (run("-j", "btf", "dump", "file", VMLINUX).out for run in (xh, bpftool))
    same_json(ours, theirs, ENUMERATORS)


def test_c_is_bpftools(xh, bpftool, odd, odd_object):
    for words in (("file", odd_object), odd["prog"], odd["map"], [*odd["map"], "key"],
                  ["file", VMLINUX]):
        ours = xh("btf", "dump", *words, "format", "c", "unsorted").out
        same_text(ours, in_c(bpftool, *words), KFUNC_WORDS, KFUNCS, ENUM_MODE)


def test_c_compiles(xh, tmp_path):
    header = tmp_path / "vmlinux.h"
    header.write_text(xh("btf", "dump", "file", VMLINUX, "format", "c").out)
    source = tmp_path / "t.bpf.c"
    source.write_text('#include "vmlinux.h"\nint pid(struct task_struct *t) { return t->pid; }\n')
    command(CLANG, "-g", "-O2", "-target", "bpf", "-c", source, "-o", tmp_path / "t.o")


def test_sorted(xh, odd_object):
    text = xh("btf", "dump", "file", odd_object, "format", "c").out
    first = [line for line in text.splitlines() if line.startswith(("enum ", "struct ", "typedef "))
             and line.endswith("{")]
    assert first[:2] == ["enum above {", "enum below {"]
    unsorted = xh("btf", "dump", "file", odd_object, "format", "c", "unsorted").out
    assert unsorted != text
    assert sorted(filter(None, text.splitlines())) == sorted(filter(None, unsorted.splitlines()))


def test_roots(xh, odd_object):
    types = {row["name"]: row["id"] for row in
             xh("-j", "btf", "dump", "file", odd_object).json["types"]}
    words = ("file", odd_object, "root_id", types["bits"], "root_id", types["int"])
    assert [row["name"] for row in xh("-j", "btf", "dump", *words).json["types"]] == ["bits", "int"]
    text = xh("btf", "dump", *words, "format", "c").out
    assert "struct bits {" in text and "enum below {" in text
    assert "struct all" not in text and "kfuncs" not in text


def test_map_without_key_type(xh, bpftool, odd):
    ours, theirs = (run("btf", "dump", *odd["bss"]).out for run in (xh, bpftool))
    same_text(ours, theirs, NO_KEY_TYPE)
    refused = xh("btf", "dump", *odd["bss"], "key", status=254)
    assert refused.err.endswith("has no type for its key\n") and refused.out == ""


def test_nothing_there(xh, bpftool, pins, compile_bpf):
    bare = compile_bpf('__attribute__((section("socket"), used)) int bare(void *c) { return 0; }\n'
                       '__attribute__((section("license"), used)) char l[] = "GPL";', "bare",
                       btf=False)
    bpftool("prog", "load", bare, pins / "bare")
    bpftool("map", "create", pins / "m", "type", "hash", "key", 4, "value", 4, "entries", 1,
            "name", "bare")
    for words, message in (
            (("prog", "pinned", pins / "bare"), "'bare' has no BTF; "),
            (("map", "pinned", pins / "m"), "'bare' has no BTF; "),
            (("id", 4294967295), "no BTF object with id 4294967295"),
            (("file", VMLINUX, "root_id", 99999999), "no type has the id 99999999, the last is ")):
        done = xh("btf", "dump", *words, status=254)
        assert message in done.err and done.out == ""
        assert message in xh("-j", "btf", "dump", *words, status=254).json["error"]
    assert "no BTF object" in xh("btf", "list", "id", 4294967295, status=254).err
    assert "ELF file without a .BTF section" in xh("btf", "dump", "file", bare, status=255).err


@pytest.mark.parametrize("words, message", [
    (["file", VMLINUX, "key"], "'key' is for the BTF of a map"),
    (["file", VMLINUX, "root_id", "1", "root_id", "1"], "type 1 is given twice"),
    (["file", VMLINUX, "format", "d"], "'d' is no FORMAT, expected one of: raw, c"),
    (["nowhere"], "'nowhere' does not say where BTF is"),
    (["file", "/etc/passwd"], "BTF does not begin as BTF does"),
    (["file", "/dev/null"], "/dev/null"),
    (["file", "/proc/self"], "/proc/self"),
    ([], "BTF_SRC is missing"),
])
def test_bad_words(xh, words, message):
    done = xh("btf", "dump", *words, status=255)
    assert message in done.err and done.out == ""


def test_c_in_json(xh, odd_object):
    words = ("btf", "dump", "file", odd_object, "format", "c")
    assert xh("-j", *words).json == {"c": xh(*words).out.splitlines()}


def split_btf():
    """A struct 'extra' that has vmlinux's first type, and comes after all of them."""
    vmlinux = pathlib.Path(VMLINUX).read_bytes()
    header = struct.Struct("<HBBIIIII")
    *_, strings_size = header.unpack_from(vmlinux)
    strings = b"extra\0member\0"
    types = struct.pack("<III", strings_size, 4 << 24 | 1, 8)
    types += struct.pack("<III", strings_size + 6, 1, 0)
    return header.pack(0xeb9f, 1, 0, 24, 0, len(types), len(types), len(strings)) + types + strings


def test_split(xh, bpftool, tmp_path):
    path = tmp_path / "extra"
    path.write_bytes(split_btf())
    refused = xh("btf", "dump", "file", path, status=255)
    assert "split BTF without its base; name the base with -B FILE" in refused.err
    words = ("-B", VMLINUX, "btf", "dump", "file", path)
    assert xh(*words).out == bpftool(*words).out
    assert "STRUCT 'extra' size=8 vlen=1\n\t'member' type_id=1 bits_offset=0\n" in xh(*words).out
    last = xh("-j", *words).json["types"][-1]["id"]
    assert "\nstruct extra {\n\tlong unsigned int member;\n};\n" in xh(
        *words, "format", "c", "root_id", last).out


def test_module(xh, bpftool, tmp_path):
    """The base of what is below /sys/kernel/btf is vmlinux: here a directory that takes its place
    in a mount namespace."""
    shutil.copy(VMLINUX, tmp_path / "vmlinux")
    (tmp_path / "extra").write_bytes(split_btf())
    script = (f"mount --bind {tmp_path} /sys/kernel/btf && "
              "exec \"$0\" btf dump file /sys/kernel/btf/extra")
    ours, theirs = (subprocess.run(["unshare", "-m", "sh", "-c", script, tool], check=True,
                                   capture_output=True, text=True).stdout
                    for tool in (xh.path, bpftool("version").words[0]))
    assert ours == theirs and "STRUCT 'extra'" in ours


def test_damaged(xh, tmp_path, odd_object):
    """What check_btf() would refuse can be looked at, but not be written as C."""
    section = tmp_path / "btf"
    command("objcopy", "-I", "elf64-little", "-O", "binary", "--only-section=.BTF",
            "--set-section-flags", ".BTF=alloc", odd_object, section)
    data = bytearray(section.read_bytes())
    pointer = data.index(struct.pack("<II", 0, 2 << 24))
    struct.pack_into("<I", data, pointer + 8, 70000)
    section.write_bytes(data)
    assert "type_id=70000\n" in xh("btf", "dump", "file", section).out
    refused = xh("btf", "dump", "file", section, "format", "c", status=255)
    assert f"{section}: BTF type" in refused.err and "refers to type [70000]" in refused.err
    assert refused.out == ""
    assert list(xh("-j", "btf", "dump", "file", section, "format", "c",
                   status=255).json) == ["error"]
    section.write_bytes(data[:-3])
    assert "BTF is cut off" in xh("btf", "dump", "file", section, status=255).err


def test_completion(xh, odd):
    number = btf_id(xh, odd)
    for words in (("list", "id"), ("dump", "id")):
        offered = xh("complete", "--", "xh", "btf", *words, "").out
        assert f"{number}\t" in offered and "1\t" in offered
    forms = [line.split("\t")[0] for line in
             xh("complete", "--", "xh", "btf", "dump", "").out.splitlines()]
    assert forms == ["file", "id", "map", "prog"]
    assert "pinned" in xh("complete", "--", "xh", "btf", "dump", "map", "").out
