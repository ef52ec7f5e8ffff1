# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh prog list and show: what they refuse, in which words and with which status."""

import json
import os
import subprocess

import pytest

import program


@pytest.mark.parametrize("words, status, message", [
    (["id", "4294967295"], 254, "no program with id 4294967295 (ENOENT)"),
    (["id", "4294967296"], 255, "id '4294967296' is not a number from 0 to 4294967295"),
    (["id", ""], 255, "id '' is not a number from 0 to 4294967295"),
    (["id", "010"], 255, "id '010' could mean octal; write it without the leading zero"),
    (["id", "-1"], 255, "id '-1' is not a number from 0 to 4294967295"),
    (["name", "no_such_program_anywhere"], 254,
     "no program named 'no_such_program_anywhere'; 'xh prog list' shows what there is"),
    (["name", ""], 255, "the name is empty"),
    (["tag", "00112233445566"], 255, "tag '00112233445566' is not 16 hexadecimal digits"),
    (["tag", "001122334455667g"], 255, "tag '001122334455667g' is not 16 hexadecimal digits"),
    (["tag", "0123456789abcdef"], 254,
     "no program with tag 0123456789abcdef; 'xh prog list' shows what there is"),
    (["pinned", "/sys/fs/bpf/none"], 254, "nothing is pinned at /sys/fs/bpf/none (ENOENT)"),
    (["pinned", "/sys/fs/bpf"], 255, "/sys/fs/bpf is a directory, not a pinned object"),
    (["pinned", "/etc/passwd"], 255, "/etc/passwd is no pinned BPF object"),
    (["pinned", "/etc/passwd/x"], 254, "nothing is pinned at /etc/passwd/x (ENOTDIR)"),
    (["pinned", "x" * 5000], 255, "the path is longer than 4095 bytes"),
    (["pinned", ""], 255, "the path is empty"),
    (["id"], 255, "ID is missing after 'id'"),
    (["bogus", "1"], 255, "'bogus' does not name a program; "
     "PROG := { id ID | pinned PATH | tag TAG | name NAME }"),
    (["id", "1", "more"], 255,
     "'more' does not fit here in 'xh prog list', expected the end of the line"),
])
def test_errors(xh, words, status, message):
    done = xh("prog", "show", *words, status=status)
    assert (done.out, done.err) == ("", f"Error: {message}\n")
    done = xh("-j", "prog", "show", *words, status=status)
    assert (done.json, done.err) == ({"error": message}, "")
    done = xh("-p", "prog", "show", *words, status=status)
    assert (done.json, done.err) == ({"error": message}, "")


def test_near_miss(xh):
    name = program.unique("slip")
    fd = program.load(name)
    done = xh("prog", "show", "name", name.replace("slip", "silp"), status=254)
    assert done.err.endswith(f"; did you mean '{name}'?\n")
    os.close(fd)


def test_a_map_is_no_program(xh, bpf, pins):
    fd = bpf.map_create(2, 4, 4, 1)
    bpf.obj_pin(fd, str(pins / "m"))
    os.close(fd)
    done = xh("prog", "show", "pinned", pins / "m", status=255)
    assert done.err == f"Error: {pins}/m is a map, not a program\n"


def test_an_object_that_is_gone(xh):
    fd = program.load()
    number = program.id_of(fd)
    assert xh("-j", "prog", "show", "id", number).json["id"] == number
    os.close(fd)
    done = xh("prog", "show", "id", number, status=254)
    assert done.err == f"Error: no program with id {number} (ENOENT)\n"


def without_privilege(xh, *words, status):
    done = subprocess.run(["setpriv", "--reuid=65534", "--clear-groups", "--inh-caps=-all",
                           "--bounding-set=-all", xh.path, *words], capture_output=True, text=True)
    assert done.returncode == status, done
    return done


def test_without_privilege(xh):
    fd = program.load("hidden")
    listing = "listing programs needs CAP_SYS_ADMIN (EPERM); try: sudo xh …"
    opening = ("opening a program by id needs CAP_SYS_ADMIN (EPERM); try: sudo xh …, or name its "
               "pinned path")
    for words, message in ((["list"], listing), (["show", "name", "hidden"], listing),
                           (["show", "id", str(program.id_of(fd))], opening)):
        done = without_privilege(xh, "prog", *words, status=255)
        assert (done.stdout, done.stderr) == ("", f"Error: {message}\n")
        done = without_privilege(xh, "-j", "prog", *words, status=255)
        assert json.loads(done.stdout) == {"error": message}
    os.close(fd)
