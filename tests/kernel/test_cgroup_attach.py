# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh cgroup attach and detach: what the kernel has after, and what xh says of refusals."""

import pytest

import conftest
from attach import AT_EGRESS, AT_INGRESS, CGROUP_SKB
from cgroups import (AT_CONNECT4, AT_CONNECT6, CGROUP_SOCK_ADDR, MULTI, OVERRIDE, SOCK_OPS, cgroup,
                     links, program)


@pytest.fixture
def skb(program):
    return lambda name: program(name, CGROUP_SKB, value=1)


@pytest.mark.parametrize("word, attach_type", [("ingress", AT_INGRESS), ("in", AT_INGRESS),
                                               ("cgroup_inet_egress", AT_EGRESS), ("e", AT_EGRESS)])
@pytest.mark.parametrize("flag", ["", "multi", "override", "m"])
def test_there_and_back(xh, bpftool, cgroup, skb, word, attach_type, flag):
    prog, words = skb("one"), filter(None, [flag])
    xh("cgroup", "attach", cgroup.root, word, *prog.words, *words)
    assert cgroup.root.attached(attach_type) == [prog.id]
    flags = bpftool("-j", "cgroup", "show", cgroup.root).json[0]["attach_flags"]
    assert flags == ("multi" if flag == "m" else flag)
    done = xh("cgroup", "detach", cgroup.root, word, *prog.words)
    assert (done.out, done.err) == ("", "") and cgroup.root.attached(attach_type) == []
    done = xh("cgroup", "detach", cgroup.root, word, *prog.words, status=254)
    assert done.err.startswith(f"Error: {cgroup.root} has no cgroup_inet_")


def test_order(xh, cgroup, skb):
    a, b, c, d, e = (skb(name) for name in "abcde")
    where = [cgroup.root, "egress"]
    xh("cgroup", "attach", *where, *a.words, "multi")
    done = xh("cgroup", "attach", *where, *b.words, "before", *a.words, status=None)
    if "6.17" in done.err:
        pytest.skip("this kernel has no order")
    xh("cgroup", "attach", *where, *c.words, "after", *b.words)
    xh("cgroup", "attach", *where, *d.words, "prepend")
    assert cgroup.root.attached(AT_EGRESS) == [d.id, b.id, c.id, a.id]
    done = xh("cgroup", "attach", *where, *e.words, "after", *e.words, status=254)
    assert f"{e} is not attached to cgroup_inet_egress of {cgroup.root}" in done.err
    assert cgroup.root.attached(AT_EGRESS) == [d.id, b.id, c.id, a.id]


def test_preorder(xh, cgroup, skb):
    top, below, prog, other = cgroup.root, cgroup("b"), skb("first"), skb("second")
    xh("cgroup", "attach", below, "egress", *other.words, "multi")
    if "6.16" in xh("cgroup", "attach", top, "egress", *prog.words, "preorder", status=None).err:
        pytest.skip("this kernel has no preorder")
    rows = xh("-j", "cgroup", "show", below, "effective").json
    assert [row["id"] for row in rows] == [prog.id, other.id]


def test_another_way(xh, cgroup, skb):
    """The message names what is there, and how."""
    one, other, below = skb("one"), skb("other"), cgroup("b")
    for flags, way in (0, "exclusive"), (OVERRIDE, "override"), (MULTI, "multi"):
        cgroup.root.attach(one, AT_INGRESS, flags)
        word = "override" if flags != OVERRIDE else "multi"
        done = xh("cgroup", "attach", cgroup.root, "ingress", *other.words, word, status=255)
        assert f"Error: {cgroup.root} has {one} ({way}) at cgroup_inet_ingress: nothing else can " \
               "be attached that way (EPERM); " in done.err
        if not flags:
            done = xh("cgroup", "attach", below, "ingress", *other.words, "multi", status=255)
            assert f"Error: {cgroup.root} has {one} (exclusive) at cgroup_inet_ingress: nothing " \
                   "else can be attached below it (EPERM); " in done.err
        assert cgroup.root.attached(AT_INGRESS) == [one.id]
        xh("cgroup", "detach", cgroup.root, "ingress", *one.words)


def test_detach_of_another(xh, cgroup, skb):
    """The kernel would detach the one that is there."""
    one, other = skb("one"), skb("other")
    cgroup.root.attach(one, AT_INGRESS)
    done = xh("cgroup", "detach", cgroup.root, "ingress", *other.words, status=254)
    assert done.err == f"Error: {other} is not attached to cgroup_inet_ingress of {cgroup.root}; " \
                       f"it has {one} (exclusive)\n"
    assert cgroup.root.attached(AT_INGRESS) == [one.id]


def test_held_by_a_link(xh, cgroup, skb, links):
    prog = skb("one")
    link = links.create(prog, cgroup.root.fd, AT_EGRESS)
    done = xh("cgroup", "detach", cgroup.root, "egress", *prog.words, status=255)
    assert f"{prog} is attached to cgroup_inet_egress of {cgroup.root} by BPF link {link} " in done.err
    assert done.err.endswith(f"xh link detach id {link}\n")
    assert cgroup.root.attached(AT_EGRESS) == [prog.id]


@pytest.mark.parametrize("words, message", [
    (["multi", "override"], "with 'override' a control group has one program"),
    (["prepend", "before", "PROG"], "give one of 'prepend', 'before' and 'after'"),
])
def test_words(xh, cgroup, skb, words, message):
    prog = skb("one")
    words = [part for word in words for part in (prog.words if word == "PROG" else [word])]
    assert message in xh("cgroup", "attach", cgroup.root, "egress", *prog.words, *words,
                         status=255).err
    assert cgroup.root.attached(AT_EGRESS) == []


@pytest.mark.parametrize("verb", ["attach", "detach"])
def test_type(xh, cgroup, skb, program, verb):
    prog = program("ops", SOCK_OPS, value=1)
    done = xh("cgroup", verb, cgroup.root, "ingress", *prog.words, status=255)
    assert done.err == f"Error: {prog} is sock_ops, cgroup_inet_ingress takes cgroup_skb\n"


def test_loaded_for_another(xh, cgroup, program):
    prog = program("c4", CGROUP_SOCK_ADDR, attach_type=AT_CONNECT4, value=1)
    done = xh("cgroup", "attach", cgroup.root, "connect6", *prog.words, status=255)
    assert f"{prog} was not loaded for cgroup_inet6_connect (EINVAL)" in done.err
    assert cgroup.root.attached(AT_CONNECT6) == []


def test_twice(xh, cgroup, skb):
    prog = skb("one")
    xh("cgroup", "attach", cgroup.root, "egress", *prog.words, "multi")
    done = xh("cgroup", "attach", cgroup.root, "egress", *prog.words, "multi", status=255)
    assert f"{prog} is attached to cgroup_inet_egress of {cgroup.root} already" in done.err


def test_full(xh, cgroup, skb):
    for n in range(64):
        cgroup.root.attach(skb(f"p{n}"), AT_EGRESS, MULTI)
    done = xh("cgroup", "attach", cgroup.root, "egress", *skb("more").words, "multi", status=255)
    assert "has 64 programs at cgroup_inet_egress, which is all that it can (E2BIG)" in done.err


def test_as_bpftool_takes_words(xh, bpftool, cgroup, skb):
    prog = skb("one")
    for word in "ingress", "egress", "e", "cgroup_inet_ingress":
        bpftool("cgroup", "attach", cgroup.root, word, *prog.words, "multi")
        xh("cgroup", "detach", cgroup.root, word, *prog.words)
        xh("cgroup", "attach", cgroup.root, word, *prog.words)
        bpftool("cgroup", "detach", cgroup.root, word, *prog.words)
    assert conftest.command(conftest.XH, "-j", "cgroup", "show", cgroup.root).json == []
