# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh map dump recurse: what is in the maps of a map of maps."""

import os
import struct

import pytest

from maps import ARRAY, HASH, fill, new_map, zoo  # noqa: F401

ARRAY_OF_MAPS, HASH_OF_MAPS, QUEUE = 12, 13, 22


@pytest.fixture
def outer(bpf, zoo):
    """A hash of maps with one element, an array of two numbers with types."""
    for index, number in enumerate((11, 22)):
        fill(zoo / "zoo_inner", struct.pack("I", index), struct.pack("I", number))
    inner = bpf.obj_get(zoo / "zoo_inner")
    fill(zoo / "zoo_outer_hash", struct.pack("I", 7), struct.pack("I", inner))
    os.close(inner)
    return zoo / "zoo_outer_hash"


def test_typed(xh, zoo, outer):
    inner = xh("-j", "map", "show", "pinned", zoo / "zoo_inner").json
    plain, = xh("-j", "map", "dump", "pinned", outer).json
    entry, = xh("-j", "map", "dump", "pinned", outer, "recurse").json
    assert entry.pop("inner_map") == {
        "id": inner["id"], "type": "array", "name": "zoo_inner", "flags": 0,
        "elements": xh("-j", "map", "dump", "pinned", zoo / "zoo_inner").json}
    assert entry == plain
    assert xh("map", "dump", "pinned", outer, "recurse").out == (
        f"key: 07 00 00 00  inner_map_id: {inner['id']} \n"
        f"\t{inner['id']}: array  name zoo_inner  flags 0x0\n"
        '\t\t{"key":0,"value":11}\n\t\t{"key":1,"value":22}\nFound 1 element\n')


def test_slot_without_map(xh, zoo):
    """An array of maps shows the slots that are filled."""
    entries = xh("-j", "map", "dump", "pinned", zoo / "zoo_outer_arr", "recurse").json
    assert [len(entry["inner_map"]["elements"]) for entry in entries] == [2]


@pytest.mark.parametrize("kind", [ARRAY_OF_MAPS, HASH_OF_MAPS])
def test_bytes(xh, bpf, new_map, kind):
    inner, inner_id = new_map(ARRAY, 4, 20, 1, b"wide")
    bpf.map_update(inner, bytes(4), bytes(range(20)))
    fd, ident = new_map(kind, 4, 4, 1, inner=inner)
    bpf.map_update(fd, bytes(4), struct.pack("I", inner))
    text = xh("map", "dump", "id", ident, "recurse").out
    assert text == (
        f"key: 00 00 00 00  inner_map_id: {inner_id} \n"
        f"\t{inner_id}: array  name wide  flags 0x0\n"
        "\t\tkey:\n\t\t00 00 00 00\n\t\tvalue:\n"
        "\t\t00 01 02 03 04 05 06 07  08 09 0a 0b 0c 0d 0e 0f\n\t\t10 11 12 13\n"
        "Found 1 element\n")
    assert xh("map", "dump", "id", ident, "value", "recurse").out.count("key") == 0
    entry, = xh("-j", "map", "dump", "id", ident, "recurse").json
    assert entry["inner_map"]["elements"][0]["value"] == [f"0x{i:02x}" for i in range(20)]


def test_limit_is_of_each_map(xh, bpf, new_map):
    inner, _ = new_map(HASH, 4, 4, 5000)
    keys = struct.pack("5000I", *range(5000))
    bpf.map_update_many(inner, keys, keys, 5000)
    fd, ident = new_map(HASH_OF_MAPS, 4, 4, 4, inner=inner)
    for key in range(3):
        bpf.map_update(fd, struct.pack("I", key), struct.pack("I", inner))
    counts = lambda *words: [len(entry["inner_map"]["elements"]) for entry in  # noqa: E731
                             xh("-j", "map", "dump", "id", ident, "recurse", *words).json]
    assert counts() == [5000] * 3
    assert counts("limit", 2) == [2] * 2


def test_inner_map_without_elements(xh, bpf, new_map):
    """Why there are none is said in their place, and the dump goes on."""
    inner, inner_id = new_map(QUEUE, 0, 4, 4)
    fd, ident = new_map(HASH_OF_MAPS, 4, 4, 2, inner=inner)
    for key in range(2):
        bpf.map_update(fd, struct.pack("I", key), struct.pack("I", inner))
    entries = xh("-j", "map", "dump", "id", ident, "recurse").json
    assert [entry["inner_map"]["id"] for entry in entries] == [inner_id] * 2
    assert all("no keys" in entry["inner_map"]["error"] for entry in entries)
    text = xh("map", "dump", "id", ident, "recurse").out
    assert text.count("\n\t\t") == 2 and text.endswith("Found 2 elements\n")


def test_vanishing_maps(xh, bpf, new_map):
    """While another process exchanges the map, each dump shows one, or none, and fails never."""
    model, _ = new_map(ARRAY, 4, 4, 1)
    fd, ident = new_map(HASH_OF_MAPS, 4, 4, 1, inner=model)
    child = os.fork()
    if not child:
        while True:
            inner = bpf.map_create(ARRAY, 4, 4, 1)
            bpf.map_update(fd, bytes(4), struct.pack("I", inner))
            os.close(inner)
    try:
        for _ in range(50):
            for entry in xh("-j", "map", "dump", "id", ident, "recurse").json:
                assert len(entry.get("inner_map", {"elements": [1]})["elements"]) == 1
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)


def test_refusals(xh, new_map, outer):
    assert "is no map of maps" in \
        xh("map", "dump", "id", new_map(HASH, 4, 4, 1)[1], "recurse", status=255).err
    assert "'recurse' is about values, which 'key' leaves out" in \
        xh("map", "dump", "pinned", outer, "key", "recurse", status=255).err
