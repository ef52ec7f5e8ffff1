# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""Keys and values as people write them: by the map's types, by the word itself, from files; and what
is said of those that do not fit."""

import json
import struct

import pytest

from maps import HASH, LPM, NO_PREALLOC, fill, new_map, zoo  # noqa: F401
from test_map_dump import MEMBERS, Members

ZOO_VALUE = {
    "bytes": 2**64 - 1, "balance": -2**63, "celsius": -40, "up": True, "grade": -1, "name": "hello",
    "mac": [2, 0, 0, 0, 0, 1], "flags_lo": "0x5", "flags_hi": "0x1f", "wide": "0xfffff",
    "sbits": "-0x20", "color": "BLUE", "pt": {"x": -1, "y": 2}, "path": [{"x": 3, "y": 4}, {"x": 5, "y": 6}],
    "u": {"word": 0x04030201, "octet": [1, 2, 3, 4]}, "a": 65535, "b": 7, "ptr": 0xffff888000000000,
    "matrix": [[1, 2, 3], [-4, -5, -6]],
}
KEY = '{"addr":"10.0.0.1","port":8080,"proto":6}'


def formatted(xh, path, key, part="value"):
    return xh("-j", "map", "lookup", "pinned", path, "key", key).json["formatted"][part]


def test_json_by_types(xh, zoo):
    path = zoo / "zoo_hash"
    xh("map", "update", "pinned", path, "key", KEY, "value", json.dumps(ZOO_VALUE))
    assert formatted(xh, path, KEY) == ZOO_VALUE
    assert formatted(xh, path, KEY, "key") == {"addr": 0x0100000a, "port": 8080, "proto": 6, "pad": 0}


def test_bytes_are_those_of_c(xh, zoo):
    """The same value laid out by Python's own rules."""
    path = zoo / "zoo_hash"
    xh("map", "update", "pinned", path, "key", KEY, "value", json.dumps(ZOO_VALUE))
    raw = bytes(int(byte, 16) for byte in
                xh("-j", "map", "lookup", "pinned", path, "key", KEY).json["value"])
    assert raw == struct.pack(
        "<Qqh?b8s6sBxII", 2**64 - 1, -2**63, -40, True, -1,
        b"hello", bytes([2, 0, 0, 0, 0, 1]), 5 | 31 << 3, 0xfffff | 0x20 << 20, 0x7fffffff) + raw[44:]
    assert struct.unpack_from("<6i", raw, 44) == (-1, 2, 3, 4, 5, 6)
    assert struct.unpack_from("<4B2H", raw, 68) == (1, 2, 3, 4, 65535, 7)
    assert struct.unpack_from("<Q6i", raw, 80) == (0xffff888000000000, 1, 2, 3, -4, -5, -6)


def test_members_not_given_are_zero(xh, zoo):
    path = zoo / "zoo_hash"
    xh("map", "update", "pinned", path, "key", KEY, "value", json.dumps(ZOO_VALUE))
    xh("map", "update", "pinned", path, "key", KEY, "value", '{"pt":{"y":9}}')
    value = formatted(xh, path, KEY)
    assert value["pt"] == {"x": 0, "y": 9}
    assert value["bytes"] == 0 and value["name"] == "" and value["color"] == "RED"


@pytest.mark.parametrize("seed", range(16))
def test_what_is_shown_is_taken(xh, zoo, seed):
    """Any bytes: what lookup shows of one element, in text and JSON, makes the same another."""
    path, raw = zoo / "zoo_hash", bytearray((seed * 31 + 7 * i * (seed + 1)) % 256 for i in range(112))
    raw[18] &= 1  # a bool
    fill(path, bytes([1] + [0] * 7), bytes(raw))
    key = '{"addr":1}'
    shown = json.dumps(formatted(xh, path, key))
    text = json.dumps(json.loads(xh("map", "lookup", "pinned", path, "key", key).out)["value"])
    for value in shown, text:
        xh("map", "update", "pinned", path, "key", '{"addr":2}', "value", value)
        assert formatted(xh, path, '{"addr":2}') == json.loads(shown)


def test_every_kind_of_member(xh, bpf, bpftool, compile_bpf, pins):
    bpftool("prog", "load", compile_bpf(MEMBERS), pins / "p", "pinmaps", pins / "m")
    path = pins / "m/all_members"
    value = Members(f=0.1, d=-1e300, wide=(2**64 - 3, 2**64 - 1), uwide=(5, 1), level=-2, odd=-9,
                    below=-3, across=0x2aaaaaaa, minus=-5, both=0x00020001,
                    opaque=0xffff888000000000, callback=0, pair=tuple(b"ab\0\0xyz\0"),
                    flags=(True, False, True), text=b"hello", raw=(-1, 5))
    size = xh("-j", "map", "show", "pinned", path).json["bytes_value"]
    raw = bytes(value).ljust(size, b"\0")[:size]
    fill(path, bytes(4), raw)
    shown = json.dumps(formatted(xh, path, "0"))
    text = json.dumps(json.loads(xh("map", "lookup", "pinned", path, "key", "0").out)["value"])
    for words in shown, text:
        fill(path, bytes(4), b"\xff" * size)
        xh("map", "update", "pinned", path, "key", "0", "value", words)
        found = xh("-j", "map", "lookup", "pinned", path, "key", "0").json["value"]
        assert bytes(int(byte, 16) for byte in found) == raw


def test_variables(xh, zoo):
    path, = zoo.glob("*_data")
    xh("map", "update", "pinned", path, "key", "0", "value",
       '{".data":[{"hidden":-1},{"origin":{"x":5}}]}')
    assert formatted(xh, path, "0") == {".data": [{"origin": {"x": 5, "y": 0}}, {"hidden": -1}]}
    xh("map", "update", "pinned", path, "value", '{".data":[{"hidden":3}]}')
    assert '"hidden": 3' in xh("map", "lookup", "pinned", path).out


@pytest.mark.parametrize("key, value, expected", [
    ("42", "7", (42, 7)),
    ("300", "0xffffffffffffffff", (300, 2**64 - 1)),
    ("i32:-1", "u64:7", (2**32 - 1, 7)),
    ("ip:10.0.0.1", "i64:-2", (0x0100000a, 2**64 - 2)),
    ("10.0.0.1", "str:hello", (0x0100000a, int.from_bytes(b"hello", "little"))),
    ("u32:5", "18446744073709551615", (5, 2**64 - 1)),
])
def test_words(xh, zoo, key, value, expected):
    xh("map", "update", "pinned", zoo / "zoo_lru", "key", key, "value", value)
    assert formatted(xh, zoo / "zoo_lru", key) == expected[1]
    assert formatted(xh, zoo / "zoo_lru", key, "key") == expected[0]


def test_as_many_bytes_as_the_key_has_are_bytes(xh, new_map):
    ident = new_map(HASH, 1, 1, 2)[1]
    xh("map", "update", "id", ident, "key", "200", "value", "hex", "fe")
    assert xh("map", "dump", "id", ident).out.startswith("key: c8  value: fe\n")


def test_prefixes(xh, zoo, new_map):
    path = zoo / "zoo_lpm"
    xh("map", "update", "pinned", path, "key", "ip:10.0.0.0/8", "value", "1")
    xh("map", "update", "pinned", path, "key", '{"prefixlen":16,"addr":"10.1.0.0"}', "value", "2")
    assert formatted(xh, path, "ip:10.9.9.9") == 1 and formatted(xh, path, "ip:10.1.9.9") == 2
    xh("map", "delete", "pinned", path, "key", "ip:10.0.0.0/8")
    xh("map", "lookup", "pinned", path, "key", "ip:10.9.9.9", status=254)
    ident = new_map(LPM, 20, 4, 4, flags=NO_PREALLOC)[1]
    xh("map", "update", "id", ident, "key", "ip:fe80::/64", "value", "u32:3")
    assert "\n03 00 00 00\n" in xh("map", "lookup", "id", ident, "key", "ip:fe80::1").out


def test_files(xh, zoo, tmp_path):
    where = "pinned", zoo / "zoo_lru"
    (tmp_path / "value").write_bytes(b"\1\2\3\4\0\0\0\0")
    xh("map", "update", *where, "key", "1", "value", "file", tmp_path / "value")
    assert formatted(xh, zoo / "zoo_lru", "1") == 0x04030201
    xh("map", "update", *where, "key", "2", "value", "-", "noexist", input="abcdefgh")
    assert formatted(xh, zoo / "zoo_lru", "2") == int.from_bytes(b"abcdefgh", "little")
    for text, message in ("abc", "has 3 bytes, a value of map zoo_lru needs 8"), \
                         ("abcdefghi", "has more than the 8 bytes of a value of map zoo_lru"), \
                         ("", "has 0 bytes, a value of map zoo_lru needs 8"):
        refused = xh("map", "update", *where, "key", "1", "value", "-", input=text, status=255)
        assert f"standard input {message}" in refused.err
    assert "read /nonexistent: No such file" in \
        xh("map", "update", *where, "key", "1", "value", "file", "/nonexistent", status=255).err
    assert "cannot both be standard input" in \
        xh("map", "update", *where, "key", "-", "value", "-", input="", status=255).err


@pytest.mark.parametrize("key, message", [
    ("1 0 0", "key has 3 bytes, map zoo_lru needs 4"),
    ("1 0 0 0 0", "key has 5 bytes, map zoo_lru needs 4"),
    ("256 0 0 0", "key byte 0: '256' is not a number from 0 to 255; map zoo_lru needs 4 bytes"),
    ("0 -1 0 0", "key byte 1: '-1' is not a number"),
    ("0 0 010 0", "key byte 2: '010' could mean octal"),
    ("0 0 1x 0", "key byte 2: '1x' is not a number"),
    ("0 0 1 foo", "key byte 3: 'foo' is not a number"),
    ("hex 0 0 100 0", "key byte 2: '100' is not one or two hexadecimal digits"),
    ("hex 0 0 0 0x", "key byte 3: '0x' is not one or two hexadecimal digits"),
    ("hex", "DATA is missing after 'key'"),
    ("4294967296", "key (__u32): '4294967296' is not a number from 0 to 4294967295"),
    ("-1", "key (__u32): '-1' is not a number from 0 to 4294967295"),
    ("18446744073709551616", "key (__u32): '18446744073709551616' is not a number"),
    ("{", "is one value, not an object"),
    ("u64:1", "'u64:1' has 8 bytes, the key of map zoo_lru needs 4"),
    ("u32:4294967296", "'u32:4294967296' is not a number from 0 to 4294967295"),
    ("ip:10.0.0.0/8", "the key of map zoo_lru is not one of an lpm_trie"),
    ("mac:1", "'mac:1' is not an address"),
])
def test_bad_keys(xh, zoo, key, message):
    for verb, value in ("update", ["value", "1"]), ("lookup", []), ("delete", []):
        refused = xh("map", verb, "pinned", zoo / "zoo_lru", "key", *key.split(), *value, status=255)
        assert message in refused.err and refused.err.count("\n") == 1
    assert message in xh("-j", "map", "lookup", "pinned", zoo / "zoo_lru", "key", *key.split(),
                         status=255).json["error"]
    assert xh("-j", "map", "dump", "pinned", zoo / "zoo_lru").json == []


@pytest.mark.parametrize("value, message", [
    ('{"colr":1}', "value (struct value): has no member 'colr'; did you mean 'color'?"),
    ('{"up":"maybe"}', "value.up (_Bool): 'maybe' is not true or false"),
    ('{"color":"BLU"}', "value.color (enum color): there is no 'BLU'; did you mean 'BLUE'?"),
    ('{"sbits":32}', "value.sbits (int:6): '32' is not a number from -32 to 31"),
    ('{"flags_lo":8}', "value.flags_lo (__u8:3): '8' is not a number from 0 to 7"),
    ('{"celsius":40000}', "value.celsius (temperature_t): '40000' is not a number from -32768 to"),
    ('{"name":"12345678"}', "value.name (char [8]): a string of 8 bytes has no room in it"),
    ('{"mac":"02:00"}', "value.mac (__u8 [6]): '02:00' is no array, nor an address of 6 bytes"),
    ('{"matrix":[[1,2,3,4]]}', "value.matrix[0] (int [3]): has 3 elements, not more"),
    ('{"path":[{},{"x":"a"}]}', "value.path[1].x (int): 'a' is not a number"),
    ('{"pt":{"x":1}', "the JSON ends where ',' or '}' is expected"),
    ('{"pt":{"x":1}} z', "the end is expected at character 16 of the JSON, not 'z'"),
    ('{"pt"   5}', "':' is expected at character 9 of the JSON, not '5}'"),
    ("[1]", "value (struct value): is an object"),
    ('{"\x1b[31m":1}', "has no member '\\x1b[31m'"),
])
def test_bad_json(xh, zoo, value, message):
    refused = xh("map", "update", "pinned", zoo / "zoo_hash", "key", "{}", "value", value, status=255)
    assert message in refused.err and refused.err.count("\n") == 1


def test_references(xh, bpf, zoo):
    ids = {name: xh("-j", "map", "show", "pinned", zoo / name).json["id"]
           for name in ("zoo_inner", "zoo_lru")}
    outer, progs = ["pinned", zoo / "zoo_outer_hash"], ["pinned", zoo / "zoo_progs"]
    program = xh("-j", "prog", "show", "pinned", zoo.parent / "main").json
    xh("map", "update", *outer, "key", "u32:1", "value", "id", ids["zoo_inner"])
    assert f"inner_map_id: {ids['zoo_inner']} " in xh("map", "lookup", *outer, "key", "u32:1").out
    for words in ["id", program["id"]], ["pinned", zoo.parent / "main"]:
        xh("map", "update", *progs, "key", "0", "value", *words)
        found = bytes(int(byte, 16) for byte in
                      xh("-j", "map", "lookup", *progs, "key", "0").json["value"])
        assert struct.unpack("<I", found)[0] == program["id"]
        xh("map", "delete", *progs, "key", "0")
    for where, words, message in [
            (outer, ["pinned", zoo / "zoo_lru"], "has to be of the type, the sizes and the flags"),
            (outer, ["pinned", zoo.parent / "main"], "is a program, not a map"),
            (outer, ["tag", "0" * 16], "map zoo_outer_hash holds maps"),
            (outer, ["1", "0", "0", "0"], "map zoo_outer_hash holds maps: its values are not bytes"),
            (progs, ["pinned", zoo / "zoo_lru"], "is a map, not a program"),
            (["pinned", zoo / "zoo_lru"], ["id", "1"], "map zoo_lru holds neither maps nor programs")]:
        assert message in xh("map", "update", *where, "key", "u32:0", "value", *words, status=255).err
    xh("map", "update", *outer, "key", "u32:0", "value", "name", "no_such_map", status=254)


def test_missing_parts(xh, zoo):
    where = "pinned", zoo / "zoo_lru"
    for words, message in [
            (["update", *where, "value", "1"], "'key DATA' is missing: map zoo_lru has keys of 4 bytes"),
            (["update", *where, "key", "1"], "'value DATA' is missing: map zoo_lru has values of 8 bytes"),
            (["lookup", *where], "'key DATA' is missing: map zoo_lru has keys of 4 bytes"),
            (["delete", *where], "'key DATA' is missing"),
            (["lookup", *where, "key", "1", "value", "1"], "is looked up by key, not by value"),
            (["update", *where, "key"], "DATA is missing after 'key'"),
            (["update", *where, "key", "1", "key", "2"], "'key' is given twice")]:
        assert message in xh("map", *words, status=255).err


def test_no_types_to_go_by(xh, new_map):
    ident = new_map(HASH, 4, 4, 2, name=b"plain")[1]
    key = xh("map", "update", "id", ident, "key", '{"x":1}', "value", "1", status=255)
    assert "map plain has no types; say what the word is, with one of u8:" in key.err
    number = xh("map", "update", "id", ident, "key", "7", "value", "1", status=255)
    assert "key has 1 byte, map plain needs 4; a number of 4 bytes is written u32:7" in number.err
