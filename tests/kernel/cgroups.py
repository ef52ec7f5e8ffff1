# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""Control groups of a test's own, which go when it ends, and with them what is attached there."""

import ctypes
import os
import pathlib
import shutil
import struct

import pytest

import attach
import kernel
from attach import links, program  # fixtures

CGROUP_SOCK, SOCK_OPS, CGROUP_DEVICE, CGROUP_SOCK_ADDR = 9, 13, 15, 18
AT_SOCK_OPS, AT_DEVICE, AT_CONNECT4, AT_CONNECT6 = 3, 6, 10, 11
OVERRIDE, MULTI = 1, 2


def mount_point():
    """Where the first cgroup2 is mounted, which differs from system to system."""
    with open("/proc/self/mounts") as mounts:
        for line in mounts:
            _, where, kind = line.split()[:3]
            if kind == "cgroup2":
                return pathlib.Path(where)
    pytest.skip("no cgroup2 is mounted")


class Cgroup:
    def __init__(self, path):
        self.path = path
        path.mkdir()
        self.fd = os.open(path, os.O_RDONLY)

    def __str__(self):
        return str(self.path)

    def attach(self, prog, attach_type, flags=0):
        kernel.bpf(attach.PROG_ATTACH, struct.pack("IIII", self.fd, prog.fd, attach_type, flags))

    def attached(self, attach_type):
        """The ids of its programs, as the kernel runs them."""
        ids = (ctypes.c_uint32 * 64)()
        attr = struct.pack("IIIIQI", self.fd, attach_type, 0, 0, ctypes.addressof(ids), 64)
        count = struct.unpack_from("I", kernel.bpf(attach.PROG_QUERY, attr)[1], 24)[0]
        return list(ids[:count])

    def remove(self):
        os.close(self.fd)
        if self.path.exists():
            self.path.rmdir()


@pytest.fixture
def cgroup():
    """cgroup("a"), cgroup("a/b") make them, below one that this test alone has."""
    root = Cgroup(mount_point() / f"xh-test-{os.getpid()}")
    made = [root]

    def make(name):
        made.append(Cgroup(root.path / name))
        return made[-1]

    make.root = root
    yield make
    for one in reversed(made):
        one.remove()
