# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""--color: names and errors stand out on a terminal that can show it, and nowhere else."""

import os
import pty
import subprocess

import pytest

from conftest import PATIENCE_S

BOLD, PLAIN, RED = "\x1b[1m", "\x1b[0m", "\x1b[31m"


def on_terminal(xh, *words, **environment):
    """What xh writes to a terminal that is its stdout and stderr."""
    ours, theirs = pty.openpty()
    done = subprocess.run([xh.path, *words], stdin=subprocess.DEVNULL, stdout=theirs,
                          stderr=theirs, env={"TERM": "xterm", **environment},
                          timeout=PATIENCE_S)
    os.close(theirs)
    text = b""
    try:
        while part := os.read(ours, 4096):
            text += part
    except OSError:
        pass
    os.close(ours)
    return done.returncode, text.decode()


def test_terminal(xh, hello):
    assert f"  name {BOLD}hello{PLAIN}  tag " in on_terminal(xh, "prog", "list", "pinned", hello)[1]
    assert on_terminal(xh, "bogus")[1].startswith(f"{RED}Error:{PLAIN} 'bogus'")


@pytest.mark.parametrize("words, environment", [
    ([], {"NO_COLOR": "1"}), ([], {"TERM": "dumb"}), (["--color", "never"], {}),
    (["-j"], {}), (["-p"], {}), (["-j", "--color", "always"], {}),
])
def test_plain_terminal(xh, hello, words, environment):
    for line in ["prog", "list", "pinned", hello], ["bogus"]:
        assert "\x1b" not in on_terminal(xh, *words, *line, **environment)[1]


def test_pipe(xh, hello):
    plain = xh("prog", "list", "pinned", hello).out
    assert "\x1b" not in plain
    assert xh("--color", "auto", "prog", "list", "pinned", hello).out == plain
    coloured = xh("prog", "list", "pinned", hello, "--color=always").out
    assert coloured.replace(BOLD, "").replace(PLAIN, "") == plain != coloured
    assert xh("--color", "always", "bogus", status=255).err.startswith(f"{RED}Error:{PLAIN} ")


def test_empty_no_color(xh, hello):
    """An empty value is none."""
    assert BOLD in on_terminal(xh, "prog", "list", "pinned", hello, NO_COLOR="")[1]


def test_other_words(xh):
    assert xh("--color", "blue", "version", status=255).err == (
        "Error: --color is auto, always or never, not 'blue'\n")
    assert xh("version", "--color", status=255).err == "Error: option --color needs a WHEN\n"
