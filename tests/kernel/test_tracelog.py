# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh prog tracelog: what programs print is seen by each who follows, and nothing is left behind."""

import fcntl
import json
import os
import pathlib
import re
import signal
import struct
import subprocess
import termios
import threading
import time

import pytest

TRACEFS = pathlib.Path("/sys/kernel/tracing")
INSTANCES = TRACEFS / "instances"
LINE = re.compile(r" *(?P<comm>\S.*)-(?P<pid>\d+) +\[(?P<cpu>\d{3})\] [.a-zA-Z0-9]{5} +"
                  r"\d+\.\d{6}: bpf_trace_printk: (?P<message>.*)", re.DOTALL)
LOST = re.compile(r"\[CPU \d+ lost (\d+) lines?\]")
FULL_SPEED = 300_000

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


def until(condition, seconds=10):
    """The first true value of condition(); fails when it takes too long."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)
    return value


def instances(pid=None):
    wanted = "xh-[0-9]*" if pid is None else f"xh-{pid}"
    return sorted(path for path in INSTANCES.iterdir()
                  if path.match(wanted) or path.match(wanted + ".*"))


def is_recording(pid):
    for instance in instances(pid):
        try:
            if (instance / "events/bpf_trace/bpf_trace_printk/enable").read_text() == "1\n":
                return instance
        except OSError:
            pass  # swept while being made: xh makes another
    return None


class Follower:
    """A running xh prog tracelog, its output in a file or where `stdout` says."""

    def __init__(self, words, place, stdout):
        self.out_path, self.err_path = place / "out", place / "err"
        with open(self.out_path, "w") as out, open(self.err_path, "w") as err:
            self.process = subprocess.Popen(words, stdout=stdout or out, stderr=err)
        self.pid = self.process.pid

    def ready(self):
        self.instance = until(lambda: is_recording(self.pid))
        return self

    def end(self, number=signal.SIGINT, status=0):
        self.process.send_signal(number)
        return self.wait(status)

    def wait(self, status=0):
        assert self.process.wait(20) == status, self.err
        assert not instances(self.pid)
        return self.out

    @property
    def out(self):
        return self.out_path.read_text()

    @property
    def err(self):
        return self.err_path.read_text()


@pytest.fixture
def start(xh, tmp_path):
    """start("-j") begins `xh -j prog tracelog`; `before` are words before that, as of unshare."""
    followers = []

    def begin(*options, before=(), stdout=None):
        place = tmp_path / f"follower{len(followers)}"
        place.mkdir()
        words = [*before, xh.path, *filter(None, options), "prog", "tracelog"]
        followers.append(Follower(words, place, stdout))
        return followers[-1]

    yield begin
    for follower in followers:
        follower.process.kill()
        follower.process.wait()
        for instance in instances(follower.pid):
            instance.rmdir()


@pytest.fixture
def follow(start):
    return lambda *options, **how: start(*options, **how).ready()


def messages(lines):
    """What this process has printed: the trace is the whole machine's."""
    return [match["message"] for match in map(LINE.fullmatch, lines)
            if match and match["pid"] == str(os.getpid())]


def numbers(lines):
    """The counter in each line of hello."""
    return [int(message.removeprefix("Hello World ")) for message in messages(lines)]


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
        until(lambda: f"Hello World {n}" in follower.out)
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
    with open(TRACEFS / "trace_pipe"):  # nobody else can open that now
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
    foreign = INSTANCES / "xh-mine"
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
    assert follower.process.wait(20) == 0
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


@pytest.mark.parametrize("option", ["", "-j"])
def test_full_disk(start, hello, bpf, option):
    with open("/dev/full", "w") as full:
        follower = start(option, stdout=full)
    if not option:  # with it the array has begun, which fails already
        follower.ready()
        bpf.run_program(hello)
    follower.wait(255)
    assert follower.err == "Error: write to standard output: No space left on device (ENOSPC)\n"


def unread_bytes(fd):
    return struct.unpack("i", fcntl.ioctl(fd, termios.FIONREAD, b"\0" * 4))[0]


def test_output_that_nobody_takes_does_not_keep_it(follow, hello, bpf):
    ends = os.pipe()
    follower = follow(stdout=ends[1])
    os.close(ends[1])
    bpf.run_program(hello, 30_000)
    until(lambda: unread_bytes(ends[0]) >= 65536)
    follower.end(signal.SIGTERM, 255)
    os.close(ends[0])


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


def test_a_kernel_whose_instances_do_not_have_the_event(start, hello, bpf):
    """Before 5.9 there is only the one pipe, and it is one reader's."""
    before = ["unshare", "-m", "sh", "-c",
              f"mount -t tmpfs x {TRACEFS}/events && exec $0 $*"]
    with open(TRACEFS / "trace_pipe") as pipe:
        os.set_blocking(pipe.fileno(), False)
        while pipe.read(65536):
            pass
        busy = start(before=before)
        busy.wait(255)
        assert busy.err == (f"Error: {TRACEFS}: another process reads trace_pipe: Device or "
                            "resource busy (EBUSY); this kernel has but one for all: end that "
                            "process\n")
    follower = start("-j", before=before)
    until(lambda: any(os.path.realpath(fd) == str(TRACEFS / "trace_pipe")
                      for fd in pathlib.Path(f"/proc/{follower.pid}/fd").iterdir()))
    assert not instances(follower.pid)
    bpf.run_program(hello, 3)
    until(lambda: "World 2" in follower.out)
    assert numbers(json.loads(follower.end(signal.SIGTERM))) == [0, 1, 2]
