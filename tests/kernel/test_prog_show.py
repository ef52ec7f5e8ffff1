# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh prog list and show: the same as bpftool's over the same programs, and what it refuses."""

import contextlib
import json
import os
import re
import struct
import subprocess
import sys
import threading

import pytest

import program
from differences import ORPHANED, PIDS, VERIFIED, same_json, same_text

ENABLE_STATS = 32
SOURCE = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int {name}(struct xdp_md *ctx) {{ {body} return XDP_PASS; }}
char LICENSE[] SEC("license") = "GPL";
"""
FORMS = [], ["-j"], ["-p"], ["-f"], ["-f", "-j"], ["-f", "-p"]


@pytest.fixture
def load(bpftool, compile_bpf, pins):
    """load("name") compiles, loads and pins a program; its pinned path."""

    def load_source(name, body=""):
        bpftool("prog", "load", compile_bpf(SOURCE.format(name=name, body=body)), pins / name)
        return str(pins / name)

    return load_source


def blocks(text):
    """The lines of each program, by its id."""
    return {int(block.split(":")[0]): block for block in re.split(r"^(?=\d+: )", text, flags=re.M)
            if block}


def same_show(xh, bpftool, *words):
    for form in FORMS:
        ours, theirs = xh(*form, "prog", "show", *words), bpftool(*form, "prog", "show", *words)
        same = same_text if form in ([], ["-f"]) else same_json
        same(ours.out, theirs.out, PIDS, ORPHANED, VERIFIED)
        assert ours.err == ""


def test_pinned(xh, bpftool, load):
    same_show(xh, bpftool, "pinned", load("small"))


def test_maps_and_globals(xh, bpftool, pins, zoo_object):
    bpftool("prog", "load", zoo_object, pins / "zoo")
    same_show(xh, bpftool, "pinned", pins / "zoo")
    shown = xh("-j", "prog", "show", "pinned", pins / "zoo").json
    assert shown["name"] == "zoo_main_program_with_a_long_name" and len(shown["map_ids"]) > 3


def test_every_way_to_name_it(xh, bpftool, load):
    name = program.unique("named")
    path = load(name, body="return %d;" % (os.getpid() & 0x7fff))
    shown = xh("-j", "prog", "show", "pinned", path).json
    for words in (["id", shown["id"]], ["tag", shown["tag"]], ["name", shown["name"]],
                  ["id", hex(shown["id"])]):
        assert xh("-j", "prog", "show", *words).json == shown
    for words in ["id", shown["id"]], ["tag", shown["tag"]], ["name", name[:15]]:
        same_show(xh, bpftool, *words)
    assert xh("p", "s", "i", shown["id"]).out == xh("prog", "list", "id", shown["id"]).out


def test_long_names_whole_and_cut(xh, load):
    name = program.unique("a_name_far_longer_than_fifteen_characters")
    load(name)
    for wanted in name, name[:15]:
        assert xh("-j", "prog", "show", "name", wanted).json["name"] == name
    assert f"  name {name}  tag " in xh("prog", "show", "name", name).out
    for wrong in name[:16], name[:14], name + "x":
        assert xh("prog", "show", "name", wrong, status=254).out == ""


def test_without_btf(xh, bpftool):
    fd = program.load("no_btf")
    same_show(xh, bpftool, "id", program.id_of(fd))
    os.close(fd)


def test_without_a_name_or_gpl(xh, bpftool):
    fd = program.load(kind=program.SOCKET_FILTER, license="Proprietary")
    same_show(xh, bpftool, "id", program.id_of(fd))
    shown = xh("-j", "prog", "show", "id", program.id_of(fd)).json
    assert "name" not in shown and shown["gpl_compatible"] is False
    os.close(fd)


def test_array_for_several_of_one_name_and_tag(xh, bpftool):
    name = program.unique("tw")
    fds = [program.load(name) for _ in range(3)]
    same_show(xh, bpftool, "name", name)
    shown = xh("-j", "prog", "show", "name", name).json
    assert [one["id"] for one in shown] == sorted(map(program.id_of, fds))
    tagged = xh("-j", "prog", "show", "tag", shown[0]["tag"]).json
    assert {one["id"] for one in tagged} >= set(map(program.id_of, fds))
    for fd in fds[1:]:
        os.close(fd)
    assert xh("-j", "prog", "show", "name", name).json["id"] == program.id_of(fds[0])
    os.close(fds[0])


def test_list(xh, bpftool, load):
    """Other programs come and go meanwhile: those that both tools saw are compared."""
    own = xh("-j", "prog", "show", "pinned", load("listed")).json["id"]
    ours, theirs = blocks(xh("prog", "list").out), blocks(bpftool("prog", "list").out)
    assert own in ours and list(ours) == sorted(ours)
    for number in ours.keys() & theirs.keys():
        same_text(ours[number], theirs[number], PIDS, VERIFIED)
    documents = [json.loads(run("-j", "prog", "list").out) for run in (xh, bpftool)]
    ours, theirs = [{one["id"]: one for one in document} for document in documents]
    for number in ours.keys() & theirs.keys():
        same_json(json.dumps(ours[number], separators=(",", ":")) + "\n",
                  json.dumps(theirs[number], separators=(",", ":")) + "\n",
                  PIDS, ORPHANED, VERIFIED)
    assert own in ours


@pytest.mark.parametrize("words", [["prog"], ["prog", "list"], ["prog", "show"], ["p"], ["p", "l"]])
def test_words_that_list(xh, words):
    fd = program.load("in_the_list")
    assert program.id_of(fd) in blocks(xh(*words).out)
    assert program.id_of(fd) in [one["id"] for one in xh(*words, "-j").json]
    os.close(fd)


def test_pins_of_one_program(xh, bpftool, load, pins):
    path = load("first")
    (pins / "deeper").mkdir()
    bpftool("prog", "pin", "pinned", path, pins / "deeper/second")
    paths = [str(pins / "deeper/second"), path]
    shown = xh("-f", "-j", "prog", "show", "pinned", path).json
    assert shown["pinned"] == paths
    assert "".join(f"\tpinned {one}\n" for one in paths) in xh("-f", "prog", "show", "pinned",
                                                               path).out
    assert "pinned" not in xh("-j", "prog", "show", "pinned", path).json


@contextlib.contextmanager
def child_that_holds(path):
    """A process that opens the pin twice and waits; its pid."""
    code = ("import sys, kernel; fds = [kernel.obj_get(sys.argv[1]) for _ in range(2)]; "
            "print(flush=True); sys.stdin.read()")
    child = subprocess.Popen([sys.executable, "-B", "-c", code, path], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, cwd=os.path.dirname(__file__))
    child.stdout.readline()
    yield child.pid
    child.communicate()


def test_who_holds_it(xh, load):
    path = load("held")
    assert "pids" not in xh("-j", "prog", "show", "pinned", path).json
    with child_that_holds(path) as first, child_that_holds(path) as second:
        with open(f"/proc/{first}/comm") as comm:
            name = comm.read().strip()
        holders = sorted([first, second])
        assert xh("-j", "prog", "show", "pinned", path).json["pids"] == [
            {"comm": name, "pid": pid} for pid in holders]
        assert "\tpids " + ", ".join(f"{name}({pid})" for pid in holders) + "\n" in \
            xh("prog", "show", "pinned", path).out
    assert "pids" not in xh("prog", "show", "pinned", path).out


def test_holder_whose_name_a_terminal_would_obey(xh, bpf, load):
    path = load("held")
    libc = bpf.libc
    before = open("/proc/self/comm").read().strip()
    fd = bpf.obj_get(path)
    libc.prctl(15, b"\x1b[31m)\n", 0, 0, 0)
    try:
        assert f"\tpids \\x1b[31m)({os.getpid()})\n" in xh("prog", "show", "pinned", path).out
        assert xh("-j", "prog", "show", "pinned", path).json["pids"][0]["comm"] == "\x1b[31m)"
    finally:
        libc.prctl(15, before.encode(), 0, 0, 0)
        os.close(fd)


def test_run_statistics(xh, bpftool, bpf, load):
    path = load("counted")
    stats = bpf.bpf(ENABLE_STATS, struct.pack("I", 0))[0]
    bpf.run_program(path, times=100)
    os.close(stats)
    same_show(xh, bpftool, "pinned", path)
    shown = xh("-j", "prog", "show", "pinned", path).json
    assert shown["run_cnt"] == 100 and shown["run_time_ns"] > 0
    assert f"gpl run_time_ns {shown['run_time_ns']} run_cnt 100\n" in xh("prog", "show", "pinned",
                                                                         path).out


def test_metadata(xh, bpftool, pins, zoo_object):
    bpftool("prog", "load", zoo_object, pins / "zoo")
    shown = xh("-j", "prog", "show", "pinned", pins / "zoo").json
    assert shown["metadata"] == {"author": "zoo keeper", "version": 3}
    assert '\tmetadata:\n\t\tauthor = "zoo keeper"\n\t\tversion = 3\n' in xh(
        "prog", "show", "pinned", pins / "zoo").out


METADATA = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
enum color { RED = 4, BLUE = 5 };
struct place { int x; char name[4]; };
const volatile int other = 1;
const volatile char bpf_metadata_text[] SEC(".rodata") = "\\x1b[31m\\n";
const volatile struct place bpf_metadata_place SEC(".rodata") = { -3, "abc" };
const volatile enum color bpf_metadata_color SEC(".rodata") = BLUE;
const volatile unsigned long long bpf_metadata_ SEC(".rodata") = ~0ULL;
SEC("xdp") int told(struct xdp_md *ctx) { return other + bpf_metadata_place.x; }
char LICENSE[] SEC("license") = "GPL";
"""


def test_metadata_of_every_kind(xh, bpftool, pins, compile_bpf):
    """Control characters reach no terminal; a struct is the object that JSON has."""
    bpftool("prog", "load", compile_bpf(METADATA, "told"), pins / "told")
    shown = xh("-j", "prog", "show", "pinned", pins / "told").json
    text = [ord(character) for character in "\x1b[31m\n\0"]
    assert shown["metadata"].pop("text") in ("\x1b[31m\n", list(map(chr, text)), text)
    assert shown["metadata"] == {"place": {"x": -3, "name": "abc"}, "color": "BLUE", "": 2**64 - 1}
    out = xh("prog", "show", "pinned", pins / "told").out
    assert out.index("\tmetadata:\n") < out.index("\t\tcolor = \"BLUE\"\n")
    assert "\x1b" not in out and "\t\t = 18446744073709551615\n" in out


def test_constants_without_metadata(xh, load):
    assert "metadata" not in xh("-j", "prog", "show", "pinned", load("plain", body="""
        static const volatile int limit = 7; if (limit == 8) return XDP_DROP;""")).json


def test_what_was_verified(xh, bpf):
    fd = program.load("two")
    number = program.id_of(fd)
    assert xh("-j", "prog", "show", "id", number).json["verified_insns"] == 2
    assert xh("prog", "show", "id", number).out.endswith("\tverified_insns 2\n")
    os.close(fd)


ITERATOR = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("iter/bpf_prog") int walk(void *ctx) { return 0; }
char LICENSE[] SEC("license") = "GPL";
"""


def test_what_it_is_for(xh, bpftool, pins, compile_bpf):
    """Of a program that the kernel finds by a type of its own."""
    bpftool("prog", "load", compile_bpf(ITERATOR, "walk"), pins / "walk")
    same_show(xh, bpftool, "pinned", pins / "walk")
    shown = xh("-j", "prog", "show", "pinned", pins / "walk").json
    assert shown["attach_btf_name"] == "bpf_iter_bpf_prog"
    assert shown["attach_btf_obj_id"] and shown["attach_btf_id"]
    assert xh("prog", "show", "pinned", pins / "walk").out.endswith(
        f"\tverified_insns {shown['verified_insns']}  attach_btf bpf_iter_bpf_prog\n")


def test_objects_vanish_while_listing(xh):
    """The kernel's list changes under the walk: no failure, no half program."""
    kept = program.load("kept")
    stop = threading.Event()

    def churn():
        while not stop.is_set():
            # The verifier gives up when a signal comes, here of a listing that has ended.
            with contextlib.suppress(BlockingIOError):
                os.close(program.load("churn"))

    thread = threading.Thread(target=churn)
    thread.start()
    try:
        for _ in range(250):
            assert program.id_of(kept) in [one["id"] for one in xh("-j", "prog", "list").json]
            xh("prog", "show", "name", "kept")
    finally:
        stop.set()
        thread.join()
        os.close(kept)
