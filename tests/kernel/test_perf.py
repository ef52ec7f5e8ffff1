# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh perf: programs of tracepoints and uprobes, and this process, which has them open."""

import ctypes
import fcntl
import os
import platform
import struct

import pytest

import conftest
import kernel
from attach import KPROBE, RAW_TRACEPOINT, TRACEPOINT, program  # fixture: program
from differences import PERF_NAMES, same_json, same_text

NR_PERF_EVENT_OPEN = {"x86_64": 298, "aarch64": 241, "riscv64": 241, "s390x": 331, "ppc64le": 319}
RAW_TRACEPOINT_OPEN, SET_BPF = 17, 0x40042408
LIBC = os.path.realpath(next(line.split()[-1] for line in open("/proc/self/maps") if "libc.so" in line))


def perf_event(kind, config, first=0, second=0):
    attr = struct.pack("IIQQQQQIIQQ", kind, 112, config, 1, 0, 0, 0, 0, 0, first, second)
    data = ctypes.create_string_buffer(attr.ljust(112, b"\0"), 112)
    fd = kernel.libc.syscall(NR_PERF_EVENT_OPEN[platform.machine()], data, -1, 0, -1, 8)
    if fd < 0:
        raise OSError(ctypes.get_errno(), "perf_event_open")
    return fd


def read_number(path):
    with open(path) as file:
        return int(file.read())


@pytest.fixture
def probes(program):
    """The fds of each kind, in order, and what they are open for."""
    fds = []
    try:
        tracepoint = read_number("/sys/kernel/tracing/events/sched/sched_process_exit/id")
        uprobe = read_number("/sys/bus/event_source/devices/uprobe/type")
        path = ctypes.create_string_buffer(LIBC.encode())
        for prog, kind, *event in [("tp", TRACEPOINT, 2, tracepoint),
                                   ("up", KPROBE, uprobe, 0, ctypes.addressof(path), 0x100000),
                                   ("uret", KPROBE, uprobe, 1, ctypes.addressof(path), 0x100000)]:
            fds.append(perf_event(*event))
            fcntl.ioctl(fds[-1], SET_BPF, program(prog, kind, value=0).fd)
        name = ctypes.create_string_buffer(b"sched_process_exit")
        raw = program("raw", RAW_TRACEPOINT, value=0)
        fds.append(kernel.bpf(RAW_TRACEPOINT_OPEN,
                              struct.pack("QI", ctypes.addressof(name), raw.fd))[0])
        fds.append(os.dup(fds[0]))
        fds.append(perf_event(1, 0))  # a clock, which has none
        yield fds[:-1]
    finally:
        for fd in fds:
            os.close(fd)


def mine(text):
    """The lines about this process: others may come and go between two listings."""
    return "".join(line for line in text.splitlines(True) if line.startswith(f"pid {os.getpid()} "))


def test_as_bpftool(xh, bpftool, probes):
    for words in ["perf"], ["perf", "show"], ["perf", "list"]:
        ours = mine(xh(*words).out)
        assert ours.count("\n") == 5
        same_text(ours, mine(bpftool(*words).out), PERF_NAMES)
    for form in "-j", "-p":
        same_json(xh(form, "perf").out, bpftool(form, "perf").out, PERF_NAMES)


def test_rows(xh, pins, probes):
    rows = [row for row in xh("-j", "-f", "perf").json if row["pid"] == os.getpid()]
    assert [row["fd"] for row in rows] == probes
    assert [row["name"] for row in rows] == ["tp", "up", "uret", "raw", "tp"]
    assert [row["fd_type"] for row in rows] == ["tracepoint", "uprobe", "uretprobe",
                                                "raw_tracepoint", "tracepoint"]
    assert rows[1]["filename"] == LIBC and rows[1]["offset"] == 0x100000
    with open("/proc/self/comm") as comm:
        assert {row["comm"] for row in rows} == {comm.read().strip()}
    assert all(row["pinned"][0].startswith(str(pins)) for row in rows)
    assert f"\tpinned {pins}" in xh("-f", "perf").out


def test_unprivileged():
    done = conftest.command("setpriv", "--reuid", "65534", "--clear-groups", conftest.XH, "-j",
                            "perf", status=255)
    assert done.json == {"error": "seeing which programs processes trace with needs CAP_SYS_ADMIN "
                                  "(EPERM); try: sudo xh perf"}
