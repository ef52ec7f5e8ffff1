# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh map dump of maps so large that threads read ahead, hash tables in several places: the same as
with one thread, also when the kernel fails half-way, and whatever comes and goes meanwhile."""

import collections
import json
import os
import re
import struct
import subprocess
import sys

import pytest

from maps import ARRAY, HASH, LRU_HASH, PERCPU_HASH, new_map  # noqa: F401
from preload import INSTEAD_OF_BPF, preload  # noqa: F401

COUNT = 120_000
KINDS = [HASH, LRU_HASH, PERCPU_HASH, ARRAY]

# Batches of elements are looked up by lookup().
LOOKUP = INSTEAD_OF_BPF + r"""
#include <string.h>

static long refuse(int err)
{
	errno = err;
	return -1;
}

static long lookup(union bpf_attr *attr, unsigned int size);

static long instead_of_bpf(int cmd, void *attr, unsigned int size)
{
	return cmd == BPF_MAP_LOOKUP_BATCH ? lookup(attr, size) : real_bpf(cmd, attr, size);
}
"""

# From the nth on they are refused.
FAILING = LOOKUP + r"""
static long lookup(union bpf_attr *attr, unsigned int size)
{
	static int batches;

	if (__sync_add_and_fetch(&batches, 1) >= atoi(getenv("BAD_BATCH")))
		return refuse(EIO);
	return real_bpf(BPF_MAP_LOOKUP_BATCH, attr, size);
}
"""

# A kernel that does not take any number of a bucket to go on with: only so few elements are asked
# for where a span begins and ends.
STRANGE = LOOKUP + r"""
static long lookup(union bpf_attr *attr, unsigned int size)
{
	const char *how = getenv("HOW");
	unsigned int *in = (void *)attr->batch.in_batch, *out = (void *)attr->batch.out_batch;
	int few = attr->batch.count == 64 && *in > atoi(getenv("FROM"));
	long done = real_bpf(BPF_MAP_LOOKUP_BATCH, attr, size);

	if (!few)
		return done;
	if (!strcmp(how, "stays"))
		*out = *in;
	else if (!strcmp(how, "returns"))
		*out = 7;
	else if (!strcmp(how, "leaves"))
		*out = 1 << 30;
	else if (!strcmp(how, "ends"))
		return attr->batch.count = 0, refuse(ENOENT);
	else if (!strcmp(how, "is full"))
		return attr->batch.count = 0, refuse(ENOSPC);
	else
		return attr->batch.count = 0, refuse(EINVAL);
	return done;
}
"""


@pytest.fixture(params=KINDS, ids=["hash", "lru", "percpu", "array"])
def large(bpf, new_map, request):  # noqa: F811
    """A map of 0 → 1, 1 → 2, …; its kind and id. There is room for more, so that LRU keeps all."""
    kind = request.param
    fd, ident = new_map(kind, 4, 8, COUNT if kind == ARRAY else 2 * COUNT)
    parts = os.sysconf("SC_NPROCESSORS_CONF") if kind == PERCPU_HASH else 1
    values = b"".join(struct.pack("Q", key + 1) * parts for key in range(COUNT))
    bpf.map_update_many(fd, struct.pack(f"{COUNT}I", *range(COUNT)), values, COUNT)
    return kind, ident


@pytest.fixture
def hash_map(bpf, new_map):  # noqa: F811
    fd, ident = new_map(HASH, 4, 8, COUNT)
    bpf.map_update_many(fd, struct.pack(f"{COUNT}I", *range(COUNT)), bytes(8 * COUNT), COUNT)
    return fd, ident


def on_one_cpu():
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def number(hex_bytes):
    return int.from_bytes(bytes.fromhex(hex_bytes), "little")


def number_of_list(hex_bytes):
    return number("".join(byte[2:] for byte in hex_bytes))


def keys_of_text(text):
    return [number(key) for key in re.findall("^key:[ \n]((?:[0-9a-f]{2} ?){4})", text, re.M)]


def test_what_was_put_in(xh, large):
    kind, ident = large
    entries = xh("-j", "map", "dump", "id", ident).json
    assert len(entries) == COUNT
    assert {number_of_list(entry["key"]) for entry in entries} == set(range(COUNT))
    for entry in entries:
        value = number_of_list(entry["key"]) + 1
        if kind == PERCPU_HASH:
            assert all(number_of_list(part["value"]) == value for part in entry["values"])
        else:
            assert number_of_list(entry["value"]) == value
    text = xh("map", "dump", "id", ident, "key").out
    assert sorted(keys_of_text(text)) == list(range(COUNT))
    assert text.endswith(f"Found {COUNT} elements\n")


@pytest.mark.parametrize("words", [
    [], ["-j"], ["-p", "key"], ["value"], ["limit", "777"], ["-j", "limit", str(COUNT // 2)]],
    ids=" ".join)
def test_on_one_cpu_and_on_all(xh, large, words):
    options = [word for word in words if word.startswith("-")]
    words = [*options, "map", "dump", "id", large[1], *words[len(options):]]
    assert xh(*words).out == xh(*words, preexec_fn=on_one_cpu).out


@pytest.mark.parametrize("large", [PERCPU_HASH], indirect=True)
def test_sum_on_one_cpu_and_on_all(xh, large):
    words = ["-j", "map", "dump", "id", large[1], "sum"]
    sums = xh(*words)
    assert sums.out == xh(*words, preexec_fn=on_one_cpu).out
    assert len(sums.json) == COUNT


@pytest.mark.parametrize("batch", [1, 2, 3, 40])
def test_kernel_that_fails(xh, hash_map, preload, batch):  # noqa: F811
    ident = hash_map[1]
    how = {"env": preload(FAILING) | {"BAD_BATCH": str(batch)}, "status": 255}
    message = f"read the elements of map {ident}: Input/output error (EIO)"
    dump = xh("-j", "map", "dump", "id", ident, **how)
    document = json.loads(dump.out)
    if batch == 1:
        assert message in document["error"]
    else:
        assert message in dump.err
        assert 1000 < len(document) < COUNT
        assert document == xh("-j", "map", "dump", "id", ident).json[:len(document)]
    assert message in xh("map", "dump", "id", ident, **how).err


@pytest.mark.parametrize("bucket", [0, 40_000])
@pytest.mark.parametrize("how", ["stays", "returns", "leaves", "ends", "is full", "refuses"])
def test_kernel_that_goes_on_otherwise(xh, hash_map, preload, how, bucket):  # noqa: F811
    """All is shown, once."""
    env = preload(STRANGE) | {"HOW": how, "FROM": str(bucket)}
    words = ["map", "dump", "id", hash_map[1]]
    assert xh(*words, env=env).out == xh(*words).out


CHURN = """
import random, struct, sys
sys.path.insert(0, sys.argv[1])
import kernel
fd, first, count = map(int, sys.argv[2:])
while True:
    for change in kernel.map_delete, lambda *key: kernel.map_update(*key, struct.pack("Q", 1)):
        try:
            change(fd, struct.pack("I", first + random.randrange(count)))
        except OSError:
            pass
"""


def test_keys_that_stay_and_keys_that_do_not(xh, bpf, new_map):  # noqa: F811
    stay, change = COUNT, 4000
    fd, ident = new_map(HASH, 4, 8, COUNT + change)
    bpf.map_update_many(fd, struct.pack(f"{stay}I", *range(stay)), bytes(8 * stay), stay)
    churn = subprocess.Popen([sys.executable, "-c", CHURN, os.path.dirname(__file__), str(fd),
                              str(stay), str(change)], pass_fds=[fd])
    try:
        for _ in range(12):
            keys = collections.Counter(keys_of_text(xh("map", "dump", "id", ident, "key").out))
            assert set(keys.values()) == {1}
            assert all(key in keys for key in range(stay))
    finally:
        churn.kill()
        churn.wait()


@pytest.mark.parametrize("form", [[], ["-j"]], ids=["text", "-j"])
def test_full_disk(xh, hash_map, form):
    with open("/dev/full", "w") as full:
        done = subprocess.run([xh.path, *form, "map", "dump", "id", str(hash_map[1])], stdout=full,
                              stderr=subprocess.PIPE, text=True)
    assert done.returncode == 255
    assert "write to standard output" in done.stderr


def test_reader_that_leaves(xh, hash_map):
    dump = subprocess.Popen([xh.path, "map", "dump", "id", str(hash_map[1])],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert dump.stdout.readline().startswith(b"key: ")
    dump.stdout.close()
    assert b"write to standard output" in dump.stderr.read()
    assert dump.wait(timeout=10) == 255
