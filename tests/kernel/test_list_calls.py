# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""What listings of many objects open: as little as possible, and not once an object."""

import os
import subprocess
import sys

import pytest

import program
from maps import new_map  # noqa: F401
from preload import preload  # noqa: F401
from test_prog_show import ITERATOR

# Says the path of every file that is opened, in a file that OPENED names.
WATCH = r"""
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void tell(const char *path)
{
	int file = (int)syscall(SYS_openat, AT_FDCWD, getenv("OPENED"),
				O_WRONLY | O_APPEND | O_CREAT, 0600);

	if (write(file, path, strlen(path)) < 0 || write(file, "\n", 1) < 0)
		abort();
	close(file);
}

int openat(int dir, const char *path, int flags, ...)
{
	va_list mode;
	int fd;

	tell(path);
	va_start(mode, flags);
	fd = (int)syscall(SYS_openat, dir, path, flags, va_arg(mode, mode_t));
	va_end(mode);
	return fd;
}

int open(const char *path, int flags, ...)
{
	va_list mode;
	int fd;

	va_start(mode, flags);
	fd = openat(AT_FDCWD, path, flags, va_arg(mode, mode_t));
	va_end(mode);
	return fd;
}
"""


@pytest.fixture
def opened(xh, preload, tmp_path):  # noqa: F811
    """opened("prog", "list") gives what xh said and the paths of the files that it opened."""

    def run(*words, **how):
        watched = tmp_path / "opened"
        watched.write_text("")
        done = xh(*words, env=preload(WATCH) | {"OPENED": str(watched)}, **how)
        return done, watched.read_text().splitlines()

    return run


@pytest.fixture
def ten(new_map):  # noqa: F811
    """Ten programs and ten maps; their ids by the kind."""
    progs = [program.load("many") for _ in range(10)]
    yield {"prog": [program.id_of(fd) for fd in progs],
           "map": [new_map(2, 4, 4, 1)[1] for _ in range(10)]}
    for fd in progs:
        os.close(fd)


@pytest.mark.parametrize("kind", ["prog", "map"])
def test_one_fdinfo_however_many(opened, ten, kind):
    done, paths = opened("-j", kind, "list")
    shown = {row["id"]: row for row in done.json}
    assert all(shown[ident]["bytes_memlock"] for ident in ten[kind])
    assert sum(path.startswith("/proc/self/fdinfo/") for path in paths) == 1
    assert paths.count("/proc") == 1


def test_fdinfo_is_of_the_object(xh, new_map):  # noqa: F811
    """Maps of different sizes, which have the same number of fd while they are looked at."""
    sizes = {new_map(2, 4, 4096, entries)[1]: 4096 * entries for entries in (1, 64, 256)}
    shown = {row["id"]: row for row in xh("-j", "map", "list").json}
    for ident, size in sizes.items():
        assert size <= shown[ident]["bytes_memlock"] < size + 16384
        assert xh("-j", "map", "show", "id", ident).json["bytes_memlock"] == \
            shown[ident]["bytes_memlock"]


@pytest.mark.parametrize("kind", ["prog", "map", "link"])
def test_nobody_is_asked_about_nothing(opened, kind):
    assert "/proc" not in opened(kind, "show", "id", 4294967294, status=254)[1]


def test_held_by_the_last_of_many_fds(xh):
    code = ("import os, sys, program; pipes = [os.pipe() for _ in range(100)]; "
            "print(program.id_of(program.load('last')), flush=True); sys.stdin.read()")
    with subprocess.Popen([sys.executable, "-B", "-c", code], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, cwd=os.path.dirname(__file__)) as child:
        shown = xh("-j", "prog", "show", "id", int(child.stdout.readline())).json
    assert [row["pid"] for row in shown["pids"]] == [child.pid]


def test_the_kernels_types_once(opened, bpftool, pins, compile_bpf):
    """Two programs that are for a type of the kernel."""
    for name in "one", "two":
        bpftool("prog", "load", compile_bpf(ITERATOR, "walk"), pins / name)
    done, paths = opened("-j", "prog", "list")
    names = [row.get("attach_btf_name") for row in done.json]
    assert names.count("bpf_iter_bpf_prog") >= 2
    assert paths.count("/sys/kernel/btf/vmlinux") == 1
