# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""Every verb that the installed bpftool's help names is one of xh."""

import re

import pytest

# Verbs to come. One that is there meanwhile fails the test until it is taken out here.
NOT_YET = {
    "prog": set(),
    "map": set(),
    "net": set(),
    "link": set(),
    "cgroup": set(),
    "perf": set(),
}


def verbs_of(text, word):
    """'Usage: bpftool prog { show | list } [PROG]' has two, 'bpftool prog dump xlated' is one."""
    found = set()
    for line in re.findall(rf"^(?:Usage:| )\s*\S*bpftool {word} (.*)", text, re.MULTILINE):
        braces = re.match(r"\{ ([^}]*)\}", line)
        if braces:
            found |= {verb.strip() for verb in braces.group(1).split("|")}
        else:
            found.add(" ".join(re.match(r"[a-z_]+(?: [a-z]+(?=\s+[A-Z]))?", line).group().split()))
    return found


@pytest.mark.parametrize("word", NOT_YET)
def test_every_verb(xh, bpftool, word):
    result = bpftool(word, "help", status=None)
    verbs = verbs_of(result.out + result.err, word)
    assert {"show", "list", "help"} <= verbs
    missing = {verb for verb in verbs
               if xh(word, *verb.split(), "help", status=None).status and verb != "help"}
    assert missing == NOT_YET[word]


def test_reading_of_help(bpftool):
    result = bpftool("prog", "help", status=None)
    assert {"dump xlated", "dump jited", "load", "loadall", "run", "tracelog"} <= verbs_of(
        result.out + result.err, "prog")
