# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""What xh prog load can be told: maps to take, types, globals, devices, the kernel's types."""

import os
import pathlib
import re

import pytest

from several import GPL, HEAD, OBJECT, fails, several


@pytest.fixture
def map_of_entries(bpf, pins):
    """map_of_entries(n) pins a hash of n entries like the object's m; its path and id."""

    def make(entries, kind=1):
        path = str(pins / f"map{kind}_{entries}")
        fd = bpf.map_create(kind, 4, 8, entries)
        bpf.obj_pin(fd, path)
        with open(f"/proc/self/fdinfo/{fd}") as info:
            number = int(info.read().split("map_id:")[1].split()[0])
        os.close(fd)
        return path, number

    return make


@pytest.mark.parametrize("which", [("name", "m"), ("idx", "0")])
def test_maps_are_taken(xh, several, pins, map_of_entries, which):
    """It keeps the name of the object's map where that is pinned."""
    path, number = map_of_entries(2)
    loaded = xh("-j", "prog", "load", several, pins / "x", "prog", "two", "map", *which, "pinned",
                path, "pinmaps", pins / "m").json
    assert loaded["map_ids"].count(number) == 1
    assert xh("-j", "map", "show", "pinned", pins / "m/m").json["id"] == number


def test_two_maps_are_taken(xh, compile_bpf, pins, map_of_entries):
    """As bpftool counts them: in the order of the file, maps of globals too."""
    path = compile_bpf(OBJECT.replace("SEC(\"xdp\") int one", """
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 3); __type(key, int);
         __type(value, long); } second SEC(".maps");
SEC("tc") int both(void *ctx)
{
	int k = 0;

	return !!bpf_map_lookup_elem(&m, &k) + !!bpf_map_lookup_elem(&second, &k);
}
SEC("xdp") int one"""), "both")
    (_, one), (second, two) = map_of_entries(2), map_of_entries(3)
    loaded = xh("-j", "prog", "load", path, pins / "x", "map", "idx", "1", "pinned", second, "prog",
                "both", "map", "name", "m", "id", one).json
    assert {one, two} <= set(loaded["map_ids"])


def test_maps_that_cannot_be_taken(fails, several, pins, map_of_entries):
    load = ["load", several, pins / "x", "prog", "one", "map"]
    path, number = map_of_entries(1)
    assert fails(*load, "name", "m", "pinned", path) == (
        f"{several}: map 'm' (id {number}) has max_entries 1, the object wants 2")
    path, number = map_of_entries(2, kind=9)
    assert fails(*load, "name", "m", "pinned", path) == (
        f"{several}: map 'm' (id {number}) is of type lru_hash, the object wants hash")
    message = fails(*load, "idx", "4", "pinned", path)
    assert message.startswith(f"{several}: has no map with the index 4; it has 0 m, 1 ")
    assert f"{several}: has no map 'n'" in fails(*load, "name", "n", "pinned", path)
    path, _ = map_of_entries(2)
    assert fails(*load, "name", "m", "pinned", path, "map", "idx", "0", "pinned", path) == (
        f"{several}: two maps are given for 'm'")
    assert fails(*load, "mane", "m") == "'map' needs 'idx IDX' or 'name NAME' after it, then MAP"
    assert fails(*load, "idx", "-1", "id", "1").startswith("idx '-1' ")


@pytest.mark.parametrize("word, expected", [
    ("xdp", "xdp"), ("tc", "sched_cls"), ("classifier", "sched_cls"), ("sched_cls", "sched_cls"),
    ("kprobe", "kprobe"), ("cgroup/skb", "cgroup_skb"), ("tracepoint", "tracepoint"),
    ("socket_filter", "socket_filter"), ("tcx/ingress", "sched_cls"),
])
def test_type(xh, compile_bpf, pins, word, expected):
    path = compile_bpf(HEAD + 'SEC("nothing") int f(void *ctx) { return 0; }\n' + GPL)
    xh("prog", "load", path, pins / "x", "type", word)
    assert xh("-j", "prog", "show", "pinned", pins / "x").json["type"] == expected


def test_types_that_are_none(fails, hello_object, pins):
    assert fails("load", hello_object, pins / "x", "type", "sched_csl") == (
        "there is no type of program 'sched_csl'; did you mean 'sched_cls'?")
    assert fails("load", hello_object, pins / "x", "type", "q" * 200).startswith(
        "there is no type of program 'qqq")


@pytest.mark.parametrize("name", ["eth0", '"eth0"'])
def test_globals(xh, several, pins, name):
    words = ["global", "counter=0x10", "global", "flag=true", "global", "color=GREEN", "global",
             f"name={name}", "global", 'pair={"a":-2,"b":3}']
    xh("prog", "load", several, pins / "x", "prog", "one", "pinmaps", pins / "m", *words)

    def read(section):
        [path] = (pins / "m").glob(f"*_{section}")
        value = xh("-j", "map", "dump", "pinned", path).json[0]["formatted"]["value"]
        return {name: value for row in value[f".{section}"] for name, value in row.items()}

    assert read("bss")["counter"] == 16 and read("data")["stays"] == 5
    rodata = read("rodata")
    assert (rodata["flag"], rodata["color"]) == (True, "GREEN")
    assert rodata["name"] == "eth0"
    assert rodata["pair"] == {"a": -2, "b": 3}


@pytest.mark.parametrize("word, message", [
    ("counter=2147483648",
     "counter (int): '2147483648' is not a number from -2147483648 to 2147483647"),
    ("counter=", "'counter=' is not NAME=VALUE"), ("counter=1x", "counter (int): "),
    ('name="longerthan8"', "name ("),
    ("conter=1", "{o}: has no global variable 'conter'; did you mean 'counter'?"),
    ("counter", "'counter' is not NAME=VALUE"), ("=1", "'=1' is not NAME=VALUE"),
    ("m=1", "{o}: has no global variable 'm'"),
])
def test_globals_that_cannot_be(fails, several, pins, word, message):
    assert fails("load", several, pins / "x", "prog", "one", "global", word).startswith(
        message.format(o=several))


def test_kernel_btf(xh, fails, several, hello_object, pins, tmp_path):
    for number, path in enumerate(["/sys/kernel/btf/vmlinux", hello_object]):
        xh("prog", "load", several, pins / f"x{number}", "prog", "one", "kernel_btf", path)
    load = ["load", several, pins / "x", "prog", "one", "kernel_btf"]
    assert "no such file" in fails(*load, tmp_path / "none").lower()
    whole = pathlib.Path("/sys/kernel/btf/vmlinux").read_bytes()
    for name, content in {"empty": b"", "text": b"text\n", "cut": whole[:100000],
                          "elf": b"\x7fELF" + b"\xff" * 100}.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert fails(*load, path).startswith(f"{path}: ")


CORE = """
struct xh_thing { %s int wanted; } __attribute__((preserve_access_index));
int offset;
SEC("raw_tp/sys_enter") int f(struct xh_thing *thing)
{
	offset = __builtin_preserve_field_info(thing->wanted, 0);
	return 0;
}
"""


def test_kernel_btf_is_what_counts(xh, compile_bpf, pins):
    path = compile_bpf(HEAD + CORE % "" + GPL, "core")
    kernel = compile_bpf(HEAD + CORE % "char pad[40];" + GPL, "kernel")
    xh("prog", "load", path, pins / "x", "kernel_btf", kernel)
    assert re.search(r"= 40\b", xh("prog", "dump", "xlated", "pinned", pins / "x").out)


def test_devices(xh, fails, several, pins, veth):
    load = ["load", several, pins / "x", "prog"]
    xh("prog", *load, "one", "xdpmeta_dev", veth[0])
    (pins / "x").unlink()
    message = fails(*load, "two", "xdpmeta_dev", veth[0])
    assert message.endswith("; only XDP programs may ask for metadata")
    for keyword in ("offload_dev", "dev"):
        message = fails(*load, "one", keyword, veth[0])
        assert f" for {veth[0]}: Invalid argument (EINVAL); " in message
    assert "no device 'none'" in fails(*load, "one", "offload_dev", "none", status=254)
    assert fails(*load, "one", "offload_dev", veth[0], "xdpmeta_dev", veth[0]) == (
        "'offload_dev' and 'xdpmeta_dev' exclude each other")
