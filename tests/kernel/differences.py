# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""The one place for what xh says otherwise than the installed bpftool, on purpose, and why.

A test compares two outputs and names the differences that it allows:

    same_text(xh("prog", "show").out, bpftool("prog", "show").out, PIDS)
    same_json(xh("-p", "prog", "show").out, bpftool("-p", "prog", "show").out, PIDS, ORPHANED)

Everything else has to be the same to the byte: in JSON the order of the keys and the layout too."""

import json
import operator
import re
from dataclasses import dataclass
from typing import Callable, Optional

import oracle


@dataclass(frozen=True)
class Difference:
    """`text` is a regular expression of what is taken out before a comparison of text, or becomes
    `into`. `keys` are taken out of JSON: "id" wherever it is, "xdp.id" only right below "xdp"
    (arrays do not count). `change` makes another value of the whole JSON document.
    `of_xh` tells whose outputs they are taken out of: xh's, for an addition, bpftool's, or, if it
    is None, both: what changes between the two.
    `before` is the release of bpftool that does as xh does: from it on there is no difference."""

    reason: str
    text: str = ""
    keys: tuple = ()
    of_xh: Optional[bool] = True
    into: str = ""
    change: Optional[Callable] = None
    before: tuple = ()

    @property
    def is_there(self):
        return not self.before or oracle.is_before(self.before)


def only_xh(reason, text="", *keys):
    return Difference(reason, text, keys)


def since(release, reason, text="", *keys):
    """What xh says, and bpftool from that release on."""
    return Difference(reason, text, keys, before=release)


def only_bpftool(reason, text="", *keys):
    return Difference(reason, text, keys, of_xh=False)


def before(release, reason, text=""):
    """What bpftool said before that release, and xh does not."""
    return Difference(reason, text, of_xh=False, before=release)


def by_row(change):
    """A change of `net list`, of its rows of tc: change(row, rows) gives another row, or none."""

    def of_document(document):
        return [part | {"tc": [new for row in part["tc"] if (new := change(row, part["tc"]))]}
                for part in document]

    return of_document


def is_tcx(row):
    return row["kind"].startswith("tcx/")


def is_repeated(row, rows):
    return row["kind"] in ("root", "clsact/ingress", "clsact/egress") and any(
        other["kind"] == "ingress" and other["ifindex"] == row["ifindex"] for other in rows)


def without_twin(row, _):
    twin = "id" if is_tcx(row) else "prog_id"
    return {key: value for key, value in row.items() if key != twin}


PIDS = only_xh("who holds an object; the installed bpftool is built without it",
               r"^\tpids .*\n", "pids")
ORPHANED = since((7, 2), "whether the kernel has taken its device away", "", "orphaned")
VERIFIED = only_xh("how many instructions the verifier looked at, and what the program is for",
                   r"^\tverified_insns .*\n", "verified_insns", "attach_btf_obj_id",
                   "attach_btf_id", "attach_btf_name")
RETVAL_NAME = only_xh("what the kernel's headers call a return value of XDP and tc",
                      r"(?<=ns)  (XDP|TC_ACT)_[A-Z]+$", "retval_name")
WIDE_NUMBER = before((7, 5), "a blank before numbers of four digits, too", r"^ (?P<keep>\d{4,}: )")
XDP_PROGRAM = only_xh("which program and link an XDP row is about, and what the device can do",
                      r"(?<= id )(?P<keep>\d+) name \S+( link_id \d+)?", "xdp.name", "xdp.prog_id",
                      "xdp.link_id", "xdp.xdp_features", "multi_attachments.name",
                      "multi_attachments.prog_id")
NETFILTER = since((7, 3), "a section of its own", r"^netfilter:\n\n", "netfilter")
NETFILTER_ROWS = Difference("links of the whole machine: those of others come and go",
                            r"^(?P<keep>netfilter:\n\n)(\t.*\n)*", of_xh=None,
                            change=lambda document: [part | {"netfilter": []} if "netfilter" in part
                                                     else part for part in document])
TC_FILTER = only_xh("which filter has the program", "", "tc.filter", "tc.protocol", "tc.pref",
                    "tc.chain", "tc.handle", "tc.direct_action")
TC_PROGRAM = Difference("rows of tcx have prog_id in bpftool, others id; in xh all have both",
                        change=by_row(without_twin))
DISSECTOR = only_xh("the name of the flow dissector", r"^(?P<keep>id \d+) name \S+")


TCX = Difference("programs of tcx", r"^\S+ tcx/.*\n", before=(7, 3),
                 change=by_row(lambda row, _: None if is_tcx(row) else row))
INGRESS_REPEATED = Difference(
    "the kernel takes any parent for the ingress qdisc's own, so bpftool lists its filters four times",
    r"^(?P<keep>(\S+\(\d+\)) ingress .*\n)(\2 (root|clsact/\S+) .*\n)+", of_xh=False,
    change=by_row(lambda row, rows: None if is_repeated(row, rows) else row))


def without_newer_key(link):
    newer = {"raw_tracepoint": "cookie", "perf_event": "ref_ctr_offset"}.get(link["type"])
    return {key: value for key, value in link.items() if key != newer}


LINK_KEY = Difference("a key of raw tracepoints, one of uprobes", before=(7, 6),
                      change=without_newer_key)
BATCH_END = Difference(
    "bpftool takes the errno that a command left for that of reading the file, and fails at its end",
    r"^processed \d+ commands\n", of_xh=None,
    change=lambda rows: [row for row in rows if "command" in row])

CGROUP_LINK = only_xh("which link attached a program to a control group, and who keeps it",
                      r" link_id \d+$(\n\tlink (held|pinned) .*)*", "link_id", "link")
PERF_NAMES = only_xh("the names of program and process", r"(  name \S+)?  comm .*$",
                     "name", "comm")


def status_of_shown_link():
    """From 7.4 on, bpftool shows the one link that was named and says that it failed."""
    return 0 if oracle.is_before((7, 4)) else 255


def lift(value):
    """Members of anonymous structs and unions, which bpftool has under the key "", put in their
    place among those of the struct around."""
    if isinstance(value, list):
        return [lift(one) for one in value]
    if not isinstance(value, dict):
        return value
    lifted = {}
    for key, one in value.items():
        lifted.update(lift(one) if key == "" and isinstance(one, dict) else {key: lift(one)})
    return lifted


INNER_MAP = since((7, 2), "the id of an inner map, in text instead of the bytes",
                  r"inner_map_id: \d+ $", "inner_map_id")
INNER_BYTES = before((7, 2), "see INNER_MAP", r"value: [0-9a-f ]+$")
PROG_NAME = only_xh("which program a slot of a program array holds, by its name",
                    r"  prog \d+( '.*')?$", "prog_id", "prog_name")
STALE_BTF = only_bpftool("in a list, bpftool shows the BTF of one map with the next too",
                         r"^\tbtf_id \d+\n|^\tbtf_id \d+  ", "btf_id")
LISTED_BTF = only_xh("see STALE_BTF: show of one map at a time compares it",
                     STALE_BTF.text, *STALE_BTF.keys)
BARE = Difference("numbers in hexadecimal and (nil) without quotes are no JSON",
                  r"(?<=[ \[,])(0x[0-9a-f]+|\(nil\))", of_xh=False, into=r'"\1"')
LIFTED = Difference("members of an anonymous struct stand where C lets one name them",
                    of_xh=False, change=lift)


def wide_enumerators(value):
    """Enumerators of 32 bits without a sign, as they are before bpftool gives them one."""
    if isinstance(value, list):
        return [wide_enumerators(one) for one in value]
    if not isinstance(value, dict):
        return value
    narrow = value.get("kind") == "ENUM" and value["encoding"] == "UNSIGNED"
    return {key: [one | {"val": one["val"] & 0xffffffff} for one in part]
            if key == "values" and narrow else wide_enumerators(part)
            for key, part in value.items()}


def in_order(value):
    return [row | {"map_ids": sorted(row["map_ids"]), "prog_ids": sorted(row["prog_ids"])}
            for row in value] if isinstance(value, list) else in_order([value])[0]


ENUMERATORS = Difference("enumerators above INT32_MAX are no negative numbers of 64 bits",
                         of_xh=False, change=wide_enumerators)
USERS_ORDER = Difference("who uses BTF stands in the order of a hash table", of_xh=False,
                         change=in_order)
KFUNC_WORDS = since((7, 6), "words for the declarations of kernel functions",
                    r"^#ifndef __ksym\n(.*\n)+?#endif\n#endif\n\n")
KFUNCS = since((7, 6), "the kernel functions that programs may call",
               r"^\n/\* BPF kfuncs \*/\n#ifndef BPF_NO_KFUNC_PROTOTYPES\n(extern .*\n)*#endif\n\n")
ENUM_MODE = Difference("newer libbpf tells in C what size an enum has",
                       r"(?<=^}) __attribute__\(\(mode\(\w+\)\)\)(?=;$)")
NO_KEY_TYPE = only_bpftool("a map without a type for its key has void for it",
                           r"^\[0\] UNKNOWN '\(anon\)'\n")


def strip_text(text, difference):
    """`text` without what the difference takes out; a group named "keep" stays."""
    return re.sub(difference.text,
                  lambda match: match.groupdict().get("keep") or match.expand(difference.into),
                  text, flags=re.MULTILINE) if difference.text else text


def change_json(value, difference):
    value = strip_json(value, difference)
    return difference.change(value) if difference.change else value


def strip_json(value, difference, path=()):
    if isinstance(value, list):
        return [strip_json(one, difference, path) for one in value]
    if not isinstance(value, dict):
        return value
    wanted = [tuple(key.split(".")) for key in difference.keys]
    return {key: strip_json(one, difference, path + (key,)) for key, one in value.items()
            if not any((path + (key,))[-len(parts):] == parts for parts in wanted)}


def pretty(value, depth=0):
    """JSON in the layout of -p: a member a line, the elements of an array one after another."""
    step, end = "\n" + "    " * (depth + 1), "\n" + "    " * depth
    if isinstance(value, dict):
        members = [f"{step}{json.dumps(key)}: {pretty(one, depth + 1)}"
                   for key, one in value.items()]
        return "{" + ",".join(members) + end * bool(members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(pretty(one, depth + 1) for one in value) + end * bool(value) + "]"
    return json.dumps(value, ensure_ascii=False)


def layout(value, text):
    """Whether `text` is `value` as -j prints it, or as -p does; one of them it has to be."""
    compact = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    if text == compact + "\n":
        return "compact"
    assert text == pretty(value) + "\n"
    return "pretty"


def same_text(ours, theirs, *differences):
    for difference in filter(operator.attrgetter("is_there"), differences):
        if difference.of_xh is not False:
            ours = strip_text(ours, difference)
        if not difference.of_xh:
            theirs = strip_text(theirs, difference)
    assert ours == theirs


def same_json(ours, theirs, *differences):
    """Both outputs are those of -j, or both those of -p."""
    left, right = json.loads(ours), json.loads(theirs)
    assert layout(left, ours) == layout(right, theirs)
    for difference in filter(operator.attrgetter("is_there"), differences):
        if difference.of_xh is not False:
            left = change_json(left, difference)
        if not difference.of_xh:
            right = change_json(right, difference)
    assert pretty(left) == pretty(right)


def same_typed(ours, theirs, *differences):
    """Both outputs are text of maps with types, which is JSON (bpftool's nearly)."""
    same_json(ours, strip_text(theirs, BARE), *differences)
