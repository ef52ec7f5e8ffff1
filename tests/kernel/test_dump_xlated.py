# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh prog dump xlated: the same bytes as bpftool, and the graph, which bpftool gets wrong."""

import itertools
import json
import os
import re

import pytest

from conftest import command
from differences import WIDE_NUMBER, same_text

FORMS = [options + extra for options, extra in itertools.product(
    ([], ["-j"], ["-p"]), ([], ["opcodes"], ["linum"]))]

PLAIN = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int plain(struct xdp_md *ctx) { return bpf_get_prandom_u32() ? XDP_PASS : XDP_DROP; }
char LICENSE[] SEC("license") = "GPL";
"""


def split(form):
    return [word for word in form if word.startswith("-")], \
           [word for word in form if not word.startswith("-")]


@pytest.fixture
def zoo(bpftool, pins, zoo_object):
    bpftool("prog", "load", zoo_object, pins / "main")
    return str(pins / "main")


@pytest.mark.parametrize("form", FORMS, ids=" ".join)
@pytest.mark.parametrize("which", ["hello", "zoo"])
def test_same_as_bpftool(xh, bpftool, request, which, form):
    path = request.getfixturevalue(which)
    options, extra = split(form)
    words = ["prog", "dump", "xlated", "pinned", path, *extra]
    assert xh(*options, *words).out == bpftool(*options, *words).out


@pytest.mark.parametrize("form", [[], ["-j"], ["-p"]], ids=" ".join)
def test_several_of_one_name(xh, bpftool, pins, compile_bpf, form):
    """Each has a heading in text, and is an object with its "insns" in JSON."""
    name = f"twin{os.getpid()}"
    path = compile_bpf(PLAIN.replace("plain", name), "twin")
    for pin in "ab":
        bpftool("prog", "load", path, pins / pin)
    words = ["prog", "dump", "xlated", "name", name]
    ours = xh(*form, *words).out
    assert ours == bpftool(*form, *words).out
    if form:
        programs = json.loads(ours)
        assert [program["name"] for program in programs] == [name, name]
        assert len(programs[0]["insns"]) == len(programs[1]["insns"]) > 4


def test_instructions_of_hello(xh, hello):
    out = xh("prog", "dump", "xlated", "pinned", hello).out
    assert out.startswith("int hello(struct xdp_md *")
    assert re.search(r"\(85\) call bpf_trace_printk#-?\d+\n", out)
    assert "; counter++;\n" in out
    assert out.endswith("(95) exit\n")


def test_without_btf(xh, bpftool, pins, compile_bpf):
    xh("prog", "load", compile_bpf(PLAIN, "plain", btf=False), pins / "plain")
    words = ["prog", "dump", "xlated", "pinned", pins / "plain"]
    ours = xh(*words).out
    assert ours == bpftool(*words).out
    assert ours.startswith("   0: (85) call ")


def test_file_gets_the_bytes(xh, bpftool, zoo, tmp_path):
    xh("prog", "dump", "xlated", "pinned", zoo, "file", tmp_path / "ours")
    bpftool("prog", "dump", "xlated", "pinned", zoo, "file", tmp_path / "theirs")
    ours = (tmp_path / "ours").read_bytes()
    assert ours == (tmp_path / "theirs").read_bytes() and len(ours) == 576
    result = xh("-j", "prog", "dump", "xlated", "pinned", zoo, "file", tmp_path / "ours")
    assert result.json is None


def test_file_goes_with_nothing_else(xh, zoo, tmp_path):
    target = tmp_path / "bytes"
    result = xh("prog", "dump", "xlated", "pinned", zoo, "file", target, "linum", status=255)
    assert "do not go with 'file'" in result.err and not target.exists()


def test_file_that_cannot_be_written(xh, zoo):
    result = xh("prog", "dump", "xlated", "pinned", zoo, "file", "/dev/full", status=255)
    assert result.err == "Error: write /dev/full: No space left on device (ENOSPC)\n"


def edges_of(dot, function):
    return {(int(a), int(b)) for a, b in re.findall(
        rf"fn_{function}_bb_(\d+):s -> fn_{function}_bb_(\d+):n \[style=\"solid", dot)}


def test_graph_of_the_zoo(xh, zoo):
    """Entry is 0, exit 1; the branches are those that the source has."""
    dot = xh("prog", "dump", "xlated", "pinned", zoo, "visual").out
    assert dot.startswith('digraph "DOT graph for eBPF program" {\n') and dot.endswith("}\n}\n")
    assert edges_of(dot, 0) == {(0, 2), (2, 3), (2, 6), (3, 4), (3, 5), (4, 5), (5, 6), (6, 7),
                                (6, 8), (7, 8), (8, 9), (8, 10), (9, 10), (10, 1)}
    assert edges_of(dot, 1) == {(0, 2), (2, 3), (2, 5), (3, 4), (3, 5), (4, 5), (5, 1)}
    second = dot[dot.index("cluster_1"):]
    assert "; int classify(struct xdp_md *" in second and "zoo_main" not in second


def test_graph_as_data(xh, zoo):
    dot = xh("prog", "dump", "xlated", "pinned", zoo, "visual").out
    functions = xh("-j", "prog", "dump", "xlated", "pinned", zoo, "visual").json
    assert len(functions) == 2
    for number, function in enumerate(functions):
        edges = {(0, 2)} | {(block["id"], node) for block in function["blocks"]
                            for node in block["next"]}
        assert edges == edges_of(dot, number)
        indexes = [insn["index"] for block in function["blocks"] for insn in block["insns"]]
        assert indexes == sorted(set(indexes))


def test_graph_is_dot(xh, zoo, tmp_path):
    """Labels hold the characters that records give a meaning only behind a backslash."""
    dot = xh("prog", "dump", "xlated", "pinned", zoo, "visual", "linum", "opcodes").out
    for label in re.findall(r'label="\{(.*?)\}"\];', dot, re.DOTALL):
        bare = re.sub(r"\\.", "", label, flags=re.DOTALL)
        assert not set(bare) & set("<>{}\"")
    assert "line_num:" in dot and "bf 16 00 00 00 00 00 00" in dot


@pytest.mark.parametrize("words, message", [
    (["id", "4294967295"], "no program with id 4294967295"),
    (["name", "nosuch"], "no program named 'nosuch'"),
    (["tag", "0123456789abcdef"], "no program with tag 0123456789abcdef"),
    (["pinned", "/sys/fs/bpf/nosuch"], "nothing is pinned at /sys/fs/bpf/nosuch"),
], ids=lambda value: value if isinstance(value, str) else value[0])
def test_no_such_program(xh, words, message):
    result = xh("prog", "dump", "xlated", *words, status=254)
    assert result.err.startswith(f"Error: {message}") and not result.out
    assert xh("-j", "prog", "dump", "xlated", *words, status=254).json["error"].startswith(message)


MANY = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#define FOUR(x) x x x x
SEC("xdp") int many(struct xdp_md *ctx)
{
    FOUR(FOUR(FOUR(FOUR(FOUR(asm volatile("r0 = 1" ::: "r0");)))))
    return XDP_PASS;
}
"""


@pytest.mark.parametrize("extra", [[], ["opcodes"]], ids=" ".join)
def test_numbers_over_a_thousand(xh, bpftool, pins, compile_bpf, extra):
    bpftool("prog", "load", compile_bpf(MANY, "many"), pins / "many")
    words = ["prog", "dump", "xlated", "pinned", pins / "many", *extra]
    out = xh(*words).out
    same_text(out, bpftool(*words).out, WIDE_NUMBER)
    assert "\n1000: (b7) r0 = 1\n" in out


@pytest.mark.parametrize("words", [["xlated"], ["xlated", "file"], ["jited"], ["jited", "file"]],
                         ids=" ".join)
def test_what_the_kernel_keeps_back(xh, hello, tmp_path, words):
    """Without a capability there is nothing to show, and that is no success and no other cause."""
    os.chmod("/sys/fs/bpf", 0o755)
    os.chmod(os.path.dirname(hello), 0o755)
    os.chmod(hello, 0o666)
    tmp_path.chmod(0o777)
    target = tmp_path / "bytes"
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all",
              "--bounding-set=-all", xh.path]
    result = command(*nobody, "prog", "dump", words[0], "pinned", hello,
                     *(["file", target] if "file" in words else []), status=255)
    what = "machine code" if words[0] == "jited" else "instructions"
    assert result.err.startswith(f"Error: the kernel keeps the {what} of program ")
    assert "(EPERM); reading" in result.err and not result.out and not target.exists()
