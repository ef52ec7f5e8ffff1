# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""The walk-through of README.md, run as it is written there."""

import os
import re
import shutil
import signal
import subprocess

import pytest

import conftest
from conftest import command, until
from follower import LINE, is_recording, turn

TEXT = (conftest.ROOT / "README.md").read_text()
NUMBER = re.compile(r"0x[0-9a-f]+|\b[0-9a-f]{16}(?=\b|_)|\d+")


def transcript():
    """Each `$ xh …` with what stands below it."""
    blocks = re.split(r"^    \$ ", TEXT, flags=re.M)[1:]
    for block in blocks:
        words, _, rest = block.partition("\n")
        if words.startswith("xh "):
            shown = re.match(r"((    .*|)\n)*", rest)[0]
            yield words, re.sub("^    ", "", shown, flags=re.M).strip("\n")


def masked(text):
    """Ids, times, addresses and counts are of the machine and the moment."""
    return re.sub(r" +", " ", NUMBER.sub("N", text)).strip()


@pytest.fixture
def place(xh, tmp_path, hello_object):
    """Two devices, the object where `make` puts it, xh in PATH, and no program called hello."""
    until(lambda: "no program named" in xh("prog", "show", "name", "hello", status=None).err)
    (tmp_path / "build/bpf").mkdir(parents=True)
    shutil.copy(hello_object, tmp_path / "build/bpf/hello.bpf.o")
    (tmp_path / "xh").symlink_to(xh.path)
    command("ip", "link", "add", "veth0", "type", "veth", "peer", "name", "veth1")
    for device in "veth0", "veth1":
        command("ip", "link", "set", device, "up")
    yield {"cwd": tmp_path, "env": os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}}
    command("ip", "link", "del", "veth0")
    if os.path.exists("/sys/fs/bpf/hello"):
        os.unlink("/sys/fs/bpf/hello")


def follow(place, bpf):
    """Until Ctrl-C: the first line that the program prints."""
    with turn(), subprocess.Popen(["xh", "prog", "tracelog"], stdout=subprocess.PIPE,
                                  text=True, **place) as running:
        until(lambda: is_recording(running.pid))
        bpf.run_program("/sys/fs/bpf/hello")
        line = running.stdout.readline()
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=20)
    assert running.returncode == 0
    return line.strip("\n")


def check(words, shown, told):
    if "dump jited" in words:
        shown, told = ("\n".join(text.splitlines()[:3]) for text in (shown, told))
    if "tracelog" in words:
        assert LINE.fullmatch(told) and all(map(LINE.fullmatch, shown.splitlines()))
        assert "Hello World " in told
        return
    assert masked(told) == masked(shown), words


def same_compiler(xh, hello_object):
    return re.search(r"^    \tcompiler (.*)$", TEXT, re.M)[1] in xh("object", "show", hello_object).out


def test_walk_through(xh, place, bpf, hello_object):
    if not same_compiler(xh, hello_object):
        pytest.skip("README shows what another compiler made")
    steps = list(transcript())
    assert [words.split()[1] for words, _ in steps[:2]] == ["object", "object"]
    assert len(steps) == TEXT.count("\n    $ xh ")
    for words, shown in steps:
        if "tracelog" in words:
            told = follow(place, bpf)
        else:
            done = command("sh", "-c", words, status=None, **place)
            told = done.out + done.err
            assert done.status == (254 if shown.startswith("Error: ") else 0), done
        check(words, shown, told)
