# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""By which BPF link a device has its XDP program, where another network namespace has one alike."""

import itertools
import os
import socket

import pytest

from conftest import command, until
from attach import AT_XDP, links, program  # noqa: F401

numbers = itertools.count(1)


@pytest.fixture
def dev(veth):
    return veth[0]


@pytest.fixture
def twin(dev):
    """A network namespace with a device of the same name and ifindex."""
    name = f"twin{os.getpid()}.{next(numbers)}"
    command("ip", "netns", "add", name)
    command("ip", "-n", name, "link", "add", dev, "index", socket.if_nametoindex(dev), "type",
            "veth", "peer", "name", "other")
    yield name
    command("ip", "netns", "del", name)


def row(xh, dev, *options):
    return xh(*options, "-j", "net", "list", "dev", dev).json[0]["xdp"][0]


@pytest.mark.parametrize("hook", ["xdp", "xdpgeneric"])
def test_a_link_of_elsewhere_is_not_ours(xh, dev, twin, program, pins, hook):  # noqa: F811
    p, q = program("p"), program("q")
    xh("-N", twin, "net", "attach", hook, *p.words, "dev", dev, "link", pins / "l")
    xh("net", "attach", hook, *p.words, "dev", dev)
    done = xh("net", "attach", hook, *q.words, "dev", dev, status=255)
    assert f"add 'replace id {p.id}' to replace exactly that one" in done.err
    assert "link" not in done.err
    assert "link_id" not in row(xh, dev) and "link_id" in row(xh, dev, "-N", twin)
    assert "link" not in xh("net", "list", "dev", dev).out
    ifindex = socket.if_nametoindex(dev)
    shown = "link", "show", "pinned", pins / "l"
    assert f"\tifindex {ifindex} of another network namespace  \n" in xh(*shown).out
    assert f"\tifindex {dev}({ifindex})  \n" in xh("-N", twin, *shown).out
    done = xh("net", "attach", hook, *q.words, "dev", dev, "link", pins / "l", "overwrite",
              status=255)
    assert f"is not attached to {hook} of {dev}\n" in done.err
    xh("net", "attach", hook, *q.words, "dev", dev, "replace", *p.words)
    assert row(xh, dev)["id"] == q.id
    xh("net", "detach", hook, "dev", dev)
    assert row(xh, dev, "-N", twin)["id"] == p.id


@pytest.mark.parametrize("hook", ["xdp", "xdpgeneric"])
def test_which_of_two_is_ours_is_left_open(xh, dev, twin, program, pins, hook):  # noqa: F811
    p, q, ifindex = program("p"), program("q"), socket.if_nametoindex(dev)
    xh("net", "attach", hook, *p.words, "dev", dev, "link", pins / "here")
    xh("-N", twin, "net", "attach", hook, *p.words, "dev", dev, "link", pins / "there")
    here, there = (xh("-j", "link", "show", "pinned", pins / name).json["id"]
                   for name in ("here", "there"))
    for words in ["detach", hook], ["attach", hook, *q.words], [
            "attach", hook, *q.words, "overwrite"], ["attach", hook, *q.words, "link", pins / "n"]:
        done = xh("net", *words, "dev", dev, status=255)
        assert (f" by BPF link {here} (pinned at {pins / 'here'}) or {there} "
                f"(pinned at {pins / 'there'}) (EBUSY); which of them the kernel does not tell: "
                "the others are attached in other network namespaces\n") in done.err
    shown = row(xh, dev, "-f")
    assert "link_id" not in shown and shown["maybe_links"] == [
        {"link_id": here, "pinned": [str(pins / "here")]},
        {"link_id": there, "pinned": [str(pins / "there")]}]
    out = xh("-f", "net", "list", "dev", dev).out
    assert f" name p link_id {here} or {there}\n" in out
    assert (f"\tlink {here} pinned {pins / 'here'}\n"
            f"\tlink {there} pinned {pins / 'there'}\n") in out
    for name in "here", "there":
        words = "link", "show", "pinned", pins / name
        assert f"\tifindex {ifindex} of {dev} or of another network namespace  \n" in xh(*words).out
        shown = xh("-j", *words).json
        assert (shown["devname"], shown["ifindex"], shown["maybe_devname"]) == (
            "(unknown)", ifindex, dev)
    done = xh("net", "attach", hook, *q.words, "dev", dev, "link", pins / "there", "overwrite",
              status=255)
    assert f"link {there}, pinned at {pins / 'there'}, is not attached to {hook} of " in done.err
    assert (row(xh, dev)["id"], row(xh, dev, "-N", twin)["id"]) == (p.id, p.id)
    xh("net", "attach", hook, *q.words, "dev", dev, "link", pins / "here", "replace", *p.words)
    assert (row(xh, dev)["link_id"], row(xh, dev, "-N", twin)["link_id"]) == (here, there)
    assert (row(xh, dev)["id"], row(xh, dev, "-N", twin)["id"]) == (q.id, p.id)


def test_the_other_one_goes(xh, dev, twin, program, pins):  # noqa: F811
    p = program("p")
    xh("net", "attach", "xdp", *p.words, "dev", dev, "link", pins / "here")
    xh("-N", twin, "net", "attach", "xdp", *p.words, "dev", dev, "link", pins / "there")
    here = xh("-j", "link", "show", "pinned", pins / "here").json["id"]
    assert "link_id" not in row(xh, dev)
    os.unlink(pins / "there")
    until(lambda: row(xh, dev).get("link_id") == here)


def test_holders_of_each_are_told(xh, dev, twin, program, links, pins):  # noqa: F811
    p = program("p")
    held = links.create(p, socket.if_nametoindex(dev), AT_XDP)
    xh("-N", twin, "net", "attach", "xdp", *p.words, "dev", dev, "link", pins / "there")
    assert f" by BPF link {held} (held by " in xh("net", "detach", "xdp", "dev", dev, status=255).err
    shown = row(xh, dev)["maybe_links"]
    assert [holder["pid"] for holder in shown[0]["pids"]] == [os.getpid()]
    assert f"\tlink {held} held by {shown[0]['pids'][0]['comm']}({os.getpid()})\n" in xh("net").out


def test_without_net_admin_it_is_left_open(xh, dev, program, pins):  # noqa: F811
    xh("net", "attach", "xdp", *program("p").words, "dev", dev, "link", pins / "l")
    link = xh("-j", "link", "show", "pinned", pins / "l").json
    without = "setpriv", "--inh-caps=-all", "--bounding-set=-net_admin", xh.path
    assert f" link_id {link['id']} or none\n" in command(*without, "net", "list", "dev", dev).out
    assert f"({link['ifindex']})" not in command(*without, "link", "show", "id", link["id"]).out
    assert link["devname"] == dev


def test_unload_detaches_what_no_link_holds(xh, dev, twin, program, pins):  # noqa: F811
    p = program("p")
    xh("-N", twin, "net", "attach", "xdp", *p.words, "dev", dev, "link", pins / "there")
    xh("net", "attach", "xdp", *p.words, "dev", dev)
    xh("prog", "unload", *p.words, status=None)
    assert xh("-j", "net", "list", "dev", dev).json[0]["xdp"] == []
