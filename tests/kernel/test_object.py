# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh object: what is in an object file, without the kernel."""

import os
import pathlib
import re
import shutil
import subprocess

import pytest


def test_show_text(xh, hello_object):
    lines = xh("object", "show", hello_object).out.splitlines()
    size = os.path.getsize(hello_object)
    order = os.sys.byteorder
    assert lines[0] == f"{hello_object}: ELF 64-bit {order}-endian BPF object  size {size}B  btf yes"
    assert re.fullmatch(r"\tcompiler .*clang version .*", lines[1])
    assert lines[2] == "\tlicense Dual BSD/GPL"
    assert lines[3] == "programs:"
    assert re.fullmatch(r"\thello  section xdp  type xdp  attach_type xdp  insns \d+", lines[4])
    assert "\thello.bss  type array  key 4B  value 4B  max_entries 1  flags 0x400" in lines
    assert "\tcounter  type int  section .bss  size 4B  = 0" in lines
    assert ("\thello.____fmt  type const char [15]  section .rodata  size 15B  static  = "
            '"Hello World %d"') in lines


def test_show_json(xh, zoo_object):
    shown = xh("-j", "object", "show", zoo_object).json
    assert shown["license"] == "GPL" and shown["btf"] is True
    assert shown["bytes"] == os.path.getsize(zoo_object)
    [program] = shown["programs"]
    assert program["name"] == "zoo_main_program_with_a_long_name"
    assert (program["section"], program["type"], program["attach_type"]) == ("xdp", "xdp", "xdp")
    maps = {one["name"]: one for one in shown["maps"]}
    assert maps["zoo_lru"] == {"name": "zoo_lru", "type": "lru_hash", "bytes_key": 4,
                               "bytes_value": 8, "max_entries": 16, "flags": 0}
    assert maps["zoo_lpm"]["flags"] == 1
    variables = {one["name"]: one for one in shown["globals"]}
    assert variables["origin"]["value"] == {"x": 3, "y": -4}
    assert variables["origin"]["type"] == "struct point"
    assert variables["hidden"]["static"] is True and variables["hidden"]["value"] == 7
    assert variables["bpf_metadata_author"]["value"] == "zoo keeper"
    assert variables["threshold"]["section"] == ".rodata"
    assert variables["global_value"]["zeros"] is True


def test_shown_is_what_is_loaded(xh, pins, hello_object):
    shown = xh("-j", "object", "show", hello_object).json
    loaded = xh("-j", "prog", "load", hello_object, pins / "h").json
    maps = [xh("-j", "map", "show", "id", number).json for number in loaded["map_ids"]]
    for key in ("name", "type", "bytes_key", "bytes_value", "max_entries", "flags"):
        assert sorted(one[key] for one in maps) == sorted(one[key] for one in shown["maps"])


def test_unknown_section(xh, compile_bpf):
    path = compile_bpf('__attribute__((section("xpd"))) int f(void *c) { return 0; }\n')
    [program] = xh("-j", "object", "show", path).json["programs"]
    assert (program["type"], program["nearest_section"]) == ("unspec", "xdp")
    assert "\tf  section xpd  type unspec  (did you mean SEC(\"xdp\")?)  insns 2\n" in xh(
        "object", "show", path).out


def test_dump_text(xh, hello_object):
    dumped = xh("object", "dump", hello_object).out.splitlines()
    assert re.fullmatch(r"section xdp  function hello  offset 0  size \d+B", dumped[0])
    assert dumped[1] == "int hello(struct xdp_md * ctx):"
    assert '; bpf_printk("Hello World %d", counter);' in dumped
    assert any(re.fullmatch(r" +\d+: \(18\) r\d = map\[.bss\]\[0\]\+0 \(counter\)", line)
               for line in dumped)
    assert any(re.fullmatch(r" +\d+: \(85\) call bpf_trace_printk#6", line) for line in dumped)
    assert dumped[-1].endswith("(95) exit")


def test_dump_names_calls_and_maps(xh, zoo_object):
    dumped = xh("object", "dump", zoo_object).out
    assert "section .text  function classify  offset 0  size " in dumped
    assert "int classify(struct xdp_md * ctx, __u32 mark):\n" in dumped
    assert re.search(r"^ +\d+: \(85\) call classify$", dumped, re.M)
    assert re.search(r"^ +\d+: \(18\) r\d = map\[zoo_lru\]$", dumped, re.M)
    assert re.search(r"\(18\) r\d = map\[.data\]\[0\]\+8 \(hidden\)$", dumped, re.M)


def test_dump_one_function(xh, zoo_object):
    dumped = xh("-j", "object", "dump", zoo_object, "prog", "classify").json
    assert [one["name"] for one in dumped] == ["classify"]
    assert dumped[0]["static"] is True
    assert dumped[0]["insns"][0]["proto"] == "int classify(struct xdp_md * ctx, __u32 mark)"


def test_dump_opcodes_and_lines(xh, hello_object):
    [function] = xh("-j", "object", "dump", hello_object, "opcodes", "linum").json
    data = pathlib.Path(hello_object).read_bytes()
    for insn in function["insns"]:
        code = insn["opcodes"]["code"]
        assert insn["disasm"].startswith(f"({code[2:]}) ")
    lines = [insn for insn in function["insns"] if "src" in insn]
    assert lines[0]["file"].endswith("hello.bpf.c") and lines[0]["line_num"] > 0
    source = pathlib.Path(lines[0]["file"])
    if source.exists():
        text = source.read_text().splitlines()
        assert all(text[one["line_num"] - 1].strip() == one["src"] for one in lines if one["src"])
    assert sum(len(one["opcodes"]["imm"]) + 4 for one in function["insns"]) == function["bytes"]
    assert data.startswith(b"\x7fELF")


def test_dump_is_what_is_loaded(xh, pins, hello_object):
    """The verifier changes calls and addresses, but neither order nor number of instructions."""
    [function] = xh("-j", "object", "dump", hello_object).json
    xh("prog", "load", hello_object, pins / "h")
    loaded = xh("-j", "prog", "dump", "xlated", "pinned", pins / "h").json
    strip = lambda text: re.sub(r"= map.*|call .*", "", text)
    assert [strip(one["disasm"]) for one in function["insns"]] == [strip(one["disasm"]) for one in loaded]


def test_missing_function(xh, hello_object):
    result = xh("object", "dump", hello_object, "prog", "helo", status=254)
    assert result.err == (f"Error: {hello_object}: has no function named 'helo'; "
                          "did you mean 'hello'?\n")


def test_without_types(xh, compile_bpf, tmp_path, hello_object):
    stripped = tmp_path / "x.o"
    objcopy = shutil.which("llvm-objcopy") or shutil.which("llvm-objcopy-14")
    if not objcopy:
        pytest.skip("no llvm-objcopy")
    subprocess.run([objcopy, "--remove-section=.BTF", "--remove-section=.BTF.ext", hello_object,
                    stripped], check=True)
    assert "  btf no\n" in xh("object", "show", stripped).out
    dumped = xh("object", "dump", stripped).out
    assert "function hello" in dumped and "int hello(" not in dumped


def test_bundled_object(xh):
    assert xh("object", "dump", "hello", cwd="/").out == xh("object", "dump", "hello", cwd="/").out
    assert xh("-j", "object", "show", "hello", cwd="/").json["programs"][0]["name"] == "hello"


def test_asks_the_kernel_nothing(hello_object, xh):
    strace = shutil.which("strace")
    if not strace:
        pytest.skip("no strace")
    done = subprocess.run([strace, "-f", "-e", "trace=bpf", xh.path, "object", "show", hello_object],
                          capture_output=True, text=True,
                          env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})
    assert done.returncode == 0 and "bpf(" not in done.stderr


@pytest.mark.parametrize("verb", ["show", "dump"])
def test_hostile_bytes(xh, tmp_path, hello_object, verb):
    """Errors, never a signal; and nothing unescaped of what the file says."""
    whole = bytearray(pathlib.Path(hello_object).read_bytes())
    path = tmp_path / "x.o"
    for at in range(0, len(whole), 37):
        damaged = bytearray(whole)
        damaged[at] ^= 0xff
        path.write_bytes(damaged)
        result = xh("object", verb, path, status=None)
        assert result.status in (0, 255), result
        assert "\x1b" not in result.out + result.err


def test_escapes(xh, tmp_path, hello_object):
    path = tmp_path / "x.o"
    path.write_bytes(pathlib.Path(hello_object).read_bytes().replace(b"Dual BSD/GPL", b"\x1b[31mred\0\0\0\0"))
    assert "license \\x1b[31mred\n" in xh("object", "show", path).out


CORE = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
enum kind { ONE = 1, TWO };
struct cred { int uid; } __attribute__((preserve_access_index));
struct task_struct {
    int pid;
    union { long a; long b; };
    struct cred cred[3];
} __attribute__((preserve_access_index));
SEC("tp_btf/sched_switch") int f(unsigned long long *ctx)
{
    struct task_struct *t = (void *)ctx[1];
    return t->pid + t->cred[2].uid + t->b + bpf_core_field_exists(t->a) +
           bpf_core_type_size(struct task_struct) + bpf_core_enum_value(enum kind, TWO);
}
char _license[] SEC("license") = "GPL";
"""


def test_core_relocations_are_named(xh, compile_bpf):
    path = compile_bpf(CORE, "core")
    out = xh("object", "dump", path).out
    assert {line.partition("; CO-RE ")[2] for line in out.splitlines() if "; CO-RE " in line} == {
        "byte_off struct task_struct.pid", "byte_off struct task_struct.cred[2].uid",
        "byte_off struct task_struct.b", "field_exists struct task_struct.a",
        "type_size struct task_struct", "enumval_value enum kind.TWO"}
    insns = [insn for function in xh("-j", "object", "dump", path).json for insn in function["insns"]]
    assert {"kind": "byte_off", "path": "struct task_struct.cred[2].uid", "access": "0:2:2:0"} in \
           [insn.get("core") for insn in insns]
