# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""bpf(2) for tests: just the commands that set up what xh is to look at."""

import ctypes
import os
import platform
import socket
import struct

NR_BPF = {"x86_64": 321, "aarch64": 280, "riscv64": 280, "s390x": 351, "ppc64le": 361}
MAP_CREATE, MAP_UPDATE_ELEM, MAP_DELETE_ELEM = 0, 2, 3
OBJ_PIN, OBJ_GET, PROG_TEST_RUN, MAP_UPDATE_BATCH = 6, 7, 10, 26
MAP_GET_FD_BY_ID, MAP_FREEZE, LINK_CREATE = 14, 22, 28
XDP = 37  # enum bpf_attach_type
libc = ctypes.CDLL(None, use_errno=True)


def bpf(cmd, attr):
    attr = attr.ljust(152, b"\0")
    data = ctypes.create_string_buffer(attr, len(attr))
    result = libc.syscall(NR_BPF[platform.machine()], cmd, data, len(attr))
    if result < 0:
        err = ctypes.get_errno()
        raise OSError(err, os.strerror(err))
    return result, data.raw


def count_cpus():
    """Those that may ever come up, for which a per-CPU value has a part each."""
    with open("/sys/devices/system/cpu/possible") as ranges:
        ends = [part.split("-") for part in ranges.read().strip().split(",")]
    return sum(int(end[-1]) - int(end[0]) + 1 for end in ends)


def address(data):
    return ctypes.addressof(data)


def obj_get(path):
    """An fd of what is pinned at `path`; the caller closes it."""
    name = ctypes.create_string_buffer(os.fsencode(path))
    return bpf(OBJ_GET, struct.pack("QII", address(name), 0, 0))[0]


def obj_pin(fd, path):
    name = ctypes.create_string_buffer(os.fsencode(path))
    bpf(OBJ_PIN, struct.pack("QII", address(name), fd, 0))


def run_program(path, times=1, data=b"\0" * 64):
    """Runs the pinned program on a packet; its return value."""
    fd = obj_get(path)
    try:
        packet = ctypes.create_string_buffer(data, len(data))
        attr = struct.pack("IIIIQQII", fd, 0, len(data), 0, address(packet), 0, times, 0)
        return struct.unpack_from("I", bpf(PROG_TEST_RUN, attr)[1], 4)[0]
    finally:
        os.close(fd)


def map_create(kind, key, value, entries, name=b"", flags=0, inner=0):
    """A new map without BTF; its fd, which the caller closes."""
    attr = struct.pack("IIIIIII16s", kind, key, value, entries, flags, inner, 0, name)
    return bpf(MAP_CREATE, attr)[0]


def map_update(fd, key, value):
    key_data = ctypes.create_string_buffer(key, len(key))
    value_data = ctypes.create_string_buffer(value, len(value))
    bpf(MAP_UPDATE_ELEM, struct.pack("IIQQQ", fd, 0, address(key_data), address(value_data), 0))


def map_update_many(fd, keys, values, count):
    """`keys` and `values` are the elements one after another."""
    key_data = ctypes.create_string_buffer(keys, len(keys))
    value_data = ctypes.create_string_buffer(values, len(values))
    attr = struct.pack("QQQQIIQQ", 0, 0, address(key_data), address(value_data), count, fd, 0, 0)
    bpf(MAP_UPDATE_BATCH, attr)


def map_delete(fd, key):
    key_data = ctypes.create_string_buffer(key, len(key))
    bpf(MAP_DELETE_ELEM, struct.pack("IIQQQ", fd, 0, address(key_data), 0, 0))


def map_freeze(fd):
    bpf(MAP_FREEZE, struct.pack("I", fd))


def link_create_xdp(path, device):
    """Attaches the pinned program to a device by a link; the link's fd, which keeps it there."""
    fd = obj_get(path)
    try:
        return bpf(LINK_CREATE, struct.pack("IIII", fd, socket.if_nametoindex(device), XDP, 0))[0]
    finally:
        os.close(fd)
