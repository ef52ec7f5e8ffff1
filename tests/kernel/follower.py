# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""Running xh prog tracelog beside a test, and reading what it showed."""

import json
import os
import pathlib
import re
import signal
import subprocess
import time

import pytest

TRACEFS = pathlib.Path("/sys/kernel/tracing")
INSTANCES = TRACEFS / "instances"
LINE = re.compile(r" *(?P<comm>\S.*)-(?P<pid>\d+) +\[(?P<cpu>\d{3})\] [.a-zA-Z0-9]{5} +"
                  r"\d+\.\d{6}: bpf_trace_printk: (?P<message>.*)", re.DOTALL)
LOST = re.compile(r"\[CPU \d+ lost (\d+) lines?\]")


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


def records(out):
    """What this process has printed, from --ndjson."""
    return [record for record in map(json.loads, out.splitlines())
            if record.get("pid") == os.getpid()]


def kernel_filter(follower):
    return (follower.instance / "events/bpf_trace/bpf_trace_printk/filter").read_text().strip()
