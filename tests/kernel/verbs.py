# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""The programs and maps of tests/bpf/verbs.bpf.c, loaded: fixtures for tests that import them."""

import os
import pathlib
import struct

import pytest

import kernel

MAP_LOOKUP_ELEM, PROG_QUERY = 1, 16
AT_STREAM_PARSER, AT_STREAM_VERDICT, AT_MSG_VERDICT = 4, 5, 7
AT_FLOW_DISSECTOR, AT_SKB_VERDICT = 17, 38


class Verbs:
    """Words that name a program or map, and what the kernel says of them."""

    def __init__(self, pins):
        self.programs, self.maps = pathlib.Path(pins / "progs"), pathlib.Path(pins / "maps")

    def prog(self, name):
        return "pinned", str(self.programs / name)

    def map(self, name):
        return "pinned", str(self.maps / name)

    def id(self, name):
        fd = kernel.obj_get(str(self.programs / name))
        try:
            with open(f"/proc/self/fdinfo/{fd}") as info:
                return int(info.read().split("prog_id:")[1].split()[0])
        finally:
            os.close(fd)

    def runs(self):
        """How often the programs that count have run."""
        fd = kernel.obj_get(str(next(self.maps.glob("*_bss"))))
        key, value = (kernel.ctypes.create_string_buffer(4) for _ in range(2))
        try:
            kernel.bpf(MAP_LOOKUP_ELEM, struct.pack("IIQQ", fd, 0, kernel.address(key),
                                                    kernel.address(value)))
        finally:
            os.close(fd)
        return struct.unpack("I", value.raw)[0]

    def attached(self, attach_type, name=None):
        """The id of the program that a map (or this network namespace) has; 0 for none."""
        path = str(self.maps / name) if name else "/proc/self/ns/net"
        fd = kernel.obj_get(path) if name else os.open(path, os.O_RDONLY)
        found = kernel.ctypes.create_string_buffer(4)
        try:
            count = kernel.bpf(PROG_QUERY, struct.pack("IIIIQI", fd, attach_type, 0, 0,
                                                       kernel.address(found), 1))[1]
        finally:
            os.close(fd)
        return struct.unpack("I", found.raw)[0] if struct.unpack_from("I", count, 24)[0] else 0


@pytest.fixture(scope="session")
def verbs_object(compile_bpf):
    return compile_bpf("verbs.bpf.c", "verbs")


@pytest.fixture
def verbs(bpftool, pins, verbs_object):
    (pins / "maps").mkdir()
    bpftool("prog", "loadall", verbs_object, pins / "progs", "pinmaps", pins / "maps")
    return Verbs(pins)
