# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh net: tcx and the filters of tc, attached, ordered, replaced, listed, detached, refused."""

import json
import re
import socket
import subprocess

import pytest

from conftest import command
from differences import (DISSECTOR, INGRESS_REPEATED, NETFILTER, NETFILTER_ROWS, TC_FILTER,
                         TC_PROGRAM, TCX, XDP_PROGRAM, same_json, same_text)
from preload import ACT_BPF, BAD_FD, NETKIT, preload  # noqa: F401
from attach import (AT_TCX_EGRESS, AT_TCX_INGRESS, FLOW_DISSECTOR, SCHED_CLS,  # noqa: F401
                    XDP, links, mprog_order, program)

HOOKS = {"tcx_ingress": AT_TCX_INGRESS, "tcx_egress": AT_TCX_EGRESS}
TC = ["tc_ingress", "tc_egress"]
PARENTS = {"tc_ingress": "ingress", "tc_egress": "egress"}


@pytest.fixture
def dev(veth):
    return veth[0]


@pytest.fixture
def cls(program):
    return lambda name: program(name, SCHED_CLS, value=0)


def rows(xh, dev):
    return xh("-j", "net", "list", "dev", dev).json[0]["tc"]


def order(xh, dev, kind):
    return [row["id"] for row in rows(xh, dev) if row["kind"] == kind]


def qdiscs(dev):
    shown = json.loads(command("tc", "-j", "qdisc", "show", "dev", dev).out)
    return [one["kind"] for one in shown if one["kind"] in ("clsact", "ingress")]


@pytest.mark.parametrize("hook", HOOKS)
def test_tcx_attach_list_detach(xh, dev, cls, hook):
    prog, ifindex, kind = cls("pass"), socket.if_nametoindex(dev), hook.replace("_", "/")
    done = xh("net", "attach", hook, *prog.words, "dev", dev)
    assert (done.out, done.err) == ("", "")
    assert mprog_order(ifindex, HOOKS[hook]) == [prog.id]
    assert f"tc:\n{dev}({ifindex}) {kind} pass prog_id {prog.id} \n\n" in xh("net").out
    assert rows(xh, dev) == [{
        "devname": dev, "ifindex": ifindex, "kind": kind, "name": "pass", "prog_id": prog.id,
        "prog_flags": [], "link_id": 0, "link_flags": [], "id": prog.id}]
    assert xh("net", "detach", hook, "dev", dev).out == ""
    assert mprog_order(ifindex, HOOKS[hook]) == []


@pytest.mark.parametrize("hook, kind", [("tcx_ingress", "tcx/ingress"), ("tcx_egress", "tcx/egress"),
                                        ("tc_ingress", "clsact/ingress"),
                                        ("tc_egress", "clsact/egress")])
def test_order(xh, dev, cls, hook, kind):
    """a; then c after all, b after a, z before all, y just before a."""
    a, b, c, y, z = (cls(name) for name in "abcyz")

    def attach(prog, *where, status=0):
        return xh("net", "attach", hook, *prog.words, "dev", dev, *where, status=status)

    attach(a)
    attach(c)
    assert order(xh, dev, kind) == [a.id, c.id]
    attach(z, "prepend")
    assert order(xh, dev, kind) == [z.id, a.id, c.id]
    if hook in HOOKS:
        attach(b, "after", *a.words)
        attach(y, "before", *a.words)
        expected = [z.id, y.id, a.id, b.id, c.id]
        assert mprog_order(socket.if_nametoindex(dev), HOOKS[hook]) == expected
    else:
        for where in "before", "after":
            assert "leave no room: pref " in attach(b, where, *a.words, status=255).err
        xh("net", "detach", hook, "dev", dev, *z.words)
        attach(y, "before", *a.words)
        expected = [y.id, a.id, c.id]
    assert order(xh, dev, kind) == expected


@pytest.mark.parametrize("hook", [*HOOKS, *TC])
def test_a_program_beside_is_not_there(xh, dev, cls, hook):
    a, b, other = cls("a"), cls("b"), cls("other")

    def refused():
        for where in "before", "after":
            done = xh("net", "attach", hook, *b.words, "dev", dev, where, *other.words, status=254)
            assert re.match(f"Error: ({other} is not attached to {hook} of {dev}|"
                            f"{dev} has no {hook} program)", done.err)

    refused()
    xh("net", "attach", hook, *a.words, "dev", dev)
    refused()
    xh("net", "detach", hook, "dev", dev)
    refused()


@pytest.mark.parametrize("hook", [*HOOKS, *TC])
def test_attached_already(xh, dev, cls, hook):
    a = cls("a")
    xh("net", "attach", hook, *a.words, "dev", dev)
    done = xh("net", "attach", hook, *a.words, "dev", dev, status=255)
    assert done.err == f"Error: {a} is attached to {hook} of {dev} already (EEXIST)\n"


@pytest.mark.parametrize("hook, kind", [("tcx_ingress", "tcx/ingress"),
                                        ("tc_egress", "clsact/egress")])
def test_replace_keeps_the_place(xh, dev, cls, hook, kind):
    a, b, c, new = (cls(name) for name in ("a", "b", "c", "new"))
    for prog in a, b, c:
        xh("net", "attach", hook, *prog.words, "dev", dev)
    xh("net", "attach", hook, *new.words, "dev", dev, "replace", *b.words)
    assert order(xh, dev, kind) == [a.id, new.id, c.id]
    done = xh("net", "attach", hook, *b.words, "dev", dev, "replace", *b.words, status=254)
    assert done.err.startswith(f"Error: {b} is not attached to {hook} of {dev}")
    assert order(xh, dev, kind) == [a.id, new.id, c.id]


@pytest.mark.parametrize("hook, kind", [("tcx_egress", "tcx/egress"),
                                        ("tc_ingress", "clsact/ingress")])
def test_overwrite_needs_a_single_one(xh, dev, cls, hook, kind):
    a, b, c = cls("a"), cls("b"), cls("c")
    xh("net", "attach", hook, *a.words, "dev", dev, "overwrite")
    xh("net", "attach", hook, *b.words, "dev", dev, "overwrite")
    assert order(xh, dev, kind) == [b.id]
    xh("net", "attach", hook, *a.words, "dev", dev)
    done = xh("net", "attach", hook, *c.words, "dev", dev, "overwrite", status=255)
    assert f"{dev} has several {hook} programs: " in done.err
    assert str(a) in done.err and str(b) in done.err
    assert order(xh, dev, kind) == [b.id, a.id]


def test_tcx_detach_takes_the_last(xh, dev, cls):
    a, b, c = cls("a"), cls("b"), cls("c")
    for prog in a, b, c:
        xh("net", "attach", "tcx_ingress", *prog.words, "dev", dev)
    xh("net", "detach", "tcx_ingress", "dev", dev, *b.words)
    assert order(xh, dev, "tcx/ingress") == [a.id, c.id]
    xh("net", "detach", "tcx_ingress", "dev", dev)
    assert order(xh, dev, "tcx/ingress") == [a.id]
    done = xh("net", "detach", "tcx_ingress", "dev", dev, *b.words, status=254)
    assert done.err == f"Error: {b} is not attached to tcx_ingress of {dev}; it has {a}\n"
    xh("net", "detach", "tcx_ingress", "dev", dev)
    done = xh("net", "detach", "tcx_ingress", "dev", dev, status=254)
    assert done.err == f"Error: {dev} has no tcx_ingress program\n"


def test_tc_detach_wants_to_know_which(xh, dev, cls):
    a, b = cls("a"), cls("b")
    assert xh("net", "detach", "tc_ingress", "dev", dev, status=254).err == (
        f"Error: {dev} has no tc_ingress program\n")
    for prog in a, b:
        xh("net", "attach", "tc_ingress", *prog.words, "dev", dev)
    done = xh("net", "detach", "tc_ingress", "dev", dev, status=255)
    assert done.err == (f"Error: {dev} has several tc_ingress programs: {a} (pref 49152), {b} "
                        "(pref 49153); say which one\n")
    xh("net", "detach", "tc_ingress", "dev", dev, *a.words)
    assert order(xh, dev, "clsact/ingress") == [b.id]
    xh("net", "detach", "tc_ingress", "dev", dev)
    assert order(xh, dev, "clsact/ingress") == []


@pytest.mark.parametrize("hook", TC)
def test_tc_filter_is_direct_action(xh, dev, cls, hook):
    prog = cls("act")
    xh("net", "attach", hook, *prog.words, "dev", dev)
    shown = command("tc", "filter", "show", "dev", dev, PARENTS[hook]).out
    assert f"act direct-action not_in_hw id {prog.id}" in shown
    row = rows(xh, dev)[0]
    assert (row["kind"], row["name"], row["filter"], row["pref"], row["chain"], row["protocol"],
            row["direct_action"]) == (f"clsact/{PARENTS[hook]}", "act", "bpf", 49152, 0, "all", True)


def test_tc_leaves_the_qdisc_when_the_filter_fails(xh, dev, cls, preload):  # noqa: F811
    """cls_bpf refuses an fd that is no program: it is made to be one on the way to the kernel. To
    take the qdisc away would take away what others may have hung on it meanwhile."""
    prog = cls("act")
    library = preload(BAD_FD)
    done = xh("net", "attach", "tc_ingress", *prog.words, "dev", dev, status=255, env=library)
    assert done.err.startswith("Error: attaching a program to tc_ingress of ")
    assert done.err.endswith("; the clsact qdisc that was made for it stays, others may use it by "
                             f"now: tc qdisc del dev {dev} clsact\n")
    assert qdiscs(dev) == ["clsact"]
    xh("net", "attach", "tc_egress", *prog.words, "dev", dev)
    done = xh("net", "attach", "tc_ingress", *prog.words, "dev", dev, status=255, env=library)
    assert "qdisc" not in done.err
    assert qdiscs(dev) == ["clsact"] and order(xh, dev, "clsact/egress") == [prog.id]


def test_tc_with_an_ingress_qdisc(xh, dev, cls):
    prog = cls("act")
    command("tc", "qdisc", "add", "dev", dev, "ingress")
    xh("net", "attach", "tc_ingress", *prog.words, "dev", dev)
    assert [row["kind"] for row in rows(xh, dev)] == ["ingress"]
    done = xh("net", "attach", "tc_egress", *prog.words, "dev", dev, status=255)
    assert done.err == f"Error: {dev} has the qdisc ingress, which has no egress (EEXIST)\n"
    xh("net", "detach", "tc_ingress", "dev", dev)
    assert rows(xh, dev) == []


def test_tc_leaves_filters_with_actions_alone(xh, dev, cls):
    old, new = cls("old"), cls("new")
    command("tc", "qdisc", "add", "dev", dev, "clsact")
    command("tc", "filter", "add", "dev", dev, "egress", "bpf", "object-pinned", old.path,
            "classid", "1:1")
    done = xh("net", "attach", "tc_egress", *new.words, "dev", dev, "replace", *old.words, status=255)
    assert "has actions of its own (EOPNOTSUPP); replace it with tc" in done.err
    assert order(xh, dev, "clsact/egress") == [old.id]


def test_filters_of_all_qdiscs_as_bpftool_has_them(xh, bpftool, veth, cls, program):
    """clsact in both directions and another chain, htb and a class of it, ingress, a dissector."""
    prog, (one, two) = cls("act"), veth
    dissector = program("dissect", FLOW_DISSECTOR, value=0)
    for line in (f"qdisc add dev {one} clsact", f"filter add dev {one} ingress bpf da",
                 f"filter add dev {one} ingress pref 5 protocol ip bpf da",
                 f"filter add dev {one} egress pref 7 chain 3 bpf",
                 f"qdisc add dev {two} root handle 1: htb default 10",
                 f"class add dev {two} parent 1: classid 1:10 htb rate 1mbit",
                 f"filter add dev {two} parent 1: bpf",
                 f"filter add dev {two} parent 1:10 bpf da",
                 f"filter add dev {two} parent 1: bpf action mirred egress redirect dev {one}",
                 "qdisc add dev lo ingress", "filter add dev lo parent ffff: bpf da"):
        before, action, after = line.partition(" action ")
        words = ["object-pinned", prog.path] if line.startswith("filter") else []
        command("tc", *before.split(), *words, *action.split(), *after.split())
    xh("net", "attach", "tcx_ingress", *prog.words, "dev", one)
    allowed = (XDP_PROGRAM, TC_FILTER, TC_PROGRAM, TCX, INGRESS_REPEATED, NETFILTER_ROWS,
               NETFILTER)
    try:
        same_text(xh("net", "list").out, bpftool("net", "list").out, *allowed)
        same_json(xh("-j", "net").out, bpftool("-j", "net").out, *allowed)
        same_json(xh("-p", "net").out, bpftool("-p", "net").out, *allowed)
        bpftool("prog", "attach", *dissector.words, "flow_dissector")
        same_text(xh("net").out, bpftool("net").out, *allowed, DISSECTOR)
        assert xh("-j", "net").json[0]["flow_dissector"] == [
            {"id": dissector.id, "prog_id": dissector.id, "name": "dissect"}]
    finally:
        command("tc", "qdisc", "del", "dev", "lo", "ingress")
        bpftool("prog", "detach", *dissector.words, "flow_dissector", status=None)
    where = [(row["kind"], row["filter"], row["protocol"], row["pref"], row["chain"])
             for row in rows(xh, one) + rows(xh, two) if "filter" in row]
    assert where == [
        ("clsact/ingress", "bpf", "ip", 5, 0), ("clsact/ingress", "bpf", "all", 49152, 0),
        ("clsact/egress", "bpf", "all", 7, 3), ("htb", "bpf", "all", 49152, 0),
        ("htb", "bpf", "all", 49151, 0), ("htb", "bpf", "all", 49152, 0)]
    assert [row["act"] for row in rows(xh, two) if "act" in row] == [[]]


def test_wrong_type_and_misplaced_words(xh, dev, cls, program):
    prog, xdp = cls("a"), program("x", XDP)
    for hook in [*HOOKS, *TC, "netkit_primary"]:
        done = xh("net", "attach", hook, *xdp.words, "dev", dev, status=255)
        assert done.err == f"Error: {xdp} is xdp, not sched_cls\n"
    for words, why in (
            (["overwrite", "replace", *prog.words], "give one of them"),
            (["prepend", "before", *prog.words], "give one of 'prepend', 'before' and 'after'"),
            (["overwrite", "prepend"], "takes the place of the one that it replaces: 'prepend'")):
        done = xh("net", "attach", "tcx_ingress", *prog.words, "dev", dev, *words, status=255)
        assert why in done.err
    done = xh("net", "attach", "xdp", *xdp.words, "dev", dev, "prepend", status=255)
    assert done.err == "Error: xdp has one program at a time: 'prepend' does not fit here\n"
    done = xh("net", "attach", "tc_egress", *prog.words, "dev", dev, "link", "/sys/fs/bpf/l",
              status=255)
    assert done.err.startswith("Error: tc_egress has filters, which no link can hold; ")
    assert rows(xh, dev) == []


def test_actions_of_bpf(xh, veth, cls, preload):  # noqa: F811
    """This kernel may have none: those of mirred are made to be some. u32 has no program else."""
    prog, (one, two) = cls("act"), veth
    ifindex, mirred = socket.if_nametoindex(one), ["action", "mirred", "egress", "redirect", "dev", two]
    command("tc", "qdisc", "add", "dev", one, "clsact")
    command("tc", "filter", "add", "dev", one, "ingress", "u32", "match", "u32", "0", "0", *mirred)
    assert rows(xh, one) == []
    command("tc", "filter", "add", "dev", one, "egress", "bpf", "object-pinned", prog.path, *mirred)
    how = {"env": preload(ACT_BPF)}
    assert (f"\n{one}({ifindex}) clsact/ingress u32 act [mirror] \n"
            f"{one}({ifindex}) clsact/egress p0:[*fsobj] id {prog.id} act [mirror] \n") in xh(
                "net", "list", **how).out
    shown = xh("-j", "net", "list", "dev", one, **how).json[0]["tc"]
    assert [(row["filter"], row["act"]) for row in shown] == [
        ("u32", [{"name": "mirror"}]), ("bpf", [{"name": "mirror"}])]


@pytest.mark.parametrize("hook, kind", [("netkit_primary", "netkit/primary"),
                                        ("netkit_peer", "netkit/peer")])
def test_netkit(xh, dev, cls, pins, preload, hook, kind):  # noqa: F811
    """This kernel may have none: veth and tcx are made to seem to be it."""
    a, b, how = cls("a"), cls("b"), {"env": preload(NETKIT)}
    ifindex, attach_type = socket.if_nametoindex(dev), hook
    xh("net", "attach", hook, *a.words, "dev", dev, **how)
    xh("net", "attach", hook, *b.words, "dev", dev, "before", *a.words, "link", pins / "l", **how)
    shown = [row for row in xh("-j", "net", "list", "dev", dev, **how).json[0]["tc"]
             if row["kind"] == kind]
    link = xh("-j", "link", "show", "pinned", pins / "l", **how).json
    assert [(row["id"], row["link_id"]) for row in shown] == [(b.id, link["id"]), (a.id, 0)]
    assert (link["type"], link["devname"], link["ifindex"], link["attach_type"]) == (
        "netkit", dev, ifindex, attach_type)
    assert f"\tifindex {dev}({ifindex})  attach_type {hook}  \n" in xh(
        "link", "show", "pinned", pins / "l", **how).out
    xh("net", "attach", hook, *cls("c").words, "dev", dev, "link", pins / "l", "replace", *b.words,
       **how)
    xh("net", "detach", hook, "dev", dev, **how)
    done = xh("net", "detach", hook, "dev", dev, status=255, **how)
    assert f"is attached to {hook} of {dev} by BPF link {link['id']} (pinned at " in done.err


@pytest.mark.parametrize("hook", ["netkit_primary", "netkit_peer"])
def test_netkit_on_another_device(xh, dev, cls, hook):
    for words in ["attach", hook, *cls("a").words], ["detach", hook]:
        done = xh("net", *words, "dev", dev, status=255)
        assert done.err.startswith(f"Error: {dev} is no netkit device (")


@pytest.mark.parametrize("hook", ["tcx_ingress", "tc_ingress"])
def test_without_privilege(xh, dev, cls, hook):
    """The kernel lets everybody attach to tcx who may open a program that is loaded."""
    prog = cls("a")
    xh("net", "attach", hook, *prog.words, "dev", dev)
    nobody = "setpriv", "--inh-caps=-all", "--bounding-set=-all", xh.path, "net"
    refused = [["detach", hook], ["attach", "tc_ingress", *cls("b").words]]
    for words in refused:
        done = command(*nobody, *words, "dev", dev, status=255)
        assert "needs CAP_NET_ADMIN (EPERM); try: sudo xh net" in done.err
    assert [row["id"] for row in rows(xh, dev)] == [prog.id]


def test_tcx_with_net_admin_alone(xh, dev, cls):
    """Nothing can be opened by its id, but hooks can be seen and changed."""
    prog = cls("a")
    admin = "setpriv", "--inh-caps=-all", "--bounding-set=-all,+net_admin", xh.path
    command(*admin, "net", "attach", "tcx_ingress", *prog.words, "dev", dev)
    done = command(*admin, "net", "list", "dev", dev)
    ifindex = socket.if_nametoindex(dev)
    assert f"{dev}({ifindex}) tcx/ingress prog_id {prog.id} \n" in done.out
    assert done.err == ""
    assert done.out.endswith("not seen: netfilter, names, links (needs CAP_SYS_ADMIN; "
                             "try: sudo xh net)\n")
    command(*admin, "net", "detach", "tcx_ingress", "dev", dev)
    assert rows(xh, dev) == []


@pytest.mark.parametrize("hook, kind, turns", [("xdp", XDP, 8), ("tcx_ingress", SCHED_CLS, 8),
                                               ("tc_ingress", SCHED_CLS, 40)])
def test_of_two_that_replace_one_wins(xh, dev, program, hook, kind, turns):
    for turn in range(turns):
        old, left, right = (program(f"{name}{turn}", kind) for name in ("old", "left", "right"))
        xh("net", "attach", hook, *old.words, "dev", dev)
        racers = [subprocess.Popen([xh.path, "net", "attach", hook, *new.words, "dev", dev,
                                    "replace", *old.words], stderr=subprocess.PIPE, text=True)
                  for new in (left, right)]
        ended = [(racer.wait(), racer.stderr.read()) for racer in racers]
        assert sorted(status for status, _ in ended) == [0, 254], ended
        winner = left if ended[0][0] == 0 else right
        section = "xdp" if hook == "xdp" else "tc"
        assert [row["id"] for row in xh("-j", "net", "list", "dev", dev).json[0][section]] == [
            winner.id]
        xh("net", "detach", hook, "dev", dev, *winner.words)


@pytest.mark.parametrize("hook", ["tcx_ingress", "tc_ingress"])
def test_of_two_that_detach_one_finds_nothing(xh, dev, cls, hook):
    prog = cls("a")
    for _ in range(8):
        xh("net", "attach", hook, *prog.words, "dev", dev)
        racers = [subprocess.Popen([xh.path, "net", "detach", hook, "dev", dev, *prog.words],
                                   stderr=subprocess.PIPE, text=True) for _ in range(2)]
        ended = [(racer.wait(), racer.stderr.read()) for racer in racers]
        assert sorted(status for status, _ in ended) == [0, 254], ended


@pytest.mark.parametrize("hook", ["tcx_ingress", "tc_ingress"])
def test_of_two_that_overwrite_none_is_left_behind(xh, dev, cls, hook):
    """The later one finds the other's program, or loses: never do both run from then on."""
    kind = "tcx/ingress" if hook in HOOKS else "clsact/ingress"
    for turn in range(12):
        old, left, right = (cls(f"{name}{turn}") for name in ("old", "left", "right"))
        xh("net", "attach", hook, *old.words, "dev", dev)
        racers = [subprocess.Popen([xh.path, "net", "attach", hook, *new.words, "dev", dev,
                                    "overwrite"], stderr=subprocess.PIPE, text=True)
                  for new in (left, right)]
        ended = [(racer.wait(), racer.stderr.read()) for racer in racers]
        there = order(xh, dev, kind)
        assert len(there) == 1 and there[0] in (left.id, right.id), ended
        assert 0 in [status for status, _ in ended], ended
        for status, said in ended:
            assert status == 0 or "changed meanwhile" in said or "has several" in said, ended
        xh("net", "detach", hook, "dev", dev)


@pytest.mark.parametrize("hook", [*HOOKS, *TC])
def test_replace_makes_no_second_one(xh, dev, cls, hook):
    q, r = cls("q"), cls("r")
    kind = hook.replace("_", "/").replace("tc/", "clsact/")
    for prog in q, r:
        xh("net", "attach", hook, *prog.words, "dev", dev)
    for old in q, r:
        done = xh("net", "attach", hook, *r.words, "dev", dev, "replace", *old.words, status=255)
        assert done.err == f"Error: {r} is attached to {hook} of {dev} already (EEXIST)\n"
    assert order(xh, dev, kind) == [q.id, r.id]


def test_tc_filters_with_the_same_program(xh, dev, cls):
    """tc makes them, and cls_bpf gives each new one the lowest handle that is free."""
    p, q = cls("p"), cls("q")
    command("tc", "qdisc", "add", "dev", dev, "clsact")
    for pref in 7, 9:
        command("tc", "filter", "add", "dev", dev, "ingress", "pref", pref, "bpf", "da",
                "object-pinned", p.path)
    done = xh("net", "attach", "tc_ingress", *q.words, "dev", dev, "replace", *p.words, status=255)
    assert done.err == (f"Error: {dev} has several tc_ingress programs: {p} (pref 7), {p} (pref 9); "
                        f"xh net detach tc_ingress dev {dev} id {p.id} takes all of these away\n")
    xh("net", "detach", "tc_ingress", "dev", dev, *p.words)
    assert order(xh, dev, "clsact/ingress") == []


def test_tc_filters_of_one_pref(xh, dev, cls):
    """A new one goes before those that are there: only the first of them can be replaced."""
    p, q, r = cls("p"), cls("q"), cls("r")
    command("tc", "qdisc", "add", "dev", dev, "clsact")
    for prog in q, p:
        command("tc", "filter", "add", "dev", dev, "ingress", "pref", 7, "bpf", "da",
                "object-pinned", prog.path)
    assert order(xh, dev, "clsact/ingress") == [p.id, q.id]
    words = "net", "attach", "tc_ingress", *r.words, "dev", dev, "replace"
    done = xh(*words, *q.words, status=255)
    assert done.err == (f"Error: the filter of pref 7 at tc_ingress runs behind another one of that "
                        "pref (EOPNOTSUPP); replace it with tc\n")
    xh(*words, *p.words)
    assert order(xh, dev, "clsact/ingress") == [r.id, q.id]


def test_tc_handles_are_not_used_again(xh, dev, cls):
    a, b = cls("a"), cls("b")
    handles = []
    for prog in a, b, a:
        xh("net", "attach", "tc_ingress", *prog.words, "dev", dev, "overwrite")
        handles.append(rows(xh, dev)[0]["handle"])
    xh("net", "detach", "tc_ingress", "dev", dev)
    xh("net", "attach", "tc_ingress", *a.words, "dev", dev)
    assert len({*handles, rows(xh, dev)[0]["handle"]}) == 4


def test_a_missing_device_is_said_first(xh, cls, program):
    prog, xdp = cls("a"), program("x", XDP)
    for hook in ["xdp", *HOOKS, *TC, "netkit_primary"]:
        for one in prog, xdp:
            done = xh("net", "attach", hook, *one.words, "dev", "nosuch0", status=254)
            assert done.err == "Error: no device 'nosuch0'\n"


def test_devices_that_vanish_while_listing(xh, dev, cls):
    prog = cls("a")
    xh("net", "attach", "tcx_ingress", *prog.words, "dev", dev)
    churn = subprocess.Popen(["sh", "-c", """
        while ip link add ca type veth peer name cb && tc qdisc add dev ca clsact &&
              tc qdisc add dev cb root handle 1: htb && ip link del ca; do :; done"""])
    try:
        for _ in range(200):
            document = xh("-j", "net", "list").json
            assert [row["id"] for row in document[0]["tc"]] == [prog.id]
    finally:
        churn.kill()
        churn.wait()
        subprocess.run(["ip", "link", "del", "ca"], stderr=subprocess.DEVNULL)
