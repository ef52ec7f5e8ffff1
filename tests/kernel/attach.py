# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""Programs of two instructions and links of all types, made by bpf(2) itself to be looked at."""

import os
import re
import struct

import pytest

import kernel

PROG_LOAD, PROG_ATTACH, LINK_CREATE, PROG_QUERY = 5, 8, 28, 16
SOCKET_FILTER, KPROBE, SCHED_CLS, TRACEPOINT, XDP, PERF_EVENT = 1, 2, 3, 5, 6, 7
CGROUP_SKB, SK_SKB, RAW_TRACEPOINT, FLOW_DISSECTOR, SK_LOOKUP, NETFILTER = 8, 14, 17, 22, 30, 32
XDP_HAS_FRAGS = 1 << 5

# enum bpf_attach_type
AT_INGRESS, AT_EGRESS, AT_FLOW_DISSECTOR, AT_SK_LOOKUP, AT_XDP, AT_SK_SKB_VERDICT = 0, 1, 17, 36, 37, 38
AT_PERF_EVENT, AT_NETFILTER, AT_TCX_INGRESS, AT_TCX_EGRESS, AT_UPROBE_MULTI = 41, 45, 46, 47, 48


class Program:
    """Returns `value`, and is pinned at `path`."""

    def __init__(self, path, name, kind=XDP, flags=0, attach_type=0, value=2):
        self.path, self.name, self.words = path, name, ("pinned", path)
        insns = struct.pack("<BBhi", 0xB7, 0, 0, value) + struct.pack("<BBhi", 0x95, 0, 0, 0)
        code = kernel.ctypes.create_string_buffer(insns, len(insns))
        text = kernel.ctypes.create_string_buffer(b"GPL")
        attr = struct.pack("IIQQIIQII16sII", kind, len(insns) // 8, kernel.address(code),
                           kernel.address(text), 0, 0, 0, 0, flags, name.encode(), 0, attach_type)
        self.fd = kernel.bpf(PROG_LOAD, attr)[0]
        kernel.obj_pin(self.fd, path)
        self.id = id_of(self.fd, "prog_id")

    def __str__(self):
        return f"program {self.id} '{self.name}'"


def id_of(fd, key):
    with open(f"/proc/self/fdinfo/{fd}") as info:
        return int(re.search(rf"{key}:\s*(\d+)", info.read())[1])


class Links:
    """Links that go at the end of a test."""

    def __init__(self):
        self.fds = []

    def keep(self, fd):
        self.fds.append(fd)
        return id_of(fd, "link_id")

    def create(self, prog, target, attach_type, flags=0, tail=b""):
        """LINK_CREATE; the link's id."""
        attr = struct.pack("IIII", prog.fd, target, attach_type, flags) + tail
        return self.keep(kernel.bpf(LINK_CREATE, attr)[0])

    def close(self):
        for fd in self.fds:
            os.close(fd)
        self.fds = []


@pytest.fixture
def links():
    made = Links()
    yield made
    made.close()


@pytest.fixture
def program(pins):
    """program("name") loads and pins one that only returns."""
    loaded = []

    def load(name, kind=XDP, **how):
        loaded.append(Program(str(pins / f"p{len(loaded)}"), name, kind, **how))
        return loaded[-1]

    yield load
    for one in loaded:
        os.close(one.fd)


def mprog_order(ifindex, attach_type):
    """The ids of a tcx hook's programs, as the kernel runs them."""
    ids = (kernel.ctypes.c_uint32 * 64)()
    attr = struct.pack("IIIIQIIQQQQ", ifindex, attach_type, 0, 0, kernel.ctypes.addressof(ids), 64,
                       0, 0, 0, 0, 0)
    count = struct.unpack_from("I", kernel.bpf(PROG_QUERY, attr)[1], 24)[0]
    return list(ids[:count])
