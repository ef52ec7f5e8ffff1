# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""Programs of two instructions, without BTF, for tests that need something to look at."""

import os
import re
import struct

import kernel

PROG_LOAD = 5
SOCKET_FILTER, XDP = 1, 6
RETURN_2 = struct.pack("<BBhi", 0xB7, 0, 0, 2) + struct.pack("<BBhi", 0x95, 0, 0, 0)


def unique(name):
    """A name that no other run on this machine uses at the same time."""
    return f"{name}_{os.getpid()}"


def load(name="", kind=XDP, license="GPL", insns=RETURN_2):
    """An fd of a new program, which the caller closes."""
    code = kernel.ctypes.create_string_buffer(insns, len(insns))
    text = kernel.ctypes.create_string_buffer(license.encode())
    attr = struct.pack("IIQQIIQII16sII", kind, len(insns) // 8, kernel.address(code),
                       kernel.address(text), 0, 0, 0, 0, 0, name.encode(), 0, 0)
    return kernel.bpf(PROG_LOAD, attr)[0]


def id_of(fd):
    with open(f"/proc/self/fdinfo/{fd}") as info:
        return int(re.search(r"prog_id:\s*(\d+)", info.read())[1])
