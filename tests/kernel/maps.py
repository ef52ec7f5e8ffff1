# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""Maps made by bpf(2) itself, and those of the zoo: what xh is to look at."""

import os
import re

import pytest

import kernel

# enum bpf_map_type
HASH, ARRAY, CGROUP_ARRAY, LRU_HASH, PERCPU_HASH, PERCPU_ARRAY, STACK_TRACE, LPM = 1, 2, 8, 9, 5, 6, 7, 11
DEVMAP, SOCKMAP, XSKMAP, SOCKHASH, REUSEPORT, DEVMAP_HASH = 14, 15, 17, 18, 20, 25
NO_PREALLOC, RDONLY_PROG, MMAPABLE = 1 << 0, 1 << 7, 1 << 10


def id_of(fd):
    with open(f"/proc/self/fdinfo/{fd}") as info:
        return int(re.search(r"map_id:\s*(\d+)", info.read())[1])


def fill(path, key, value):
    """Updates the map pinned at `path`."""
    fd = kernel.obj_get(path)
    try:
        kernel.map_update(fd, key, value)
    finally:
        os.close(fd)


@pytest.fixture
def new_map():
    """new_map(kind, key, value, entries, …) as kernel.map_create(): (fd, id), closed in the end."""
    fds = []

    def create(*what, **how):
        fds.append(kernel.map_create(*what, **how))
        return fds[-1], id_of(fds[-1])

    yield create
    for fd in fds:
        os.close(fd)


@pytest.fixture
def zoo(bpftool, zoo_object, pins):
    """The directory with the pinned maps of the zoo; its program is pinned at main beside it."""
    bpftool("prog", "load", zoo_object, pins / "main", "pinmaps", pins / "maps")
    return pins / "maps"
