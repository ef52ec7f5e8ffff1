# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh map update, lookup, getnext, delete, pin, freeze, push, peek, pop, enqueue and dequeue: every
type of map of the zoo, what each says the same as bpftool's, and what the kernel refuses."""

import re

import pytest

import kernel
from differences import (INNER_BYTES, INNER_MAP, LIFTED, PROG_NAME, same_json, same_text,
                         same_typed)
from maps import ARRAY, CGROUP_ARRAY, HASH, PERCPU_HASH, new_map, zoo  # noqa: F401

VALUE = [str((3 + 7 * i) % 256) for i in range(112)]

# map, key, another key, value, how text compares
ELEMENTS = {
    "zoo_hash": ("10 0 0 1 31 144 6 0", "1 2 3 4 5 6 7 8", " ".join(VALUE), same_typed),
    "zoo_lru": ("1 0 0 0", "2 0 0 0", "9 0 0 0 0 0 0 1", same_typed),
    "zoo_pcpu_arr": ("1 0 0 0", "2 0 0 0", "1 0 0 0 0xfe 0xff 0xff 0xff", same_typed),
    "zoo_pcpu_hash": ("5 0 0 0", "6 0 0 0", "1 2 3 4 5 6 7 8", same_typed),
    "zoo_lpm": ("24 0 0 0 10 1 2 0", "8 0 0 0 11 0 0 0", "1 0 0 0", same_typed),
    "zoo_inner": ("1 0 0 0", "2 0 0 0", "hex ff 0 0 0x1", same_typed),
    "zoo_devmap": ("0 0 0 0", "1 0 0 0", "1 0 0 0", same_text),
    "zoo_cpumap": ("0 0 0 0", "1 0 0 0", "64 0 0 0", same_text),
    "zoo_outer_arr": ("1 0 0 0", "2 0 0 0", "pinned MAPS/zoo_inner", same_text),
    "zoo_outer_hash": ("hex 7 0 0 a", "8 0 0 0", "pinned MAPS/zoo_inner", same_text),
    "zoo_progs": ("1 0 0 0", "0 0 0 0", "pinned MAPS/../main", same_text),
    "*_data": ("0 0 0 0", "1 0 0 0", "7 0 0 0 8 0 0 0 9 0 0 0", same_typed),
}
DELETABLE = ["zoo_hash", "zoo_lru", "zoo_pcpu_hash", "zoo_lpm", "zoo_outer_hash", "zoo_devmap",
             "zoo_cpumap", "zoo_progs"]


def words_of(zoo, name):
    key, other, value, same = ELEMENTS[name]
    path, = zoo.glob(name)
    value = value.replace("MAPS", str(zoo)).split()
    return ["pinned", path], ["key", *key.split()], ["key", *other.split()], ["value", *value], same


def same_answer(xh, bpftool, *words, same=same_text, differences=(), status=0):
    for form in [], ["-j"], ["-p"]:
        ours = xh(*form, "map", *words, status=status)
        theirs = bpftool(*form, "map", *words, status=status)
        (same_json if form else same)(ours.out, theirs.out, *differences)
        assert ours.err == ""


@pytest.mark.parametrize("name", ELEMENTS)
def test_elements(xh, bpftool, zoo, name):
    where, key, other, value, same = words_of(zoo, name)
    update = xh("map", "update", *where, *key, *value)
    assert (update.out, update.err) == ("", "")
    differences = [INNER_MAP, INNER_BYTES] if "outer" in name else [LIFTED, PROG_NAME]
    same_answer(xh, bpftool, "lookup", *where, *key, same=same, differences=differences)
    same_answer(xh, bpftool, "lookup", *where, *other, status=254)
    same_answer(xh, bpftool, "getnext", *where)


@pytest.mark.parametrize("name", ELEMENTS)
def test_updated_alike(xh, bpftool, zoo, name):
    """The same words leave the same element, whichever of the two takes them."""
    where, key, _, value, _ = words_of(zoo, name)
    found = []
    for tool in bpftool, xh:
        tool("map", "update", *where, *key, *value, "any")
        found.append(bpftool("-j", "map", "lookup", *where, *key).json)
        if tool is bpftool and name in DELETABLE:
            bpftool("map", "delete", *where, *key)
    assert found[0] == found[1]


@pytest.mark.parametrize("name", DELETABLE)
def test_delete(xh, bpftool, zoo, name):
    where, key, _, value, _ = words_of(zoo, name)
    xh("map", "update", *where, *key, *value)
    delete = xh("map", "delete", *where, *key)
    assert (delete.out, delete.err) == ("", "")
    same_answer(xh, bpftool, "lookup", *where, *key, status=254)
    if name not in ("zoo_devmap", "zoo_cpumap", "zoo_progs"):
        again = xh("map", "delete", *where, *key, status=254)
        assert again.err == f"Error: map {name} has no element with that key\n"
        xh("map", "update", *where, *key, *value)
        assert xh("-j", "map", "delete", *where, *key).out == "null\n"


@pytest.mark.parametrize("name", ["zoo_pcpu_arr", "zoo_inner", "zoo_outer_arr"])
def test_elements_of_arrays_stay(xh, zoo, name):
    delete = xh("map", "delete", "pinned", zoo / name, "key", "0", "0", "0", "0",
                status=0 if name == "zoo_outer_arr" else 255)
    if name != "zoo_outer_arr":
        assert f"elements of an array cannot be deleted, and map {name} is one" in delete.err


def test_getnext(xh, bpftool, zoo):
    where = "pinned", zoo / "zoo_pcpu_arr"
    same_answer(xh, bpftool, "getnext", *where)
    same_answer(xh, bpftool, "getnext", *where, "key", "0", "0", "0", "0")
    last = [*where, "key", "1", "0", "0", "0"]
    assert xh("map", "getnext", *last, status=254).err == \
        "Error: can't get next key: No such file or directory\n"
    same_json(xh("-j", "map", "getnext", *last, status=254).out,
              bpftool("-j", "map", "getnext", *last, status=254).out)
    queue = xh("map", "getnext", "pinned", zoo / "zoo_queue", status=255)
    assert "its values have no keys" in queue.err


@pytest.mark.parametrize("name, put, take, order", [
    ("zoo_queue", "enqueue", "dequeue", [1, 2, 3]), ("zoo_stack", "push", "pop", [3, 2, 1])])
def test_queues(xh, bpftool, zoo, name, put, take, order):
    where = "pinned", zoo / name
    rest = ["0"] * (3 if name == "zoo_queue" else 7)
    for value in 1, 2, 3:
        assert xh("map", put, *where, "value", value, *rest).out == ""
    same_answer(xh, bpftool, "peek", *where)
    same_answer(xh, bpftool, "lookup", *where)
    for value in order:
        assert xh("-j", "map", "peek", *where).json["value"][0] == f"0x0{value}"
        assert re.match(rf"value: 0{value}( 00)+\n$", xh("map", take, *where).out)
    same_answer(xh, bpftool, take, *where, status=254)
    assert xh("map", take, *where, status=254).out == "Error: empty map\n"
    same_answer(xh, bpftool, "peek", *where, status=254)
    same_answer(xh, bpftool, "lookup", *where, status=254)
    assert xh("map", "peek", *where, status=254).out == "key:\n\n\nNot found\n"
    assert xh("-j", "map", "peek", *where, status=254).out == "null\n"
    for _ in range(4):
        xh("map", put, *where, "value", "1", *rest)
    assert f"map {name} is full: it has room for 4 elements" in \
        xh("map", put, *where, "value", "1", *rest, status=255).err
    assert "has no keys" in xh("map", "lookup", *where, "key", "1", status=255).err
    assert "has no keys" in xh("map", "update", *where, "key", "1", "value", "1", *rest,
                               status=255).err


@pytest.mark.parametrize("verb", ["peek", "pop", "dequeue", "push", "enqueue"])
def test_no_queue(xh, zoo, verb):
    value = ["value", "1"] if verb in ("push", "enqueue") else []
    refused = xh("map", verb, "pinned", zoo / "zoo_lru", *value, status=255)
    assert "map zoo_lru is a lru_hash, not a queue or a stack" in refused.err


def test_bloom_filter(xh, zoo):
    where = "pinned", zoo / "zoo_bloom"
    xh("map", "update", *where, "value", "1", "2", "3", "4")
    assert xh("map", "lookup", *where, "value", "1", "2", "3", "4").out == "value: 01 02 03 04\n"
    assert xh("map", "lookup", *where, "value", "9", "2", "3", "4", status=254).out == \
        "value:\n09 02 03 04\n\nNot found\n"
    assert xh("-j", "map", "lookup", *where, "value", "9", "2", "3", "4", status=254).out == \
        "null\n"


def test_exist_and_noexist(xh, zoo):
    where = "pinned", zoo / "zoo_lru"
    element = "key", "1", "0", "0", "0", "value", "1", *["0"] * 7
    missing = xh("map", "update", *where, *element, "exist", status=254)
    assert "map zoo_lru has no element with that key, which 'exist' asks for" in missing.err
    xh("map", "update", *where, *element, "noexist")
    there = xh("map", "update", *where, *element, "noexist", status=255)
    assert "map zoo_lru has an element with that key already" in there.err
    xh("map", "update", *where, *element, "exist")
    xh("map", "u", *where, "k", *element[1:5], "v", *element[6:], "any")
    assert "only one of any, exist and noexist" in \
        xh("map", "update", *where, *element, "any", "exist", status=255).err


def test_slots_are_neither_new_nor_old(xh, zoo):
    refused = xh("map", "update", "pinned", zoo / "zoo_progs", "key", "0", "value", "pinned",
                 zoo.parent / "main", "exist", status=255)
    assert "a prog_array takes neither 'exist' nor 'noexist'" in refused.err


def test_full_and_out_of_range(xh, zoo, new_map):
    ident = new_map(HASH, 4, 4, 1, name=b"tiny")[1]
    xh("map", "update", "id", ident, "key", "u32:1", "value", "u32:1")
    full = xh("map", "update", "id", ident, "key", "u32:2", "value", "u32:1", status=255)
    assert "map tiny is full: it has room for 1 elements" in full.err
    beyond = xh("map", "update", "pinned", zoo / "zoo_inner", "key", "2", "value", "1", status=255)
    assert "index 2 is out of range: map zoo_inner has 2 elements, 0 to 1" in beyond.err


def test_index_without_types(xh, new_map):
    ident = new_map(ARRAY, 4, 4, 300)[1]
    xh("map", "update", "id", ident, "key", "258", "value", "1", "2", "3", "4")
    assert xh("map", "lookup", "id", ident, "key", "2", "1", "0", "0").out == \
        "key: 02 01 00 00  value: 01 02 03 04\n"
    assert "'4294967296' is not a number from 0 to 4294967295" in \
        xh("map", "lookup", "id", ident, "key", "4294967296", status=255).err


def test_freeze(xh, bpf, zoo):
    where = "pinned", zoo / "zoo_inner"
    assert xh("-j", "map", "freeze", *where).out == "null\n"
    assert xh("-j", "map", "show", *where).json["frozen"] == 1
    frozen = xh("map", "update", *where, "key", "0", "value", "1", status=255)
    assert "map zoo_inner is frozen: user space cannot change it any more" in frozen.err
    assert "is frozen already" in xh("map", "freeze", *where, status=255).err


def test_pin(xh, zoo, pins):
    path = pins / "again"
    assert xh("map", "pin", "pinned", zoo / "zoo_lru", path).out == ""
    ident = xh("-j", "map", "show", "pinned", zoo / "zoo_lru").json["id"]
    assert xh("-j", "map", "show", "pinned", path).json["id"] == ident
    taken = xh("map", "pin", "pinned", zoo / "zoo_hash", path, status=255)
    assert f"{path}: map {ident} is pinned there already" in taken.err
    assert "not on a BPF file system" in \
        xh("map", "pin", "pinned", zoo / "zoo_lru", "/tmp/x", status=255).err
    assert "names with a '.'" in \
        xh("map", "pin", "pinned", zoo / "zoo_lru", pins / "a.b", status=255).err
    assert "is a program, not a map" in \
        xh("map", "pin", "pinned", pins / "main", pins / "x", status=255).err


@pytest.mark.parametrize("name, message", [
    ("zoo_perf", "is a perf_event_array, whose elements cannot be looked up"),
    ("zoo_ring", "has no keys"),
])
def test_nothing_to_look_up(xh, zoo, name, message):
    assert message in xh("map", "lookup", "pinned", zoo / name, "key", *["0"] * 4, status=255).err


def test_ring_buffer_has_no_values(xh, zoo):
    assert "map zoo_ring has no values" in \
        xh("map", "update", "pinned", zoo / "zoo_ring", "value", "1", status=255).err


def test_cgroup_array(xh, new_map):
    refused = xh("map", "lookup", "id", new_map(CGROUP_ARRAY, 4, 4, 2)[1], "key", "0", status=255)
    assert "cannot be looked up from user space" in refused.err


def test_value_of_each_cpu(xh, bpftool, new_map):
    """Values of an odd size, which are padded from one processor's part to the next."""
    ident = new_map(PERCPU_HASH, 4, 12, 2)[1]
    xh("map", "update", "id", ident, "key", "1", "0", "0", "0", "value", *map(str, range(12)))
    parts = xh("-j", "map", "lookup", "id", ident, "key", "1", "0", "0", "0").json["values"]
    assert [part["cpu"] for part in parts] == list(range(kernel.count_cpus()))
    assert all(part["value"] == [f"0x{i:02x}" for i in range(12)] for part in parts)
    same_answer(xh, bpftool, "lookup", "id", ident, "key", "1", "0", "0", "0")


def test_verbs_of_bpftool(xh, bpftool):
    """Every verb of bpftool's help has its counterpart."""
    text = bpftool("map", "help").err
    verbs = set(re.findall(r"^\S*.*bpftool map (\w+)", text, re.MULTILINE)) | {"show", "list"}
    ours = xh("map", "help").out
    assert len(verbs) > 15
    for verb in verbs - {"help"}:
        assert re.search(rf"xh map (\{{ )?{verb}\b|\| {verb} \}}", ours), verb


@pytest.mark.parametrize("short, verb", [("d", "dump"), ("u", "update"), ("l", "list"), ("lo", "lookup"),
                                         ("g", "getnext"), ("de", "delete"), ("p", "pin"),
                                         ("pe", "peek"), ("pu", "push"), ("en", "enqueue"),
                                         ("po", "pop"), ("f", "freeze"), ("c", "create"),
                                         ("e", "event_pipe")])
def test_shortened(xh, short, verb):
    assert xh("map", short, "help").out == xh("map", verb, "help").out
