# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh prog tracelog since boot: what was printed before goes over into what is printed now."""

import contextlib
import json
import os
import re
import time

import pytest

from conftest import until
from follower import (LOST, TRACEFS, follow, has_written, instances, messages,  # noqa: F401
                      numbers, records, start, times_in)

OTHER = r"""
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int other(void *ctx)
{
	bpf_printk("two\nlines\n");
	return XDP_PASS;
}
char _license[] SEC("license") = "Dual BSD/GPL";
"""
HELLOS = [f"Hello World {n}" for n in range(6)]


@pytest.fixture(autouse=True)
def nothing_before(start):  # noqa: F811
    """What earlier tests printed is in the shared buffers, too; those of other runs wait."""
    with open(TRACEFS / "trace", "w"):
        pass


@contextlib.contextmanager
def setting(name, value):
    """Of the buffers that all share; to change them empties them."""
    path = TRACEFS / name
    before = path.read_text().strip()
    before = re.search(r"\[(\w+)\]", before)[1] if "[" in before else before
    path.write_text(value)
    try:
        yield
    finally:
        path.write_text(before)


@pytest.mark.parametrize("option", ["", "-j"])
def test_both_sides(follow, hello, bpf, option):
    bpf.run_program(hello, 3)
    follower = follow(option, operands=["since", "boot"])
    bpf.run_program(hello, 3)
    out = follower.end()
    assert messages(json.loads(out) if option else out.splitlines()) == HELLOS
    # And again: nothing was taken away.
    assert numbers(follow(operands=["since", "boot"]).end().splitlines()) == list(range(6))


@pytest.mark.parametrize("operands", [[], ["since", "now"]])
def test_now(follow, hello, bpf, operands):
    bpf.run_program(hello, 3)
    follower = follow(operands=operands)
    bpf.run_program(hello, 3)
    assert messages(follower.end().splitlines()) == HELLOS[3:]


def test_lines_stay_as_the_kernel_shows_them(follow, hello, bpf):
    bpf.run_program(hello, 3)
    theirs = re.findall(f"^.{{16}}-{os.getpid()} .*", (TRACEFS / "trace").read_text(),
                        re.MULTILINE)
    ours = re.findall(f"^.{{16}}-{os.getpid()} .*", follow(operands=["since", "boot"]).end(),
                      re.MULTILINE)
    assert len(ours) == 3
    assert ours == theirs[-3:]


@pytest.mark.parametrize("pause", [0.0001, 0.0005, 0.002])
def test_no_line_is_missing_or_twice_where_they_meet(start, hello, bpf, pause):
    """They are printed all the time; the shared buffer has room for some dozens."""
    cpu = min(os.sched_getaffinity(0))
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, [cpu])  # one buffer, so that the oldest that is left is the first
    try:
        followers = [start(operands=["since", "boot"], before=["nice"]) for _ in range(3)]
        fired = 0
        while fired < 400 or not all(has_written(follower, f"World {fired - 20}")
                                     for follower in followers):
            bpf.run_program(hello)
            fired += 1
            time.sleep(pause)
            assert fired < 100_000
        outs = [follower.end() for follower in followers]
    finally:
        os.sched_setaffinity(0, before)
    for out in outs:
        got = numbers(out.splitlines())
        assert got == list(range(got[0], fired))


def test_at_full_speed(start, hello, bpf):
    """What the shared buffer had is overwritten before it is read: still no line comes twice."""
    follower = start(operands=["since", "boot"])
    for _ in range(300):
        bpf.run_program(hello, 1000)
        if "Hello" in follower.out:
            break
    got = numbers(follower.end().splitlines())
    assert got and got == sorted(set(got))


def test_records(follow, hello, bpf):
    bpf.run_program(hello, 3)
    times = times_in((TRACEFS / "trace").read_text())
    follower = follow(operands=["since", "boot", "--ndjson"])
    bpf.run_program(hello, 3)
    mine = records(follower.end())
    assert [record["message"] for record in mine] == HELLOS
    assert [record["timestamp_ns"] for record in mine] == \
           sorted(record["timestamp_ns"] for record in mine)
    for record in mine:
        assert list(record) == ["timestamp_ns", "cpu", "pid", "comm", "flags", "message"]
        assert re.fullmatch("[.a-zA-Z0-9]{5}", record["flags"])
    assert [record["timestamp_ns"] for record in mine[:3]] == [time * 1000 for time in times]


@pytest.mark.parametrize("operands, expected", [
    (lambda: ["pid", "1"], []),
    (lambda: ["pid", str(os.getpid())], HELLOS),
    (lambda: ["comm", "nobody*"], []),
    (lambda: ["grep", "World [14]"], [HELLOS[1], HELLOS[4]]),
    (lambda: ["grep", "World 4"], [HELLOS[4]]),
])
def test_filters(follow, hello, bpf, operands, expected):
    bpf.run_program(hello, 3)
    follower = follow(operands=[*operands(), "since", "boot"])
    bpf.run_program(hello, 3)
    assert messages(follower.end().splitlines()) == expected


def test_one_program(follow, hello, xh, compile_bpf, pins, bpf):
    xh("prog", "load", compile_bpf(OTHER), pins / "other")
    for program in hello, pins / "other":
        bpf.run_program(str(program))
    follower = follow(operands=["since", "boot", "prog", "pinned", str(pins / "other")])
    for program in hello, pins / "other":
        bpf.run_program(str(program))
    assert messages(follower.end().splitlines()) == ["two\\x0alines"] * 2


def test_a_message_that_looks_like_a_line(follow, xh, compile_bpf, pins, bpf):
    """Of another CPU, or a time that has passed or has not come: it is part of its message."""
    other = max(os.sched_getaffinity(0)) + 1
    forged = [f"            bash-1       [{cpu:03}] b..11 {time}: bpf_trace_printk: FAKE"
              for cpu, time in ((other, "     1.000000"), (0, "     1.000000"), (0, "99999999.000000"))]
    lines = "".join(rf"\n{line}" for line in forged)
    xh("prog", "load", compile_bpf(OTHER.replace("two\\nlines\\n", "real" + lines)), pins / "forger")
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, [min(before)])
    bpf.run_program(str(pins / "forger"), 2)
    os.sched_setaffinity(0, before)
    got = [json.loads(line) for line in follow(operands=["since", "boot", "--ndjson"]).end().splitlines()]
    assert [record["message"] for record in got if record.get("pid") in (1, os.getpid())] == \
           ["\n".join(["real", *forged])] * 2


def test_what_was_overwritten_is_counted(follow, hello, bpf):
    before = os.sched_getaffinity(0)
    cpu = min(before)
    os.sched_setaffinity(0, [cpu])
    bpf.run_program(hello, 20_000)
    os.sched_setaffinity(0, before)
    lines = follow(operands=["since", "boot"]).end().splitlines()
    got = numbers(lines)
    assert got == list(range(got[0], 20_000))
    news = next(line for line in lines if line.startswith(f"[CPU {cpu} lost "))
    assert int(LOST.fullmatch(news)[1]) >= got[0]
    first = next(line for line in lines if f"[{cpu:03}]" in line)
    assert lines.index(news) < lines.index(first)


def test_the_clock_is_that_of_the_shared_buffers(follow, hello, bpf):
    with setting("trace_clock", "tai"):
        before = time.clock_gettime_ns(time.CLOCK_TAI)
        bpf.run_program(hello, 3)
        follower = follow(operands=["since", "boot", "--ndjson"])
        bpf.run_program(hello, 3)
        after = time.clock_gettime_ns(time.CLOCK_TAI)
        mine = records(follower.end())
    assert [record["message"] for record in mine] == HELLOS
    assert all(before - 1000 <= record["timestamp_ns"] <= after for record in mine)


def test_a_form_that_cannot_be_read(start, hello, bpf):
    with setting("options/context-info", "0"):
        bpf.run_program(hello, 3)
        follower = start(operands=["since", "boot"])
        follower.wait(255)
    assert re.fullmatch(fr"Error: {TRACEFS}: the trace buffer of CPU \d+ is shown in a form that "
                        "xh cannot read; set the options of tracefs as they were: trace_options, "
                        "trace_clock\n", follower.err)
    assert not instances(follower.pid)


@pytest.mark.parametrize("operands, message", [
    (["since", "now", "--global"], "'since now' does not go with --global, which begins with what "
                                   "waits in the trace_pipe"),
    (["stdout", "id", "1", "since", "boot"],
     "'since' does not go with a stream, which has lines alone"),
    (["since", "then"], "'then' is no SINCE, expected one of: boot, now"),
    (["since"], "SINCE is missing, expected one of: boot, now"),
])
def test_refusals(start, operands, message):
    follower = start(operands=operands)
    follower.wait(255)
    assert follower.err == f"Error: {message}\n"


def test_it_is_how_the_shared_pipe_begins(start, hello, bpf):
    bpf.run_program(hello, 2)
    follower = start(operands=["--global", "since", "boot"])
    until(lambda: has_written(follower, "World 1"))
    assert numbers(follower.end().splitlines()) == [0, 1]
