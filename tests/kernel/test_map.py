# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh map list and show: the same as bpftool's over every type of map, and what it refuses."""

import json
import os
import re
import threading

import pytest

from differences import LISTED_BTF, PIDS, STALE_BTF, same_json, same_text
from maps import (ARRAY, CGROUP_ARRAY, DEVMAP, DEVMAP_HASH, HASH, MMAPABLE, RDONLY_PROG, REUSEPORT,
                  SOCKHASH, SOCKMAP, STACK_TRACE, XSKMAP, new_map, zoo)  # noqa: F401

FORMS = [], ["-j"], ["-p"], ["-f"], ["-f", "-j"], ["-f", "-p"]


def same_show(xh, bpftool, *words, differences=()):
    for form in FORMS:
        ours, theirs = xh(*form, "map", "show", *words), bpftool(*form, "map", "show", *words)
        same = same_text if form in ([], ["-f"]) else same_json
        same(ours.out, theirs.out, PIDS, *differences)
        assert ours.err == ""


def test_every_type_of_the_zoo(xh, bpftool, zoo):
    names = sorted(os.listdir(zoo))
    assert len(names) == 19
    for name in names:
        same_show(xh, bpftool, "pinned", zoo / name)


@pytest.mark.parametrize("kind, key, value, entries, flags", [
    (HASH, 4, 12, 8, 0), (HASH, 20, 40, 8, 1), (ARRAY, 4, 8, 2, MMAPABLE),
    (ARRAY, 4, 8, 2, RDONLY_PROG), (STACK_TRACE, 4, 80, 2, 0), (CGROUP_ARRAY, 4, 4, 2, 0),
    (DEVMAP, 4, 8, 2, 0), (SOCKMAP, 4, 8, 2, 0), (XSKMAP, 4, 4, 2, 0), (SOCKHASH, 4, 8, 2, 0),
    (REUSEPORT, 4, 8, 2, 0), (DEVMAP_HASH, 4, 4, 2, 0),
])
def test_other_types(xh, bpftool, new_map, kind, key, value, entries, flags):
    _, ident = new_map(kind, key, value, entries, name=b"other", flags=flags)
    same_show(xh, bpftool, "id", ident)


def test_no_name(xh, bpftool, new_map):
    _, ident = new_map(ARRAY, 4, 8, 1)
    same_show(xh, bpftool, "id", ident)
    assert "name" not in xh("-j", "map", "show", "id", ident).json


def test_frozen(xh, bpftool, bpf, new_map):
    fd, ident = new_map(ARRAY, 4, 8, 1, name=b"cold")
    assert xh("-j", "map", "show", "id", ident).json["frozen"] == 0
    bpf.map_freeze(fd)
    same_show(xh, bpftool, "id", ident)
    assert xh("-j", "map", "show", "id", ident).json["frozen"] == 1


def test_owner_of_a_program_array(xh, bpftool, zoo):
    shown = xh("-j", "map", "show", "pinned", zoo / "zoo_progs").json
    assert shown["owner_prog_type"] == "xdp"
    assert shown["owner_jited"] is True


def test_holders(xh, new_map):
    _, ident = new_map(ARRAY, 4, 8, 1, name=b"held")
    with open("/proc/self/comm") as comm:
        me = {"comm": comm.read().rstrip(), "pid": os.getpid()}
    assert xh("-j", "map", "show", "id", ident).json["pids"] == [me]
    assert f"\tpids {me['comm']}({me['pid']})\n" in xh("map", "show", "id", ident).out


def only(ids, listed):
    """What a list, in any form, says of these maps: others may come and go meanwhile."""
    if listed[0] != "[":
        blocks = re.split(r"^(?=\d+: )", listed, flags=re.M)
        return "".join(block for block in blocks if block.split(":")[0] in map(str, ids))
    wanted = [one for one in json.loads(listed) if one["id"] in ids]
    return json.dumps(wanted, separators=(",", ":")) + "\n"


def test_list(xh, bpftool, zoo):
    ids = [xh("-j", "map", "show", "pinned", zoo / name).json["id"] for name in os.listdir(zoo)]
    for form in FORMS:
        ours, theirs = xh(*form, "map").out, bpftool(*form, "map", "list").out
        same = same_text if form in ([], ["-f"]) else same_json
        same(only(ids, ours), only(ids, theirs), PIDS, STALE_BTF, LISTED_BTF)
    assert [one["id"] for one in json.loads(only(ids, xh("-j", "map", "list").out))] == sorted(ids)


def test_several_of_a_name(xh, bpftool, new_map):
    name = f"twin{os.getpid()}"[:15]
    for size in 4, 8:
        new_map(HASH, 4, size, 2, name=name.encode())
    same_show(xh, bpftool, "name", name)
    shown = xh("-j", "map", "show", "name", name).json
    assert [one["bytes_value"] for one in shown] == [4, 8]


def test_not_there(xh, tmp_path):
    for words, message in [
        (["id", "4294967295"], "no map with id 4294967295"),
        (["name", "nosuchmap"], "no map named 'nosuchmap'"),
        (["pinned", "/sys/fs/bpf/nosuch"], "nothing is pinned at /sys/fs/bpf/nosuch"),
    ]:
        shown = xh("map", "show", *words, status=254)
        assert message in shown.err and shown.out == ""
        assert message in xh("-j", "map", "show", *words, status=254).json["error"]


def test_a_program_is_no_map(xh, zoo):
    for verb in "show", "dump":
        shown = xh("map", verb, "pinned", zoo.parent / "main", status=255)
        assert "main is a program, not a map" in shown.err


def test_maps_that_come_and_go(xh, bpf):
    stop = threading.Event()

    def churn():
        while not stop.is_set():
            os.close(bpf.map_create(ARRAY, 4, 8, 1, name=b"gone"))

    thread = threading.Thread(target=churn)
    thread.start()
    try:
        for _ in range(200):
            assert isinstance(xh("-j", "map", "list").json, list)
    finally:
        stop.set()
        thread.join()
