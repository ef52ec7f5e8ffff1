# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""The one place for what xh says otherwise than the installed bpftool, on purpose, and why.

A test compares two outputs and names the differences that it allows:

    same_text(xh("prog", "show").out, bpftool("prog", "show").out, PIDS)
    same_json(xh("-p", "prog", "show").out, bpftool("-p", "prog", "show").out, PIDS, ORPHANED)

Everything else has to be the same to the byte: in JSON the order of the keys and the layout too."""

import json
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """`text` is a regular expression of what is taken out before a comparison of text. `keys` are
    taken out of JSON: "id" wherever it is, "xdp.id" only right below "xdp" (arrays do not count).
    `of_xh` tells whose outputs they are taken out of: xh's, for an addition, or bpftool's."""

    reason: str
    text: str = ""
    keys: tuple = ()
    of_xh: bool = True


def only_xh(reason, text="", *keys):
    return Difference(reason, text, keys)


def only_bpftool(reason, text="", *keys):
    return Difference(reason, text, keys, of_xh=False)


PIDS = only_xh("who holds an object; the installed bpftool is built without it",
               r"^\tpids .*\n", "pids")
ORPHANED = only_xh("a key of bpftool 7.2", "", "orphaned")
METADATA = only_bpftool("what a program says of itself in bpf_metadata_ variables is not read yet",
                        r'^\tmetadata:\n(\t\t.*\n)*', "metadata")
XDP_PROGRAM = only_xh("which program an XDP row is about, beside its id",
                      r"(?<= id )(?P<keep>\d+) name \S+", "xdp.name", "xdp.prog_id",
                       "multi_attachments.name", "multi_attachments.prog_id")
NETFILTER = only_xh("a section of bpftool 7.3", r"^netfilter:\n\n", "netfilter")


def strip_text(text, difference):
    """`text` without what the difference takes out; a group named "keep" stays."""
    return re.sub(difference.text, lambda match: match.groupdict().get("keep") or "", text,
                  flags=re.MULTILINE) if difference.text else text


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
    for difference in differences:
        if difference.of_xh:
            ours = strip_text(ours, difference)
        else:
            theirs = strip_text(theirs, difference)
    assert ours == theirs


def same_json(ours, theirs, *differences):
    """Both outputs are those of -j, or both those of -p."""
    left, right = json.loads(ours), json.loads(theirs)
    assert layout(left, ours) == layout(right, theirs)
    for difference in differences:
        if difference.of_xh:
            left = strip_json(left, difference)
        else:
            right = strip_json(right, difference)
    assert pretty(left) == pretty(right)
