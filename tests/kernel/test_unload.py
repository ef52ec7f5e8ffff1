# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh prog unload: takes back all that load and attach did, or nothing."""

import os
import socket
import struct
import subprocess
import sys

import pytest

HOLD = """
import sys, time
sys.path.insert(0, sys.argv[1])
import kernel
kernel.obj_get(sys.argv[2])
print("held", flush=True)
time.sleep(3600)
"""

TWIN = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int %s(struct xdp_md *ctx) { return XDP_PASS; }
"""


@pytest.fixture
def hold():
    """hold(path) starts a process that holds the object open, and ends it after the test."""
    running = []

    def start(path):
        process = subprocess.Popen([sys.executable, "-B", "-c", HOLD, os.path.dirname(__file__),
                                    str(path)], stdout=subprocess.PIPE, text=True)
        running.append(process)
        assert process.stdout.readline() == "held\n"
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()


def prog_id(xh, path):
    return xh("-j", "prog", "show", "pinned", path).json["id"]


@pytest.fixture
def pinned_maps(bpftool, pins, hello_object):
    """hello with its maps pinned beside it."""
    (pins / "maps").mkdir()
    bpftool("prog", "load", hello_object, pins / "hello", "pinmaps", pins / "maps")
    return pins


def test_takes_back_load_and_attach(xh, veth, hello):
    number = prog_id(xh, hello)
    xh("net", "attach", "xdp", "id", number, "dev", veth[0])
    xh("net", "attach", "xdpgeneric", "id", number, "dev", veth[1])
    lines = xh("prog", "unload", "id", number).out.splitlines()
    assert sorted(lines[:2]) == sorted([f"detached from {veth[0]} (driver)",
                                        f"detached from {veth[1]} (generic)"])
    assert lines[2:] == [f"unpinned prog {number} from {hello}",
                         f"unloaded program {number} 'hello'"]
    assert xh("-j", "net", "list").json[0]["xdp"] == []
    assert not os.path.exists(hello)
    xh("prog", "show", "id", number, status=254)


def test_json_says_the_same(xh, veth, hello):
    number = prog_id(xh, hello)
    xh("net", "attach", "xdp", "id", number, "dev", veth[0])
    done = xh("-j", "prog", "unload", "pinned", hello).json
    assert [action["action"] for action in done["actions"]] == ["detach", "unpin"]
    assert done["actions"][0]["devname"] == veth[0] and done["actions"][0]["mode"] == "driver"
    assert done["actions"][1]["path"] == hello
    assert (done["id"], done["name"], done["dry_run"], done["unloaded"]) == \
           (number, "hello", False, True)
    assert done["held_by"] == {"pids": [], "links": [], "prog_arrays": [], "maps": [], "attached": []}


def test_unpins_its_own_maps(xh, pinned_maps):
    maps = xh("-j", "prog", "show", "pinned", pinned_maps / "hello").json["map_ids"]
    done = xh("-j", "prog", "unload", "pinned", pinned_maps / "hello").json
    assert {action["id"] for action in done["actions"] if action["type"] == "map"} == set(maps)
    assert os.listdir(pinned_maps / "maps") == [] and done["unloaded"]


def test_leaves_maps_that_another_program_uses(xh, bpftool, pinned_maps, hello_object):
    names = os.listdir(pinned_maps / "maps")
    bss = next(name for name in names if "bss" in name)
    words = ["map", "name", "hello.bss", "pinned", pinned_maps / "maps" / bss]
    bpftool("prog", "load", hello_object, pinned_maps / "other", *words)
    xh("prog", "unload", "pinned", pinned_maps / "hello")
    assert os.listdir(pinned_maps / "maps") == [bss]
    assert os.path.exists(pinned_maps / "other")


def test_dry_run_changes_nothing(xh, veth, hello):
    number = prog_id(xh, hello)
    xh("net", "attach", "xdp", "id", number, "dev", veth[0])
    assert xh("prog", "unload", "id", number, "--dry-run").out == (
        f"would detach from {veth[0]} (driver)\n"
        f"would unpin prog {number} from {hello}\n"
        f"would unload program {number}, unless something that xh cannot see holds it\n")
    done = xh("-j", "prog", "unload", "id", number, "--dry-run").json
    assert done["dry_run"] is True and done["unloaded"] is False and len(done["actions"]) == 2
    assert xh("-j", "net", "list").json[0]["xdp"][0]["id"] == number
    assert prog_id(xh, hello) == number


def test_names_the_process_that_holds_it(xh, hello, hold):
    number, process = prog_id(xh, hello), hold(hello)
    lines = xh("prog", "unload", "id", number).out.splitlines()
    assert lines[0] == f"unpinned prog {number} from {hello}"
    assert lines[1].startswith(f"held by process {process.pid} (python3")
    assert lines[2:] == [f"program {number} stays loaded"]
    assert prog_by_id_shows(xh, number)
    done = xh("-j", "prog", "unload", "id", number).json
    assert [row["pid"] for row in done["held_by"]["pids"]] == [process.pid]
    assert done["unloaded"] is False


def prog_by_id_shows(xh, number):
    return xh("-j", "prog", "show", "id", number).json["id"] == number


def test_names_the_program_array_that_holds_it(xh, hello, bpf):
    number = prog_id(xh, hello)
    array = bpf.map_create(3, 4, 4, 4, b"jumps")
    program = bpf.obj_get(hello)
    bpf.map_update(array, struct.pack("I", 2), struct.pack("I", program))
    os.close(program)
    try:
        done = xh("-j", "prog", "unload", "id", number).json
        assert [(row["name"], row["index"]) for row in done["held_by"]["prog_arrays"]] == \
               [("jumps", 2)]
        assert "held by program array" in xh("prog", "unload", "id", number).out
    finally:
        os.close(array)


@pytest.mark.parametrize("kind, name, section", [(14, "devmap", "devmap"),
                                                  (25, "devmap_hash", "devmap"),
                                                  (16, "cpumap", "cpumap")])
def test_names_the_map_whose_element_runs_it(xh, pins, compile_bpf, bpf, veth, kind, name, section):
    path = compile_bpf(TWIN.replace('"xdp"', f'"xdp/{section}"') % "element", section)
    xh("prog", "load", path, pins / "x")
    number, program = prog_id(xh, pins / "x"), bpf.obj_get(pins / "x")
    first = socket.if_nametoindex(veth[0]) if name != "cpumap" else 64
    elements = bpf.map_create(kind, 4, 8, 4, b"elements")
    bpf.map_update(elements, struct.pack("I", 0), struct.pack("II", first, program))
    os.close(program)
    try:
        done = xh("-j", "prog", "unload", "id", number).json
        [row] = done["held_by"]["maps"]
        assert (row["type"], row["name"], row["key"]) == (name, "elements", 0)
        assert not done["unloaded"] and "held_by_unseen" not in done
        assert xh("prog", "unload", "id", number).out == (
            f"held by {name} {row['map_id']} 'elements' at key 0\nprogram {number} stays loaded\n")
    finally:
        os.close(elements)


CGROUP = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("cgroup_skb/egress") int skb(void *ctx) { return 1; }
"""


@pytest.fixture
def cgroup(tmp_path):
    """A control group of its own, with nothing in it, two levels below where cgroup2 is mounted."""
    subprocess.run(["mount", "-t", "cgroup2", "cgroup2", tmp_path], check=True)
    outer = tmp_path / f"xh{os.getpid()}"
    (outer / "inner").mkdir(parents=True)
    yield outer / "inner"
    (outer / "inner").rmdir()
    outer.rmdir()
    subprocess.run(["umount", tmp_path], check=True)


def test_names_the_control_group_that_holds_it(xh, bpftool, pins, compile_bpf, cgroup):
    xh("prog", "load", compile_bpf(CGROUP, "cgroup"), pins / "skb")
    number = prog_id(xh, pins / "skb")
    bpftool("cgroup", "attach", cgroup, "egress", "pinned", pins / "skb", "multi")
    try:
        done = xh("-j", "prog", "unload", "id", number).json
        [row] = done["held_by"]["attached"]
        assert row["cgroup"].endswith(f"/xh{os.getpid()}/inner")
        assert row["attach_type"] == "cgroup_inet_egress"
        assert not done["unloaded"] and "held_by_unseen" not in done
        assert xh("prog", "unload", "id", number).out == (
            f"held by control group {row['cgroup']} as cgroup_inet_egress - to detach it: "
            f"xh cgroup detach {row['cgroup']} cgroup_inet_egress id {number}\n"
            f"program {number} stays loaded\n")
        xh("cgroup", "detach", row["cgroup"], "cgroup_inet_egress", "id", number)
        xh("prog", "show", "id", number, status=254)
    finally:
        bpftool("cgroup", "detach", cgroup, "egress", "id", number, status=None)


def test_a_link_to_a_control_group_is_named_once(xh, pins, compile_bpf, cgroup, bpf):
    xh("prog", "load", compile_bpf(CGROUP, "cgroup"), pins / "skb")
    number, program = prog_id(xh, pins / "skb"), bpf.obj_get(pins / "skb")
    directory = os.open(cgroup, os.O_RDONLY)
    link = bpf.bpf(bpf.LINK_CREATE, struct.pack("IIII", program, directory, 1, 0))[0]
    os.close(program)
    os.close(directory)
    try:
        held = xh("-j", "prog", "unload", "id", number).json["held_by"]
        assert [row["type"] for row in held["links"]] == ["cgroup"] and held["attached"] == []
    finally:
        os.close(link)


SOCKETS = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("%s") int f(void *ctx) { return 1; }
"""


def test_names_the_map_of_sockets_that_holds_it(xh, pins, compile_bpf, bpf):
    xh("prog", "load", compile_bpf(SOCKETS % "sk_msg", "msg"), pins / "msg")
    number, sockets = prog_id(xh, pins / "msg"), bpf.map_create(15, 4, 4, 4, b"sockets")
    try:
        bpf.obj_pin(sockets, pins / "sockets")
        xh("prog", "attach", "id", number, "sk_msg_verdict", "pinned", pins / "sockets")
        lines = xh("prog", "unload", "id", number).out.splitlines()
        [row] = xh("-j", "prog", "unload", "id", number).json["held_by"]["attached"]
        words = f"prog detach id {number} sk_msg_verdict id {row['map_id']}"
        assert lines[1:] == [f"held by map {row['map_id']} 'sockets' as sk_msg_verdict "
                             f"- to detach it: xh {words}", f"program {number} stays loaded"]
        xh(*words.split())
        xh("prog", "show", "id", number, status=254)
    finally:
        os.close(sockets)


def test_names_the_namespace_whose_flows_it_dissects(xh, pins, compile_bpf):
    path = compile_bpf(SOCKETS.replace("return 1", "return 0") % "flow_dissector", "flow")
    xh("prog", "load", path, pins / "flow")
    number = prog_id(xh, pins / "flow")
    xh("prog", "attach", "id", number, "flow_dissector")
    lines = xh("prog", "unload", "id", number).out.splitlines()
    assert lines[1:] == ["held by this network namespace as flow_dissector - to detach it: xh prog "
                         f"detach id {number} flow_dissector", f"program {number} stays loaded"]
    xh("prog", "detach", "id", number, "flow_dissector")
    xh("prog", "show", "id", number, status=254)


def test_leaves_what_a_link_attached(xh, hello, veth, bpf):
    """A link that is still held keeps its program attached: it is named, not fought."""
    number = prog_id(xh, hello)
    link = bpf.link_create_xdp(hello, veth[0])
    try:
        done = xh("-j", "prog", "unload", "id", number).json
        assert [action["action"] for action in done["actions"]] == ["unpin"]
        assert [row["type"] for row in done["held_by"]["links"]] == ["xdp"]
        assert xh("-j", "net", "list").json[0]["xdp"][0]["id"] == number
    finally:
        os.close(link)


def test_several_programs_are_refused_with_the_list(xh, bpftool, pins, compile_bpf):
    name = f"twin{os.getpid()}"
    path = compile_bpf(TWIN % name, "twin")
    for pin in "ab":
        bpftool("prog", "load", path, pins / pin)
    ids = [prog_id(xh, pins / pin) for pin in "ab"]
    result = xh("prog", "unload", "name", name, status=255)
    assert all(f"id {number} (xdp '{name}', tag " in result.err for number in ids)
    assert sorted(os.listdir(pins)) == ["a", "b"]
    assert xh("-j", "prog", "unload", "name", name, status=255).json["error"]


def test_a_step_that_fails_takes_all_back(xh, veth, hello, pins):
    """A pin in a directory that may not be changed: what was detached is attached again."""
    number = prog_id(xh, hello)
    xh("net", "attach", "xdp", "id", number, "dev", veth[0])
    subprocess.run(["mount", "--bind", pins, pins], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", pins], check=True)
    try:
        result = xh("prog", "unload", "id", number, status=255)
    finally:
        subprocess.run(["umount", pins], check=True)
    assert result.err.startswith(f"Error: unpin {hello}: Read-only file system (EROFS)")
    assert xh("-j", "net", "list").json[0]["xdp"][0]["id"] == number
    assert prog_id(xh, hello) == number


def test_no_such_program(xh):
    result = xh("prog", "unload", "name", "nosuch", status=254)
    assert result.err.startswith("Error: no program named 'nosuch'") and not result.out


CLS = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("tc") int tc_%s(struct __sk_buff *skb) { return -1; }
"""


@pytest.mark.parametrize("hook, kind", [("tcx_ingress", "tcx/ingress"),
                                        ("tcx_egress", "tcx/egress"),
                                        ("tc_ingress", "clsact/ingress"),
                                        ("tc_egress", "clsact/egress")])
def test_detaches_from_tc(xh, veth, pins, compile_bpf, hook, kind):
    xh("prog", "load", compile_bpf(CLS % hook, hook), pins / "cls")
    number = prog_id(xh, pins / "cls")
    xh("net", "attach", hook, "id", number, "dev", veth[0])
    assert [row["kind"] for row in xh("-j", "net", "list").json[0]["tc"]] == [kind]
    lines = xh("prog", "unload", "id", number).out.splitlines()
    assert lines == [f"detached from {veth[0]} ({kind})",
                     f"unpinned prog {number} from {pins / 'cls'}",
                     f"unloaded program {number} 'tc_{hook}'"]
    assert xh("-j", "net", "list").json[0]["tc"] == []


def test_leaves_the_neighbours_of_a_tcx_program(xh, veth, pins, compile_bpf):
    path = compile_bpf(CLS % "one", "one")
    for pin in "ab":
        xh("prog", "load", path, pins / pin)
        xh("net", "attach", "tcx_ingress", "pinned", pins / pin, "dev", veth[0])
    stays = prog_id(xh, pins / "b")
    xh("prog", "unload", "pinned", pins / "a")
    assert [row["prog_id"] for row in xh("-j", "net", "list").json[0]["tc"]] == [stays]


def test_detaches_each_filter_of_one_program(xh, veth, pins, compile_bpf):
    xh("prog", "load", compile_bpf(CLS % "twice", "twice"), pins / "cls")
    subprocess.run(["tc", "qdisc", "add", "dev", veth[0], "clsact"], check=True)
    for pref in "10", "20":
        subprocess.run(["tc", "filter", "add", "dev", veth[0], "ingress", "pref", pref, "bpf",
                        "direct-action", "pinned", pins / "cls"], check=True)
    done = xh("-j", "prog", "unload", "pinned", pins / "cls").json
    assert [action["action"] for action in done["actions"]] == ["detach", "detach", "unpin"]
    assert done["unloaded"] and xh("-j", "net", "list").json[0]["tc"] == []


def read_only(directory):
    subprocess.run(["mount", "--bind", directory, directory], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", directory], check=True)


@pytest.mark.parametrize("hook", ["tcx_ingress", "tc_egress"])
def test_what_is_attached_again_is_where_it_was(xh, veth, pins, compile_bpf, hook):
    """Between its neighbours, and of a filter the same preference and handle."""
    path = compile_bpf(CLS % "three", "three")
    for pin in "abc":
        xh("prog", "load", path, pins / pin)
        xh("net", "attach", hook, "pinned", pins / pin, "dev", veth[0])
    before = xh("-j", "net", "list").json[0]["tc"]
    read_only(pins)
    try:
        xh("prog", "unload", "pinned", pins / "b", status=255)
    finally:
        subprocess.run(["umount", pins], check=True)
    assert xh("-j", "net", "list").json[0]["tc"] == before and len(before) == 3


def test_leaves_pins_of_maps_that_a_process_holds(xh, pinned_maps, hold):
    names = os.listdir(pinned_maps / "maps")
    bss = next(name for name in names if "bss" in name)
    hold(pinned_maps / "maps" / bss)
    assert xh("-j", "prog", "unload", "pinned", pinned_maps / "hello").json["unloaded"]
    assert os.listdir(pinned_maps / "maps") == [bss]


def test_two_at_once(xh, pins, compile_bpf):
    """One or both do it; neither fails for what the other did, nor blames it."""
    path = compile_bpf(TWIN % "race", "race")
    for _ in range(10):
        xh("prog", "load", path, pins / "race")
        number = prog_id(xh, pins / "race")
        both = [subprocess.Popen([xh.path, "prog", "unload", "id", str(number)], text=True,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in "ab"]
        ends = [one.communicate() + (one.returncode,) for one in both]
        assert all(status in (0, 254) for _, _, status in ends), ends
        assert any(f"unloaded program {number} 'race'\n" in out for out, _, _ in ends), ends
        assert os.listdir(pins) == []
