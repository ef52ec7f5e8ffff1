# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""The installed bpftool that xh is compared with: where it is, and which release."""

import functools
import os
import pathlib
import shutil
import subprocess

import pytest


def version_of(path):
    """Its release as (7, 5); None when it does not run: Ubuntu's in PATH is a script that looks
    for the one of the running kernel."""
    done = subprocess.run([path, "version"], capture_output=True, text=True)
    if done.returncode:
        return None
    number = done.stdout.split()[1].removeprefix("v")
    return tuple(map(int, number.split(".")[:2]))


@functools.cache
def installed():
    """(path, release) of the first bpftool that runs."""
    path = os.environ.get("PATH", os.defpath) + ":/usr/sbin"
    candidates = [shutil.which("bpftool", path=path)]
    candidates += map(str, pathlib.Path("/usr/lib").glob("linux-tools/*/bpftool"))
    for path in filter(None, candidates):
        if release := version_of(path):
            return path, release
    pytest.skip("no bpftool that works is installed")


def is_before(release):
    return installed()[1] < release
