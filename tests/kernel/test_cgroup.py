# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh cgroup list and tree: what the kernel has, as bpftool says it."""

import os
import re

import pytest

import conftest
from attach import AT_EGRESS, AT_INGRESS, CGROUP_SKB
from cgroups import (AT_CONNECT4, AT_DEVICE, AT_SOCK_OPS, CGROUP_DEVICE, CGROUP_SOCK_ADDR, MULTI,
                     OVERRIDE, SOCK_OPS, cgroup, links, mount_point, program)
from differences import CGROUP_LINK, same_json, same_text


@pytest.fixture
def busy(cgroup, program, links):
    """Groups with programs attached in every way."""
    top, below, beside = cgroup.root, cgroup("b"), cgroup("c d")
    egress = program("egress_longname", CGROUP_SKB, attach_type=AT_EGRESS, value=1)
    top.attach(program("only", CGROUP_SKB, value=1), AT_INGRESS)
    top.attach(egress, AT_EGRESS, MULTI)
    top.attach(program("", CGROUP_SKB, value=1), AT_EGRESS, MULTI)
    top.attach(program("guard", CGROUP_DEVICE, value=1), AT_DEVICE, OVERRIDE)
    top.attach(program("ops", SOCK_OPS, value=1), AT_SOCK_OPS, MULTI)
    connect = program("connect", CGROUP_SOCK_ADDR, attach_type=AT_CONNECT4, value=1)
    cgroup.link = links.create(connect, top.fd, AT_CONNECT4)
    below.attach(egress, AT_EGRESS, MULTI)
    cgroup.top, cgroup.below, cgroup.beside = top, below, beside
    return cgroup


@pytest.mark.parametrize("effective", [[], ["effective"], ["eff"]])
@pytest.mark.parametrize("which", ["top", "below", "beside"])
@pytest.mark.parametrize("verb", ["show", "list", "tree"])
def test_as_bpftool(xh, bpftool, busy, verb, which, effective):
    words = ["cgroup", verb, getattr(busy, which), *effective]
    same_text(xh(*words).out, bpftool(*words).out, CGROUP_LINK)
    for form in "-j", "-p":
        theirs = bpftool(form, *words).out
        # Of a group without programs bpftool's document is empty.
        same_json(xh(form, *words).out, "[]\n" if theirs == "\n" else theirs, CGROUP_LINK)


def test_words_for_a_root(xh, bpftool, busy):
    for root in [], [f"{busy.top}/"], [f"{busy.top}/./b"]:
        same_text(xh("cgroup", "tree", *root).out, bpftool("cgroup", "tree", *root).out, CGROUP_LINK)
    here = {"cwd": busy.top.path}
    same_text(xh("cgroup", "tree", ".", **here).out, bpftool("cgroup", "tree", ".", **here).out,
              CGROUP_LINK)


def test_link(xh, pins, busy):
    row = xh("-j", "-f", "cgroup", "show", busy.top).json[-1]
    assert row["link_id"] == busy.link
    assert os.getpid() in [holder["pid"] for holder in row["link"]["pids"]]
    assert row["pinned"][0].startswith(str(pins))
    assert f" link_id {busy.link}\n" in xh("cgroup", "show", busy.top).out


def test_many(xh, cgroup, program):
    """More are effective than a group may have itself."""
    below = cgroup("b")
    for group in cgroup.root, below:
        for n in range(64 if group is cgroup.root else 20):
            group.attach(program(f"p{n}", CGROUP_SKB, value=1), AT_INGRESS, MULTI)
    assert len(xh("-j", "cgroup", "show", below, "effective").json) == 84


@pytest.mark.parametrize("verb", ["show", "tree"])
def test_no_control_group(xh, tmp_path, verb):
    file = tmp_path / "file"
    file.touch()
    mount = mount_point()
    for path, message, status in [
            (tmp_path, f"{tmp_path} is no control group (EBADF); cgroup2 is mounted at {mount}", 255),
            (file, f"{file} is no directory (ENOTDIR); a control group is a directory of cgroup2", 255),
            (tmp_path / "none", f"there is no control group {tmp_path}/none (ENOENT)", 254)]:
        done = xh("cgroup", verb, path, status=status)
        assert (done.out, done.err) == ("", f"Error: {message}\n")
        assert xh("-j", "cgroup", verb, path, status=status).json == {"error": message}


def test_version_one(xh):
    with open("/proc/self/mounts") as mounts:
        found = re.search(r"^\S+ (\S+) cgroup ", mounts.read(), re.M)
    if not found:
        pytest.skip("no cgroup v1 is mounted")
    done = xh("cgroup", "show", found[1], status=255)
    assert f"{found[1]} is of cgroup v1, which has no BPF programs (EBADF)" in done.err


@pytest.mark.parametrize("verb", ["show", "tree"])
def test_unprivileged(cgroup, verb):
    words = ["setpriv", "--reuid", "65534", "--clear-groups", conftest.XH]
    done = conftest.command(*words, "-j", "cgroup", verb, cgroup.root, status=255)
    assert done.json == {"error": "seeing the programs of a control group needs CAP_NET_ADMIN "
                                  "(EPERM); try: sudo xh cgroup …"}


def test_without_sys_admin(busy):
    words = ["setpriv", "--reuid", "65534", "--clear-groups", "--inh-caps", "+net_admin",
             "--ambient-caps", "+net_admin", conftest.XH]
    rows = conftest.command(*words, "-j", "cgroup", "show", busy.top).json
    assert len(rows) == 6 and {row["name"] for row in rows} == {""}
    told = conftest.on_terminal(*words, "cgroup", "show", busy.top)
    assert told == "Warning: names and links are seen with CAP_SYS_ADMIN only; try: sudo xh cgroup\n"


def test_what_cannot_be_looked_into_is_skipped(busy):
    """Others are listed all the same."""
    os.chmod(busy.below.path, 0)
    words = ["setpriv", "--reuid", "65534", "--clear-groups", "--inh-caps", "+net_admin",
             "--ambient-caps", "+net_admin", conftest.XH]
    groups = conftest.command(*words, "-j", "cgroup", "tree", busy.top, "effective").json
    shown = {group["cgroup"]: group for group in groups}
    assert set(shown) == {str(busy.top), str(busy.beside), str(busy.below)}
    assert shown[str(busy.below)] == {"cgroup": str(busy.below), "programs": [],
                                      "error": "Permission denied"}
    assert all(shown[str(group)]["programs"] for group in (busy.top, busy.beside))
    text = conftest.command(*words, "cgroup", "tree", busy.top, "effective").out
    assert f"\n{busy.below}: not seen: Permission denied\n" in text


def test_completion(xh, cgroup, program):
    fits, other = program("fits", CGROUP_SKB, value=1), program("other", SOCK_OPS, value=1)
    complete = ["complete", "--", "xh", "cgroup", "attach"]
    assert f"{mount_point()}/\t" in xh(*complete, "").out
    assert f"{cgroup.root}/\tdirectory\n" in xh(*complete, f"{mount_point()}/xh").out
    assert "lsm_cgroup" in xh(*complete, cgroup.root, "").out
    offered = xh(*complete, cgroup.root, "ingress", "id", "").out
    assert f"{fits.id}\t" in offered and f"{other.id}\t" not in offered
