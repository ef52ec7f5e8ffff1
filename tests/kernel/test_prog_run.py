# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh prog run: what bpftool says, by name, and a reason where the kernel only says EINVAL."""

import os
import re
import struct
import subprocess
import threading

import pytest

from differences import RETVAL_NAME, same_json, same_text
from verbs import verbs, verbs_object  # fixtures

PACKET = bytes(range(2, 22))
XDP_NAMES = ["XDP_ABORTED", "XDP_DROP", "XDP_PASS", "XDP_TX", "XDP_REDIRECT"]
TC_NAMES = ["TC_ACT_OK", "TC_ACT_RECLASSIFY", "TC_ACT_SHOT", "TC_ACT_PIPE", "TC_ACT_STOLEN",
            "TC_ACT_QUEUED", "TC_ACT_REPEAT", "TC_ACT_REDIRECT", "TC_ACT_TRAP"]


@pytest.fixture
def packet(tmp_path):
    """packet(bytes) makes a file of them."""

    def write(data=PACKET, name="packet"):
        (tmp_path / name).write_bytes(data)
        return str(tmp_path / name)

    return write


def untimed(text):
    """How long a program took differs from run to run."""
    return re.sub(r'(duration[^:]*"?: ?)\d+', r"\g<1>0", text)


FORMS = [], ["-j"], ["-p"]
INPUTS = {
    "plain": [],
    "data": ["data_out", "-"],
    "repeat": ["data_out", "-", "repeat", "7"],
    "context": ["ctx_in", "CONTEXT", "ctx_out", "-"],
    "both": ["data_out", "-", "ctx_in", "CONTEXT", "ctx_out", "-"],
}


@pytest.mark.parametrize("form", FORMS, ids=" ".join)
@pytest.mark.parametrize("words", INPUTS.values(), ids=INPUTS.keys())
@pytest.mark.parametrize("size", [14, 15, 16, 20, 24, 25, 1500])
def test_same_as_bpftool(xh, bpftool, verbs, packet, form, words, size):
    packet(b"\0" * 192, "context")
    words = [packet(b"\0" * 192, "context") if word == "CONTEXT" else word for word in words]
    data = (PACKET * 100)[:size]
    command = ["prog", "run", *verbs.prog("first_byte_tc"), "data_in", packet(data), *words]
    ours, theirs = untimed(xh(*form, *command).out), untimed(bpftool(*form, *command).out)
    (same_json if form else same_text)(ours, theirs, RETVAL_NAME)


@pytest.mark.parametrize("program, values, names", [
    ("first_byte", range(6), XDP_NAMES + [None]),
    ("first_byte_tc", [*range(10), 255], TC_NAMES + [None, "TC_ACT_UNSPEC"])])
def test_names_of_return_values(xh, verbs, packet, program, values, names):
    for byte, name in zip(values, names):
        value = 2**32 - 1 if byte == 255 else byte
        words = ["prog", "run", *verbs.prog(program), "data_in", packet(bytes([byte]) + PACKET)]
        shown = xh("-j", *words).json
        assert shown["retval"] == value and shown.get("retval_name") == name
        assert re.fullmatch(rf"Return value: {value}, duration: \d+ns" +
                            (rf"  {name}\n" if name else r"\n"), xh(*words).out)


def test_other_types_have_no_names(xh, verbs, packet):
    words = ["prog", "run", *verbs.prog("length"), "data_in", packet()]
    assert set(xh("-j", *words).json) == {"retval", "duration"}


def test_results_to_files(xh, verbs, packet, tmp_path):
    words = ["prog", "run", *verbs.prog("first_byte_tc"), "data_in", packet(),
             "ctx_in", packet(b"\0" * 192, "context"),
             "data_out", tmp_path / "data", "ctx_out", tmp_path / "ctx"]
    assert set(xh("-j", *words).json) == {"retval", "duration", "retval_name"}
    assert (tmp_path / "data").read_bytes() == PACKET
    context = (tmp_path / "ctx").read_bytes()
    assert len(context) == 192 and struct.unpack_from("I", context, 8)[0] == 77


def test_standard_input_and_pipes(xh, verbs, tmp_path):
    words = [xh.path, "-j", "prog", "run", *verbs.prog("first_byte"), "data_out", "-", "data_in"]
    done = subprocess.run([*words, "-"], input=PACKET, capture_output=True, check=True)
    assert f'"data_out":{list(PACKET)}'.replace(" ", "") in done.stdout.decode()
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    writer = threading.Thread(target=fifo.write_bytes, args=[PACKET])
    writer.start()
    through = xh("-j", "prog", "run", *verbs.prog("first_byte"), "data_in", fifo, "data_out", "-")
    writer.join()
    assert through.json["data_out"] == list(PACKET)


@pytest.mark.parametrize("size", [[], ["data_size_out", "0"], ["data_size_out", "5"],
                                  ["data_size_out", "1100"], ["data_size_out", "1000000"]])
def test_room_is_made_and_it_runs_once(xh, verbs, packet, size):
    shown = xh("-j", "prog", "run", *verbs.prog("grow"), "data_in", packet(), "data_out", "-",
               *size).json
    assert shown["data_out"] == list(PACKET) + [0] * 1000 and shown["retval_name"] == "XDP_TX"
    assert verbs.runs() == 1


def test_repeat(xh, verbs, packet):
    words = ["prog", "run", *verbs.prog("first_byte"), "data_in", packet()]
    assert "duration (average): " in xh(*words, "repeat", "1000").out
    assert verbs.runs() == 1000
    for once in "0", "1":
        assert "duration: " in xh(*words, "repeat", once).out
    assert verbs.runs() == 1002


def test_large_packet(xh, verbs, packet, tmp_path):
    """In fragments, as XDP has them; other types get a page."""
    data = bytes(i % 251 for i in range(60000))
    words = ["prog", "run", *verbs.prog("eats_metadata"), "data_in", packet(data)]
    assert xh("-j", *words, "data_out", tmp_path / "out").json["retval"] == 0
    assert (tmp_path / "out").read_bytes() == data
    done = xh("prog", "run", *verbs.prog("length"), "data_in", packet(data), status=255)
    assert "on a packet of 60000 bytes: Invalid argument (EINVAL); it may be more than the " \
           "kernel takes for type socket_filter" in done.err
    done = xh("prog", "run", *verbs.prog("first_byte"), "data_in", packet(b"\0" * 200000),
              status=255)
    assert "on a packet of 200000 bytes" in done.err


def test_context_of_xdp(xh, verbs, packet):
    """Eight bytes of metadata before a packet of twenty."""
    context = struct.pack("IIIIII", 8, 28, 0, 0, 0, 0)
    words = ["prog", "run", *verbs.prog("eats_metadata"), "data_in", packet(b"\0" * 28), "ctx_in"]
    assert xh("-j", *words, packet(context, "good")).json["retval"] == 8
    for bad in struct.pack("IIIIII", 8, 29, 0, 0, 0, 0), struct.pack("IIIIII", 5, 28, 0, 0, 0, 0):
        done = xh(*words, packet(bad, "bad"), status=255)
        assert "is the context right? of struct xdp_md, data is the length" in done.err
    done = xh(*words, packet(context + b"\1", "long"), status=255)
    assert "(E2BIG); is the context right?" in done.err


def test_syscall_program(xh, verbs, packet):
    """Which bpftool cannot run at all: it has no packet, and its context is changed in place."""
    words = ["prog", "run", *verbs.prog("successor")]
    context = packet(struct.pack("QQ", 41, 0), "context")
    assert xh(*words, "ctx_in", context).out == "Return value: 7\n"
    shown = xh("-j", *words, "ctx_in", context, "ctx_out", "-").json
    assert shown == {"ctx_out": list(struct.pack("QQ", 41, 42)), "retval": 7}
    assert xh("-j", *words, "ctx_in", context, "repeat", "1").json == {"retval": 7}


def test_raw_tracepoint_program(xh, verbs, packet):
    words = ["prog", "run", *verbs.prog("argument"), "ctx_in"]
    assert xh("-j", *words, packet(struct.pack("QQ", 1, 1234))).json == {"retval": 1234}
    done = xh(*words, packet(struct.pack("Q", 1)), status=255)
    assert "(EINVAL); is the context right? it is the arguments, 8 bytes each" in done.err


@pytest.mark.parametrize("program, words, message", [
    ("first_byte", [], "programs of type xdp are run on a packet, and there is none; "
     "give one with data_in"),
    ("first_byte", ["data_in", "/dev/null"], "programs of type xdp are run on a packet, and there "
     "is none; give one with data_in"),
    ("first_byte", ["data_in", "SHORT"], "the packet has 13 bytes, programs of type xdp are run "
     "on 14 or more; it begins with an Ethernet header, which takes 14"),
    ("length", ["data_in", "SHORT"], "the packet has 13 bytes, programs of type socket_filter are "
     "run on 14 or more; it begins with an Ethernet header, which takes 14"),
    ("never", [], "the kernel cannot run programs of type kprobe by themselves (ENOTSUPP); of "
     "those that it can, the best known are xdp, sched_cls, socket_filter, raw_tracepoint and "
     "syscall"),
    ("message", ["data_in", "SHORT"], "the kernel cannot run programs of type sk_msg by "
     "themselves (ENOTSUPP); of those that it can, the best known are xdp, sched_cls, "
     "socket_filter, raw_tracepoint and syscall"),
    ("successor", ["data_in", "SHORT"], "programs of type syscall are not run on a packet: "
     "data_in does not fit here"),
    ("successor", ["ctx_in", "SHORT", "data_out", "-"], "programs of type syscall have no packet "
     "to give back: data_out does not fit here"),
    ("successor", ["ctx_in", "SHORT", "repeat", "2"], "programs of type syscall are run once: "
     "repeat does not fit here"),
    ("argument", ["ctx_in", "SHORT", "ctx_out", "-"], "programs of type raw_tracepoint have no "
     "context to give back: ctx_out does not fit here"),
    ("any_socket", [], "programs of type sk_lookup are run on a context; give one with ctx_in; it "
     "is a struct bpf_sk_lookup with family, protocol, addresses and ports"),
    ("first_byte", ["data_in", "/nosuch"], "read /nosuch: No such file or directory (ENOENT)"),
    ("first_byte", ["data_in", "/tmp"], "read /tmp: Is a directory (EISDIR)"),
    ("first_byte", ["data_in", "/dev/zero"], "/dev/zero has more than 16777216 bytes"),
    ("first_byte", ["data_in", "-", "ctx_in", "-"],
     "data_in and ctx_in cannot both be standard input"),
    ("first_byte", ["data_in", "LONG", "data_size_out", "5"],
     "data_size_out goes with data_out"),
    ("first_byte", ["data_in", "LONG", "ctx_size_out", "5"], "ctx_size_out goes with ctx_out"),
    ("first_byte", ["data_in", "LONG", "data_out", "/dev/full"],
     "write /dev/full: No space left on device (ENOSPC)"),
    ("first_byte", ["data_in", "LONG", "data_out", "/nosuch/out"],
     "open /nosuch/out for writing: No such file or directory (ENOENT)"),
    ("first_byte", ["data_in"], "FILE is missing"),
    ("first_byte", ["data_in", "LONG", "data_in", "LONG"], "'data_in' is given twice"),
    ("first_byte", ["bogus"], "'bogus' does not fit here in 'xh prog run', expected one of: "
     "data_in, data_out, data_size_out, ctx_in, ctx_out, ctx_size_out, repeat"),
])
def test_refusals(xh, verbs, packet, program, words, message):
    files = {"SHORT": packet(b"\0" * 13, "short"), "LONG": packet()}
    words = ["prog", "run", *verbs.prog(program), *(files.get(word, word) for word in words)]
    done = xh(*words, status=255)
    assert (done.out, done.err) == ("", f"Error: {message}\n")
    done = xh("-j", *words, status=255)
    assert (done.json, done.err) == ({"error": message}, "")


@pytest.mark.parametrize("keyword", ["repeat", "data_size_out", "ctx_size_out"])
@pytest.mark.parametrize("number", ["-1", "4294967296", "18446744073709551616", "", "1k", "010",
                                    "0x", " 1"])
def test_numbers(xh, verbs, packet, keyword, number):
    done = xh("prog", "run", *verbs.prog("first_byte"), "data_in", packet(), "data_out", "-",
              "ctx_out", "-", keyword, number, status=255)
    assert done.err.startswith(f"Error: {keyword} '{number}' ") and done.out == ""
    assert verbs.runs() == 0


def test_no_such_program(xh, packet):
    done = xh("-j", "prog", "run", "id", "4294967295", "data_in", packet(), status=254)
    assert done.json == {"error": "no program with id 4294967295 (ENOENT)"}


def test_nothing_is_left_of_a_file_that_cannot_be_written(xh, verbs, packet, tmp_path):
    """A disk that is full after the first bytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4096", "tmpfs", disk], check=True)
    try:
        done = xh("prog", "run", *verbs.prog("eats_metadata"), "data_in", packet(b"\0" * 20000),
                  "data_out", disk / "out", status=255)
        assert "No space left on device (ENOSPC)" in done.err and not list(disk.iterdir())
    finally:
        subprocess.run(["umount", disk], check=True)


def test_without_privilege(xh, verbs):
    """Who may open the pin, by its mode, may run the program too."""
    path = verbs.prog("first_byte")[1]
    for directory in verbs.programs, *verbs.programs.parents[:2]:
        os.chmod(directory, 0o755)

    def run_as_nobody():
        return subprocess.run(["setpriv", "--reuid=65534", "--clear-groups", "--inh-caps=-all",
                               "--bounding-set=-all", xh.path, "prog", "run", "pinned", path,
                               "data_in", "/etc/passwd"], capture_output=True, text=True)

    assert run_as_nobody().returncode == 255
    os.chmod(path, 0o666)
    assert run_as_nobody().stdout.startswith(f"Return value: {ord('r')}, ")
