# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""What xh prog load says where the kernel says a number, and libbpf what its caller should call."""

import pathlib

import pytest

from test_load import build, refused

STRUCT_OPS = """
struct sock;
struct aaaa { int b; };
struct tcp_congestion_ops { %s void (*init)(struct sock *sk); char name[16]; };
struct aaaa keep;
SEC("struct_ops/init") int init(unsigned long long *ctx) { keep.b = 1; return 0; }
SEC(".struct_ops") struct tcp_congestion_ops ops = { .init = (void *)init, .name = "xh" };
SEC("xdp") int other(void *ctx) { return 0; }
"""
HASH = """
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1); __type(key, int);
         __type(value, long); } mmap SEC(".maps");
SEC("xdp") int ffff(void *ctx) { int k = 0; return !!bpf_map_lookup_elem(&mmap, &k); }
"""


@pytest.fixture
def renamed(build):
    """renamed(source, old, new) compiles, then changes a name in the object file."""

    def run(source, old, new):
        path = pathlib.Path(build(source))
        data = path.read_bytes()
        assert len(old) == len(new) and b"\0" + old + b"\0" in data
        path.write_bytes(data.replace(b"\0" + old + b"\0", b"\0" + new + b"\0"))
        return path

    return run


@pytest.mark.parametrize("source, message", [
    ('SEC("freplace/target") int f(void *ctx) { return 0; }',
     "f() is to replace a function of a loaded program, and nothing says of which; only a loader of "
     "its own can: bpf_program__set_attach_target()"),
    ('SEC("fentry") int f(void *ctx) { return 0; }',
     'f() does not say what it is for; its SEC() has to name it: SEC("fentry/FUNCTION"), for example'),
    ('SEC("struct_ops/init") int f(void *ctx) { return 0; }',
     'f() is no member of a struct_ops; it takes a struct in SEC(".struct_ops") that has it'),
])
def test_programs_that_lack_a_target(refused, build, source, message):
    path = build(source + "\n")
    assert refused(path) == f"{path}: {message}"


@pytest.mark.parametrize("source, message", [
    ((STRUCT_OPS % "void *nosuch;").replace(".init", ".nosuch = (void *)1, .init"),
     "this kernel's struct_ops has no member nosuch; declare the struct as this kernel has it"),
    (STRUCT_OPS.replace("tcp_congestion_ops", "no_such_ops") % "",
     "this kernel has no struct_ops of the type no_such_ops; they may be of a module that is not "
     "loaded"),
])
def test_struct_ops_that_the_kernel_has_not(refused, build, pins, source, message):
    path = build(source)
    assert refused(path, pins / "x", "prog", "init") == f"{path}: {message}"


def test_types_that_the_kernel_refuses(refused, renamed, pins):
    """Of most objects they are left out; struct_ops needs them."""
    path = renamed(STRUCT_OPS % "", b"aaaa", b"a-aa")
    message = refused(path, pins / "x", "prog", "init")
    assert message.startswith(f"{path}: the kernel refuses its types: [")
    assert message.endswith("] STRUCT a-aa size=4 vlen=1 Invalid name (EINVAL)")


def test_a_program_beside_struct_ops(xh, pins, build):
    """Of which libbpf 1.1 looks for the types in a BTF that it has not read."""
    path = build(STRUCT_OPS % "void *nosuch;")
    loaded = xh("-j", "prog", "load", path, pins / "x", "prog", "other", "pinmaps", pins / "m").json
    assert loaded["map_ids"] == [] and not (pins / "m/ops").exists()


@pytest.mark.parametrize("old, new, what", [(b"ffff", b"f-ff", "program named 'f-ff'"),
                                            (b"ffff", b"f\nff", r"program named 'f\x0aff'"),
                                            (b"mmap", b"m\nap", r"map named 'm\x0aap'")])
def test_names_that_the_kernel_does_not_take(refused, renamed, pins, old, new, what):
    path = renamed(HASH, old, new)
    assert refused(path, pins / "x") == (
        f"{path}: the kernel takes no {what} (EINVAL); it wants letters, digits, '_' and '.' alone")
