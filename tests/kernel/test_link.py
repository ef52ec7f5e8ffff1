# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh link: links of every type that this kernel makes, shown, pinned, detached."""

import ctypes
import os
import platform
import socket
import struct
import subprocess

import pytest

import kernel
import oracle
from conftest import command, until
from differences import LINK_KEY, PIDS, same_json, same_text, status_of_shown_link
from attach import (AT_EGRESS, AT_FLOW_DISSECTOR, AT_NETFILTER, AT_PERF_EVENT,  # noqa: F401
                    AT_SK_LOOKUP, AT_SK_SKB_VERDICT, AT_TCX_INGRESS, AT_UPROBE_MULTI, AT_XDP,
                    CGROUP_SKB, FLOW_DISSECTOR, KPROBE, NETFILTER, PERF_EVENT, RAW_TRACEPOINT,
                    SCHED_CLS, SK_LOOKUP, SK_SKB, TRACEPOINT, links, program)

RAW_TRACEPOINT_OPEN, SOCKMAP = 17, 15
NR_PERF_EVENT_OPEN = {"x86_64": 298, "aarch64": 241, "riscv64": 241, "s390x": 331, "ppc64le": 319}

ITERATORS = r"""
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, int);
	__type(value, int);
} elements SEC(".maps");
SEC("iter/task") int tasks(void *ctx) { return 0; }
SEC("iter/bpf_map_elem") int elems(void *ctx) { return 0; }
SEC("iter/cgroup") int groups(void *ctx) { return 0; }
char _license[] SEC("license") = "GPL";
"""


def perf_event(kind, config, config1=0, config2=0):
    """An fd of a perf event of this process, as perf_event_open(2) makes it."""
    attr = struct.pack("IIQQQQQIIQQ", kind, 128, config, 1, 0, 0, 1, 0, 0, config1, config2)
    data = ctypes.create_string_buffer(attr.ljust(128, b"\0"), 128)
    fd = kernel.libc.syscall(NR_PERF_EVENT_OPEN[platform.machine()], data, os.getpid(), -1, -1, 8)
    if fd < 0:
        raise OSError(ctypes.get_errno(), "perf_event_open")
    return fd


def event_source(name):
    with open(f"/sys/bus/event_source/devices/{name}/type") as number:
        return int(number.read())


def show(xh, link):
    return xh("link", "show", "id", link).out, xh("-j", "link", "show", "id", link).json


def known(shown, *keys):
    """The document without what was compared already."""
    return {key: value for key, value in shown.items() if key not in (*keys, "pids")}


def text_of(out):
    return "".join(line for line in out.splitlines(True) if not line.startswith("\tpids "))


def assert_like_bpftool(xh, bpftool, link):
    for options, same in [[], same_text], [["-j"], same_json], [["-p"], same_json]:
        words = *options, "link", "show", "id", link
        theirs = bpftool(*words, status=status_of_shown_link())
        same(xh(*words).out, theirs.out, PIDS, LINK_KEY)


def assert_like_newer_bpftool(xh, bpftool, link):
    """Of types of which 7.1 knows the number alone; 7.4 does not know all and lacks cookies."""
    if not oracle.is_before((7, 5)):
        assert_like_bpftool(xh, bpftool, link)


def test_raw_tracepoint(xh, bpftool, program, links):
    prog = program("raw", RAW_TRACEPOINT, value=0)
    name = ctypes.create_string_buffer(b"sched_switch")
    cookie = 77
    attr = struct.pack("QIIQ", ctypes.addressof(name), prog.fd, 0, cookie)
    link = links.keep(kernel.bpf(RAW_TRACEPOINT_OPEN, attr)[0])
    out, shown = show(xh, link)
    assert text_of(out) == (f"{link}: raw_tracepoint  prog {prog.id}  \n"
                            "\ttp 'sched_switch'  cookie 77  \n")
    assert known(shown) == {"id": link, "type": "raw_tracepoint", "prog_id": prog.id,
                            "tp_name": "sched_switch", "cookie": 77}
    links.close()
    attr = struct.pack("QIIQ", ctypes.addressof(name), prog.fd, 0, 0)
    assert_like_bpftool(xh, bpftool, links.keep(kernel.bpf(RAW_TRACEPOINT_OPEN, attr)[0]))


def test_cgroup(xh, bpftool, program, links):
    prog = program("egress", CGROUP_SKB, attach_type=AT_EGRESS, value=1)
    with open("/proc/self/mounts") as mounts:
        roots = [line.split()[1] for line in mounts if line.split()[2] == "cgroup2"]
    if not roots:
        pytest.skip("no cgroup2 is mounted")
    path = f"{roots[0]}/xh{os.getpid()}"
    os.mkdir(path)
    fd = os.open(path, os.O_RDONLY)
    try:
        link = links.create(prog, fd, AT_EGRESS)
        assert_like_bpftool(xh, bpftool, link)
        _, shown = show(xh, link)
        assert known(shown) == {"id": link, "type": "cgroup", "prog_id": prog.id,
                                "cgroup_id": os.stat(path).st_ino,
                                "attach_type": "cgroup_inet_egress"}
    finally:
        os.close(fd)
        os.rmdir(path)
    until(lambda: show(xh, link)[1]["cgroup_id"] == 0)
    assert "\tcgroup_id 0  attach_type cgroup_inet_egress  (detached)  \n" in show(xh, link)[0]
    assert show(xh, link)[1]["detached"] is True


@pytest.mark.parametrize("kind, attach_type, name", [
    (FLOW_DISSECTOR, AT_FLOW_DISSECTOR, "flow_dissector"), (SK_LOOKUP, AT_SK_LOOKUP, "sk_lookup")])
def test_netns(xh, bpftool, program, links, kind, attach_type, name):
    prog = program("net", kind, attach_type=attach_type, value=1)
    netns = os.open("/proc/self/ns/net", os.O_RDONLY)
    try:
        link = links.create(prog, netns, attach_type)
        inode = os.fstat(netns).st_ino
    finally:
        os.close(netns)
    assert_like_bpftool(xh, bpftool, link)
    assert known(show(xh, link)[1]) == {"id": link, "type": "netns", "prog_id": prog.id,
                                        "netns_ino": inode, "attach_type": name}
    if name == "flow_dissector":
        assert xh("-j", "net").json[0]["flow_dissector"][0]["link_id"] == link


@pytest.fixture
def iterators(bpftool, pins, compile_bpf):
    bpftool("prog", "loadall", compile_bpf(ITERATORS, "iter"), pins / "it", "pinmaps", pins / "im")
    fds = {name: kernel.obj_get(str(pins / "it" / name)) for name in ("tasks", "elems", "groups")}
    fds["map"] = kernel.obj_get(str(pins / "im" / "elements"))
    yield fds
    for fd in fds.values():
        os.close(fd)


def create_iterator(links, fd, info):
    """`info` is a union bpf_iter_link_info."""
    data = ctypes.create_string_buffer(info, len(info))
    attr = struct.pack("IIIIQI", fd, 0, 28, 0, ctypes.addressof(data) if info else 0, len(info))
    return links.keep(kernel.bpf(kernel.LINK_CREATE, attr)[0])


def test_iterators(xh, bpftool, iterators, links):
    map_link = create_iterator(links, iterators["elems"], struct.pack("I", iterators["map"]))
    assert_like_bpftool(xh, bpftool, map_link)
    assert "target_name bpf_map_elem  map_id " in show(xh, map_link)[0]
    all_tasks = create_iterator(links, iterators["tasks"], b"")
    assert_like_bpftool(xh, bpftool, all_tasks)
    one_task = create_iterator(links, iterators["tasks"], struct.pack("III", os.getpid(), 0, 0))
    out, shown = show(xh, one_task)
    assert f"  target_name task  tid {os.getpid()} \n" in out
    assert (shown["target_name"], shown["tid"]) == ("task", os.getpid())
    group = create_iterator(links, iterators["groups"], struct.pack("IIQ", 1, 0, 0))
    out, shown = show(xh, group)
    assert shown["order"] == "self_only" and shown["cgroup_id"] > 0
    assert f"  target_name cgroup  cgroup_id {shown['cgroup_id']}  order self_only  \n" in out


def test_xdp_and_tcx(xh, bpftool, program, links, veth):
    ifindex = socket.if_nametoindex(veth[0])
    xdp, cls = program("x"), program("c", SCHED_CLS)
    link = links.create(xdp, ifindex, AT_XDP)
    out, shown = show(xh, link)
    assert text_of(out) == f"{link}: xdp  prog {xdp.id}  \n\tifindex {veth[0]}({ifindex})  \n"
    assert known(shown) == {"id": link, "type": "xdp", "prog_id": xdp.id, "devname": veth[0],
                            "ifindex": ifindex}
    link = links.create(cls, ifindex, AT_TCX_INGRESS)
    out, shown = show(xh, link)
    assert text_of(out) == (f"{link}: tcx  prog {cls.id}  \n\tifindex {veth[0]}({ifindex})  "
                            "attach_type tcx_ingress  \n")
    assert known(shown) == {"id": link, "type": "tcx", "prog_id": cls.id, "devname": veth[0],
                            "ifindex": ifindex, "attach_type": "tcx_ingress"}
    assert_like_newer_bpftool(xh, bpftool, link)


def test_two_links_of_one_program_and_ifindex(xh, program, links, veth):
    """Which of them is here cannot be told: a name would be a guess."""
    netns = f"xh{os.getpid()}"
    prog, ifindex = program("x"), socket.if_nametoindex(veth[0])
    here = links.create(prog, ifindex, AT_XDP)
    command("ip", "netns", "add", netns)
    try:
        command("ip", "-n", netns, "link", "add", "va", "index", ifindex, "type", "veth", "peer",
                "name", "vb")
        xh("-N", netns, "net", "attach", "xdp", *prog.words, "dev", "va", "link", prog.path + "l")
        assert show(xh, here)[1]["devname"] == "(unknown)"
        os.unlink(prog.path + "l")
        until(lambda: show(xh, here)[1]["devname"] == veth[0])
    finally:
        command("ip", "netns", "del", netns)


def test_netfilter(xh, bpftool, program, links, pins):
    prog = program("nf", NETFILTER, attach_type=AT_NETFILTER, value=1)
    made = [links.create(prog, 0, AT_NETFILTER, 0, struct.pack("IIiI", family, hook, prio, flags))
            for family, hook, prio, flags in ((10, 4, 21, 0), (2, 1, -128, 1), (2, 0, -128, 0))]
    words = ["ip6 postrouting prio 21", "ip input prio -128 flags 0x1", "ip prerouting prio -128"]
    for link, expected in zip(made, words):
        assert text_of(show(xh, link)[0]) == f"{link}: netfilter  prog {prog.id}  \n\t{expected}\n"
        assert_like_newer_bpftool(xh, bpftool, link)
    assert known(show(xh, made[1])[1]) == {"id": made[1], "type": "netfilter", "prog_id": prog.id,
                                           "pf": 2, "hook": 1, "prio": -128, "flags": 1}
    expected = "".join(
        f"\t{words[n]} prog_id {prog.id} name nf link_id {made[n]}\n" for n in (2, 1, 0))
    section = xh("net").out.split("netfilter:\n\n")[1]
    assert "".join(line for line in section.splitlines(True)
                   if f" prog_id {prog.id} " in line) == expected
    rows = [row for row in xh("-f", "-j", "net").json[0]["netfilter"] if row["id"] == prog.id]
    assert [row["link_id"] for row in rows] == [made[2], made[1], made[0]]
    assert list(rows[0])[:8] == ["pf", "hook", "prio", "flags", "id", "prog_id", "name", "link_id"]
    assert rows[0]["pinned"] == [prog.path]


def test_sockmap(xh, bpftool, program, links):
    prog = program("verdict", SK_SKB, attach_type=AT_SK_SKB_VERDICT, value=1)
    sockmap = kernel.map_create(SOCKMAP, 4, 4, 1)
    try:
        link = links.create(prog, sockmap, AT_SK_SKB_VERDICT)
        out, shown = show(xh, link)
        assert text_of(out) == (f"{link}: sockmap  prog {prog.id}  \n\tmap_id {shown['map_id']}  "
                                "attach_type sk_skb_verdict  \n")
        assert_like_newer_bpftool(xh, bpftool, link)
    finally:
        os.close(sockmap)


@pytest.fixture
def code(tmp_path):
    """A file to probe, which no process runs: the kernel looks at its bytes when one does."""
    path = tmp_path / "code"
    path.write_bytes(bytes(4096))
    return str(path)


@pytest.mark.parametrize("returns", [0, 1])
def test_uprobe_multi(xh, bpftool, program, links, code, returns):
    prog = program("multi", KPROBE, attach_type=AT_UPROBE_MULTI, value=0)
    path, first, second = code, 0x40, 0xabc
    name = ctypes.create_string_buffer(path.encode())
    offsets = (ctypes.c_uint64 * 2)(first, second)
    cookies = (ctypes.c_uint64 * 2)(7, 0x1234)
    tail = struct.pack("QQQQIII", ctypes.addressof(name), ctypes.addressof(offsets), 0,
                       ctypes.addressof(cookies), 2, returns, os.getpid())
    link = links.create(prog, 0, AT_UPROBE_MULTI, 0, tail)
    out, shown = show(xh, link)
    word = "uretprobe.multi" if returns else "uprobe.multi"
    assert text_of(out) == (
        f"{link}: uprobe_multi  prog {prog.id}  \n"
        f"\t{word}  path {path}  func_cnt 2  pid {os.getpid()}  \n"
        f"\t{'offset':16}   {'ref_ctr_offset':16}   {'cookies':16}\n"
        f"\t0x{first:<16x} 0x{0:<16x} 0x{7:<16x}\n\t0x{second:<16x} 0x{0:<16x} 0x{0x1234:<16x}\n")
    assert known(shown) == {
        "id": link, "type": "uprobe_multi", "prog_id": prog.id, "retprobe": bool(returns),
        "path": path, "func_cnt": 2, "pid": os.getpid(), "funcs": [
            {"offset": first, "ref_ctr_offset": 0, "cookie": 7},
            {"offset": second, "ref_ctr_offset": 0, "cookie": 0x1234}]}
    assert_like_newer_bpftool(xh, bpftool, link)


def perf_link(links, prog, event, cookie=0):
    try:
        return links.create(prog, event, AT_PERF_EVENT, 0, struct.pack("Q", cookie))
    finally:
        os.close(event)


@pytest.mark.parametrize("returns", [0, 1])
def test_uprobe(xh, bpftool, program, links, code, returns):
    prog, path, offset = program("probe", KPROBE, value=0), code, 0x40
    name = ctypes.create_string_buffer(path.encode())
    event = perf_event(event_source("uprobe"), returns, ctypes.addressof(name), offset)
    link = perf_link(links, prog, event, 9)
    out, shown = show(xh, link)
    word = "uretprobe" if returns else "uprobe"
    assert text_of(out) == (f"{link}: perf_event  prog {prog.id}  \n"
                            f"\t{word} {path}+{offset:#x}  cookie 9  \n")
    assert known(shown) == {
        "id": link, "type": "perf_event", "prog_id": prog.id, "retprobe": bool(returns),
        "file": path, "offset": offset, "cookie": 9, "ref_ctr_offset": 0}
    assert_like_newer_bpftool(xh, bpftool, link)


def test_tracepoint(xh, bpftool, program, links):
    with open("/sys/kernel/tracing/events/sched/sched_switch/id") as number:
        event = perf_event(2, int(number.read()))
    prog = program("tp", TRACEPOINT, value=0)
    link = perf_link(links, prog, event)
    out, shown = show(xh, link)
    assert text_of(out) == f"{link}: perf_event  prog {prog.id}  \n\ttracepoint sched_switch  \n"
    assert known(shown) == {"id": link, "type": "perf_event", "prog_id": prog.id,
                            "tracepoint": "sched_switch", "cookie": 0}
    assert_like_newer_bpftool(xh, bpftool, link)


def test_software_event(xh, bpftool, program, links):
    prog = program("switch", PERF_EVENT, value=0)
    link = perf_link(links, prog, perf_event(1, 3), 5)
    out, shown = show(xh, link)
    assert text_of(out) == (f"{link}: perf_event  prog {prog.id}  \n"
                            "\tevent software:context-switches  cookie 5  \n")
    assert known(shown) == {
        "id": link, "type": "perf_event", "prog_id": prog.id, "event_type": "software",
        "event_config": "context-switches", "cookie": 5}
    assert_like_newer_bpftool(xh, bpftool, link)


STRUCT_OPS = r"""
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
struct sock;
struct tcp_congestion_ops {
	unsigned int (*ssthresh)(struct sock *sk);
	void (*cong_avoid)(struct sock *sk, unsigned int ack, unsigned int acked);
	unsigned int (*undo_cwnd)(struct sock *sk);
	char name[16];
};
SEC("struct_ops/ssthresh") unsigned int ssthresh(void *ctx) { return 2; }
SEC("struct_ops/cong_avoid") void cong_avoid(void *ctx) {}
SEC("struct_ops/undo_cwnd") unsigned int undo_cwnd(void *ctx) { return 2; }
SEC(".struct_ops") struct tcp_congestion_ops xh_link_cc = {
	.ssthresh = (void *)ssthresh, .cong_avoid = (void *)cong_avoid,
	.undo_cwnd = (void *)undo_cwnd, .name = "NAME",
};
char _license[] SEC("license") = "GPL";
"""
F_LINK, AT_STRUCT_OPS = 1 << 13, 44


def is_link(fd):
    return os.readlink(f"/proc/self/fd/{fd}") == "anon_inode:bpf_link"


def test_struct_ops(xh, bpftool, links, compile_bpf):
    """libbpf before 1.2 cannot make such a link, but what it needs; later ones make it here."""
    try:
        libbpf = ctypes.CDLL("libbpf.so.1")
    except OSError:
        pytest.skip("libbpf before 1.0")
    for function in ("bpf_object__open", "bpf_object__find_map_by_name",
                     "bpf_map__attach_struct_ops"):
        getattr(libbpf, function).restype = ctypes.c_void_p
    source = STRUCT_OPS.replace("NAME", f"xh_{os.getpid()}")  # one name, one algorithm
    opened = libbpf.bpf_object__open(compile_bpf(source, "ops").encode())
    obj = ctypes.c_void_p(opened)
    ops = ctypes.c_void_p(libbpf.bpf_object__find_map_by_name(obj, b"xh_link_cc"))
    assert libbpf.bpf_map__set_map_flags(ops, F_LINK) == 0
    assert libbpf.bpf_object__load(obj) == 0
    try:
        attached = ctypes.c_void_p(libbpf.bpf_map__attach_struct_ops(ops))
        assert attached
        fd = libbpf.bpf_link__fd(attached)
        if not is_link(fd):
            attr = struct.pack("IIII", libbpf.bpf_map__fd(ops), 0, AT_STRUCT_OPS, 0)
            fd = kernel.bpf(kernel.LINK_CREATE, attr)[0]
        link = links.keep(fd)
        out, shown = show(xh, link)
        assert text_of(out) == f"{link}: struct_ops  map {shown['map_id']}  \n"
        assert known(shown) == {"id": link, "type": "struct_ops", "prog_id": 0,
                                "map_id": shown["map_id"]}
        assert_like_newer_bpftool(xh, bpftool, link)
        xh("link", "detach", "id", link)
        assert text_of(show(xh, link)[0]) == f"{link}: struct_ops  map 0  \n\t(detached)  \n"
        xh("link", "detach", "id", link, status=254)
    finally:
        libbpf.bpf_object__close(obj)


def test_list_and_pins(xh, bpftool, program, links, veth, pins):
    one = links.create(program("x"), socket.if_nametoindex(veth[0]), AT_XDP)
    two = links.create(program("y"), socket.if_nametoindex(veth[1]), AT_XDP)
    shown = {row["id"]: row for row in xh("-j", "link").json}
    assert shown[one]["devname"] == veth[0] and shown[two]["devname"] == veth[1]
    assert [one_pid["pid"] for one_pid in shown[one]["pids"]] == [os.getpid()]
    assert (xh("link", "pin", "id", one, pins / "l").out, os.listdir(pins).count("l")) == ("", 1)
    assert xh("-j", "link", "pin", "id", one, pins / "l2").out == "null\n"
    for words in ["show", "id", one], ["list", "pinned", pins / "l"]:
        assert xh("-f", "-j", "link", *words).json["pinned"] == [str(pins / "l"), str(pins / "l2")]
        assert f"\n\tpinned {pins / 'l'}\n\tpinned {pins / 'l2'}\n\tpids " in xh(
            "-f", "link", *words).out
    assert xh("link", "pin", "id", one, pins / "l", status=255).err.startswith(
        f"Error: {pins / 'l'}: link {one} is pinned there already; ")


def test_detach(xh, program, links, veth, pins):
    link = links.create(program("x"), socket.if_nametoindex(veth[0]), AT_XDP)
    assert xh("link", "detach", "id", link).out == ""
    assert xh("-j", "net", "list", "dev", veth[0]).json[0]["xdp"] == []
    assert show(xh, link)[1]["devname"] == "(detached)"
    assert xh("link", "detach", "id", link, status=254).err == (
        f"Error: link {link} is attached to nothing any more\n")
    link = links.create(program("y"), socket.if_nametoindex(veth[0]), AT_XDP)
    assert xh("-j", "link", "detach", "id", link).out == "null\n"
    name = ctypes.create_string_buffer(b"sched_switch")
    attr = struct.pack("QI", ctypes.addressof(name), program("r", RAW_TRACEPOINT, value=0).fd)
    link = links.keep(kernel.bpf(RAW_TRACEPOINT_OPEN, attr)[0])
    done = xh("link", "detach", "id", link, status=255)
    assert done.err.startswith(f"Error: link {link} is of type raw_tracepoint, which cannot be "
                               "detached (EOPNOTSUPP); it ends with what keeps it: held by ")
    assert f"({os.getpid()})" in done.err


def test_detach_of_what_is_detached(xh, program, links, veth):
    netns = os.open("/proc/self/ns/net", os.O_RDONLY)
    sockmap = kernel.map_create(SOCKMAP, 4, 4, 1)
    verdict = program("v", SK_SKB, attach_type=AT_SK_SKB_VERDICT, value=1)
    made = [links.create(program("t", SCHED_CLS), socket.if_nametoindex(veth[0]), AT_TCX_INGRESS),
            links.create(program("l", SK_LOOKUP, attach_type=AT_SK_LOOKUP, value=1), netns,
                         AT_SK_LOOKUP),
            links.create(verdict, sockmap, AT_SK_SKB_VERDICT)]
    for link in made:
        xh("link", "detach", "id", link)
        assert "(detached)  " in show(xh, link)[0]
        done = xh("link", "detach", "id", link, status=254)
        assert done.err == f"Error: link {link} is attached to nothing any more\n"
    os.close(netns)
    os.close(sockmap)


def test_no_such_link(xh, program, pins):
    prog = program("x")
    for verb in ["show"], ["detach"], ["pin"]:
        more = [pins / "l"] if verb == ["pin"] else []
        done = xh("link", *verb, "id", 4294967295, *more, status=254)
        assert done.err == "Error: no link with id 4294967295 (ENOENT)\n"
        xh("link", *verb, "pinned", pins / "none", *more, status=254)
        done = xh("link", *verb, *prog.words, *more, status=255)
        assert done.err == f"Error: {prog.path} is a program, not a link\n"
        done = xh("link", *verb, "name", "x", *more, status=255)
        assert done.err == "Error: 'name' does not name a link; LINK := { id ID | pinned PATH }\n"
        xh("link", *verb, "id", "4294967296", *more, status=255)
    assert xh("-j", "link", "show", "id", 4294967295, status=254).json == {
        "error": "no link with id 4294967295 (ENOENT)"}
    nobody = "setpriv", "--inh-caps=-all", "--bounding-set=-all", xh.path, "link"
    done = command(*nobody, status=255)
    assert done.err == "Error: listing links needs CAP_SYS_ADMIN (EPERM); try: sudo xh …\n"


def test_links_come_and_go_while_listing(xh, program, links, veth):
    prog = program("x")
    link = links.create(prog, socket.if_nametoindex(veth[0]), AT_XDP)
    name = ctypes.create_string_buffer(b"sched_switch")
    raw = program("r", RAW_TRACEPOINT, value=0)
    attr = struct.pack("QI", ctypes.addressof(name), raw.fd)
    listing = subprocess.Popen(["sh", "-c", f"for i in $(seq 50); do {xh.path} -j link >/dev/null || "
                                "exit 1; done"])
    while listing.poll() is None:
        os.close(kernel.bpf(RAW_TRACEPOINT_OPEN, attr)[0])
    assert listing.returncode == 0
    assert link in [row["id"] for row in xh("-j", "link").json]
