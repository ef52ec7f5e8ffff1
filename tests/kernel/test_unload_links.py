# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh prog unload: what goes with the program's pins, links and program arrays, and what stays."""

import os
import re
import socket
import struct
import subprocess

import pytest

import kernel
from test_unload import hold, prog_id, read_only  # noqa: F401

TRACEPOINT = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("%s/sched_switch") int tp(void *ctx) { return 0; }
char _license[] SEC("license") = "GPL";
"""

JUMPS = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 2); __type(key, int);
         __type(value, int); } jumps SEC(".maps");
SEC("xdp") int one(struct xdp_md *ctx) { bpf_tail_call(ctx, &jumps, 0); return XDP_PASS; }
"""


def process_words(process):
    with open(f"/proc/{process.pid}/comm") as comm:
        return f"end process {process.pid} ({comm.read().strip()})"


@pytest.fixture
def traced(xh, pins, compile_bpf):
    """A program that a perf_event link attached, pinned by it alone: (id, id of the link, path)."""
    return trace(xh, pins, compile_bpf(TRACEPOINT % "tp/sched", "tp"))


def trace(xh, pins, path):
    xh("prog", "load", path, pins / "tp", "autoattach")
    link = xh("-j", "link", "show", "pinned", pins / "tp").json
    return link["prog_id"], link["id"], pins / "tp"


@pytest.fixture
def linked(xh, veth, hello, pins):
    """hello on a device by a pinned link: (id, id of the link, path of that)."""
    xh("net", "attach", "xdp", "pinned", hello, "dev", veth[0], "link", pins / "l")
    return prog_id(xh, hello), xh("-j", "link", "show", "pinned", pins / "l").json["id"], pins / "l"


@pytest.fixture
def jumping(xh, pins, compile_bpf):
    """A program with an array of programs in which it is itself: (its id, its pin, the array's)."""
    xh("prog", "load", compile_bpf(JUMPS, "jumps"), pins / "one", "pinmaps", pins / "m")
    xh("map", "update", "pinned", pins / "m/jumps", "key", *"0000", "value", "pinned", pins / "one")
    return prog_id(xh, pins / "one"), pins / "one", pins / "m/jumps"


def test_an_array_that_goes_too_holds_nothing(xh, jumping):
    number, pin, array = jumping
    map_id = xh("-j", "map", "show", "pinned", array).json["id"]
    assert xh("prog", "unload", "id", number, "--dry-run").out == (
        f"would unpin prog {number} from {pin}\nwould unpin map {map_id} from {array}\n"
        f"would unload program {number}, unless something that xh cannot see holds it\n")
    assert xh("prog", "unload", "id", number).out == (
        f"unpinned prog {number} from {pin}\nunpinned map {map_id} from {array}\n"
        f"unloaded program {number} 'one'\n")


def test_an_array_that_a_process_has_holds_it(xh, jumping, hold):
    number, _, array = jumping
    hold(array)
    for words in ["--dry-run"], []:
        out = xh("prog", "unload", "id", number, *words).out
        assert re.search(r"^held by program array \d+ 'jumps' at index 0$", out, re.M)
        assert out.endswith(f"\nprogram {number} stays loaded\n")
    assert array.exists()


def test_a_devmap_that_holds_its_own_program_stays(xh, pins, compile_bpf, bpf, veth):
    """Nothing empties it: the two keep each other."""
    source = (JUMPS.replace("PROG_ARRAY", "DEVMAP")
              .replace("__type(value, int)", "__type(value, struct bpf_devmap_val)")
              .replace('SEC("xdp")', 'SEC("xdp/devmap")')
              .replace("bpf_tail_call(ctx, &jumps, 0); return XDP_PASS;",
                       "int k = 0; return !!bpf_map_lookup_elem(&jumps, &k);"))
    xh("prog", "load", compile_bpf(source, "devs"), pins / "one", "pinmaps", pins / "m")
    number = prog_id(xh, pins / "one")
    array, program = bpf.obj_get(pins / "m/jumps"), bpf.obj_get(pins / "one")
    bpf.map_update(array, b"\0" * 4,
                   struct.pack("II", socket.if_nametoindex(veth[0]), program))
    os.close(array)
    os.close(program)
    dry, done = (xh("-j", "prog", "unload", "id", number, *words).json
                 for words in (["--dry-run"], []))
    assert dry["held_by"]["maps"] == done["held_by"]["maps"] and not done["unloaded"]
    xh("map", "delete", "id", done["held_by"]["maps"][0]["map_id"], "key", *"0000")


@pytest.mark.parametrize("section", ["tp/sched", "raw_tp"])
def test_takes_back_what_autoattach_did(xh, pins, compile_bpf, section):
    """By links of types that cannot be detached."""
    number, link, pin = trace(xh, pins, compile_bpf(TRACEPOINT % section, "tp"))
    assert xh("prog", "unload", "id", number, "--dry-run").out == (
        f"would unpin link {link} from {pin}\n"
        f"would unload program {number}, unless something that xh cannot see holds it\n")
    assert pin.exists()
    assert xh("prog", "unload", "id", number).out == (
        f"unpinned link {link} from {pin}\nunloaded program {number} 'tp'\n")
    xh("link", "show", "id", link, status=254)


def test_takes_every_pin_of_a_link_and_before_those_of_the_program(xh, linked, hello, pins, bpf):
    number, link, pin = linked
    fd = bpf.obj_get(pin)
    bpf.obj_pin(fd, pins / "m")
    os.close(fd)
    done = xh("-j", "prog", "unload", "id", number).json
    assert [(row["action"], row["type"], row["id"], row["path"]) for row in done["actions"]] == [
        ("unpin", "link", link, str(pin)), ("unpin", "link", link, str(pins / "m")),
        ("unpin", "prog", number, hello)]
    assert done["unloaded"] and done["held_by"]["links"] == []
    assert xh("-j", "net", "list").json[0]["xdp"] == []


def test_a_link_that_is_detached_already_goes_with_its_pin(xh, linked):
    number, link, pin = linked
    xh("link", "detach", "id", link)
    out = xh("prog", "unload", "id", number).out
    assert out.startswith(f"unpinned link {link} from {pin}\n")
    assert out.endswith(f"\nunloaded program {number} 'hello'\n")


def test_a_link_that_a_process_has_stays_with_its_pins(xh, traced, hold):
    number, link, pin = traced
    process = hold(pin)
    for words in ["--dry-run"], []:
        assert xh("prog", "unload", "id", number, *words).out == (
            f"held by link {link} (perf_event) - to end it: {process_words(process)}, "
            f"rm {pin}\nprogram {number} stays loaded\n")
    [row] = xh("-j", "prog", "unload", "id", number).json["held_by"]["links"]
    assert row["pinned"] == [str(pin)] and [one["pid"] for one in row["pids"]] == [process.pid]


def test_names_the_device_and_how_to_detach(xh, linked, hold, veth):
    number, link, pin = linked
    process = hold(pin)
    name, index = veth[0], socket.if_nametoindex(veth[0])
    end = f"- to end it: {process_words(process)}, rm {pin}"
    assert (f"held by link {link} (xdp) ifindex {name}({index}) {end} "
            f"- to detach it until then: xh link detach id {link}\n") in \
        xh("prog", "unload", "id", number).out
    [row] = xh("-j", "prog", "unload", "id", number).json["held_by"]["links"]
    assert (row["devname"], row["ifindex"]) == (name, index)
    xh("link", "detach", "id", link)
    assert f"held by link {link} (xdp) ifindex (detached) {end}\n" in \
        xh("prog", "unload", "id", number).out


def test_names_a_device_of_another_namespace_by_its_number(xh, linked, hold, veth):
    number, link, pin = linked
    hold(pin)
    words = [xh.path, "prog", "unload", "id", str(number), "--dry-run"]
    out = subprocess.run(["unshare", "-n", *words], capture_output=True, text=True, check=True).stdout
    index = socket.if_nametoindex(veth[0])
    assert f"held by link {link} (xdp) ifindex {index} of another network namespace - " in out


def test_a_link_that_something_unseen_keeps_is_named(xh, traced):
    """A file descriptor on its way through a socket is in no process."""
    number, link, pin = traced
    ours, its = socket.socketpair()
    fd = kernel.obj_get(pin)
    socket.send_fds(ours, [b"x"], [fd])
    os.close(fd)
    try:
        assert xh("prog", "unload", "id", number).out == (
            f"unpinned link {link} from {pin}\n"
            f"held by link {link} (perf_event) - kept by something that xh cannot see\n"
            f"program {number} stays loaded\n")
    finally:
        ours.close()
        its.close()


def test_a_step_that_fails_leaves_the_link(xh, linked, hello, pins):
    """The pin of the link is there again when that of the program cannot be removed."""
    number, link, pin = linked
    (pins / "fixed").mkdir()
    fd = kernel.obj_get(hello)
    kernel.obj_pin(fd, pins / "fixed/hello")
    os.close(fd)
    read_only(pins / "fixed")
    try:
        result = xh("prog", "unload", "id", number, status=255)
    finally:
        subprocess.run(["umount", pins / "fixed"], check=True)
    assert result.err.startswith(f"Error: unpin {pins / 'fixed/hello'}: Read-only file system")
    assert xh("-j", "link", "show", "pinned", pin).json["id"] == link
    assert xh("-j", "net", "list").json[0]["xdp"][0]["id"] == number
