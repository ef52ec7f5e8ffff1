# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh map dump: every type of map, every kind of value, the same as bpftool's; large and changing
maps, and those that have nothing to dump."""

import ctypes
import json
import os
import struct

import pytest

import kernel
from differences import (INNER_BYTES, INNER_MAP, LIFTED, PROG_NAME, same_json, same_text,
                         same_typed)
from maps import (ARRAY, CGROUP_ARRAY, DEVMAP_HASH, HASH, PERCPU_ARRAY, PERCPU_HASH, REUSEPORT,
                  SOCKHASH, SOCKMAP, STACK_TRACE, XSKMAP, fill, new_map, zoo)  # noqa: F401


@pytest.fixture
def full_zoo(bpf, zoo):
    """The maps of the zoo with elements in them."""
    cpus = kernel.count_cpus()
    inner, main = bpf.obj_get(zoo / "zoo_inner"), bpf.obj_get(zoo.parent / "main")
    fill(zoo / "zoo_hash", bytes([10, 0, 0, 1, 31, 144, 6, 0]),
         bytes((3 + 7 * i) % 256 for i in range(112)))
    fill(zoo / "zoo_lru", struct.pack("I", 1), struct.pack("Q", 2**56 + 9))
    fill(zoo / "zoo_lru", struct.pack("I", 2), struct.pack("Q", 2**64 - 1))
    fill(zoo / "zoo_pcpu_arr", struct.pack("I", 1),
         b"".join(struct.pack("ii", cpu, -cpu) for cpu in range(cpus)))
    fill(zoo / "zoo_pcpu_hash", struct.pack("I", 5),
         b"".join(struct.pack("Q", 1000 + cpu) for cpu in range(cpus)))
    fill(zoo / "zoo_lpm", struct.pack("I4B", 24, 10, 0, 0, 0), struct.pack("I", 1))
    fill(zoo / "zoo_outer_arr", struct.pack("I", 1), struct.pack("I", inner))
    fill(zoo / "zoo_outer_hash", struct.pack("I", 7), struct.pack("I", inner))
    fill(zoo / "zoo_progs", struct.pack("I", 0), struct.pack("I", main))
    os.close(inner)
    os.close(main)
    return zoo


def same_dump(xh, bpftool, *words, same=same_text, differences=()):
    """`same` compares what text there is."""
    for form in [], ["-j"], ["-p"]:
        ours = xh(*form, "map", "dump", *words)
        compare = same_json if form else same
        compare(ours.out, bpftool(*form, "map", "dump", *words).out, *differences)
        assert ours.err == ""


@pytest.mark.parametrize("name", [
    "zoo_hash", "zoo_lru", "zoo_pcpu_arr", "zoo_pcpu_hash", "zoo_lpm", "zoo_inner", "*_data",
    "*_rodata", "*_bss",
])
def test_types(xh, bpftool, full_zoo, name):
    path, = full_zoo.glob(name)
    same_dump(xh, bpftool, "pinned", path, same=same_typed, differences=[LIFTED])


@pytest.mark.parametrize("name", ["zoo_progs", "zoo_devmap", "zoo_cpumap"])
def test_bytes(xh, bpftool, full_zoo, name):
    same_dump(xh, bpftool, "pinned", full_zoo / name, differences=[PROG_NAME])


def test_programs_by_name(xh, full_zoo):
    main = xh("-j", "prog", "show", "pinned", full_zoo.parent / "main").json
    entry, = xh("-j", "map", "dump", "pinned", full_zoo / "zoo_progs").json
    assert list(entry) == ["key", "value", "prog_id", "prog_name"]
    assert (entry["prog_id"], entry["prog_name"]) == (main["id"], main["name"])
    assert entry["value"] == [f"0x{byte:02x}" for byte in struct.pack("I", main["id"])]
    line = f"  prog {main['id']} '{main['name']}'\n"
    assert line in xh("map", "dump", "pinned", full_zoo / "zoo_progs").out
    one = "map", "lookup", "pinned", full_zoo / "zoo_progs", "key", "0"
    assert xh(*one).out.endswith(line)
    assert xh("-j", *one).json == entry


@pytest.mark.parametrize("name, count", [("zoo_outer_arr", 2), ("zoo_outer_hash", 1)])
def test_inner_maps(xh, bpftool, full_zoo, name, count):
    same_dump(xh, bpftool, "pinned", full_zoo / name, differences=[INNER_MAP, INNER_BYTES])
    inner = xh("-j", "map", "show", "pinned", full_zoo / "zoo_inner").json["id"]
    entries = xh("-j", "map", "dump", "pinned", full_zoo / name).json
    assert [entry["inner_map_id"] for entry in entries] == [inner] * count
    assert f"key: 07 00 00 00  inner_map_id: {inner} \n" in \
        xh("map", "dump", "pinned", full_zoo / "zoo_outer_hash").out


def test_values_of_the_zoo(xh, full_zoo):
    """Each kind of member against Python's reading of the same bytes."""
    raw = bytes((3 + 7 * i) % 256 for i in range(112))
    value = xh("-j", "map", "dump", "pinned", full_zoo / "zoo_hash").json[0]["formatted"]["value"]
    (number, balance, celsius, up, grade, name, mac, flags, wide, color) = \
        struct.unpack_from("<Qqh?b8s6sB3xII", raw)
    bits = struct.unpack_from("<I", raw, 36)[0]
    assert value["bytes"] == number and value["balance"] == balance
    assert value["celsius"] == celsius and value["up"] is up and value["grade"] == grade
    assert value["name"] == list(struct.unpack("8b", name)) and value["mac"] == list(mac)
    assert value["flags_lo"] == hex(flags & 7) and value["flags_hi"] == hex(flags >> 3)
    assert value["wide"] == hex(bits & 0xfffff)
    sbits = bits >> 20 & 63
    assert value["sbits"] == hex(sbits - 64 if sbits > 31 else sbits)
    assert {"a", "b"} <= value.keys() and "" not in value


def test_parts_of_each_cpu(xh, full_zoo):
    entry = xh("-j", "map", "dump", "pinned", full_zoo / "zoo_pcpu_arr").json[1]
    cpus = kernel.count_cpus()
    assert [part["cpu"] for part in entry["values"]] == list(range(cpus))
    assert entry["formatted"]["values"] == [
        {"cpu": cpu, "value": {"x": cpu, "y": -cpu}} for cpu in range(cpus)]


@pytest.mark.parametrize("key, value", [(4, 12), (16, 16), (4, 16), (8, 16), (17, 4), (20, 40),
                                        (4, 17), (1, 1), (4, 300)])
def test_layout_of_bytes(xh, bpftool, bpf, new_map, key, value):
    fd, ident = new_map(HASH, key, value, 4)
    bpf.map_update(fd, bytes(range(key)), bytes(i % 256 for i in range(value)))
    same_dump(xh, bpftool, "id", ident)


@pytest.mark.parametrize("kind, value", [(PERCPU_HASH, 4), (PERCPU_ARRAY, 16), (PERCPU_HASH, 20)])
def test_bytes_of_each_cpu(xh, bpftool, bpf, new_map, kind, value):
    fd, ident = new_map(kind, 4, value, 2)
    stride = (value + 7) // 8 * 8
    bpf.map_update(fd, bytes(4), bytes(range(stride)) * kernel.count_cpus())
    same_dump(xh, bpftool, "id", ident)


@pytest.mark.parametrize("kind, key, value", [
    (HASH, 4, 4), (XSKMAP, 4, 4), (SOCKMAP, 4, 8), (SOCKMAP, 4, 4), (SOCKHASH, 4, 8),
    (REUSEPORT, 4, 8), (REUSEPORT, 4, 4), (DEVMAP_HASH, 4, 4), (STACK_TRACE, 4, 80),
])
def test_empty_maps(xh, bpftool, new_map, kind, key, value):
    same_dump(xh, bpftool, "id", new_map(kind, key, value, 2)[1])


@pytest.mark.parametrize("name, kind", [
    ("zoo_ring", "ringbuf"), ("zoo_queue", "queue"), ("zoo_stack", "stack"),
    ("zoo_bloom", "bloom_filter"), ("zoo_perf", "perf_event_array"),
])
def test_nothing_to_dump(xh, full_zoo, name, kind):
    message = f"is a {kind}, which has no elements to dump: "
    dump = xh("map", "dump", "pinned", full_zoo / name, status=255)
    assert message in dump.err and dump.err.count("\n") == 1 and dump.out == ""
    assert message in xh("-j", "map", "dump", "pinned", full_zoo / name, status=255).json["error"]


def test_cgroups_cannot_be_read(xh, new_map):
    dump = xh("map", "dump", "id", new_map(CGROUP_ARRAY, 4, 4, 2)[1], status=255)
    assert "is a cgroup_array, which has no elements to dump" in dump.err


def test_two_maps_of_one_name(xh, bpftool, bpf, new_map):
    name = f"twin{os.getpid()}"[:15]
    for i in range(2):
        bpf.map_update(new_map(HASH, 4, 12, 2, name=name.encode())[0], bytes(4), bytes([i] * 12))
    same_dump(xh, bpftool, "name", name)


def test_two_maps_of_one_name_with_types(xh, bpftool, compile_bpf, pins):
    name = f"twin{os.getpid()}"[:15]
    source = f"""
    #include <linux/bpf.h>
    #include <bpf/bpf_helpers.h>
    struct {{ __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 2);
             __type(key, int); __type(value, long); }} {name} SEC(".maps");
    SEC("xdp") int twins(struct xdp_md *ctx)
    {{ int k = 0; return !bpf_map_lookup_elem(&{name}, &k); }}
    """
    for i in range(2):
        bpftool("prog", "load", compile_bpf(source), pins / f"p{i}", "pinmaps", pins / f"m{i}")
    same_dump(xh, bpftool, "name", name, same=same_typed)


def test_one_of_two_has_types(xh, full_zoo, new_map):
    """Each in the form of its own; bpftool takes the types of the one for the other's too."""
    new_map(ARRAY, 4, 8, 1, name=b"zoo_lru")
    dump = xh("map", "dump", "name", "zoo_lru").out
    assert '\n        "key": 1,\n        "value": 72057594037927945\n' in dump
    assert dump.endswith("key: 00 00 00 00  value: 00 00 00 00 00 00 00 00\nFound 1 element\n")
    maps = xh("-j", "map", "dump", "name", "zoo_lru").json
    with_types = [one["type"] for one in maps if "formatted" in (one["elements"] or [{}])[0]]
    assert len(maps) >= 2 and "array" not in with_types


STRUCT_OPS = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct sock;
struct tcp_congestion_ops {
    char name[16];
    __u32 (*ssthresh)(struct sock *sk);
    void (*cong_avoid)(struct sock *sk, __u32 ack, __u32 acked);
    __u32 (*undo_cwnd)(struct sock *sk);
} __attribute__((preserve_access_index));
SEC("struct_ops") __u32 threshold(unsigned long long *ctx) { return 10; }
SEC("struct_ops") void avoid(unsigned long long *ctx) { }
SEC("struct_ops") __u32 undo(unsigned long long *ctx) { return 10; }
SEC(".struct_ops") struct tcp_congestion_ops NAME = {
    .name = "NAME", .ssthresh = (void *)threshold, .cong_avoid = (void *)avoid,
    .undo_cwnd = (void *)undo,
};
char LICENSE[] SEC("license") = "GPL";
"""


def test_types_of_the_kernel(xh, bpftool, compile_bpf):
    name = f"xh{os.getpid()}"[:15]
    bpftool("struct_ops", "register", compile_bpf(STRUCT_OPS.replace("NAME", name)))
    try:
        same_dump(xh, bpftool, "name", name, same=same_typed)
        value = xh("-j", "map", "dump", "name", name).json[0]["formatted"]["value"]
        assert value["data"]["name"] == name
    finally:
        bpftool("struct_ops", "unregister", "name", name)


MEMBERS = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <stdbool.h>
struct never;
enum level { LOW = -2, HIGH = 7 };
struct inner { char tag[4]; };
struct members {
    float f; double d;
    __int128 wide; unsigned __int128 uwide;
    enum level level; enum level odd;
    int below : 5; unsigned int across : 30; long long minus : 40;
    union { struct { unsigned short lo, hi; }; unsigned int both; };
    struct never *opaque; int (*callback)(struct never *, char);
    const volatile struct inner pair[2];
    bool flags[3];
    char text[6]; signed char raw[2];
    int none[0];
};
struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1);
         __type(key, int); __type(value, struct members); } all_members SEC(".maps");
SEC("xdp") int prog(struct xdp_md *ctx)
{ int k = 0; return !bpf_map_lookup_elem(&all_members, &k); }
"""


class Members(ctypes.Structure):
    """The same struct by Python's own rules; 128-bit numbers as pairs, aligned by hand."""
    _fields_ = [("f", ctypes.c_float), ("pad", ctypes.c_int), ("d", ctypes.c_double),
                ("wide", ctypes.c_uint64 * 2), ("uwide", ctypes.c_uint64 * 2),
                ("level", ctypes.c_int), ("odd", ctypes.c_int),
                ("below", ctypes.c_int, 5), ("across", ctypes.c_uint, 30),
                ("minus", ctypes.c_longlong, 40), ("both", ctypes.c_uint),
                ("opaque", ctypes.c_uint64), ("callback", ctypes.c_uint64),
                ("pair", ctypes.c_ubyte * 8), ("flags", ctypes.c_bool * 3),
                ("text", ctypes.c_char * 6), ("raw", ctypes.c_byte * 2)]


def test_every_kind_of_member(xh, bpf, bpftool, compile_bpf, pins):
    bpftool("prog", "load", compile_bpf(MEMBERS), pins / "p",
            "pinmaps", pins / "m")
    path = pins / "m/all_members"
    value = Members(f=0.1, d=-1e300, wide=(2**64 - 3, 2**64 - 1), uwide=(5, 1), level=-2, odd=-9,
                    below=-3, across=0x2aaaaaaa, minus=-5, both=0x00020001,
                    opaque=0xffff888000000000, callback=0, pair=tuple(b"ab\0\0xyz\0"),
                    flags=(True, False, True), text=b"hello", raw=(-1, 5))
    size = xh("-j", "map", "show", "pinned", path).json["bytes_value"]
    fill(path, bytes(4), bytes(value).ljust(size, b"\0")[:size])
    shown = xh("-j", "map", "dump", "pinned", path).json[0]["formatted"]["value"]
    assert shown == {
        "f": 0.1, "d": -1e300, "wide": "-0x3", "uwide": "0x10000000000000005", "level": "LOW",
        "odd": -9, "below": "-0x3", "across": "0x2aaaaaaa", "minus": "-0x5", "lo": 1, "hi": 2,
        "both": 0x20001, "opaque": 0xffff888000000000, "callback": 0,
        "pair": [{"tag": "ab"}, {"tag": "xyz"}], "flags": [True, False, True], "text": "hello",
        "raw": [-1, 5], "none": [],
    }
    text = json.loads(xh("map", "dump", "pinned", path).out)[0]["value"]
    assert text == {**shown, "opaque": "0xffff888000000000", "callback": "(nil)"}


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_floats_that_json_has_not(xh, bpf, bpftool, compile_bpf, pins, number):
    bpftool("prog", "load", compile_bpf(MEMBERS), pins / "p",
            "pinmaps", pins / "m")
    path = pins / "m/all_members"
    size = xh("-j", "map", "show", "pinned", path).json["bytes_value"]
    raw = bytes(Members(f=number, d=number)).ljust(size, b"\0")[:size]
    fill(path, bytes(4), raw)
    entry = xh("-j", "map", "dump", "pinned", path).json[0]
    assert entry["formatted"]["value"]["f"] is entry["formatted"]["value"]["d"] is None
    assert bytes(int(byte, 16) for byte in entry["value"]) == raw
