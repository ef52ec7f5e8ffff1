# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh map dump sum: what all CPUs have of a number, added up."""

import json
import struct

import pytest

import kernel
from maps import HASH, PERCPU_ARRAY, PERCPU_HASH, fill, new_map, zoo  # noqa: F401

CPUS = kernel.count_cpus()

COUNTERS = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#define COUNTER(T, NAME) struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); \\
    __uint(max_entries, 1); __type(key, __u32); __type(value, T); } NAME SEC(".maps")
typedef signed char tiny;
enum level { LOW, HIGH };
COUNTER(__u8, c_u8); COUNTER(__u16, c_u16); COUNTER(__u32, c_u32); COUNTER(__u64, c_u64);
COUNTER(tiny, c_i8); COUNTER(__s16, c_i16); COUNTER(__s32, c_i32); COUNTER(__s64, c_i64);
COUNTER(enum level, c_enum); COUNTER(_Bool, c_bool); COUNTER(struct { __u64 n; }, c_struct);
#define USE(NAME) if (bpf_map_lookup_elem(&NAME, &key)) n++
SEC("xdp") int prog(struct xdp_md *ctx)
{ __u32 key = 0; int n = 0;
  USE(c_u8); USE(c_u16); USE(c_u32); USE(c_u64); USE(c_i8); USE(c_i16); USE(c_i32); USE(c_i64);
  USE(c_enum); USE(c_bool); USE(c_struct); return n; }
"""


@pytest.fixture
def counters(bpftool, compile_bpf, pins):
    bpftool("prog", "load", compile_bpf(COUNTERS), pins / "p", "pinmaps", pins / "m")
    return pins / "m"


def per_cpu(form, number):
    """The same number on each CPU, padded as the kernel wants it."""
    return struct.pack(f"<{form}", number).ljust(8, b"\0") * CPUS


@pytest.mark.parametrize("name, form, number", [
    ("c_u8", "B", 255), ("c_u16", "H", 65535), ("c_u32", "I", 2**32 - 1), ("c_u64", "Q", 2**60),
    ("c_i8", "b", -128), ("c_i16", "h", -2), ("c_i32", "i", -2**31), ("c_i64", "q", -5),
])
def test_typed(xh, counters, name, form, number):
    fill(counters / name, bytes(4), per_cpu(form, number))
    where = "map", "dump", "pinned", counters / name
    sum_ = number * CPUS % 2**64 if number > 0 else number * CPUS
    entry, = xh("-j", *where, "sum").json
    assert entry == {"key": ["0x00"] * 4, "sum": sum_, "formatted": {"key": 0, "sum": sum_}}
    assert json.loads(xh(*where, "sum").out) == [{"key": 0, "sum": sum_}]
    assert xh("-j", *where, "sum", "value").json == [{"sum": sum_, "formatted": {"sum": sum_}}]


def test_each_cpu_counts(xh, zoo):
    fill(zoo / "zoo_pcpu_hash", struct.pack("I", 5),
         b"".join(struct.pack("Q", 1000 + cpu) for cpu in range(CPUS)))
    entry, = xh("-j", "map", "dump", "pinned", zoo / "zoo_pcpu_hash", "sum").json
    assert entry["formatted"] == {"key": 5, "sum": 1000 * CPUS + CPUS * (CPUS - 1) // 2}


def test_beyond_64_bits(xh, counters):
    """A counter that one CPU adds to and another takes from comes out right."""
    if CPUS < 2:
        pytest.skip("there is but one CPU")
    fill(counters / "c_u64", bytes(4), struct.pack(f"{CPUS}Q", 2**64 - 3, 5, *[0] * (CPUS - 2)))
    assert xh("-j", "map", "dump", "pinned", counters / "c_u64", "sum").json[0]["sum"] == 2


@pytest.mark.parametrize("kind, key, form", [
    (PERCPU_HASH, 4, "B"), (PERCPU_ARRAY, 4, "H"), (PERCPU_HASH, 16, "I"), (PERCPU_HASH, 4, "Q"),
])
def test_bytes(xh, bpf, new_map, kind, key, form):
    fd, ident = new_map(kind, key, struct.calcsize(form), 1)
    largest = 2 ** (8 * struct.calcsize(form)) - 1
    bpf.map_update(fd, bytes(key), per_cpu(form, largest if form != "Q" else 9))
    sum_ = CPUS * (largest if form != "Q" else 9)
    dump = "map", "dump", "id", ident, "sum"
    assert xh("-j", *dump).json == [{"key": ["0x00"] * key, "sum": sum_}]
    shown = "00 00 00 00" if key == 4 else "00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00"
    assert xh(*dump).out == f"key: {shown}  sum: {sum_}\nFound 1 element\n"


def test_long_keys(xh, bpf, new_map):
    fd, ident = new_map(PERCPU_HASH, 17, 4, 1)
    bpf.map_update(fd, bytes(17), per_cpu("I", 1))
    assert xh("map", "dump", "id", ident, "sum").out == \
        f"key:\n{'00 ' * 7}00  {'00 ' * 7}00\n00\nsum: {CPUS}\nFound 1 element\n"


@pytest.mark.parametrize("name", ["c_enum", "c_bool", "c_struct"])
def test_no_numbers(xh, counters, name):
    refused = xh("map", "dump", "pinned", counters / name, "sum", status=255)
    assert "are not numbers that can be added up" in refused.err and refused.out == ""


@pytest.mark.parametrize("size", [3, 12, 16])
def test_no_numbers_by_size(xh, new_map, size):
    refused = xh("map", "dump", "id", new_map(PERCPU_HASH, 4, size, 1)[1], "sum", status=255)
    assert "are not numbers that can be added up" in refused.err and "'cpu'" in refused.err


def test_refusals(xh, new_map, counters):
    assert "has one value for all CPUs" in \
        xh("map", "dump", "id", new_map(HASH, 4, 8, 1)[1], "sum", status=255).err
    dump = "map", "dump", "pinned", counters / "c_u64", "sum"
    assert "give either" in xh(*dump, "cpu", 0, status=255).err
    assert "'sum' is about values, which 'key' leaves out" in xh(*dump, "key", status=255).err
