# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh prog pin: a second path for a program, or a reason and nothing changed."""

import os
import subprocess

import pytest

import program
from verbs import verbs, verbs_object  # fixtures


def mounts():
    with open("/proc/self/mounts") as file:
        return file.read()


def id_at(xh, path):
    return xh("-j", "prog", "show", "pinned", path).json["id"]


@pytest.mark.parametrize("form", [[], ["-j"], ["-p"]], ids=" ".join)
def test_pins(xh, bpftool, hello, pins, form):
    """As bpftool does it, which says null in JSON and nothing in text."""
    ours = xh(*form, "prog", "pin", "pinned", hello, pins / "ours")
    theirs = bpftool(*form, "prog", "pin", "pinned", hello, pins / "theirs")
    assert (ours.out, ours.err) == (theirs.out, theirs.err)
    assert id_at(xh, pins / "ours") == id_at(xh, pins / "theirs") == id_at(xh, hello)


def test_every_way_to_name_it(xh, pins):
    name = program.unique("pinme")
    fd = program.load(name)
    number = program.id_of(fd)
    for count, words in enumerate((["id", number], ["name", name])):
        xh("prog", "pin", *words, pins / f"p{count}")
        assert id_at(xh, pins / f"p{count}") == number
    os.close(fd)


def test_a_pin_keeps_the_program(xh, pins):
    fd = program.load("kept")
    number = program.id_of(fd)
    xh("prog", "pin", "id", number, pins / "kept")
    os.close(fd)
    assert id_at(xh, pins / "kept") == number
    (pins / "kept").unlink()
    xh("prog", "show", "id", number, status=254)


def refused(xh, words, path, message, status=255):
    """In text and JSON; no file system is mounted, no file is made."""
    before = mounts(), sorted(map(str, path.parent.parent.glob("*/*")))
    done = xh("prog", "pin", *words, path, status=status)
    assert (done.out, done.err) == ("", f"Error: {message}\n")
    assert xh("-j", "prog", "pin", *words, path, status=status).json == {"error": message}
    assert before == (mounts(), sorted(map(str, path.parent.parent.glob("*/*"))))


def test_what_is_there_already(xh, bpf, verbs, pins):
    prog, other = verbs.prog("length"), verbs.prog("never")[1]
    refused(xh, prog, pins / "progs/never",
            f"{other}: program {verbs.id('never')} is pinned there already; choose another path, "
            f"or remove the pin first: rm {other}")
    number = xh("-j", "map", "show", *verbs.map("plain")).json["id"]
    refused(xh, prog, pins / "maps/plain",
            f"{pins}/maps/plain: map {number} is pinned there already; choose another path, or "
            f"remove the pin first: rm {pins}/maps/plain")
    refused(xh, prog, pins / "maps", f"{pins}/maps: is a directory, the name of the pin is missing")


def test_bad_paths(xh, verbs, pins, tmp_path):
    prog = verbs.prog("length")
    refused(xh, prog, pins / "a.b",
            f"{pins}/a.b: a BPF file system has no names with a '.' in them; use '_' instead")
    refused(xh, prog, pins / "no/such",
            f"{pins}/no/such: there is no directory {pins}/no; create it: mkdir -p {pins}/no")
    refused(xh, prog, pins / "progs/never/x",
            f"{pins}/progs/never/x: {pins}/progs/never is no directory")


def test_not_on_a_bpf_file_system(xh, verbs, tmp_path):
    """bpftool mounts one over the directory, which hides what is in it."""
    (tmp_path / "precious").write_text("mine")
    refused(xh, verbs.prog("length"), tmp_path / "x",
            f"{tmp_path}/x: is not on a BPF file system; pin it at /sys/fs/bpf/x")
    assert (tmp_path / "precious").read_text() == "mine"


def test_several_of_one_name(xh, pins):
    name = program.unique("pt")
    fds = [program.load(name) for _ in range(2)]
    done = xh("prog", "pin", "name", name, pins / "x", status=255)
    assert all(str(program.id_of(fd)) in done.err for fd in fds) and not list(pins.iterdir())
    for fd in fds:
        os.close(fd)


@pytest.mark.parametrize("words, status, message", [
    (["id", "4294967295"], 254, "no program with id 4294967295 (ENOENT)"),
    (["id", "4294967296"], 255, "id '4294967296' is not a number from 0 to 4294967295"),
    (["pinned", "/sys/fs/bpf/none"], 254, "nothing is pinned at /sys/fs/bpf/none (ENOENT)"),
    (["pinned", "/sys/fs/bpf"], 255, "/sys/fs/bpf is a directory, not a pinned object"),
])
def test_no_such_program(xh, pins, words, status, message):
    refused(xh, words, pins / "x", message, status)


def test_a_map_is_no_program(xh, verbs, pins):
    refused(xh, verbs.map("plain"), pins / "x", f"{pins}/maps/plain is a map, not a program")


@pytest.mark.parametrize("words, message", [
    ([], "PROG is missing; usage: xh prog pin PROG PATH"),
    (["id", "1"], "PATH is missing; usage: xh prog pin PROG PATH"),
    (["id", "1", ""], "PATH is missing"),
    (["id", "1", "/sys/fs/bpf/x", "more"],
     "'more' does not fit here in 'xh prog pin', expected the end of the line"),
])
def test_words(xh, words, message):
    assert xh("prog", "pin", *words, status=255).err == f"Error: {message}\n"


def test_without_a_bpf_file_system(xh, hello_object):
    """One that is missing at its usual place is not made in a namespace that goes with xh."""
    script = f"""umount -l /sys/fs/bpf; exec {xh.path} prog pin id $0 /sys/fs/bpf/x $1"""
    fd = program.load("homeless")
    for option, message in (["-n"], "and --nomount forbids it"), ([], "in this mount namespace"):
        done = subprocess.run(["unshare", "-m", "sh", "-c", script, str(program.id_of(fd)),
                               *option], capture_output=True, text=True)
        assert done.returncode == 255 and message in done.stderr, done
    os.close(fd)
