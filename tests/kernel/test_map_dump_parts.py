# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh map dump of a part only: keys, values, so many elements, one CPU."""

import json
import struct

import pytest

import kernel
from maps import HASH, PERCPU_HASH, fill, new_map, zoo  # noqa: F401


@pytest.fixture
def lru(zoo):
    for key in range(5):
        fill(zoo / "zoo_lru", struct.pack("I", key), struct.pack("Q", key * 10))
    return zoo / "zoo_lru"


def test_keys_or_values(xh, lru):
    whole = xh("-j", "map", "dump", "pinned", lru).json
    for word, other in ("key", "value"), ("value", "key"):
        part = xh("-j", "map", "dump", "pinned", lru, word).json
        assert part == [{word: one[word], "formatted": {word: one["formatted"][word]}}
                        for one in whole]
        assert json.loads(xh("map", "dump", "pinned", lru, word).out) == [
            {word: one["formatted"][word]} for one in whole]
        assert other not in part[0]
    assert xh("-j", "map", "dump", "pinned", lru, "key", "value").json == whole


def test_keys_or_values_of_bytes(xh, bpf, new_map):
    fd, ident = new_map(HASH, 4, 20, 4)
    bpf.map_update(fd, b"\1\2\3\4", bytes(range(20)))
    assert xh("map", "dump", "id", ident, "key").out == "key:\n01 02 03 04\nFound 1 element\n"
    assert xh("map", "dump", "id", ident, "value").out == \
        "value:\n00 01 02 03 04 05 06 07  08 09 0a 0b 0c 0d 0e 0f\n10 11 12 13\nFound 1 element\n"


@pytest.mark.parametrize("limit, shown", [(0, 0), (1, 1), (4, 4), (5, 5), (4294967295, 5)])
def test_limit(xh, lru, limit, shown):
    whole = xh("-j", "map", "dump", "pinned", lru).json
    assert xh("-j", "map", "dump", "pinned", lru, "limit", limit).json == whole[:shown]


def test_limit_of_a_large_map(xh, bpf, new_map):
    fd, ident = new_map(HASH, 4, 4, 20000)
    keys = struct.pack("20000I", *range(20000))
    bpf.map_update_many(fd, keys, keys, 20000)
    dump = xh("map", "dump", "id", ident, "limit", 3).out
    assert dump.count("key: ") == 3 and dump.endswith("Found 3 elements\n")


def test_one_cpu(xh, bpf, zoo, new_map):
    cpus = kernel.count_cpus()
    last = cpus - 1
    fill(zoo / "zoo_pcpu_hash", struct.pack("I", 5),
         b"".join(struct.pack("Q", 1000 + cpu) for cpu in range(cpus)))
    where = "pinned", zoo / "zoo_pcpu_hash", "cpu", last
    entry, = xh("-j", "map", "dump", *where).json
    assert entry["formatted"]["values"] == [{"cpu": last, "value": 1000 + last}]
    assert [part["cpu"] for part in entry["values"]] == [last]
    assert json.loads(xh("map", "dump", *where).out)[0]["values"] == entry["formatted"]["values"]
    fd, ident = new_map(PERCPU_HASH, 4, 4, 2)
    bpf.map_update(fd, bytes(4), b"".join(struct.pack("Q", cpu) for cpu in range(cpus)))
    assert xh("map", "dump", "id", ident, "cpu", last).out == \
        f"key:\n00 00 00 00\nvalue (CPU {last:02}): {last:02x} 00 00 00\nFound 1 element\n"


def test_bad_parts(xh, lru, zoo):
    assert "has one value for all CPUs" in \
        xh("map", "dump", "pinned", lru, "cpu", 0, status=255).err
    assert "there is no CPU 100000; the last one is" in \
        xh("map", "dump", "pinned", zoo / "zoo_pcpu_hash", "cpu", 100000, status=255).err
    assert "limit '-1' is not a number" in \
        xh("map", "dump", "pinned", lru, "limit", -1, status=255).err
