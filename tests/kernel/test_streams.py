# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh prog tracelog stdout|stderr: the streams of one program, which Linux has since 6.17."""

import struct

import pytest

import kernel

STREAM_READ = 37


@pytest.fixture
def streams(bpf, hello):
    """A program with streams, which are empty."""
    fd = bpf.obj_get(hello)
    room = kernel.ctypes.create_string_buffer(16)
    try:
        bpf.bpf(STREAM_READ, struct.pack("QIII", kernel.address(room), 16, 1, fd))
    except OSError:
        pytest.skip("this kernel has no streams")
    return hello


@pytest.mark.parametrize("stream", ["stdout", "stderr", "stdo", "stde"])
def test_empty(xh, streams, stream):
    done = xh("prog", "tracelog", stream, "pinned", streams)
    assert (done.out, done.err) == ("", "")
    done = xh("-j", "prog", "tracelog", stream, "pinned", streams)
    assert (done.out, done.err) == ("[]\n", "")


@pytest.mark.parametrize("words, status, message", [
    (["stdout"], 255, "PROG is missing after 'stdout'; "
     "PROG := { id ID | pinned PATH | tag TAG | name NAME }"),
    (["stderr", "id", "4294967295"], 254, "no program with id 4294967295 (ENOENT)"),
    (["bogus", "id", "1"], 255, "'bogus' is no STREAM, expected one of: stdout, stderr"),
    (["id", "1"], 255, "'id' is no STREAM, expected one of: stdout, stderr"),
    (["stdout", "id", "1", "id", "2"], 255,
     "'id' does not fit here in 'xh prog tracelog', expected one of: prog, pid, comm, grep, since, "
     "--ndjson, --global"),
])
def test_refusals(xh, words, status, message):
    done = xh("prog", "tracelog", *words, status=status)
    assert (done.out, done.err) == ("", f"Error: {message}\n")
    assert xh("-j", "prog", "tracelog", *words, status=status).json == {"error": message}
