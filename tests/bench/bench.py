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

CLONE_NEWNS, CLONE_NEWNET = 0x00020000, 0x40000000
XH = os.environ["XH"]
HELLO = os.environ["HELLO"]
BPFTOOL, _ = oracle.installed()
ENTRIES = int(os.environ.get("ENTRIES", 1000000))
PROGRAMS = int(os.environ.get("PROGRAMS", 500))
DEVICES = int(os.environ.get("DEVICES", 200))


def own_namespaces():
    if ctypes.CDLL(None).unshare(CLONE_NEWNS | CLONE_NEWNET):
        raise SystemExit("bench needs root")
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    subprocess.run(["mount", "-t", "bpf", "bpf", "/sys/fs/bpf"], check=True)


def seconds(tool, words, target):
    with open(target, "wb") as out:
        start = time.perf_counter()
        subprocess.run([tool, *words], stdout=out, check=True)
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


def main():
    own_namespaces()
    print(f"{'':44} {'bpftool ms':>10} {'xh ms':>10} {'ratio':>8}")
    compare("start-up (version)", ["version"], 100)
    for options in [], ["-j"]:
        if not os.path.exists("/sys/fs/bpf/plain"):
            big_hash()
        compare(f"map dump, {ENTRIES} entries {''.join(options) or 'text'}",
                [*options, "map", "dump", "pinned", "/sys/fs/bpf/plain"], 3)
    for n in range(PROGRAMS):
        subprocess.run([BPFTOOL, "prog", "load", HELLO, f"/sys/fs/bpf/p{n}"], check=True)
    compare(f"prog list, {PROGRAMS} programs", ["prog", "list"], 10)
    compare(f"map list, {2 * PROGRAMS} maps", ["map", "list"], 10)
    compare("prog dump xlated", ["prog", "dump", "xlated", "pinned", "/sys/fs/bpf/p0"], 20)
    for n in range(DEVICES // 2):
        subprocess.run(["ip", "link", "add", f"a{n}", "type", "veth", "peer", "name", f"b{n}"],
                       check=True)
    compare(f"net list, {DEVICES} devices", ["net", "list"], 20)


if __name__ == "__main__":
    main()
