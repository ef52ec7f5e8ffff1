# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh prog dump jited: machine code, held against the kernel's bytes, /proc/kallsyms and objdump."""

import ctypes
import os
import platform
import re
import shutil
import struct
import subprocess

import pytest

from conftest import command

SOURCE = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
int seen;
static __attribute__((noinline)) int more(struct xdp_md *ctx, int n)
{
	bpf_printk("more %d", n);
	return n + ctx->ingress_ifindex;
}
SEC("xdp") int twofold(struct xdp_md *ctx)
{
	if ((void *)(long)ctx->data + 14 > (void *)(long)ctx->data_end)
		return XDP_DROP;
	seen++;
	return more(ctx, seen) > 5 ? XDP_PASS : XDP_TX;
}
char _license[] SEC("license") = "GPL";
"""
x86 = pytest.mark.skipif(platform.machine() != "x86_64", reason="texts of x86-64")
INSN = re.compile(r" *([0-9a-f]+):\t([a-z0-9. ]+)(?:\t(\S.*))?")


@pytest.fixture(scope="session")
def twofold_object(compile_bpf):
    return compile_bpf(SOURCE, "twofold")


@pytest.fixture
def twofold(xh, pins, twofold_object):
    """The pinned path of a program of two functions."""
    xh("prog", "load", twofold_object, pins / "twofold")
    return str(pins / "twofold")


def kernel_symbols():
    with open("/proc/kallsyms") as lines:
        return {words[2]: int(words[0], 16) for words in map(str.split, lines)}


def functions_of(xh, path, *more):
    return xh("-j", "prog", "dump", "jited", "pinned", path, *more).json


def code_of(function):
    return bytes(int(byte, 16) for insn in function["insns"] for byte in insn["opcodes"])


def test_text(xh, twofold):
    first, second, end = xh("prog", "dump", "jited", "pinned", twofold).out.split("\n\n")
    assert end == ""
    lines = first.splitlines()
    assert lines[0] == "int twofold(struct xdp_md * ctx):"
    assert re.fullmatch(r"bpf_prog_[0-9a-f]{16}_twofold:", lines[1])
    assert lines[2] == '; SEC("xdp") int twofold(struct xdp_md *ctx)'
    assert INSN.fullmatch(lines[3])[1] == "0"
    assert lines[3].startswith("   0:\t")
    assert "; if ((void *)(long)ctx->data + 14 > (void *)(long)ctx->data_end)" in lines
    assert all(line.startswith("; ") or INSN.fullmatch(line) for line in lines[2:])
    assert second.startswith("int more(struct xdp_md * ctx, int n):\nbpf_prog_")


def test_json_says_the_same_as_text(xh, twofold):
    text = ""
    for function in functions_of(xh, twofold):
        text += function["proto"] + ":\n" + function["name"] + ":\n"
        for insn in function["insns"]:
            if "src" in insn:
                text += "; " + insn["src"] + "\n"
            operands = [each for each in insn["operands"] if each is not None]
            text += f"{int(insn['pc'], 16):4x}:\t{insn['operation']}"
            text += ("\t" + ", ".join(operands) if operands else "") + "\n"
        text += "\n"
    assert text == xh("prog", "dump", "jited", "pinned", twofold).out


def test_keys_of_json(xh, twofold):
    for function in functions_of(xh, twofold, "opcodes", "linum"):
        assert list(function) == ["proto", "name", "insns"]
        for insn in function["insns"]:
            keys = [key for key in insn if key not in ("src", "file", "line_num", "line_col")]
            assert keys == ["pc", "operation", "operands", "opcodes"]
            assert ("src" in insn) == ("file" in insn)
            assert insn["operands"]
            assert all(re.fullmatch("0x[0-9a-f]{2}", byte) for byte in insn["opcodes"])
    assert xh("-p", "prog", "dump", "jited", "pinned", twofold).json == functions_of(xh, twofold)


def test_opcodes_are_the_kernels_bytes(xh, twofold, tmp_path):
    functions = functions_of(xh, twofold, "opcodes")
    for function in functions:
        at = 0
        for insn in function["insns"]:
            assert int(insn["pc"], 16) == at
            at += len(insn["opcodes"])
    result = xh("prog", "dump", "jited", "pinned", twofold, "file", tmp_path / "image")
    assert (result.out, result.err) == ("", "")
    assert (tmp_path / "image").read_bytes() == b"".join(map(code_of, functions))


def test_opcodes_in_text(xh, twofold):
    plain = xh("prog", "dump", "jited", "pinned", twofold).out.splitlines()
    lines = xh("prog", "dump", "jited", "pinned", twofold, "opcodes").out.splitlines()
    assert [line for line in lines if not line.startswith("\t")] == plain
    bytes_lines = [line for line in lines if line.startswith("\t")]
    insns = [insn for f in functions_of(xh, twofold, "opcodes") for insn in f["insns"]]
    assert bytes_lines == ["\t" + "".join(byte[2:] + " " for byte in insn["opcodes"])
                           for insn in insns]


def test_linum(xh, twofold):
    out = xh("prog", "dump", "jited", "pinned", twofold, "linum").out
    assert re.search(r"^; seen\+\+; \[file:\S*twofold\.bpf\.c line_num:14 line_col:6\]$", out, re.M)
    lines = [insn for insn in functions_of(xh, twofold, "linum")[0]["insns"] if "src" in insn]
    seen = next(insn for insn in lines if insn["src"] == "seen++;")
    assert (seen["line_num"], seen["line_col"]) == (14, 6)
    assert seen["file"].endswith("twofold.bpf.c")


def test_names_are_the_kernels(xh, twofold):
    symbols = kernel_symbols()
    for function in functions_of(xh, twofold):
        assert function["name"] in symbols


@x86
def test_targets_are_named(xh, twofold):
    symbols = kernel_symbols()
    main, more = functions_of(xh, twofold, "opcodes")
    calls = [insn for f in (main, more) for insn in f["insns"] if insn["operation"] == "callq"]
    assert [insn["operands"] for insn in calls] == [[more["name"]], ["bpf_trace_printk"]]
    jumps = [(f, insn) for f in (main, more) for insn in f["insns"]
             if insn["operation"].startswith("j")]
    for function, insn in jumps:
        name, _, offset = insn["operands"][-1].partition("+")
        code = bytes(int(byte, 16) for byte in insn["opcodes"])
        distance = int.from_bytes(code[-4 if len(code) > 2 else -1:], "little", signed=True)
        target = symbols[function["name"]] + int(insn["pc"], 16) + len(code) + distance
        assert symbols[name] + int(offset or "0", 16) == target
    assert any(insn["operands"][0].startswith(main["name"] + "+0x") for _, insn in jumps)


@x86
def test_memory_operands_are_whole(xh, twofold):
    operands = [each for f in functions_of(xh, twofold) for insn in f["insns"]
                for each in insn["operands"] if each]
    assert "(%rax,%rax)" in operands
    assert all(each.count("(") == each.count(")") for each in operands)


@x86
def test_instructions_end_where_objdump_says(xh, twofold, tmp_path):
    if not shutil.which("objdump"):
        pytest.skip("no objdump installed")
    functions = functions_of(xh, twofold, "opcodes")
    (tmp_path / "image").write_bytes(b"".join(map(code_of, functions)))
    theirs = command("objdump", "-D", "-w", "-b", "binary", "-m", "i386:x86-64",
                     tmp_path / "image").out
    ours = [" ".join(byte[2:] for byte in insn["opcodes"])
            for function in functions for insn in function["insns"]]
    assert re.findall(r"^ +[0-9a-f]+:\t([0-9a-f ]+?) *\t", theirs, re.M) == ours


def test_without_btf(xh, bpf, pins):
    """if r1 > r10 goto +1; r0 = 2; exit"""
    insns = struct.pack("<BBhiBBhiBBhiBBhi", 0xB7, 0, 0, 1, 0x15, 1, 1, 0, 0xB7, 0, 0, 2,
                        0x95, 0, 0, 0)
    code = ctypes.create_string_buffer(insns, len(insns))
    license_text = ctypes.create_string_buffer(b"GPL")
    attr = struct.pack("IIQQIIQII16sII", 6, 4, bpf.address(code), bpf.address(license_text), 0, 0, 0,
                       0, 0, b"bare", 0, 0)
    fd = bpf.bpf(5, attr)[0]
    bpf.obj_pin(fd, pins / "bare")
    os.close(fd)
    tag = xh("-j", "prog", "show", "pinned", pins / "bare").json["tag"]
    function, = functions_of(xh, pins / "bare", "linum")
    assert list(function) == ["name", "insns"]
    assert function["name"] == f"bpf_prog_{tag}_bare"
    assert not any("src" in insn for insn in function["insns"])
    lines = xh("prog", "dump", "jited", "pinned", pins / "bare", "linum").out.splitlines()
    assert lines[0] == f"bpf_prog_{tag}_bare:"
    assert len(lines) == len(function["insns"]) + 2


def test_several_programs(xh, pins, twofold_object):
    for name in "ab":
        xh("prog", "load", twofold_object, pins / name)
    tag = xh("-j", "prog", "show", "pinned", pins / "a").json["tag"]
    first, second = xh("-j", "prog", "dump", "jited", "tag", tag, "opcodes").json
    assert first["id"] < second["id"]
    assert [f["name"] for f in first["insns"]] == [f["name"] for f in second["insns"]]
    assert list(first)[:4] == ["id", "type", "name", "tag"]
    assert first["insns"] == functions_of(xh, pins / "a", "opcodes")
    text = xh("prog", "dump", "jited", "tag", tag).out
    alone = xh("prog", "dump", "jited", "pinned", pins / "b").out
    header = f"{second['id']}: xdp  name twofold  tag {tag}  gpl\n"
    assert text.endswith("\n\n" + header + alone)


def test_file_takes_one_program(xh, pins, twofold_object, tmp_path):
    for name in "ab":
        xh("prog", "load", twofold_object, pins / name)
    tag = xh("-j", "prog", "show", "pinned", pins / "a").json["tag"]
    result = xh("prog", "dump", "jited", "tag", tag, "file", tmp_path / "image", status=255)
    assert str(xh("-j", "prog", "show", "pinned", pins / "b").json["id"]) in result.err
    assert not (tmp_path / "image").exists()


def test_no_such_program(xh):
    result = xh("prog", "dump", "jited", "name", "nobody", status=254)
    assert result.out == ""
    assert "nobody" in result.err


def test_file_goes_alone(xh, twofold, tmp_path):
    words = "prog", "dump", "jited", "pinned", twofold, "file", tmp_path / "image"
    for more in "opcodes", "linum":
        result = xh(*words, more, status=255)
        assert f"'{more}'" in result.err
    assert xh("-j", *words).out == "null\n"


def test_disk_full(xh, twofold):
    with open("/dev/full", "w") as full:
        done = subprocess.run([xh.path, "prog", "dump", "jited", "pinned", twofold], stdout=full,
                              stderr=subprocess.PIPE, text=True)
    assert done.returncode == 255
    assert "ENOSPC" in done.stderr


def test_hidden_code(xh, twofold):
    """Without CAP_SYSLOG the kernel shows neither code nor addresses."""
    if int(open("/proc/sys/kernel/perf_event_paranoid").read()) < 2:
        pytest.skip("this kernel shows addresses to everybody")
    done = command("setpriv", "--bounding-set", "-syslog", xh.path, "prog", "dump", "jited",
                   "pinned", twofold, status=255)
    assert done.out == "" and "machine code" in done.err and "CAP_SYSLOG" in done.err


def test_not_jited(xh, pins, twofold_object):
    switch = "/proc/sys/net/core/bpf_jit_enable"
    before = open(switch).read() if os.path.exists(switch) else "1"
    try:
        open(switch, "w").write("0")
    except OSError:
        pytest.skip("this kernel always jits")
    try:
        xh("prog", "load", twofold_object, pins / "plain")
    finally:
        open(switch, "w").write(before)
    result = xh("prog", "dump", "jited", "pinned", pins / "plain", status=255)
    assert "is not jited" in result.err
