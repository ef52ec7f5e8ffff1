# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh map dump of a map so large that a second thread reads ahead: the same as with one thread, also
when the kernel fails half-way."""

import json
import os
import struct

import pytest

from maps import HASH, new_map  # noqa: F401
from preload import INSTEAD_OF_BPF, preload  # noqa: F401

COUNT = 50_000

# Of the batches of elements the kernel refuses one.
FAILING = INSTEAD_OF_BPF + r"""
static long instead_of_bpf(int cmd, void *attr, unsigned int size)
{
	static int batches;

	if (cmd == BPF_MAP_LOOKUP_BATCH && ++batches == atoi(getenv("BAD_BATCH"))) {
		errno = EIO;
		return -1;
	}
	return real_bpf(cmd, attr, size);
}
"""


@pytest.fixture
def large(bpf, new_map):  # noqa: F811
    fd, ident = new_map(HASH, 4, 8, COUNT)
    bpf.map_update_many(fd, struct.pack(f"{COUNT}I", *range(COUNT)), bytes(8 * COUNT), COUNT)
    return ident


@pytest.mark.parametrize("form", [[], ["-j"], ["-p"]])
def test_on_one_cpu_and_on_all(xh, large, form):
    cpu = min(os.sched_getaffinity(0))
    alone = xh(*form, "map", "dump", "id", large, preexec_fn=lambda: os.sched_setaffinity(0, {cpu}))
    assert xh(*form, "map", "dump", "id", large).out == alone.out


@pytest.mark.parametrize("batch", [1, 2, 3, 8])
def test_kernel_that_fails(xh, large, preload, batch):  # noqa: F811
    how = {"env": preload(FAILING) | {"BAD_BATCH": str(batch)}, "status": 255}
    message = f"read the elements of map {large}: Input/output error (EIO)"
    dump = xh("-j", "map", "dump", "id", large, **how)
    document = json.loads(dump.out)
    if batch == 1:
        assert message in document["error"]
    else:
        assert message in dump.err
        assert len({tuple(entry["key"]) for entry in document}) == len(document) < COUNT
        assert len(document) > 3000 * (batch - 1)
    assert message in xh("map", "dump", "id", large, **how).err
