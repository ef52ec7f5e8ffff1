# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh prog tracelog: what programs print is seen by each who follows, and nothing is left behind."""

import contextlib
import errno
import json
import os
import pathlib
import re
import signal
import subprocess
import threading
import time

import pytest

from conftest import PATIENCE_S, is_full, until
from follower import (INSTANCES, LOST, TRACEFS, follow, has_written, instances,  # noqa: F401
                      kernel_filter, messages, numbers, records, start, times_in)

FULL_SPEED = 300_000
WITHOUT_THE_EVENT = ["unshare", "-m", "sh", "-c",
                     f"mount -t tmpfs x {TRACEFS}/events && exec $0 $*"]

ODD = r"""
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
SEC("xdp") int odd(void *ctx)
{
	bpf_printk("two\nlines\n");
	bpf_printk("a\ttab and \"quotes\"");
	return XDP_PASS;
}
char _license[] SEC("license") = "Dual BSD/GPL";
"""


def test_text(follow, hello, bpf):
    follower = follow()
    bpf.run_program(hello, 3)
    out = follower.end()
    assert follower.err == ""
    assert messages(out.splitlines()) == ["Hello World 0", "Hello World 1", "Hello World 2"]
    comm = pathlib.Path("/proc/self/comm").read_text().strip()
    assert out.count(f" {comm}-{os.getpid()} ") == 3


@pytest.mark.parametrize("option", ["-j", "-p"])
def test_json_is_an_array_of_lines(follow, hello, bpf, option):
    follower = follow(option)
    bpf.run_program(hello, 3)
    lines = json.loads(follower.end())
    assert follower.err == ""
    assert messages(lines) == ["Hello World 0", "Hello World 1", "Hello World 2"]


def test_lines_are_the_kernels_own(follow, hello, bpf):
    """The instance's `trace` shows what waits in it, and takes nothing away."""
    follower = follow()
    follower.process.send_signal(signal.SIGSTOP)
    before = os.sched_getaffinity(0)
    for cpu in sorted(before) * 2:
        os.sched_setaffinity(0, [cpu])
        bpf.run_program(hello, 50)
    os.sched_setaffinity(0, before)
    trace = (follower.instance / "trace").read_text()
    follower.process.send_signal(signal.SIGCONT)
    # Without the name, which the kernel only knows from the last context switch.
    ours, theirs = (re.findall(f"^.{{16}}(-{os.getpid()} .*)", text, re.MULTILINE)
                    for text in (follower.end(), trace))
    assert len(theirs) == 100 * len(before)
    assert ours == theirs


@pytest.mark.parametrize("option, written", [("", r"two\x0alines"), ("-j", "two\nlines")])
def test_a_message_is_one_line_whatever_is_in_it(follow, xh, compile_bpf, pins, bpf, option,
                                                 written):
    xh("prog", "load", compile_bpf(ODD), pins / "odd")
    follower = follow(option)
    bpf.run_program(str(pins / "odd"))
    out = follower.end()
    lines = json.loads(out) if option else out.splitlines()
    assert messages(lines) == [written, 'a\ttab and "quotes"']


@pytest.mark.parametrize("option", ["", "-j"])
def test_lines_come_at_once(follow, hello, bpf, option):
    follower = follow(option)
    for n in range(3):
        bpf.run_program(hello)
        until(lambda: has_written(follower, f"Hello World {n}"))
    follower.end()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("option", ["", "-j"])
def test_a_signal_ends_it_cleanly(follow, option, number):
    follower = follow(option)
    out = follower.end(number)
    assert messages(json.loads(out) if option else out.splitlines()) == []
    assert follower.err == ""


def test_nohup_is_respected(follow):
    follower = follow(before=["nohup"])
    follower.process.send_signal(signal.SIGHUP)
    time.sleep(0.1)
    assert follower.process.poll() is None
    follower.end()


def test_each_of_several_sees_all(follow, hello, bpf):
    with pipe_held():
        followers = [follow(), follow(), follow("-j")]
        for _ in range(20):
            bpf.run_program(hello, 50)
        outs = [follower.end() for follower in followers]
    for lines in outs[0].splitlines(), outs[1].splitlines(), json.loads(outs[2]):
        assert numbers(lines) == list(range(1000))


def test_many_that_start_at_once(start, hello, bpf):
    followers = [start() for _ in range(12)]
    for follower in followers:
        follower.ready()
    assert len({follower.instance for follower in followers}) == 12
    bpf.run_program(hello, 10)
    for follower in followers:
        assert numbers(follower.end().splitlines()) == list(range(10))


def test_what_a_killed_one_left_is_swept(follow, hello, bpf):
    killed, alive = follow(), follow()
    killed.process.kill()
    killed.process.wait()
    foreign = INSTANCES / f"xh-of-{os.getpid()}"
    foreign.mkdir()
    try:
        assert killed.instance in instances()
        third = follow()
        assert killed.instance not in instances()
        assert {alive.instance, third.instance} <= set(instances())
        assert foreign.is_dir()
        bpf.run_program(hello, 2)
        assert numbers(alive.end().splitlines()) == numbers(third.end().splitlines()) == [0, 1]
    finally:
        foreign.rmdir()


def test_a_name_that_is_taken(start, hello, bpf):
    """As by an xh in another pid namespace: alive, so its instance stays."""
    follower = start(before=["sh", "-c", f"mkdir {INSTANCES}/xh-$$ && exec 9<"
                             f"{INSTANCES}/xh-$$/tracing_on && exec $0 $*"])
    follower.ready()
    assert follower.instance.name == f"xh-{follower.pid}.1"
    bpf.run_program(hello, 2)
    taken = INSTANCES / f"xh-{follower.pid}"
    follower.process.send_signal(signal.SIGINT)
    assert follower.process.wait(PATIENCE_S) == 0
    assert instances(follower.pid) == [taken]
    assert numbers(follower.out.splitlines()) == [0, 1]


@pytest.mark.parametrize("option", ["", "-j"])
def test_a_reader_that_leaves_ends_it(follow, option):
    ends = os.pipe()
    follower = follow(option, stdout=ends[1])
    os.close(ends[1])
    os.close(ends[0])
    follower.wait(255)
    assert follower.err == "Error: write to standard output: Broken pipe (EPIPE)\n"


def test_a_reader_of_records_that_leaves_ends_it(follow):
    ends = os.pipe()
    follower = follow(operands=["--ndjson"], stdout=ends[1])
    os.close(ends[1])
    os.close(ends[0])
    follower.wait(255)
    assert follower.err == "Error: write to standard output: Broken pipe (EPIPE)\n"


def test_records_on_a_full_disk(follow, hello, bpf):
    with open("/dev/full", "w") as full:
        follower = follow(operands=["--ndjson"], stdout=full)
    bpf.run_program(hello)
    follower.wait(255)
    assert follower.err == "Error: write to standard output: No space left on device (ENOSPC)\n"


@pytest.mark.parametrize("option", ["", "-j"])
def test_full_disk(start, hello, bpf, option):
    with open("/dev/full", "w") as full:
        follower = start(option, stdout=full)
    if not option:  # with it the array has begun, which fails already
        follower.ready()
        bpf.run_program(hello)
    follower.wait(255)
    assert follower.err == "Error: write to standard output: No space left on device (ENOSPC)\n"


def test_output_that_nobody_takes_does_not_keep_it(follow, hello, bpf):
    ends = os.pipe()
    follower = follow(stdout=ends[1])
    bpf.run_program(hello, 30_000)
    until(lambda: is_full(ends[1]))
    follower.end(signal.SIGTERM, 255)
    for end in ends:
        os.close(end)


@pytest.mark.parametrize("option", ["", "-j"])
def test_full_speed(follow, hello, bpf, option):
    """Each line is received or counted as lost, none twice, none out of order."""
    follower = follow(option)
    bpf.run_program(hello, FULL_SPEED)
    out = follower.end()
    lines = json.loads(out) if option else out.splitlines()
    lost = sum(int(match[1]) for match in map(LOST.fullmatch, lines) if match)
    received = numbers(lines)
    assert len(received) + lost == FULL_SPEED
    assert received == sorted(set(received))


def test_several_cpus_are_in_order(follow, hello, bpf):
    follower = follow()
    threads = []
    for cpu in sorted(os.sched_getaffinity(0))[:2]:
        def fire(cpu=cpu):
            os.sched_setaffinity(0, [cpu])
            for _ in range(50):
                bpf.run_program(hello, 20)
        threads.append(threading.Thread(target=fire))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = re.findall(r"(\d+\.\d+): bpf_trace_printk: Hello World", follower.end())
    assert len(times) >= 1000 * len(threads)
    assert times == sorted(times, key=float)


def test_tracefs_is_mounted_when_nobody_did(follow, hello, bpf):
    follower = follow(before=["unshare", "-m", "sh", "-c", f"umount {TRACEFS} && exec $0 $*"])
    mounts = pathlib.Path(f"/proc/{follower.pid}/mounts").read_text()
    assert f" {TRACEFS} tracefs " in mounts
    bpf.run_program(hello, 2)
    assert numbers(follower.end().splitlines()) == [0, 1]


def test_tracefs_that_is_somewhere_else(follow, hello, bpf, tmp_path):
    place = tmp_path / "a place"
    place.mkdir()
    follower = follow(before=["unshare", "-m", "sh", "-c",
                              f"mount -t tracefs x '{place}' && mount -t tmpfs x {TRACEFS} && "
                              "exec $0 $*"])
    bpf.run_program(hello, 2)
    assert numbers(follower.end().splitlines()) == [0, 1]


def test_what_is_mounted_in_its_place_is_not_hidden(start):
    follower = start(before=["unshare", "-m", "sh", "-c",
                             f"umount {TRACEFS} && mount -t tmpfs x {TRACEFS} && exec $0 $*"])
    follower.wait(255)
    assert follower.err == (f"Error: no tracefs: something else is at {TRACEFS}; mount it "
                            "elsewhere: mount -t tracefs tracefs DIRECTORY\n")


def test_without_root(start):
    follower = start(before=["setpriv", "--reuid", "65534", "--clear-groups"])
    follower.wait(255)
    assert "Permission denied (EACCES)" in follower.err
    assert follower.err.endswith("; try: sudo xh prog tracelog\n")


def comm():
    return pathlib.Path("/proc/self/comm").read_text().strip()


def this_process():
    return f"process {os.getpid()} '{comm()}'"


def open_pipe(path):
    try:
        return open(path)
    except OSError as error:
        assert error.errno == errno.EBUSY
        return None


@contextlib.contextmanager
def pipe_held(path=TRACEFS / "trace_pipe"):
    """Holds it, emptied, as soon as nobody else does: there can be one."""
    with until(lambda: open_pipe(path)) as pipe:
        os.set_blocking(pipe.fileno(), False)
        while pipe.read(65536):
            pass
        yield


def is_shared_pipe(fd):
    """By inode: its path is another one in a mount namespace of its own."""
    try:
        return fd.samefile(TRACEFS / "trace_pipe")
    except OSError:
        return False  # closed meanwhile


def reads_shared(follower):
    assert follower.process.poll() is None, follower.err
    return any(map(is_shared_pipe, pathlib.Path(f"/proc/{follower.pid}/fd").iterdir()))


def test_a_kernel_whose_instances_do_not_have_the_event(start, hello, bpf):
    """Before 5.9 there is only the one pipe, and it is one reader's."""
    with pipe_held():
        busy = start(before=WITHOUT_THE_EVENT)
        busy.wait(255)
        assert busy.err == (f"Error: {TRACEFS}: {this_process()} reads trace_pipe: Device or "
                            "resource busy (EBUSY); this kernel has but one for all: end that "
                            "process\n")
    follower = start("-j", before=WITHOUT_THE_EVENT)
    until(lambda: reads_shared(follower))
    assert not instances(follower.pid)
    bpf.run_program(hello, 3)
    until(lambda: has_written(follower, "World 2"))
    assert numbers(json.loads(follower.end(signal.SIGTERM))) == [0, 1, 2]


@pytest.mark.parametrize("before, word, hint", [
    ([], ["--global"], "leave out --global"),
    (WITHOUT_THE_EVENT, [],
     "this kernel has but that: leave out prog, pid, comm, grep and --ndjson"),
])
@pytest.mark.parametrize("operands", [["--ndjson"], ["pid", "1"], ["comm", "x"], ["grep", "x"]])
def test_lines_of_the_shared_pipe_are_no_records(start, before, word, hint, operands):
    follower = start(before=before, operands=[*word, *operands])
    follower.wait(255)
    said = f"{TRACEFS}: the shared trace_pipe has lines of text, not records to be told apart; " + \
           hint
    if operands == ["--ndjson"]:
        assert json.loads(follower.out) == {"error": said}
    else:
        assert follower.err == f"Error: {said}\n"


def test_global(start, hello, bpf):
    with pipe_held():
        busy = start(operands=["--global"])
        busy.wait(255)
    assert busy.err == (f"Error: {TRACEFS}: {this_process()} reads trace_pipe: Device or resource "
                        "busy (EBUSY); only one can read it: end that process, or leave out "
                        "--global\n")
    follower = start(operands=["--global"])
    until(lambda: reads_shared(follower))
    assert not instances(follower.pid)
    bpf.run_program(hello, 3)
    until(lambda: has_written(follower, "World 2"))
    assert numbers(follower.end().splitlines()) == [0, 1, 2]


def test_who_reads_the_pipe_of_one_cpu_is_named(start):
    with pipe_held(TRACEFS / "per_cpu/cpu0/trace_pipe"):
        follower = start(operands=["--global"])
        follower.wait(255)
    assert f" {this_process()} reads trace_pipe: " in follower.err


@pytest.mark.parametrize("option", ["", "-j", "-p"])
def test_ndjson(follow, hello, bpf, option):
    follower = follow(option, operands=["--ndjson"])
    follower.process.send_signal(signal.SIGSTOP)
    bpf.run_program(hello, 3)
    times = times_in((follower.instance / "trace").read_text())
    follower.process.send_signal(signal.SIGCONT)
    until(lambda: has_written(follower, "World 2"))
    assert follower.out.endswith("}\n")
    mine = records(follower.out)
    assert records(follower.end()) == mine
    assert [record["message"] for record in mine] == [f"Hello World {n}" for n in range(3)]
    assert [(record["timestamp_ns"] + 500) // 1000 for record in mine] == times
    for record in mine:
        assert list(record) == ["timestamp_ns", "cpu", "pid", "comm", "flags", "message"]
        assert record["comm"] == comm()
        assert re.fullmatch("[.a-zA-Z0-9]{5}", record["flags"])
        assert record["cpu"] in os.sched_getaffinity(0)
    assert follower.err == ""


def test_ndjson_of_odd_messages(follow, xh, compile_bpf, pins, bpf):
    xh("prog", "load", compile_bpf(ODD), pins / "odd")
    follower = follow(operands=["--ndjson"])
    bpf.run_program(str(pins / "odd"))
    assert [record["message"] for record in records(follower.end())] == \
           ["two\nlines", 'a\ttab and "quotes"']


def test_ndjson_of_nothing(follow):
    assert records(follow("-j", operands=["--ndjson", "grep", "never printed"]).end()) == []


def test_ndjson_at_full_speed(follow, hello, bpf):
    follower = follow(operands=["--ndjson"])
    follower.process.send_signal(signal.SIGSTOP)
    bpf.run_program(hello, FULL_SPEED)
    follower.process.send_signal(signal.SIGCONT)
    out = follower.end()
    lost = sum(record.get("lost", 0) for record in map(json.loads, out.splitlines()))
    assert lost > 0
    assert len(records(out)) + lost == FULL_SPEED


@pytest.mark.parametrize("operands, in_kernel, expected", [
    (lambda: ["pid", str(os.getpid())], lambda: f"common_pid == {os.getpid()}", range(20)),
    (lambda: ["pid", "1"], lambda: "common_pid == 1", []),
    (lambda: ["pid", "4294967295"], lambda: "common_pid == 4294967295", []),
    (lambda: ["comm", comm()], lambda: f'comm ~ "{comm()}"', range(20)),
    (lambda: ["comm", comm()[0] + "*"], lambda: f'comm ~ "{comm()[0]}*"', range(20)),
    (lambda: ["comm", f"[{comm()[0]}]*"], lambda: "none", range(20)),
    (lambda: ["comm", comm() + "?"], lambda: f'comm ~ "{comm()}?"', []),
    (lambda: ["grep", "World 1"], lambda: 'bpf_string ~ "*World 1*"', [1, *range(10, 20)]),
    (lambda: ["grep", "World (3|1.)$"], lambda: "none", [3, *range(10, 20)]),
    (lambda: ["grep", '"'], lambda: "none", []),
    (lambda: ["pid", str(os.getpid()), "comm", "*", "grep", "d 7"],
     lambda: f'common_pid == {os.getpid()} && comm ~ "*" && bpf_string ~ "*d 7*"', [7]),
])
def test_filters(follow, hello, bpf, operands, in_kernel, expected):
    """The kernel decides what it can, and xh the rest."""
    follower = follow(operands=operands())
    assert kernel_filter(follower) == in_kernel()
    bpf.run_program(hello, 20)
    assert numbers(follower.end().splitlines()) == list(expected)


@pytest.mark.parametrize("pattern", ["7$", "7"])
def test_what_is_filtered_out_is_not_lost(follow, hello, bpf, pattern):
    follower = follow(operands=["grep", pattern])
    bpf.run_program(hello, 20_000)
    out = follower.end()
    assert "lost" not in out
    assert numbers(out.splitlines()) == [n for n in range(20_000)
                                         if re.search(pattern, str(n))]


def test_the_name_that_a_thread_had(follow, hello, bpf):
    """It is gone when its record is read; the kernel has looked at its name before."""
    follower = follow(operands=["comm", "gone-soon"])
    follower.process.send_signal(signal.SIGSTOP)
    child = os.fork()
    if not child:
        pathlib.Path("/proc/self/comm").write_text("gone-soon")
        bpf.run_program(hello, 2)
        os._exit(0)
    os.waitpid(child, 0)
    follower.process.send_signal(signal.SIGCONT)
    assert re.findall(f"-{child} .*World (.*)", follower.end()) == ["0", "1"]


@pytest.mark.parametrize("operands, message", [
    (["grep", "("], r"'(' is no regular expression: Unmatched ( or \("),
    (["stdout", "id", "1", "grep", "x"],
     "'grep' does not go with a stream, which has lines alone"),
    (["stderr", "id", "1", "--global"],
     "'--global' does not go with a stream, which has lines alone"),
])
def test_refusals(start, operands, message):
    follower = start(operands=operands)
    follower.wait(255)
    assert follower.err == f"Error: {message}\n"
