# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh -N, net list --all-netns, net features; how many requests a listing takes."""

import collections
import json
import os
import re
import subprocess

import pytest

from conftest import command, on_terminal, until
from preload import WATCH, preload  # noqa: F401
from attach import SCHED_CLS, program  # noqa: F401

RTM_GETLINK, RTM_GETQDISC = 18, 38


@pytest.fixture
def netns():
    """A network namespace with a name, and a device "inner" in it."""
    name = f"xh{os.getpid()}"
    command("ip", "netns", "add", name)
    command("ip", "-n", name, "link", "add", "inner", "type", "veth", "peer", "name", "outer")
    yield name
    command("ip", "netns", "del", name)


def ifindex_in(netns, dev):
    return json.loads(command("ip", "-n", netns, "-j", "link", "show", dev).out)[0]["ifindex"]


@pytest.mark.parametrize("option", ["-N", "--netns"])
def test_acts_in_that_namespace(xh, netns, program, pins, option):
    prog = program("there")
    path = f"/run/netns/{netns}"
    for name in netns, path, os.path.relpath(path):
        words = [option, name] if option == "-N" else [f"{option}={name}"]
        xh(*words, "net", "attach", "xdp", *prog.words, "dev", "inner", "link", pins / "link")
        rows = xh("-j", *words, "net", "list").json[0]["xdp"]
        assert [(row["devname"], row["id"]) for row in rows] == [("inner", prog.id)]
        assert xh("-j", "net", "list").json[0]["xdp"] == []
        assert os.path.exists(pins / "link")
        os.unlink(pins / "link")
        until(lambda: xh("-j", *words, "net", "list").json[0]["xdp"] == [])


def test_no_such_namespace(xh, netns, tmp_path):
    done = xh("-N", netns + "x", "net", status=254)
    assert done.err == f"Error: no network namespace named '{netns}x'; did you mean '{netns}'?\n"
    assert xh("-j", "-N", "no", "net", status=254).json == {
        "error": "no network namespace named 'no'"}
    xh("-N", "x" * 300, "net", status=254)
    xh("-N", tmp_path / "none", "net", status=254)
    os.mkfifo(tmp_path / "fifo")
    for path in "/etc/passwd", "/", tmp_path / "fifo", "/proc/self/ns/mnt":
        done = xh("-N", path, "net", status=255)
        assert done.err == f"Error: {path} is no network namespace\n"
    done = command("setpriv", "--inh-caps=-all", "--bounding-set=-all", xh.path, "-N", netns, "net",
                   status=255)
    assert "needs CAP_SYS_ADMIN (EPERM); try: sudo xh" in done.err


def test_all_namespaces(xh, netns, veth, program):
    one, two = program("here"), program("there")
    xh("net", "attach", "xdp", *one.words, "dev", veth[0])
    xh("-N", netns, "net", "attach", "xdp", *two.words, "dev", "inner")
    parts = {part["netns"]: part for part in xh("-j", "net", "list", "--all-netns").json}
    assert [row["id"] for row in parts[None]["xdp"]] == [one.id]
    assert [row["devname"] for row in parts[netns]["xdp"]] == ["inner"]
    assert "netfilter" in parts[None] and "netfilter" not in parts[netns]
    out = xh("net", "list", "--all-netns").out
    assert out.startswith("netns (this one):\nxdp:\n")
    assert f"\nnetns {netns}:\nxdp:\ninner({ifindex_in(netns, 'inner')}) driver id {two.id}" in out
    there = xh("-j", "-N", netns, "net", "list", "--all-netns").json
    assert [part["netns"] for part in there if part["xdp"]] == [netns]
    xh("net", "list", "--all-netns", "dev", veth[0], status=255)


def test_a_name_without_a_namespace_is_passed_over(xh, netns):
    with open("/run/netns/stale", "w"):
        pass
    try:
        done = xh("-j", "net", "list", "--all-netns")
        said = on_terminal(xh.path, "-j", "net", "list", "--all-netns")
    finally:
        os.unlink("/run/netns/stale")
    assert netns in [part["netns"] for part in done.json]
    assert done.err == ""
    assert said == "Warning: /run/netns/stale is no network namespace\n"


def test_an_ifindex_of_another_namespace_is_no_local_name(xh, netns, veth, program, pins):
    """Both namespaces have a device of that ifindex, and both programs are of the same kind."""
    inner = ifindex_in(netns, "inner")
    xdp, cls = program("xdp"), program("cls", SCHED_CLS)
    xh("-N", netns, "net", "attach", "xdp", *xdp.words, "dev", "inner", "link", pins / "x")
    xh("-N", netns, "net", "attach", "tcx_ingress", *cls.words, "dev", "inner", "link", pins / "t")
    for pin in "x", "t":
        there = xh("-j", "-N", netns, "link", "show", "pinned", pins / pin).json
        assert (there["devname"], there["ifindex"]) == ("inner", inner)
        here = xh("-j", "link", "show", "pinned", pins / pin).json
        assert (here["devname"], here["ifindex"]) == ("(unknown)", inner)
        assert f"\tifindex {inner} of another network namespace  " in (
            xh("link", "show", "pinned", pins / pin).out)


def test_a_link_whose_device_is_gone_says_so(xh, program, pins):
    command("ip", "link", "add", "ga", "type", "veth", "peer", "name", "gb")
    xh("net", "attach", "xdp", *program("x").words, "dev", "ga", "link", pins / "x")
    xh("net", "attach", "tcx_egress", *program("t", SCHED_CLS).words, "dev", "ga", "link", pins / "t")
    command("ip", "link", "del", "ga")
    for pin in "x", "t":
        shown = xh("-j", "link", "show", "pinned", pins / pin).json
        assert (shown["devname"], shown["ifindex"]) == ("(detached)", 0)
        assert "\tifindex (detached)  " in xh("link", "show", "pinned", pins / pin).out


def test_features(xh, veth, program):
    command("ip", "link", "add", "xhbr0", "type", "bridge")
    try:
        shown = {row["devname"]: row for row in xh("-j", "net", "features").json}
    finally:
        command("ip", "link", "del", "xhbr0")
    ours = shown[veth[0]]
    assert (ours["driver"], ours["state"], ours["xdp"]) == ("veth", "up", "native")
    assert ours["xdp_features"] == ["basic", "redirect", "rx-sg"]
    assert (ours["mtu"], ours["min_mtu"], ours["rx_queues"]) == (1500, 68, 1)
    assert (shown["xhbr0"]["xdp"], shown["xhbr0"]["state"]) == ("generic only", "down")
    assert shown["lo"]["xdp_features"] == [] and "driver" not in shown["lo"]
    xh("net", "attach", "xdp", *program("x").words, "dev", veth[1])
    one = xh("-j", "net", "features", "dev", veth[0]).json
    assert one[0]["max_mtu"] < ours["max_mtu"] and "ndo-xmit" in one[0]["xdp_features"]
    text = xh("net", "features", "dev", veth[0]).out
    assert re.fullmatch(
        rf"{veth[0]}\(\d+\)  driver veth  up\n\txdp native  basic,redirect,ndo-xmit,\S+  "
        r"rx_metadata \S+\n\tmtu 1500  min_mtu 68  max_mtu \d+  rx_queues 1  tx_queues 1\n", text)
    assert xh("net", "features", "dev", "nosuch", status=254).err.startswith("Error: no device")
    assert command("setpriv", "--inh-caps=-all", "--bounding-set=-all", xh.path, "net", "features",
                   "dev", veth[0]).out == text


@pytest.fixture
def crowd():
    """A namespace with 200 devices."""
    name = f"crowd{os.getpid()}"
    command("ip", "netns", "add", name)
    batch = "".join(f"link add a{n} type veth peer name b{n}\n" for n in range(100))
    subprocess.run(["ip", "-n", name, "-b", "-"], input=batch, text=True, check=True)
    yield name
    command("ip", "netns", "del", name)


def test_one_dump_of_devices_however_many(xh, crowd, program, preload, tmp_path):  # noqa: F811
    """Of 200 devices 20 have XDP programs, 20 tcx, 10 a filter of tc."""
    xdp, cls = program("x"), program("c", SCHED_CLS)
    for n in range(20):
        xh("-N", crowd, "net", "attach", "xdp", *xdp.words, "dev", f"a{n}")
        xh("-N", crowd, "net", "attach", "tcx_ingress", *cls.words, "dev", f"b{n}")
    for n in range(20, 30):
        xh("-N", crowd, "net", "attach", "tc_ingress", *cls.words, "dev", f"a{n}")
    watched = tmp_path / "watched"
    done = xh("-N", crowd, "-j", "net", "list", env=preload(WATCH) | {"WATCHED": str(watched)})
    assert len(done.json[0]["xdp"]) == 20 and len(done.json[0]["tc"]) == 30
    requests = collections.Counter(map(int, watched.read_text().split()))
    assert requests[RTM_GETLINK] == 1 and requests[RTM_GETQDISC] == 1
    # Two of generic netlink for the features of drivers, two for each device that has a qdisc.
    assert sum(requests.values()) == 2 + 2 + 2 * 10
