#!/usr/bin/python3 -B
# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""make bench: xh against the installed bpftool, the two in turn in one run. A ratio is the median of
bpftool's time divided by the median of xh's; the times are of this machine at this moment."""

import ctypes
import os
import pathlib
import statistics
import struct
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "kernel"))
import kernel  # noqa: E402
import oracle  # noqa: E402
import program  # noqa: E402

CLONE_NEWNS, CLONE_NEWNET = 0x00020000, 0x40000000
XH = os.environ["XH"]
HELLO = os.environ["HELLO"]
BPFTOOL, _ = oracle.installed()
ENTRIES = int(os.environ.get("ENTRIES", 1000000))
PROGRAMS = int(os.environ.get("PROGRAMS", 2000))
INSTRUCTIONS = int(os.environ.get("INSTRUCTIONS", 76000))
DEVICES = int(os.environ.get("DEVICES", 1000))


def own_namespaces():
    if ctypes.CDLL(None).unshare(CLONE_NEWNS | CLONE_NEWNET):
        raise SystemExit("bench needs root")
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    subprocess.run(["mount", "-t", "bpf", "bpf", "/sys/fs/bpf"], check=True)


def seconds(tool, words, target):
    """Into a file; or, when that is None, into a pipe, until its reader has all of it."""
    reader = None
    if target is None:
        reader = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    with reader.stdin if reader else open(target, "wb") as out:
        start = time.perf_counter()
        subprocess.run([tool, *words], stdout=out, check=True)
    if reader:
        reader.wait()
    return time.perf_counter() - start


def compare(name, words, runs, target="/dev/null"):
    ours, theirs = [], []
    for _ in range(runs):
        ours.append(seconds(XH, words, target))
        theirs.append(seconds(BPFTOOL, words, target))
    x, b = statistics.median(ours), statistics.median(theirs)
    print(f"{name:44} {b * 1000:10.1f} {x * 1000:10.1f} {b / x:8.1f}", flush=True)


def big_hash():
    """A hash of u32 -> u64 without BTF."""
    fd = kernel.map_create(1, 4, 8, ENTRIES, b"bench_plain")
    for first in range(0, ENTRIES, 1 << 16):
        numbers = range(first, min(first + (1 << 16), ENTRIES))
        kernel.map_update_many(fd, b"".join(struct.pack("I", n) for n in numbers),
                               b"".join(struct.pack("Q", n * n) for n in numbers), len(numbers))
    kernel.obj_pin(fd, "/sys/fs/bpf/plain")
    os.close(fd)


def load_hello(paths):
    """Each is a program of its own, with two maps and BTF."""
    lines = "".join(f"prog load {HELLO} {path}\n" for path in paths)
    subprocess.run([BPFTOOL, "batch", "file", "-"], input=lines, text=True, check=True,
                   stdout=subprocess.DEVNULL)


def start_up():
    compare("start-up (version)", ["version"], 100)
    load_hello(["/sys/fs/bpf/hello"])
    compare("prog list, few programs", ["prog", "list"], 50)
    compare("prog show, one program", ["prog", "show", "pinned", "/sys/fs/bpf/hello"], 50)


def net_list():
    """Pairs of veth, without programs."""
    pairs = "".join(f"link add a{n} type veth peer name b{n}\n" for n in range(DEVICES // 2))
    subprocess.run(["ip", "-batch", "-"], input=pairs, text=True, check=True)
    compare(f"net list, {DEVICES} devices", ["net", "list"], 10)


def instruction(code, dst=0, src=0, off=0, imm=0):
    return struct.pack("<BBhi", code, dst | src << 4, off, imm)


def big_program():
    """Arithmetic, memory and constants of 64 bits, over and over."""
    block = b"".join([
        instruction(0xb7, 1, imm=7),       # r1 = 7
        instruction(0x7b, 10, 1, -8),      # *(u64 *)(r10 - 8) = r1
        instruction(0x79, 2, 10, -8),      # r2 = *(u64 *)(r10 - 8)
        instruction(0x0f, 0, 2),           # r0 += r2
        instruction(0x57, 0, imm=0xff),    # r0 &= 255
        instruction(0x18, 3, imm=0x1234),  # r3 = 0x1234, which takes two
        instruction(0),
        instruction(0xbc, 4, 3),           # w4 = w3
    ])
    end = instruction(0xb7) + instruction(0x95)  # return 0
    fd = program.load("bench_big", insns=instruction(0xb7) + block * (INSTRUCTIONS // 8) + end)
    kernel.obj_pin(fd, "/sys/fs/bpf/big")
    os.close(fd)


def dump_xlated():
    compare("prog dump xlated, small", ["prog", "dump", "xlated", "pinned", "/sys/fs/bpf/hello"], 10)
    big_program()
    compare(f"prog dump xlated, {INSTRUCTIONS} instructions",
            ["prog", "dump", "xlated", "pinned", "/sys/fs/bpf/big"], 10)


def types():
    words = ["btf", "dump", "file", "/sys/kernel/btf/vmlinux"]
    compare("btf dump of the kernel, raw", words, 10)
    compare("btf dump of the kernel, raw, -j", ["-j", *words], 10)
    compare("btf dump of the kernel, in C", [*words, "format", "c"], 10)


def lists():
    load_hello(f"/sys/fs/bpf/p{n}" for n in range(PROGRAMS))
    compare(f"prog list, {PROGRAMS} programs", ["prog", "list"], 10)
    compare(f"map list, {2 * PROGRAMS} maps", ["map", "list"], 10)


def main():
    own_namespaces()
    print(f"{'':44} {'bpftool ms':>10} {'xh ms':>10} {'ratio':>8}")
    start_up()
    for options in [], ["-j"]:
        if not os.path.exists("/sys/fs/bpf/plain"):
            big_hash()
        name = f"map dump, {ENTRIES} entries {''.join(options) or 'text'}"
        words = [*options, "map", "dump", "pinned", "/sys/fs/bpf/plain"]
        compare(name, words, 3)
        compare(f"{name}, into a pipe", words, 3, None)
    net_list()
    dump_xlated()
    types()
    lists()


if __name__ == "__main__":
    main()
