# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh map dump of large maps, of maps that change meanwhile, and to where it cannot be written."""

import os
import struct
import subprocess
import sys

import pytest

from conftest import PATIENCE_S
from maps import ARRAY, DEVMAP_HASH, HASH, LPM, NO_PREALLOC, new_map  # noqa: F401


def test_many_entries(xh, bpftool, bpf, new_map):
    count = 100_000
    fd, ident = new_map(HASH, 4, 8, count)
    keys = struct.pack(f"{count}I", *range(count))
    bpf.map_update_many(fd, keys, struct.pack(f"{count}Q", *range(1, count + 1)), count)
    entries = xh("-j", "map", "dump", "id", ident).json
    found = {int.from_bytes(bytes(int(byte, 16) for byte in one["key"]), "little"):
             int.from_bytes(bytes(int(byte, 16) for byte in one["value"]), "little")
             for one in entries}
    assert len(entries) == count and found == {key: key + 1 for key in range(count)}
    text = xh("map", "dump", "id", ident).out
    assert text.endswith(f"\nFound {count} elements\n") and text.count("key: ") == count
    assert text == bpftool("map", "dump", "id", ident).out


def test_chains_longer_than_a_block(xh, bpf, new_map):
    """Values so large that one is a block: the kernel wants room for all that share a hash."""
    fd, ident = new_map(HASH, 4, 300_000, 16, flags=NO_PREALLOC)
    for i in range(16):
        bpf.map_update(fd, struct.pack("I", i), bytes([i]) * 300_000)
    entries = xh("-j", "map", "dump", "id", ident).json
    assert sorted(int(one["key"][0], 16) for one in entries) == list(range(16))
    assert all(one["value"] == [f"0x{int(one['key'][0], 16):02x}"] * 300_000 for one in entries)


CHURN = """
import random, struct, sys
sys.path.insert(0, sys.argv[1])
import kernel
fd, size, prefix = int(sys.argv[2]), int(sys.argv[3]), bytes.fromhex(sys.argv[4])
while True:
    for change in kernel.map_delete, lambda *key: kernel.map_update(*key, struct.pack("I", 1)):
        try:
            change(fd, prefix + struct.pack("I", random.randrange(size)))
        except OSError:
            pass
"""


@pytest.mark.parametrize("kind, flags, prefix", [
    (HASH, 0, b""), (DEVMAP_HASH, 0, b""), (LPM, NO_PREALLOC, struct.pack("I", 32))])
def test_dump_of_a_map_that_changes(xh, new_map, kind, flags, prefix):
    """It ends, and no key is there twice, though keys come and go."""
    size = 512
    fd, ident = new_map(kind, len(prefix) + 4, 4, size, flags=flags)
    churn = subprocess.Popen([sys.executable, "-c", CHURN, os.path.dirname(__file__), str(fd),
                              str(size), prefix.hex()], pass_fds=[fd])
    try:
        for _ in range(40):
            entries = xh("-j", "map", "dump", "id", ident).json
            keys = [tuple(entry["key"]) for entry in entries]
            assert len(keys) == len(set(keys)) <= size
    finally:
        churn.kill()
        churn.wait()


def test_full_disk(xh, new_map):
    _, ident = new_map(ARRAY, 4, 8, 2)
    for form in [], ["-j"]:
        with open("/dev/full", "w") as full:
            done = subprocess.run([xh.path, *form, "map", "dump", "id", str(ident)],
                                  stdout=full, stderr=subprocess.PIPE, text=True)
        assert done.returncode == 255
        assert "write to standard output" in done.stderr


def test_reader_that_leaves(xh, bpf, new_map):
    count = 100_000
    fd, ident = new_map(ARRAY, 4, 8, count)
    dump = subprocess.Popen([xh.path, "map", "dump", "id", str(ident)], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE)
    assert dump.stdout.readline() == b"key: 00 00 00 00  value: 00 00 00 00 00 00 00 00\n"
    dump.stdout.close()
    assert b"write to standard output" in dump.stderr.read()
    assert dump.wait(PATIENCE_S) == 255
