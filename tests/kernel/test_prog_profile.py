# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh prog profile: counts where there is something to count with, and else says what is missing."""

import ctypes
import json
import os
import platform
import struct
import subprocess

import pytest

import kernel
import program

PERF_EVENT_OPEN = {"x86_64": 298, "aarch64": 241, "riscv64": 241, "s390x": 331, "ppc64le": 319}
METRICS = "cycles, instructions, l1d_loads, llc_misses, itlb_misses, dtlb_misses"
NO_FENTRY = "this kernel lets no program be run before and after another one (fentry, EPERM)"


def can_count_cycles():
    attr = ctypes.create_string_buffer(struct.pack("IIQ", 0, 128, 0), 128)
    fd = kernel.libc.syscall(PERF_EVENT_OPEN[platform.machine()], attr, -1, 0, -1, 0)
    if fd >= 0:
        os.close(fd)
    return fd >= 0


@pytest.mark.parametrize("metrics, first", [(["cycles"], "cycles"), (["i", "c"], "cycles"),
                                            (["llc_misses", "itlb_misses"], "llc_misses")])
def test_says_all_that_is_missing(xh, hello, metrics, first):
    words = ["prog", "profile", "pinned", hello, "duration", "0", *metrics]
    done = xh("-j", *words, status=None)
    if done.status == 0:
        assert done.json[0]["metric"] == first and done.json[0]["run_cnt"] == 0
        return
    message = done.json["error"]
    assert done.status == 255 and done.err == ""
    if not can_count_cycles():
        assert message in (f"this machine has no hardware counter for {first} (ENOENT)",
                           f"this machine has no hardware counter for {first} (ENOENT), and "
                           + NO_FENTRY)
    elif first == "cycles":
        assert message == NO_FENTRY
    assert xh(*words, status=255).err == f"Error: {message}\n"


def test_counts_runs(xh, bpf, hello):
    if xh("prog", "profile", "pinned", hello, "duration", "0", "cycles", status=None).status:
        pytest.skip("no hardware counters, or no fentry")
    watching = subprocess.Popen([xh.path, "-j", "prog", "profile", "pinned", hello, "duration",
                                 "1", "cycles"], stdout=subprocess.PIPE)
    while watching.poll() is None:
        bpf.run_program(hello, times=100)
    counted = json.loads(watching.communicate()[0])[0]
    assert counted["run_cnt"] > 0 and counted["value"] > counted["run_cnt"]


def test_program_without_btf(xh):
    fd = program.load("bare")
    done = xh("prog", "profile", "id", program.id_of(fd), "cycles", status=255)
    assert done.err == f"Error: program {program.id_of(fd)} has no BTF, which it takes to watch " \
                       "its runs; compile it with -g, and do not strip that\n"
    os.close(fd)


@pytest.mark.parametrize("words, status, message", [
    (["pinned", "HELLO"], 255, "METRIC is missing: what is to be counted?; xh prog profile help"),
    (["pinned", "HELLO", "duration", "1"], 255,
     "METRIC is missing: what is to be counted?; xh prog profile help"),
    (["pinned", "HELLO", "bogus"], 255, f"'bogus' is no METRIC, expected one of: {METRICS}"),
    (["pinned", "HELLO", "cycles", "bogus"], 255,
     f"'bogus' is no METRIC, expected one of: {METRICS}"),
    (["pinned", "HELLO", "duration", "-1", "cycles"], 255,
     "duration '-1' is not a number from 0 to 4294967295"),
    (["pinned", "HELLO", "duration"], 255, "a number is missing after 'duration'"),
    (["id", "4294967295", "cycles"], 254, "no program with id 4294967295 (ENOENT)"),
])
def test_words(xh, hello, words, status, message):
    words = [hello if word == "HELLO" else word for word in words]
    done = xh("prog", "profile", *words, status=status)
    assert (done.out, done.err) == ("", f"Error: {message}\n")
    assert xh("-j", "prog", "profile", *words, status=status).json == {"error": message}
