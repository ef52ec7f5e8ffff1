# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh map event_pipe and xh map events: what programs send, followed to the end that a signal or a
reader of the output makes."""

import json
import mmap
import os
import pathlib
import re
import signal
import struct
import subprocess

import pytest

from conftest import PATIENCE_S, is_full, until
from differences import same_json, same_text
from maps import HASH, new_map  # noqa: F401

RINGBUF = 27  # enum bpf_map_type
CURRENT_CPU, FIRST_CPU = 0xffffffff, min(os.sched_getaffinity(0))
SAMPLE, LOST = 9, 2  # enum perf_event_type
SOURCE = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct { __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY); __uint(max_entries, 8192);
         __uint(key_size, 4); __uint(value_size, 4); } perf SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 1 << 16); } ring SEC(".maps");
enum kind { START = 1, STOP };
struct event { __u64 number; enum kind kind; char word[16]; } __attribute__((packed));
typedef struct event event_t;
event_t unused;
SEC("xdp") int send(struct xdp_md *ctx)
{
    struct event e = { .kind = STOP, .word = "hello" };
    __u64 *numbers = (void *)(long)ctx->data, *dropped;
    if ((void *)(numbers + 2) > (void *)(long)ctx->data_end)
        return XDP_ABORTED;
    e.number = numbers[0]++;
    bpf_perf_event_output(ctx, &perf, numbers[1], &e, sizeof(e));
    dropped = bpf_ringbuf_reserve(&ring, 8, 0);
    if (dropped)
        bpf_ringbuf_discard(dropped, 0);
    bpf_ringbuf_output(&ring, &e, sizeof(e), 0);
    return XDP_PASS;
}
SEC("xdp") int send_short(struct xdp_md *ctx)
{
    bpf_ringbuf_output(&ring, "abc", 4, BPF_RB_NO_WAKEUP);
    return XDP_PASS;
}
char _license[] SEC("license") = "GPL";
"""


def event(number):
    return struct.pack("QI16s", number, 2, b"hello")


@pytest.fixture(scope="session")
def events_object(compile_bpf):
    return compile_bpf(SOURCE, "events")


@pytest.fixture
def sent(bpf, bpftool, events_object, pins):
    """sent(number, times, slot) makes the program send so many events, numbered from there on."""
    (pins / "maps").mkdir()
    bpftool("prog", "loadall", events_object, pins / "progs", "pinmaps", pins / "maps")

    def send(number=0, times=1, slot=CURRENT_CPU, short=False):
        packet = struct.pack("QQ", number, slot).ljust(64, b"\0")
        bpf.run_program(pins / "progs" / ("send_short" if short else "send"), times, packet)

    send.perf, send.ring = ("pinned", str(pins / "maps/perf")), ("pinned", str(pins / "maps/ring"))
    return send


class Follower:
    """A running command that waits for events, its output in a file or where `stdout` says."""

    def __init__(self, words, place, stdout):
        self.out_path, self.err_path = place / "out", place / "err"
        with open(self.out_path, "w") as out, open(self.err_path, "w") as err:
            self.process = subprocess.Popen(words, stdout=stdout or out, stderr=err)

    def is_waiting(self):
        assert self.process.poll() is None, self.err_path.read_text()
        return "poll" in pathlib.Path(f"/proc/{self.process.pid}/wchan").read_text()

    def end(self, number=signal.SIGINT, status=0):
        """What it has written, after it is through with what there was and has been told to end."""
        until(self.is_waiting)
        self.process.send_signal(number)
        assert self.process.wait(PATIENCE_S) == status, self.err_path.read_text()
        return self.out_path.read_text()

    @property
    def err(self):
        return self.err_path.read_text()


@pytest.fixture
def start(xh, tmp_path):
    """start("-j", "map", …) begins it and waits until it waits."""
    followers = []

    def begin(*words, tool=xh.path, stdout=None):
        place = tmp_path / f"follower{len(followers)}"
        place.mkdir()
        words = [tool, *(str(word) for word in words if word != "")]
        followers.append(Follower(words, place, stdout))
        until(followers[-1].is_waiting)
        return followers[-1]

    yield begin
    for follower in followers:
        follower.process.kill()
        follower.process.wait()


def without_times(out):
    return re.sub(r'(?<= @)\d+\.\d{9}(?= CPU: )|(?<="timestamp":)( ?)\d+', r"\g<1>0", out)


@pytest.fixture
def on_cpu():
    """on_cpu(n): from now on this process runs there."""
    before = os.sched_getaffinity(0)
    yield lambda cpu: os.sched_setaffinity(0, {cpu})
    os.sched_setaffinity(0, before)


@pytest.mark.parametrize("form", ["", "-j", "-p"])
@pytest.mark.parametrize("words, slot", [
    ([], CURRENT_CPU), (["cpu", FIRST_CPU, "index", 5], 5), (["index", 7, "cpu", FIRST_CPU], 7)])
def test_samples(start, oracle_path, sent, on_cpu, form, words, slot):
    """The same as of bpftool, but for the times."""
    outs = []
    for tool in {}, {"tool": oracle_path}:
        follower = start(form, "map", "event_pipe", *sent.perf, *words, **tool)
        for number in 1, 2, 3:
            on_cpu(FIRST_CPU if words else max(os.sched_getaffinity(0)))
            sent(number, 1, slot)
        outs.append(without_times(follower.end()))
        assert tool or follower.err == ""
    (same_json if form else same_text)(*outs)
    assert outs[0].count("== @" if not form else '"type"') == 3


def test_each_cpu(start, sent, on_cpu):
    follower = start("-j", "map", "event_pipe", *sent.perf)
    cpus = sorted(os.sched_getaffinity(0))
    for cpu in cpus:
        on_cpu(cpu)
        sent(cpu)
    samples = json.loads(follower.end())
    assert sorted((one["cpu"], one["index"], one["data"]) for one in samples) == [
        (cpu, cpu, list(event(cpu))) for cpu in cpus]


@pytest.mark.parametrize("one_more", [True, False])
@pytest.mark.parametrize("form", ["", "-j"])
def test_lost_samples_are_counted(start, sent, on_cpu, form, one_more):
    """Also those that no sample follows, of which the kernel writes no record."""
    total = 50_000
    follower = start(form, "map", "event_pipe", *sent.perf)
    on_cpu(FIRST_CPU)
    follower.process.send_signal(signal.SIGSTOP)
    sent(0, total)
    follower.process.send_signal(signal.SIGCONT)
    if one_more:
        until(follower.is_waiting)
        sent(total)
    out = follower.end()
    if form:
        records = json.loads(out)
        samples = [one for one in records if one["type"] == SAMPLE]
        lost = [one["lost"]["count"] for one in records if one["type"] == LOST]
        count = len(samples)
    else:
        count, lost = out.count("== @"), [int(n) for n in re.findall(r"^lost (\d+) events$", out, re.M)]
    assert 0 < count < total and len(lost) == 1
    assert count + lost[0] == total + one_more


@pytest.mark.parametrize("verb, name", [("event_pipe", "perf"), ("events", "ring")])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_end_it(start, sent, verb, name, number):
    follower = start("-j", "map", verb, *getattr(sent, name))
    assert follower.end(number) == "[]\n" and follower.err == ""


@pytest.mark.parametrize("verb, name", [("event_pipe", "perf"), ("events", "ring")])
@pytest.mark.parametrize("form", ["", "-j"])
def test_reader_that_leaves(start, sent, form, verb, name):
    reader, writer = os.pipe()
    follower = start(form, "map", verb, *getattr(sent, name), stdout=writer)
    os.close(writer)
    os.close(reader)
    assert follower.process.wait(PATIENCE_S) == 255
    assert "write to standard output" in follower.err


@pytest.mark.parametrize("verb, name", [("event_pipe", "perf"), ("events", "ring")])
def test_full_disk(start, sent, verb, name):
    with open("/dev/full", "w") as full:
        follower = start("map", verb, *getattr(sent, name), stdout=full)
        sent()
        assert follower.process.wait(PATIENCE_S) == 255
    assert "write to standard output" in follower.err


def test_what_the_words_must_be(xh, sent, new_map):
    pipe = "map", "event_pipe", *sent.perf
    for words in ["cpu", 0], ["index", 0]:
        assert "belong together" in xh(*pipe, *words, status=255).err
    assert "index 8192 is out of range" in xh(*pipe, "cpu", 0, "index", 8192, status=255).err
    assert "no CPU 60000" in xh(*pipe, "cpu", 60000, "index", 0, status=254).err
    _, ident = new_map(HASH, 4, 4, 1)
    for verb in "event_pipe", "events":
        assert f"map {ident} is a hash, not a " in xh("map", verb, "id", ident, status=255).err
    wrong = xh("-j", "map", "event_pipe", *sent.ring, status=255).json["error"]
    assert "is a ringbuf" in wrong and "xh map events" in wrong
    assert "xh map event_pipe" in xh("map", "events", *sent.perf, status=255).err


@pytest.mark.parametrize("word, verb", [("e", "event_pipe"), ("event", "event_pipe"),
                                        ("event_", "event_pipe"), ("events", "events")])
def test_shortened_words(xh, word, verb):
    assert f"Usage: xh map {verb} MAP" in xh("map", word, "help").out


def test_records_as_bytes(start, sent):
    """Those from before and those that come; discarded ones are not shown."""
    sent(1)
    follower = start("map", "events", *sent.ring)
    sent(short=True)
    sent(2)
    rows = "02 00 00 00 68 65 6c 6c\n6f 00 00 00 00 00 00 00  00 00 00 00\n"
    assert follower.end() == (
        f"== 28 bytes =====\n01 00 00 00 00 00 00 00  {rows}"
        "== 4 bytes =====\n61 62 63 00\n"
        f"== 28 bytes =====\n02 00 00 00 00 00 00 00  {rows}")
    assert follower.err == ""
    assert start("-j", "map", "events", *sent.ring).end() == "[]\n"


@pytest.mark.parametrize("form", ["-j", "-p"])
@pytest.mark.parametrize("name", ["event", "struct event", "event_t"])
def test_records_by_their_type(start, sent, form, name):
    sent(1)
    sent(short=True)
    follower = start(form, "map", "events", *sent.ring, "type", name)
    sent(2**64 - 1)
    assert json.loads(follower.end()) == [
        {"size": 28, "data": [f"0x{byte:02x}" for byte in event(1)],
         "formatted": {"number": 1, "kind": "STOP", "word": "hello"}},
        {"size": 4, "data": ["0x61", "0x62", "0x63", "0x00"]},
        {"size": 28, "data": [f"0x{byte:02x}" for byte in event(2**64 - 1)],
         "formatted": {"number": 2**64 - 1, "kind": "STOP", "word": "hello"}}]


def test_text_has_an_object_a_line(start, sent):
    sent(1)
    sent(short=True)
    sent(2)
    assert start("map", "events", *sent.ring, "type", "event").end() == (
        '{"number":1,"kind":"STOP","word":"hello"}\n'
        "== 4 bytes =====\n61 62 63 00\n"
        '{"number":2,"kind":"STOP","word":"hello"}\n')


def test_type_that_nobody_has(xh, sent, new_map):
    nobody = xh("map", "events", *sent.ring, "type", "evnt", status=254)
    assert "no type 'evnt'" in nobody.err and nobody.out == ""
    ring = new_map(RINGBUF, 0, 0, 4096)[1]
    assert "has BTF" in xh("map", "events", "id", ring, "type", "event", status=254).err


def test_many_records(start, sent):
    """More than the buffer holds, read while they come: in order, each once."""
    follower = start("map", "events", *sent.ring, "type", "event")
    for first in range(0, 20_000, 500):
        sent(first, 500)
        until(follower.is_waiting)
    numbers = [json.loads(line)["number"] for line in follower.end().splitlines()]
    assert numbers == list(range(20_000))


def test_two_readers(start, sent):
    followers = [start("map", "events", *sent.ring, "type", "event") for _ in range(2)]
    for first in range(0, 20_000, 500):
        sent(first, 500)
        for follower in followers:
            until(follower.is_waiting)
    seen = {json.loads(line)["number"] for follower in followers
            for line in follower.end().splitlines()}
    assert seen == set(range(20_000))


@pytest.mark.parametrize("position", [4, 8, 1 << 40])
def test_position_that_is_wrong(xh, bpf, new_map, position):
    """Whoever may read the ring may write its position, which then is no end of a record."""
    fd, ident = new_map(RINGBUF, 0, 0, 4096)
    with mmap.mmap(fd, mmap.PAGESIZE) as page:
        page[:8] = struct.pack("Q", position)
        done = xh("-j", "map", "events", "id", ident, status=255)
    assert f"ring buffer {ident}: there is no record" in done.err
    assert done.out == "[]\n"


def test_ring_that_cannot_be_read(xh, bpf, new_map):
    fd, ident = new_map(RINGBUF, 0, 0, 4096)
    bpf.map_freeze(fd)
    refused = xh("map", "events", "id", ident, status=255)
    assert f"map the position of ring buffer {ident}" in refused.err and "EPERM" in refused.err


@pytest.mark.parametrize("verb, name", [("event_pipe", "perf"), ("events", "ring")])
def test_reader_that_takes_nothing(start, sent, verb, name):
    """A full pipe does not keep an interrupted xh alive."""
    reader, writer = os.pipe()
    follower = start("map", verb, *getattr(sent, name), stdout=writer)
    until(lambda: is_full(writer) or sent(0, 1000))
    os.close(writer)
    follower.process.send_signal(signal.SIGINT)
    assert follower.process.wait(PATIENCE_S) == 255
    assert "write to standard output" in follower.err
    os.close(reader)
