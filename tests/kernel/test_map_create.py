# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh map create: every type that can be made from parameters, and what is said of bad ones."""

import re

import pytest

from maps import zoo  # noqa: F401

# type, key, value, entries, more words
MAPS = [
    ("hash", 4, 12, 8, []), ("array", 4, 8, 8, ["flags", "mmapable"]),
    ("prog_array", 4, 4, 2, []), ("perf_event_array", 4, 4, 2, []),
    ("percpu_hash", 4, 4, 8, ["flags", "1"]), ("percpu_array", 4, 32768, 1, []),
    ("stack_trace", 4, 80, 8, []), ("cgroup_array", 4, 4, 2, []), ("lru_hash", 4, 4, 8, []),
    ("lru_percpu_hash", 4, 4, 8, []), ("lpm_trie", 8, 4, 8, ["flags", "no_prealloc"]),
    ("array_of_maps", 4, 4, 2, ["inner_map", "pinned", "INNER"]),
    ("hash_of_maps", 4, 4, 2, ["inner_map", "pinned", "INNER", "flags", "0x1"]),
    ("devmap", 4, 8, 2, []), ("devmap_hash", 4, 4, 2, []), ("sockmap", 4, 8, 2, []),
    ("cpumap", 4, 8, 2, []), ("xskmap", 4, 4, 2, []), ("sockhash", 8, 4, 2, []),
    ("reuseport_sockarray", 4, 8, 2, []), ("queue", 0, 4, 2, []), ("stack", 0, 4, 2, []),
    ("bloom_filter", 0, 4, 2, []), ("ringbuf", 0, 0, 8192, []), ("user_ringbuf", 0, 0, 4096, []),
    ("cgroup_storage", 16, 4, 0, []),
]


@pytest.mark.parametrize("kind, key, value, entries, more", MAPS)
def test_types(xh, bpftool, zoo, pins, kind, key, value, entries, more):
    """Both make the same map of the same words, but for flags by name."""
    more = [str(zoo / "zoo_inner") if word == "INNER" else word for word in more]
    words = ["type", kind, "key", key, "value", value, "entries", entries, "name", "made"]
    ident = xh("-j", "map", "create", pins / "ours", *words, *more).json["id"]
    numbers = ["0x400" if word == "mmapable" else "1" if word == "no_prealloc" else word
               for word in more]
    bpftool("map", "create", pins / "theirs", *words, *numbers)
    ours, theirs = (xh("-j", "map", "show", "pinned", pins / name).json for name in ("ours", "theirs"))
    assert ours.pop("id") == ident and theirs.pop("id")
    ours.pop("pids", None), theirs.pop("pids", None)
    assert ours == theirs and ours["type"] == kind and ours["name"] == "made"


def test_quiet(xh, pins):
    create = xh("map", "create", pins / "m", "type", "hash", "key", 4, "value", 4, "entries", 1,
                "name", "m", "flags", "no_prealloc,rdonly_prog")
    assert (create.out, create.err) == ("", "")
    assert xh("-j", "map", "show", "pinned", pins / "m").json["flags"] == 0x81


def test_sizes_of_none_need_not_be_said(xh, pins):
    xh("map", "create", pins / "r", "type", "ringbuf", "entries", 4096, "name", "r")
    xh("map", "create", pins / "q", "type", "queue", "value", 4, "entries", 4, "name", "q")


def test_long_names_are_cut(xh, pins):
    xh("map", "create", pins / "m", "type", "hash", "key", 4, "value", 4, "entries", 1,
       "name", "a_name_that_is_too_long")
    assert xh("-j", "map", "show", "pinned", pins / "m").json["name"] == "a_name_that_is_"


@pytest.mark.parametrize("words, message", [
    ("type hash key 4 value 4 name m", "a map of type hash needs 'entries N', one at least"),
    ("type hash value 4 entries 1 name m", "a map of type hash has keys of at least 1 byte(s), not 0"),
    ("type hash key 4 value 4 entries 1", "'name NAME' is missing"),
    ("key 4 value 4 entries 1 name m", "'type TYPE' is missing"),
    ("type arry key 4 value 4 entries 1 name m", "no map type 'arry'; did you mean 'array'?"),
    ("type 0 key 4 value 4 entries 1 name m", "there is no map type '0'"),
    ("type 4000 key 4 value 4 entries 1 name m", "make a map of type 4000: "),
    ("type array key 8 value 4 entries 1 name m", "a map of type array has keys of 4 bytes, not 8"),
    ("type hash key 4 value 4 entries 4294967296 name m", "'4294967296' is not a number from 0 to"),
    ("type hash key -1 value 4 entries 1 name m", "key '-1' is not a number from 0 to 4294967295"),
    ("type hash key 010 value 4 entries 1 name m", "could mean octal"),
    ("type hash key 4 value 4 entries 1 name a/b", "the name 'a/b' has something else in it than"),
    ("type hash key 4 value 4 entries 1 name m flags no_preallc", "did you mean 'no_prealloc'?"),
    ("type hash key 4 value 4 entries 1 name m flags 0x80000000", "(EINVAL)"),
    ("type hash key 4 value 4 entries 1 name m flags 4294967296", "flags '4294967296' is not"),
    ("type lru_hash key 4 value 4 entries 1 name m flags 1", "cannot have the flag no_prealloc"),
    ("type lpm_trie key 8 value 4 entries 1 name m", "needs the flag no_prealloc; flags no_prealloc"),
    ("type ringbuf entries 5000 name m", "a power of two and whole pages"),
    ("type hash key 4 value 16777216 entries 4000000000 name m", "more than the kernel gives"),
    ("type array key 4 value 1048576 entries 8388608 name m", "more than the kernel gives"),
    ("type array_of_maps key 4 value 4 entries 1 name m", "needs a model of the maps in it"),
    ("type task_storage key 4 value 4 entries 1 name m", "it needs types for its keys and values"),
    ("type struct_ops key 4 value 4 entries 1 name m", "it is a table of programs"),
    ("type hash key 4 value 4 entries 1 name m offload_dev lo", "few devices take maps"),
])
def test_bad_parameters(xh, pins, words, message):
    create = xh("map", "create", pins / "m", *words.split(), status=255)
    assert message in create.err and create.err.count("\n") == 1 and create.out == ""
    assert message in xh("-j", "map", "create", pins / "m", *words.split(), status=255).json["error"]
    assert not (pins / "m").exists()


def test_no_such_device(xh, pins):
    words = ["type", "hash", "key", 4, "value", 4, "entries", 1, "name", "m"]
    for keyword in "offload_dev", "dev":
        missing = xh("map", "create", pins / "m", *words, keyword, "nope", status=254)
        assert "no device 'nope'" in missing.err


def test_bad_paths(xh, pins, zoo):
    words = ["type", "hash", "key", 4, "value", 4, "entries", 1, "name", "m"]
    for path, message in [(zoo / "zoo_lru", "is pinned there already"), ("/tmp/m", "not on a BPF file"),
                          (pins / "a.b", "names with a '.'"), (pins / "no/m", "there is no directory"),
                          (pins, "is a directory")]:
        assert message in xh("map", "create", path, *words, status=255).err


def test_inner_map_by_another(xh, zoo, pins):
    words = ["key", 4, "value", 4, "entries", 1, "name", "m"]
    wrong = xh("map", "create", pins / "m", "type", "hash", *words, "inner_map", "pinned",
               zoo / "zoo_inner", status=255)
    assert "a map of type hash has no maps in it" in wrong.err
    missing = xh("map", "create", pins / "m", "type", "array_of_maps", *words, "inner_map", "id",
                 2**32 - 1, status=254)
    assert "no map with id" in missing.err
    nested = xh("map", "create", pins / "m", "type", "array_of_maps", *words, "inner_map", "pinned",
                zoo / "zoo_outer_arr", status=255)
    assert re.search("EINVAL|ENOTSUPP", nested.err)
