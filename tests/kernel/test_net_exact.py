# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh net: exactly that program and no other; attached by links that are pinned."""

import json
import os
import socket

import pytest

from conftest import command, until
from attach import (AT_TCX_INGRESS, SCHED_CLS, XDP, links, mprog_order,  # noqa: F401
                    program)


@pytest.fixture
def dev(veth):
    return veth[0]


def attached(xh, dev, section="xdp"):
    document = xh("-j", "net", "list", "dev", dev).json[0]
    return [(row.get("mode", row.get("kind")), row["id"]) for row in document[section]]


@pytest.mark.parametrize("there, mode, hooks", [("xdpdrv", "driver", ["xdp", "xdpdrv"]),
                                                ("xdpgeneric", "generic", ["xdp", "xdpgeneric"])])
def test_xdp_replace(xh, dev, program, there, mode, hooks):
    old, new = program("old"), program("new")
    for hook in hooks:
        xh("net", "attach", there, *old.words, "dev", dev)
        xh("net", "attach", hook, *new.words, "dev", dev, "replace", *old.words)
        assert attached(xh, dev) == [(mode, new.id)]
        done = xh("net", "attach", hook, *old.words, "dev", dev, "replace", *old.words, status=254)
        assert done.err == f"Error: {dev} has {new} in {mode} mode, not {old}\n"
        assert attached(xh, dev) == [(mode, new.id)]
        xh("net", "detach", there, "dev", dev)


def test_xdp_replace_of_nothing(xh, dev, program):
    old, new = program("old"), program("new")
    done = xh("net", "attach", "xdp", *new.words, "dev", dev, "replace", *old.words, status=254)
    assert done.err == f"Error: {dev} has no XDP program\n"
    xh("net", "attach", "xdpgeneric", *old.words, "dev", dev)
    done = xh("net", "attach", "xdpdrv", *new.words, "dev", dev, "replace", *old.words, status=254)
    assert done.err == (f"Error: {dev} has no XDP program in driver mode; {old} is attached in "
                        f"generic mode: xh net detach xdpgeneric dev {dev}\n")
    assert attached(xh, dev) == [("generic", old.id)]


def test_xdp_detach_of_one_program(xh, dev, program):
    prog, other = program("prog"), program("other")
    xh("net", "attach", "xdp", *prog.words, "dev", dev)
    done = xh("net", "detach", "xdp", "dev", dev, *other.words, status=254)
    assert done.err == f"Error: {dev} has {prog} in driver mode, not {other}\n"
    xh("net", "detach", "xdp", "dev", dev, "id", prog.id)
    assert attached(xh, dev) == []


HOOKS = [("xdp", "driver", "xdp", XDP), ("xdpgeneric", "generic", "xdp", XDP),
         ("tcx_egress", "tcx/egress", "tc", SCHED_CLS)]


@pytest.mark.parametrize("hook, where, section, kind", HOOKS)
def test_attach_by_link(xh, dev, program, pins, hook, where, section, kind):
    prog, path = program("held", kind), pins / "link"
    done = xh("net", "attach", hook, *prog.words, "dev", dev, "link", path)
    assert (done.out, done.err) == ("", "")
    row = xh("-f", "-j", "net", "list", "dev", dev).json[0][section][0]
    shown = xh("-f", "-j", "link", "show", "pinned", path).json
    assert row["link_id"] == shown["id"] and shown["prog_id"] == prog.id
    assert row["pinned"] == [prog.path] and row["link"] == {"pinned": [str(path)]}
    assert (shown["devname"], shown["ifindex"]) == (dev, socket.if_nametoindex(dev))
    assert f"\tlink pinned {path}\n" in xh("-f", "net").out
    done = xh("net", "detach", hook, "dev", dev, status=255)
    assert f"by BPF link {shown['id']} (pinned at {path}) (EBUSY); " in done.err
    assert attached(xh, dev, section) == [(where, prog.id)]
    os.unlink(path)
    until(lambda: attached(xh, dev, section) == [])


@pytest.mark.parametrize("hook, where, section, kind", HOOKS)
def test_the_program_of_a_link_is_replaced(xh, dev, program, pins, hook, where, section, kind):
    old, new, third = (program(name, kind) for name in ("old", "new", "third"))
    words = "dev", dev, "link", pins / "link"
    done = xh("net", "attach", hook, *new.words, *words, "replace", *old.words, status=254)
    assert "nothing is pinned at " in done.err and "without 'replace' a new link" in done.err
    xh("net", "attach", hook, *old.words, *words)
    xh("net", "attach", hook, *new.words, *words, "replace", *old.words)
    assert attached(xh, dev, section) == [(where, new.id)]
    done = xh("net", "attach", hook, *third.words, *words, "replace", *old.words, status=254)
    assert f", pinned at {pins / 'link'}, has {new}, not {old}\n" in done.err
    xh("net", "attach", hook, *third.words, *words, "overwrite")
    assert attached(xh, dev, section) == [(where, third.id)]
    xh("link", "detach", "pinned", pins / "link")
    done = xh("net", "attach", hook, *old.words, *words, "overwrite", status=255)
    assert "is attached to nothing any more\n" in done.err


def test_a_link_of_another_hook_is_left_alone(xh, veth, program, pins):
    xdp, cls, (one, two) = program("xdp"), program("cls", SCHED_CLS), veth
    xh("net", "attach", "tcx_ingress", *cls.words, "dev", one, "link", pins / "link")
    for words in (["tcx_egress", *cls.words, "dev", one], ["xdp", *xdp.words, "dev", one],
                  ["tcx_ingress", *cls.words, "dev", two]):
        done = xh("net", "attach", *words, "link", pins / "link", "overwrite", status=255)
        assert f"is not attached to {words[0]} of {words[-1]}\n" in done.err
    done = xh("net", "attach", "xdp", *xdp.words, "dev", one, "link", xdp.path, "overwrite",
              status=255)
    assert done.err == f"Error: {xdp.path} is a program, not a link\n"


def test_a_link_that_cannot_be_pinned_attaches_nothing(xh, dev, program, pins, tmp_path):
    xdp, cls = program("xdp"), program("cls", SCHED_CLS)
    for path, why in ((pins / "no" / "dir", "there is no directory"), (xdp.path, "pinned there"),
                      (tmp_path / "x", "not on a BPF file system"), (pins / "a.b", "'.'"),
                      (pins, "is a directory")):
        for words in ["xdp", *xdp.words], ["tcx_ingress", *cls.words]:
            done = xh("net", "attach", *words, "dev", dev, "link", path, status=255)
            assert why in done.err
            assert attached(xh, dev) == [] and attached(xh, dev, "tc") == []


def test_a_link_whose_pin_fails_at_last_attaches_nothing(xh, dev, program, pins):
    xdp, cls = program("xdp"), program("cls", SCHED_CLS)
    command("mount", "--bind", pins, pins)
    command("mount", "-o", "remount,bind,ro", pins)
    try:
        for words in ["xdp", "id", xdp.id], ["tcx_ingress", "id", cls.id]:
            done = xh("net", "attach", *words, "dev", dev, "link", pins / "link", status=255)
            assert "Read-only file system (EROFS)" in done.err
    finally:
        command("umount", pins)
    until(lambda: attached(xh, dev) == [] and attached(xh, dev, "tc") == [])


def test_a_link_over_a_program(xh, dev, program, pins):
    old, new = program("old"), program("new")
    xh("net", "attach", "xdp", *old.words, "dev", dev)
    done = xh("net", "attach", "xdp", *new.words, "dev", dev, "link", pins / "link", status=255)
    assert done.err == (f"Error: {dev} already has {old} in driver mode (EBUSY); a new link "
                        f"replaces nothing; xh net detach xdpdrv dev {dev}\n")
    done = xh("net", "attach", "xdpgeneric", *new.words, "dev", dev, "link", pins / "link",
              status=255)
    assert done.err.startswith(
        f"Error: attach {new} to {dev}: native and generic XDP cannot be active at the same time "
        f"(EEXIST); {old} is attached in driver mode")
    assert not os.path.exists(pins / "link")
    assert attached(xh, dev) == [("driver", old.id)]


def test_links_take_their_place_among_programs(xh, dev, program, pins):
    a, b, c = (program(name, SCHED_CLS) for name in "abc")
    xh("net", "attach", "tcx_ingress", *a.words, "dev", dev, "link", pins / "a")
    xh("net", "attach", "tcx_ingress", *b.words, "dev", dev, "link", pins / "b", "before", *a.words)
    xh("net", "attach", "tcx_ingress", *c.words, "dev", dev, "after", *b.words)
    assert mprog_order(socket.if_nametoindex(dev), AT_TCX_INGRESS) == [b.id, c.id, a.id]
    done = xh("net", "attach", "tcx_ingress", *c.words, "dev", dev, "replace", *a.words, status=255)
    assert done.err.startswith(f"Error: {c} is attached to tcx_ingress of {dev} already")
    new = program("new", SCHED_CLS)
    done = xh("net", "attach", "tcx_ingress", *new.words, "dev", dev, "replace", *a.words, status=255)
    assert f"{a} is attached to tcx_ingress of {dev} by BPF link " in done.err
    xh("net", "attach", "tcx_ingress", *new.words, "dev", dev, "replace", *c.words)
    assert mprog_order(socket.if_nametoindex(dev), AT_TCX_INGRESS) == [b.id, new.id, a.id]


def test_holders_of_links_are_told(xh, dev, program, links):
    prog = program("held", SCHED_CLS)
    link = links.create(prog, socket.if_nametoindex(dev), AT_TCX_INGRESS)
    row = xh("-j", "net", "list", "dev", dev).json[0]["tc"][0]
    assert row["link_id"] == link
    assert [one["pid"] for one in row["link"]["pids"]] == [os.getpid()]
    assert f"\tlink held by {row['link']['pids'][0]['comm']}({os.getpid()})\n" in xh("net").out
    assert json.loads(xh("-p", "net", "list", "dev", dev).out)[0]["tc"][0] == row
