# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh batch: each command of a file runs as it would alone, and says so in one document."""

import json
import os
import signal
import subprocess

import pytest
from differences import BATCH_END, PIDS, same_json, same_text
from conftest import PATIENCE_S, until
from follower import is_recording

COMMANDS = """
# A map is filled.
map update pinned {pins}/m key 1 0 0 0 value 2 0 0 0   # an element
map update pinned {pins}/m key \\
    hex 0a 0b 0c 0d value 3 0 0 0

map lookup pinned "{pins}/m" key 1 0 0 0
map dump pinned '{pins}/m'
map show pinned {pins}/m
"""
MISSING = """map create {pins}/m type hash key 4 value 4 entries 8 name m
prog show id 4294967295
map show pinned {pins}/no
bogus
map delete pinned {pins}/m key 1 0 0 0
prog show 'name
map show pinned {pins}/m
"""
STATUSES = [0, 254, 254, 255, 254, 255, 0]


@pytest.fixture
def batch_file(tmp_path, pins):
    def write(text, name="commands"):
        path = tmp_path / name
        path.write_text(text.format(pins=pins))
        return path
    return write


@pytest.fixture
def commands(xh, batch_file, pins):
    xh("map", "create", pins / "m", "type", "hash", "key", "4", "value", "4", "entries", "8",
       "name", "batch_map")
    return batch_file(COMMANDS)


@pytest.mark.parametrize("option", ["-j", "-p"])
def test_json_is_bpftools(xh, bpftool, commands, pins, option):
    ours = xh(option, "batch", "file", commands).out
    theirs = bpftool(option, "batch", "file", commands, status=None).out
    same_json(ours, theirs, PIDS, BATCH_END)
    rows = json.loads(ours)
    assert [row["output"] for row in rows[:2]] == [None, None]
    assert rows[2]["output"]["value"] == ["0x02", "0x00", "0x00", "0x00"]
    assert rows[2]["command"] == ["map", "lookup", "pinned", f"{pins}/m", "key", "1", "0", "0", "0"]
    assert len(rows[3]["output"]) == 2


def test_text_is_bpftools(xh, bpftool, commands):
    ours = xh("batch", "file", commands).out
    theirs = bpftool("batch", "file", commands, status=None).out
    same_text(ours, theirs, PIDS, BATCH_END)
    assert "key: 01 00 00 00  value: 02 00 00 00\n" in ours
    assert ours.endswith("\nprocessed 5 commands\n")


def test_standard_input(xh, batch_file):
    done = xh("batch", "file", "-", input="version\nversion")
    assert done.out.count("xh v") == 2
    assert done.out.endswith("processed 2 commands\n")


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n"])
def test_no_commands(xh, batch_file, text):
    path = batch_file(text)
    assert xh("batch", "file", path).out == "processed 0 commands\n"
    assert xh("-j", "batch", "file", path).json == []


def test_it_stops_at_the_first_failure(xh, batch_file, pins):
    path = batch_file(MISSING)
    done = xh("batch", "file", path, status=254)
    assert done.err == (f"Error: {path}:2: no program with id 4294967295 (ENOENT)\n")
    assert done.out == ""
    (pins / "m").unlink()
    rows = xh("-j", "batch", "file", path, status=254).json
    assert len(rows) == 2
    assert rows[1] == {"command": ["prog", "show", "id", "4294967295"],
                       "output": {"error": f"{path}:2: no program with id 4294967295 (ENOENT)"}}


def test_it_goes_on_when_told(xh, batch_file, pins):
    path = batch_file(MISSING)
    done = xh("batch", "file", path, "--keep-going", status=254)
    assert [line.split(": ")[1] for line in done.err.splitlines()] == \
           [f"{path}:{line}" for line, status in enumerate(STATUSES, 1) if status]
    assert "hash  name m " in done.out
    (pins / "m").unlink()
    rows = xh("-j", "batch", "file", path, "--keep-going", status=254).json
    assert [isinstance(row["output"], dict) and "error" in row["output"] for row in rows] == \
           [bool(status) for status in STATUSES]
    assert rows[5]["command"] == ["prog", "show"]
    assert rows[5]["output"]["error"] == f"{path}:6: a quotation has no end"


def test_the_status_is_that_of_the_first_failure(xh):
    xh("batch", "file", "-", "--keep-going", input="bogus\nprog show id 4294967295", status=255)
    xh("batch", "file", "-", "--keep-going", input="prog show id 4294967295\nbogus", status=254)


def test_failure_after_output(xh, batch_file, pins):
    """What is on its way comes first, also where both go to one place."""
    path = batch_file("version\nbogus\nversion\n")
    done = subprocess.run([xh.path, "batch", "file", path, "--keep-going"], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["xh", "using", "features:", "Error:", "xh",
                                                   "using", "features:"]


def test_each_command_is_in_the_callers_namespace(xh, batch_file, tmp_path):
    name = f"xhb{os.getpid()}"
    subprocess.run(["ip", "netns", "add", name], check=True)
    try:
        subprocess.run(["ip", "-n", name, "link", "add", "only_there", "type", "veth"], check=True)
        path = batch_file("net list --all-netns\nnet list dev only_there\n")
        assert "no device 'only_there'" in xh("batch", "file", path, status=254).err
        inner = batch_file("net features dev only_there\n")
        xh("-N", name, "batch", "file", inner)
    finally:
        subprocess.run(["ip", "netns", "del", name], check=True)


def test_a_batch_in_a_batch(xh, batch_file):
    inner = batch_file("version\n", "inner")
    outer = batch_file(f"batch file {inner}\nversion\n", "outer")
    rows = xh("-j", "batch", "file", outer).json
    assert rows[0]["output"][0]["output"] == rows[1]["output"]
    own = batch_file("batch file OWN\n", "own")
    own.write_text(f"batch file {own}\n")
    done = xh("batch", "file", own, status=255)
    assert done.err == f"Error: {own}:1: more than 8 batch files within one another\n"
    row = xh("-j", "batch", "file", own, status=255).json
    for _ in range(8):
        row = row[0]["output"]
    assert "more than 8" in row["error"]


def test_an_interrupt_ends_it(xh, batch_file):
    path = batch_file("version\nprog tracelog --ndjson\nversion\n")
    with subprocess.Popen([xh.path, "-j", "batch", "file", path], stdout=subprocess.PIPE) as running:
        until(lambda: is_recording(running.pid))
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate(timeout=PATIENCE_S)
    rows = json.loads(out)
    assert [row["command"][0] for row in rows] == ["version", "prog"]
    assert isinstance(rows[1]["output"], list)


def test_an_interrupt_of_the_last_command_is_its_end(xh, batch_file):
    path = batch_file("version\nprog tracelog\n# no more\n")
    with subprocess.Popen([xh.path, "batch", "file", path], stdout=subprocess.PIPE) as running:
        until(lambda: is_recording(running.pid))
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate(timeout=20)
    assert running.returncode == 0 and out.endswith(b"processed 2 commands\n")


def test_signals_end_it_again_after_a_follower(xh, batch_file, tmp_path):
    """The follower has caught them when it fails; then a command waits for a FIFO."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    keep = os.open(fifo, os.O_RDWR)
    path = batch_file("prog tracelog --global --ndjson\nbatch file -\n")
    with open(fifo) as stdin, subprocess.Popen([xh.path, "batch", "file", path, "--keep-going"],
                                               stdin=stdin, stderr=subprocess.PIPE) as running:
        assert b"lines of text, not records" in running.stderr.readline()
        running.terminate()
        try:
            assert running.wait(20) == -signal.SIGTERM
        finally:
            running.kill()
    os.close(keep)


def test_writes_that_fail(xh, batch_file):
    path = batch_file("version\n" * 10_000)
    for option in "", "-j":
        with open("/dev/full", "w") as full:
            done = subprocess.run([xh.path, *filter(None, [option]), "batch", "file", path],
                                  stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 255
        assert done.stderr == "Error: write to standard output: No space left on device (ENOSPC)\n"


@pytest.mark.parametrize("words, message", [
    (["batch"], "'file FILE' is missing; usage: xh batch file FILE [--keep-going]"),
    (["batch", "file", "/no/such"], "/no/such: no such file"),
    (["batch", "file", "/"], "/: is a directory, expected a file of commands"),
    (["batch", "file", "/bin/sh"], "/bin/sh: has NUL bytes, expected a file of commands"),
])
def test_bad_files(xh, words, message):
    assert xh(*words, status=255).err == f"Error: {message}\n"
    assert xh("-j", *words, status=255).json == {"error": message}


def test_options_are_those_of_the_batch(xh, batch_file):
    path = batch_file("prog show -j\n")
    assert f"Error: {path}:1: '-j' does not name a program" in xh("batch", "file", path, status=255).err


def test_hostile_words(xh, batch_file):
    path = batch_file("\x1b[31m \x07\n")
    done = xh("batch", "file", path, status=255)
    assert "\x1b" not in done.err and "'\\x1b[31m' is not known" in done.err
    assert xh("-j", "batch", "file", path, status=255).json[0]["command"] == ["\x1b[31m", "\x07"]


def test_a_thousand_lookups(xh, batch_file, pins):
    number = 1000
    path = batch_file("map create {pins}/m type array key 4 value 8 entries 1000 name m\n" +
                      "".join(f"map update pinned {{pins}}/m key u32:{n} value u64:{n * n}\n"
                              for n in range(number)) +
                      "".join(f"map lookup pinned {{pins}}/m key u32:{n}\n"
                              for n in range(number)))
    rows = xh("-j", "batch", "file", path).json[-number:]
    assert [int.from_bytes(bytes(int(byte, 16) for byte in row["output"]["value"]), "little")
            for row in rows] == [n * n for n in range(number)]
