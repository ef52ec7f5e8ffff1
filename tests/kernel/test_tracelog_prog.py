# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh prog tracelog prog PROG: lines that a program's own format strings can have made."""

import json
import re

import pytest
from follower import follow, kernel_filter, messages, records, start  # noqa: F401

PROGRAMS = r"""
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

unsigned int changes = 65; /* "A" */

static __attribute__((noinline)) int sub(int number)
{
	bpf_printk("of a function: %d", number);
	return number;
}

SEC("xdp") int many(void *ctx)
{
	static const char whatever[] = "%s", text[] = "text";
	__u64 args[] = { (unsigned long)text };
	char made[16];

	bpf_snprintf(made, sizeof(made), whatever, args, sizeof(args));
	bpf_printk("three of %d, %s, %u\n", -1, "two", 3);
	bpf_printk("five of %d %d %d %d %d", 1, 2, 3, 4, 5);
	bpf_printk("rv %d", changes);
	sub(7);
	return XDP_PASS;
}

SEC("xdp") int other(void *ctx)
{
	bpf_printk("other");
	return XDP_PASS;
}

SEC("xdp") int silent(void *ctx)
{
	char fmt[] = "on the stack";

	bpf_trace_printk(fmt, sizeof(fmt));
	return XDP_PASS;
}
char _license[] SEC("license") = "Dual BSD/GPL";
"""
MANY = ["three of -1, two, 3", "five of 1 2 3 4 5", "rv 65", "of a function: 7"]


@pytest.fixture
def programs(xh, compile_bpf, pins):
    xh("prog", "loadall", compile_bpf(PROGRAMS), pins / "all")
    return pins / "all"


@pytest.fixture
def run_all(programs, bpf):
    def run():
        for name in "many", "other", "silent":
            bpf.run_program(str(programs / name))
    return run


def test_one(follow, programs, run_all):
    follower = follow(operands=["prog", "pinned", str(programs / "many")])
    run_all()
    out = follower.end()
    assert messages(out.splitlines()) == MANY
    assert "lost" not in out


def test_two(follow, programs, run_all):
    follower = follow("-j", operands=["prog", "pinned", str(programs / "many"),
                                      "prog", "name", "other"])
    told = re.findall('"(.*?)"', kernel_filter(follower))
    # "text" too is pointed at, which a line of that text alone would be taken for.
    assert sorted(told) == ["five of *", "of a function: *", "other*", "rv *", "text*", "three of *"]
    run_all()
    assert messages(json.loads(follower.end())) == [*MANY, "other"]


def test_with_the_other_filters(follow, programs, run_all):
    follower = follow(operands=["prog", "name", "other", "prog", "name", "many", "grep", "e.*[0-9]",
                                "--ndjson"])
    run_all()
    assert [record["message"] for record in records(follower.end())] == \
           [MANY[0], MANY[1]]


def test_the_kernel_is_told_the_beginning(follow, hello, bpf):
    follower = follow(operands=["prog", "pinned", hello])
    assert kernel_filter(follower) == '(bpf_string ~ "Hello World *")'
    bpf.run_program(hello, 2)
    assert messages(follower.end().splitlines()) == ["Hello World 0", "Hello World 1"]


def test_before_it_is_unloaded(follow, programs, run_all):
    """Formats are read at the start."""
    follower = follow(operands=["prog", "pinned", str(programs / "other")])
    run_all()
    (programs / "other").unlink()
    assert messages(follower.end().splitlines()) == ["other"]


def test_a_program_without_formats(start, programs, xh):
    number = xh("-j", "prog", "show", "pinned", programs / "silent").json["id"]
    follower = start(operands=["prog", "id", str(number)])
    follower.wait(255)
    assert follower.err == (
        f"Error: program {number}: no format of bpf_printk is to be found in it, so its lines "
        "cannot be told from others; leave out 'prog', or choose by what they say: grep REGEX\n")


@pytest.mark.parametrize("operands, status, message", [
    (["prog", "name", "no_such_one"], 254,
     "no program named 'no_such_one'; 'xh prog list' shows what there is"),
    (["prog", "name"], 255, "NAME is missing after 'name'"),
    (["stdout", "id", "1", "prog", "id", "1"], 255,
     "'prog' does not go with a stream, which has lines alone"),
    (["prog", "id", "1"] * 65, 255, "'prog' is given more than 64 times"),
])
def test_refusals(start, operands, status, message):
    follower = start(operands=operands)
    follower.wait(status)
    assert follower.err == f"Error: {message}\n"
