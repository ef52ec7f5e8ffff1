# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""Running xh prog tracelog beside a test, and reading what it showed."""

import contextlib
import fcntl
import json
import os
import pathlib
import re
import signal
import subprocess

import pytest

from conftest import PATIENCE_S, until

TRACEFS = pathlib.Path("/sys/kernel/tracing")
INSTANCES = TRACEFS / "instances"
LINE = re.compile(r" *(?P<comm>\S.*)-(?P<pid>\d+) +\[(?P<cpu>\d{3})\] [.a-zA-Z0-9]{5} +"
                  r"\d+\.\d{6}: bpf_trace_printk: (?P<message>.*)", re.DOTALL)
LOST = re.compile(r"\[CPU \d+ lost (\d+) lines?\]")


@contextlib.contextmanager
def turn():
    """The trace and its one pipe are the whole machine's, and so is this lock on it: another run of
    these tests neither fills the one nor holds the other meanwhile."""
    fd = os.open(INSTANCES, os.O_RDONLY)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


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
        self.pid, self.instance = self.process.pid, None

    def is_ready(self):
        """That it has ended is told by what waits for it."""
        self.instance = is_recording(self.pid)
        return self.instance or self.process.poll() is not None

    def ready(self):
        until(self.is_ready)
        return self

    def end(self, number=signal.SIGINT, status=0):
        self.process.send_signal(number)
        return self.wait(status)

    def wait(self, status=0):
        assert self.process.wait(PATIENCE_S) == status, self.err
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
    """
    start("-j") begins `xh -j prog tracelog`; `before` are words before that, as of unshare,
    `operands` those behind.
    """
    followers = []

    def begin(*options, before=(), operands=(), stdout=None):
        place = tmp_path / f"follower{len(followers)}"
        place.mkdir()
        words = [*before, xh.path, *filter(None, options), "prog", "tracelog",
                 *operands]
        followers.append(Follower(words, place, stdout))
        return followers[-1]

    with turn():
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


def times_in(trace):
    """The microseconds at which this process has printed."""
    return [int(seconds + micros) for seconds, micros in
            re.findall(rf"-{os.getpid()} .* (\d+)\.(\d{{6}}): ", trace)]


def has_written(follower, message):
    """Whether this process's message is out, as a line, in an array or in a record."""
    return re.search(rf'(-{os.getpid()} +\[[^"\n]*|"pid":{os.getpid()},.*){message}\b',
                     follower.out)


def numbers(lines):
    """The counter in each line of hello."""
    return [int(message.removeprefix("Hello World ")) for message in messages(lines)]


def records(out):
    """What this process has printed, from --ndjson."""
    return [record for record in map(json.loads, out.splitlines())
            if record.get("pid") == os.getpid()]


def kernel_filter(follower):
    return (follower.instance / "events/bpf_trace/bpf_trace_printk/filter").read_text().strip()
