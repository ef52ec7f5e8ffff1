# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""The room that kernel tests run in: mount and network namespaces of their own, with their own
bpffs, tracefs and names of namespaces. All of it goes when the process does, however that ends."""

import ctypes
import itertools
import json
import os
import pathlib
import pty
import select
import shutil
import subprocess
import time

import pytest

import kernel
import oracle

CLONE_NEWNS = 0x00020000
CLONE_NEWNET = 0x40000000
ROOT = pathlib.Path(__file__).resolve().parents[2]
XH = os.environ.get("XH", str(ROOT / "build/xh"))
HELLO = os.environ.get("HELLO", str(ROOT / "build/bpf/hello.bpf.o"))
CLANG = os.environ.get("CLANG", "clang")
PATIENCE_S = 120  # no test measures time: what takes longer on any machine, hangs
counter = itertools.count(1)


def unmount_what_others_have():
    """Most machines have bpffs and tracefs mounted; beneath ours they would be seen again when a
    test unmounts one, and bpftool looks for pins in all of them."""
    mounts = pathlib.Path("/proc/self/mounts").read_text().splitlines()
    for _, place, kind, *_ in reversed([line.split() for line in mounts]):
        if kind in ("bpf", "tracefs"):
            subprocess.run(["umount", "-l", place.encode().decode("unicode_escape")], check=True)


def pytest_configure(config):
    if os.geteuid() != 0:
        raise pytest.UsageError("the kernel tests need root")
    os.environ["PATH"] = os.environ.get("PATH", os.defpath) + ":/usr/sbin:/sbin"
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS | CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "unshare")
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    unmount_what_others_have()
    subprocess.run(["mount", "-t", "bpf", "bpf", "/sys/fs/bpf"], check=True)
    subprocess.run(["mount", "-t", "tracefs", "tracefs", "/sys/kernel/tracing"], check=True)
    os.makedirs("/run/netns", exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "netns", "/run/netns"], check=True)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    os.environ.pop("LANG", None)
    os.environ["LC_ALL"] = "C.UTF-8"


class Result:
    """What a command did: status, out and err as text, and its JSON document."""

    def __init__(self, words, done):
        self.words, self.status = words, done.returncode
        self.out, self.err = done.stdout, done.stderr

    @property
    def json(self):
        return json.loads(self.out)

    def __repr__(self):
        return f"{' '.join(self.words)}: {self.status}\n{self.out}\n{self.err}"


def command(*words, status=0, timeout=PATIENCE_S, **how):
    """Runs a command to its end; `status` is the exit status it must have, None for any."""
    words = [str(word) for word in words]
    done = subprocess.run(words, capture_output=True, text=True, timeout=timeout, **how)
    result = Result(words, done)
    assert status is None or result.status == status, result
    return result


def on_terminal(*words, **how):
    """What a command says on stderr to a person, who sits at a terminal; it has to succeed."""
    ours, its = pty.openpty()
    try:
        subprocess.run([str(word) for word in words], stdout=subprocess.DEVNULL, stderr=its,
                       timeout=PATIENCE_S, check=True, **how)
        os.set_blocking(ours, False)
        try:
            return os.read(ours, 65536).decode().replace("\r\n", "\n")
        except BlockingIOError:
            return ""
    finally:
        os.close(ours)
        os.close(its)


def until(condition):
    """The first true value of condition(); fails when it takes too long."""
    end = time.monotonic() + PATIENCE_S
    while not (value := condition()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)
    return value


def is_full(pipe):
    """By pages: what was written in pieces fills one without using all of it."""
    return not select.select([], [pipe], [], 0)[1]


@pytest.fixture
def xh():
    """xh("prog", "list") runs xh and asserts the exit status (0 unless status= says another)."""

    def run(*words, **how):
        return command(XH, *words, **how)

    run.path = XH
    return run


@pytest.fixture(scope="session")
def oracle_path():
    return oracle.installed()[0]


@pytest.fixture
def bpftool(oracle_path):
    """The installed bpftool, to compare with."""

    def run(*words, status=0, **how):
        for _ in range(10):
            result = command(oracle_path, *words, status=None, **how)
            # It gives up at an object that vanishes while it walks: somebody else's, mostly.
            if result.status == 0 or " by id (" not in result.out + result.err:
                break
        assert status is None or result.status == status, result
        return result

    return run


@pytest.fixture
def pins():
    """A directory on bpffs that is the test's own."""
    path = pathlib.Path(f"/sys/fs/bpf/test{next(counter)}")
    path.mkdir()
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def veth():
    """Two connected devices, up: (name, name of the peer)."""
    n = next(counter)
    names = f"va{n}", f"vb{n}"
    command("ip", "link", "add", names[0], "type", "veth", "peer", "name", names[1])
    for name in names:
        command("ip", "link", "set", name, "up")
    yield names
    command("ip", "link", "del", names[0], status=None)


@pytest.fixture(scope="session")
def compile_bpf(tmp_path_factory):
    """compile_bpf(source, name="t") gives the path of an object file made from C text or a file
    of tests/bpf ("zoo.bpf.c"), with BTF unless btf=False."""
    directory = tmp_path_factory.mktemp("bpf")

    def compile_source(source, name="t", btf=True):
        target = directory / f"{name}{next(counter)}.bpf.o"
        path = ROOT / "tests/bpf" / source if source.endswith(".bpf.c") else None
        if path is None:
            path = directory / f"{name}.bpf.c"
            path.write_text(source)
        command(CLANG, "-g" if btf else "-g0", "-O2", "-target", "bpf", f"-I/usr/include/{os.uname().machine}-linux-gnu",
                "-c", "-o", target, path)
        return str(target)

    return compile_source


@pytest.fixture(scope="session")
def hello_object():
    return HELLO


@pytest.fixture
def hello(pins, hello_object):
    """The bundled program, loaded and pinned by the kernel's own rules: its pinned path."""
    path = pins / "hello"
    command(XH, "prog", "load", hello_object, path)
    return str(path)


@pytest.fixture(scope="session")
def zoo_object(compile_bpf):
    """Every map type and value shape, a program of two functions, metadata."""
    return compile_bpf("zoo.bpf.c", "zoo")


@pytest.fixture
def bpf():
    """Raw bpf(2), so that a test does not need the tool that it tests."""
    return kernel
