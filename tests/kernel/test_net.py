# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh net: XDP programs on veth devices and lo, attached, listed, detached, refused."""

import json
import os
import socket
import subprocess

import pytest

from differences import (NETFILTER, NETFILTER_ROWS, XDP_PROGRAM, change_json, same_json, same_text,
                         strip_text)
from attach import AT_XDP, SCHED_CLS, XDP_HAS_FRAGS, links, program  # noqa: F401
from program import unique

EMPTY = "xdp:\n\ntc:\n\nflow_dissector:\n\nnetfilter:\n\n"


@pytest.fixture
def dev(veth):
    return veth[0]


@pytest.fixture
def lo():
    """A device whose driver has no XDP of its own."""
    yield "lo"
    subprocess.run(["ip", "link", "set", "lo", "xdp", "off"], check=True)


def listing(dev, mode, prog):
    row = f"{dev}({socket.if_nametoindex(dev)}) {mode} id {prog.id} name {prog.name}\n"
    return EMPTY.replace("xdp:\n", "xdp:\n" + row)


def document(*rows):
    return [{"xdp": list(rows), "tc": [], "flow_dissector": [], "netfilter": []}]


VETH = ["basic", "redirect", "rx-sg"]
PEER_OF_XDP = ["basic", "redirect", "ndo-xmit", "rx-sg", "ndo-xmit-sg"]


def row(dev, mode, prog, features=VETH):
    return {"devname": dev, "ifindex": socket.if_nametoindex(dev), "mode": mode, "id": prog.id,
            "prog_id": prog.id, "name": prog.name, "xdp_features": features}


def assert_like_bpftool(xh, bpftool, *words, **how):
    for options, same in [[], same_text], [["-j"], same_json], [["-p"], same_json]:
        line = *options, "net", "list", *words
        same(xh(*line, **how).out, bpftool(*line, **how).out, XDP_PROGRAM, NETFILTER_ROWS, NETFILTER)


def text_of(done):
    return strip_text(done.out, NETFILTER_ROWS)


def document_of(done):
    return change_json(done.json, NETFILTER_ROWS)


def without(*words, keep=()):
    """The command line under root's uid, but without its capabilities."""
    bounding = ",".join(["-all", *(f"+{cap}" for cap in keep)])
    return "setpriv", "--inh-caps=-all", f"--bounding-set={bounding}", *words


def run_without(keep, xh, *words, status):
    done = subprocess.run(without(xh.path, *words, keep=keep), capture_output=True, text=True)
    assert done.returncode == status, done
    return done


def attached(xh, dev):
    return [(one["mode"], one["id"]) for one in xh("-j", "net", "list", "dev", dev).json[0]["xdp"]]


def test_nothing_attached(xh, dev, bpftool):
    for words in ["net"], ["net", "list"], ["net", "show"], ["net", "list", "dev", dev], ["n", "s"]:
        assert text_of(xh(*words)) == EMPTY
        assert document_of(xh("-j", *words)) == document()
    assert_like_bpftool(xh, bpftool)


@pytest.mark.parametrize("hook, mode", [("xdp", "driver"), ("xdpdrv", "driver"),
                                        ("xdpgeneric", "generic")])
def test_attach_list_detach(xh, bpftool, dev, program, hook, mode):
    prog = program("hello")
    assert xh("net", "attach", hook, *prog.words, "dev", dev).out == ""
    assert text_of(xh("net", "list")) == listing(dev, mode, prog)
    assert text_of(xh("net", "list", "dev", dev)) == listing(dev, mode, prog)
    assert document_of(xh("-j", "net", "list")) == document(row(dev, mode, prog))
    assert_like_bpftool(xh, bpftool)
    assert_like_bpftool(xh, bpftool, "dev", dev)
    done = xh("net", "detach", hook, "dev", dev)
    assert (done.out, done.err) == ("", "")
    assert text_of(xh("net", "list")) == EMPTY


def test_json_of_what_is_silent(xh, dev, program):
    prog = program("hello")
    assert xh("-j", "net", "attach", "xdp", *prog.words, "dev", dev).out == "null\n"
    assert xh("-j", "net", "detach", "xdp", "dev", dev).out == "null\n"
    assert xh("-j", "net", "detach", "xdp", "dev", dev, status=254).json == {
        "error": f"{dev} has no XDP program"}


def test_program_by_id_name_and_tag(xh, bpftool, dev, program):
    name = unique("one")
    prog = program(name, value=os.getpid())
    tag = json.loads(bpftool("-j", "prog", "show", "id", prog.id).out)["tag"]
    for words in ["id", prog.id], ["name", name], ["tag", tag]:
        xh("net", "attach", "xdp", *words, "dev", dev)
        assert attached(xh, dev) == [("driver", prog.id)]
        xh("net", "detach", "xdp", "dev", dev)


def test_several_devices(xh, bpftool, veth, lo, program):
    first, second = program("first"), program("second")
    xh("net", "attach", "xdpgeneric", *first.words, "dev", veth[1])
    xh("net", "attach", "xdp", *second.words, "dev", veth[0])
    xh("net", "attach", "xdp", *first.words, "dev", lo)
    rows = xh("-j", "net", "list").json[0]["xdp"]
    assert sorted(rows, key=lambda one: one["devname"]) == [
        row(lo, "generic", first, []), row(veth[0], "driver", second),
        row(veth[1], "generic", first, PEER_OF_XDP)]
    assert_like_bpftool(xh, bpftool)


def test_plain_xdp_is_generic_where_the_driver_has_none(xh, lo, program):
    prog = program("hello")
    xh("net", "attach", "xdp", *prog.words, "dev", lo)
    assert attached(xh, lo) == [("generic", prog.id)]
    xh("net", "detach", "xdp", "dev", lo)
    assert attached(xh, lo) == []


def test_attach_over_another(xh, dev, program):
    old, new = program("old"), program("new")
    xh("net", "attach", "xdp", *old.words, "dev", dev)
    for hook in "xdp", "xdpdrv":
        done = xh("net", "attach", hook, *new.words, "dev", dev, status=255)
        assert done.err == (f"Error: {dev} already has {old} in driver mode (EBUSY); "
                            f"add 'replace id {old.id}' to replace exactly that one, or 'overwrite'\n")
    xh("net", "attach", "xdp", *new.words, "dev", dev, "overwrite")
    assert attached(xh, dev) == [("driver", new.id)]


@pytest.mark.parametrize("there, mode, wanted", [("xdpdrv", "driver", "xdpgeneric"),
                                                 ("xdpgeneric", "generic", "xdpdrv"),
                                                 ("xdpgeneric", "generic", "xdp")])
def test_native_and_generic_conflict(xh, dev, program, there, mode, wanted):
    old, new = program("old"), program("new")
    xh("net", "attach", there, *old.words, "dev", dev)
    for more in [], ["overwrite"]:
        done = xh("net", "attach", wanted, *new.words, "dev", dev, *more, status=255)
        assert done.err == (
            f"Error: attach {new} to {dev}: Native and generic XDP can't be active at the same time "
            f"(EEXIST); {old} is attached in {mode} mode: xh net detach {there} dev {dev}\n")
    assert attached(xh, dev) == [(mode, old.id)]


@pytest.mark.parametrize("there, mode, wanted, absent", [
    ("xdpdrv", "driver", "xdpgeneric", "generic"), ("xdpdrv", "driver", "xdpoffload", "offload"),
    ("xdpgeneric", "generic", "xdpdrv", "driver"), ("xdpgeneric", "generic", "xdp", "driver")])
def test_detach_in_the_wrong_mode(xh, dev, program, there, mode, wanted, absent):
    prog = program("hello")
    xh("net", "attach", there, *prog.words, "dev", dev)
    done = xh("net", "detach", wanted, "dev", dev, status=254)
    assert done.err == (f"Error: {dev} has no XDP program in {absent} mode; {prog} is attached in "
                        f"{mode} mode: xh net detach {there} dev {dev}\n")
    assert attached(xh, dev) == [(mode, prog.id)]


@pytest.mark.parametrize("hook", ["xdp", "xdpgeneric", "xdpdrv", "xdpoffload"])
def test_detach_with_nothing_attached(xh, dev, hook):
    assert xh("net", "detach", hook, "dev", dev, status=254).err == (
        f"Error: {dev} has no XDP program\n")


def test_wrong_type(xh, dev, program):
    prog = program("cls", SCHED_CLS)
    for hook in "xdp", "xdpgeneric", "xdpdrv", "xdpoffload":
        done = xh("net", "attach", hook, *prog.words, "dev", dev, status=255)
        assert done.err == f"Error: {prog} is sched_cls, not xdp\n"


def test_driver_without_xdp(xh, lo, program):
    prog = program("hello")
    why = (f"Error: attach {prog} to lo: Underlying driver does not support XDP in native mode "
           "(EOPNOTSUPP); ")
    done = xh("net", "attach", "xdpdrv", *prog.words, "dev", "lo", status=255)
    assert done.err == why + "attach as xdpgeneric, which needs nothing from the driver\n"
    done = xh("net", "attach", "xdpoffload", *prog.words, "dev", "lo", status=255)
    assert done.err == why + "to offload takes a device that can, and a program loaded for it\n"


def test_device_that_cannot_offload(xh, dev, program):
    prog = program("hello")
    done = xh("net", "attach", "xdpoffload", *prog.words, "dev", dev, status=255)
    assert done.err.startswith(f"Error: attach {prog} to {dev}: Invalid argument (EINVAL); ")


def test_large_mtu(xh, veth, program):
    prog, frags = program("hello"), program("frags", flags=XDP_HAS_FRAGS)
    subprocess.run(["ip", "link", "set", veth[1], "mtu", "9000"], check=True)
    for hook in "xdp", "xdpdrv":
        done = xh("net", "attach", hook, *prog.words, "dev", veth[0], status=255)
        assert done.err == (
            f"Error: attach {prog} to {veth[0]}: veth: Peer MTU is too large to set XDP (ERANGE); "
            "build it as xdp.frags, lower the MTU, or attach as xdpgeneric\n")
    xh("net", "attach", "xdp", *frags.words, "dev", veth[0])
    xh("net", "detach", "xdp", "dev", veth[0])
    xh("net", "attach", "xdpgeneric", *prog.words, "dev", veth[0])


def test_no_such_device(xh, dev, program):
    prog = program("hello")
    for words in (["attach", "xdp", *prog.words], ["detach", "xdp"], ["list"]):
        done = xh("net", *words, "dev", dev + "x", status=254)
        assert done.err == f"Error: no device '{dev}x'; did you mean '{dev}'?\n"
        done = xh("net", *words, "dev", "nothing_like_it", status=254)
        assert done.err == "Error: no device 'nothing_like_it'\n"
        done = xh("net", *words, "dev", "x" * 16, status=255)
        assert "15 characters" in done.err
    done = xh("-j", "net", "list", "dev", dev + "x", status=254)
    assert done.json == {"error": f"no device '{dev}x'; did you mean '{dev}'?"}


def test_alternative_name(xh, dev, program):
    prog = program("hello")
    subprocess.run(["ip", "link", "property", "add", "dev", dev, "altname", "uplink"], check=True)
    xh("net", "attach", "xdp", *prog.words, "dev", "uplink")
    assert text_of(xh("net", "list", "dev", "uplink")) == listing(dev, "driver", prog)


def test_name_of_several_programs(xh, dev, program):
    one, two = program("twin"), program("twin")
    done = xh("net", "attach", "xdp", "name", "twin", "dev", dev, status=255)
    assert f"id {one.id} " in done.err and f"id {two.id} " in done.err
    assert attached(xh, dev) == []


def test_what_is_no_program(xh, dev, bpf, pins):
    fd = bpf.map_create(2, 4, 4, 1)
    bpf.obj_pin(fd, str(pins / "m"))
    os.close(fd)
    done = xh("net", "attach", "xdp", "pinned", pins / "m", "dev", dev, status=255)
    assert "is a map, not a program" in done.err
    xh("net", "attach", "xdp", "pinned", pins / "none", "dev", dev, status=254)
    xh("net", "attach", "xdp", "id", 4294967295, "dev", dev, status=254)
    xh("net", "attach", "xdp", "id", 4294967296, "dev", dev, status=255)


@pytest.mark.parametrize("words", [
    ["attach"], ["attach", "xdp"], ["attach", "xdp", "id", "1"], ["attach", "xdp", "id", "1", "dev"],
    ["attach", "bogus", "id", "1", "dev", "lo"], ["detach"], ["detach", "xdp"],
    ["detach", "xdp", "dev", ""], ["detach", "xdpx", "dev", "lo"], ["list", "dev"],
    ["list", "lo"], ["list", "dev", "lo", "more"], ["bogus"],
    ["attach", "tcx_ingress", "id", "1", "dev", "lo", "before"],
    ["attach", "tcx_ingress", "id", "1", "dev", "lo", "after", "lo"],
    ["attach", "xdp", "id", "1", "dev", "lo", "replace", "overwrite"],
    ["attach", "xdp", "id", "1", "dev", "lo", "link"], ["features", "lo"], ["features", "dev"],
    ["list", "--all-netns", "dev", "lo"], ["detach", "xdp", "dev", "lo", "1"]])
def test_usage(xh, words):
    done = xh("net", *words, status=255)
    assert done.out == "" and done.err.startswith("Error: ") and done.err.count("\n") == 1


def test_unknown_attach_type_lists_the_known(xh):
    done = xh("net", "detach", "xdpfast", "dev", "lo", status=255)
    assert all(hook in done.err for hook in ("xdp,", "xdpgeneric", "xdpdrv", "xdpoffload"))


def test_link_has_the_hook(xh, dev, program, links, pins):
    held, other = program("held"), program("other")
    link = links.create(held, socket.if_nametoindex(dev), AT_XDP)
    assert attached(xh, dev) == [("driver", held.id)]
    xh("link", "pin", "id", link, pins / "link")
    for words in (["attach", "xdp", *other.words, "dev", dev],
                  ["attach", "xdp", *other.words, "dev", dev, "overwrite"],
                  ["attach", "xdp", *other.words, "dev", dev, "replace", *held.words],
                  ["detach", "xdp", "dev", dev], ["detach", "xdp", "dev", dev, *held.words]):
        done = xh("net", *words, status=255)
        assert done.err == (
            f"Error: {held} is attached to {dev} in driver mode by BPF link {link} (pinned at "
            f"{pins / 'link'}, held by {comm()}({os.getpid()})) (EBUSY); xh link detach id {link}\n")
    xh("link", "detach", "id", link)
    assert attached(xh, dev) == []


def comm():
    with open("/proc/self/comm") as name:
        return name.read().strip()


def test_without_privilege(xh, dev, program):
    prog = program("hello")
    xh("net", "attach", "xdp", *prog.words, "dev", dev)

    def nobody(*words, status):
        return run_without((), xh, *words, status=status)

    expected = row(dev, "driver", prog)
    del expected["name"]
    done = nobody("net", "list", status=0)
    assert done.stdout == listing(dev, "driver", prog).replace(" name hello", "") + (
        "not seen: tcx, netkit, flow_dissector (needs CAP_NET_ADMIN; try: sudo xh net)\n"
        "not seen: netfilter, names, links (needs CAP_SYS_ADMIN; try: sudo xh net)\n")
    assert done.stderr == ""
    (told,) = json.loads(nobody("-j", "net", "list", status=0).stdout)
    assert told.pop("unseen") == ["tcx", "netkit", "flow_dissector", "netfilter", "names", "links"]
    assert [told] == document(expected)
    assert "unseen" not in xh("-j", "net", "list").json[0]
    for words in ["detach", "xdp"], ["attach", "xdp", *prog.words]:
        done = nobody("net", *words, "dev", dev, status=255)
        assert "needs CAP_NET_ADMIN (EPERM); try: sudo" in done.stderr
    done = nobody("net", "attach", "xdp", "id", str(prog.id), "dev", dev, status=255)
    assert "needs CAP_SYS_ADMIN (EPERM); try: sudo" in done.stderr
    assert attached(xh, dev) == [("driver", prog.id)]


def test_detach_with_net_admin_alone(xh, dev, program):
    """The program cannot be opened by its id: what the kernel did has to be looked up."""
    prog = program("hello")

    def admin(*words, status):
        return run_without(["net_admin"], xh, *words, status=status)

    xh("net", "attach", "xdp", *prog.words, "dev", dev)
    admin("net", "detach", "xdp", "dev", dev, status=0)
    assert attached(xh, dev) == []
    admin("net", "attach", "xdpgeneric", *prog.words, "dev", dev, status=0)
    done = admin("net", "detach", "xdp", "dev", dev, status=254)
    assert done.stderr == (
        f"Error: {dev} has no XDP program in driver mode; program {prog.id} is attached in "
        f"generic mode: xh net detach xdpgeneric dev {dev}\n")
    admin("net", "detach", "xdpgeneric", "dev", dev, status=0)
    assert attached(xh, dev) == []


def test_names_that_a_terminal_would_obey(xh, dev, program):
    prog, name = program("hello"), "e\x1b[31m"
    subprocess.run(["ip", "link", "set", dev, "name", name], check=True)
    try:
        xh("net", "attach", "xdp", *prog.words, "dev", name)
        assert "\ne\\x1b[31m(" in xh("net", "list").out
        assert r'"devname":"e\u001b[31m"' in xh("-j", "net", "list").out
        assert "\x1b" not in xh("net", "detach", "xdpgeneric", "dev", name, status=254).err
    finally:
        subprocess.run(["ip", "link", "set", name, "name", dev], check=True)


def test_devices_come_and_go_while_listing(xh, dev, program):
    prog = program("hello")
    xh("net", "attach", "xdp", *prog.words, "dev", dev)
    churn = subprocess.Popen(
        ["sh", "-c", "while ip link add ca type veth peer name cb && ip link del ca; do :; done"])
    try:
        for _ in range(200):
            assert attached(xh, dev) == [("driver", prog.id)]
            assert text_of(xh("net", "list")) == listing(dev, "driver", prog)
    finally:
        churn.kill()
        churn.wait()
        subprocess.run(["ip", "link", "del", "ca"], stderr=subprocess.DEVNULL)


# Only hardware that offloads has programs in two modes at once: every answer is made to say so.
SEVERAL_MODES = r"""
#include <dlfcn.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

static void change(struct rtattr *attr, int left)
{
	for (; RTA_OK(attr, left); attr = RTA_NEXT(attr, left)) {
		if (attr->rta_type == IFLA_XDP_ATTACHED && *(char *)RTA_DATA(attr))
			*(char *)RTA_DATA(attr) = XDP_ATTACHED_MULTI;
		if (attr->rta_type == IFLA_XDP_PROG_ID)
			attr->rta_type = IFLA_XDP_SKB_PROG_ID;
	}
}

static ssize_t change_all(struct nlmsghdr *message, ssize_t len)
{
	int rest = len;

	for (; NLMSG_OK(message, rest); message = NLMSG_NEXT(message, rest)) {
		struct rtattr *attr = IFLA_RTA(NLMSG_DATA(message));
		int left = IFLA_PAYLOAD(message);

		for (; message->nlmsg_type == RTM_NEWLINK && RTA_OK(attr, left);
		     attr = RTA_NEXT(attr, left)) {
			if ((attr->rta_type & NLA_TYPE_MASK) == IFLA_XDP)
				change(RTA_DATA(attr), RTA_PAYLOAD(attr));
		}
	}
	return len;
}

ssize_t recv(int fd, void *into, size_t size, int flags)
{
	ssize_t (*real)(int, void *, size_t, int) = dlsym(RTLD_NEXT, "recv");
	ssize_t len = real(fd, into, size, flags);

	return flags & MSG_PEEK || len < 0 ? len : change_all(into, len);
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
	ssize_t (*real)(int, struct msghdr *, int) = dlsym(RTLD_NEXT, "recvmsg");
	ssize_t len = real(fd, message, flags);

	return flags & MSG_PEEK || len < 0 ? len : change_all(message->msg_iov->iov_base, len);
}
"""


@pytest.fixture(scope="module")
def several_modes(tmp_path_factory):
    """The environment in which a device with one program seems to have it in two modes."""
    directory = tmp_path_factory.mktemp("several")
    (directory / "several.c").write_text(SEVERAL_MODES)
    library = directory / "several.so"
    subprocess.run(["cc", "-D_GNU_SOURCE", "-shared", "-fPIC", "-o", library,
                    directory / "several.c", "-ldl"], check=True)
    return os.environ | {"LD_PRELOAD": str(library), "ASAN_OPTIONS": "verify_asan_link_order=0"}


def test_several_modes_at_once(xh, bpftool, dev, program, several_modes):
    prog = program("hello")
    xh("net", "attach", "xdp", *prog.words, "dev", dev)
    for words in [], ["dev", dev]:
        rows = xh("-j", "net", "list", *words, env=several_modes).json[0]["xdp"]
        assert rows == [{
            "devname": dev, "ifindex": socket.if_nametoindex(dev), "multi_attachments": [
                {"mode": mode, "id": prog.id, "prog_id": prog.id, "name": "hello"}
                for mode in ("generic", "driver")], "xdp_features": VETH}]
        assert_like_bpftool(xh, bpftool, *words, env=several_modes)
