# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh prog attach and detach: sockets of a map and the flow dissector, as the kernel says after."""

import os
import struct

import pytest

import verbs as at
from verbs import verbs, verbs_object  # fixtures

LINK_CREATE = 28
OF_MAPS = [
    ("message", at.AT_MSG_VERDICT, ["sk_msg_verdict", "msg_verdict", "sk_m", "m"]),
    ("parser", at.AT_STREAM_PARSER, ["sk_skb_stream_parser", "stream_parser", "stream_p", "s"]),
    ("verdict", at.AT_STREAM_VERDICT, ["sk_skb_stream_verdict", "stream_verdict", "stream_v"]),
    ("other_verdict", at.AT_SKB_VERDICT, ["sk_skb_verdict", "skb_verdict", "skb", "sk"]),
]
CASES = [(name, attach_type, word) for name, attach_type, words in OF_MAPS for word in words]
NAMES = "stream_parser, stream_verdict, msg_verdict, skb_verdict, sk_msg_verdict, " \
        "sk_skb_verdict, sk_skb_stream_verdict, sk_skb_stream_parser, flow_dissector"


@pytest.mark.parametrize("where", ["sockets", "by_key"])
@pytest.mark.parametrize("name, attach_type, word", CASES)
def test_sockets_of_a_map(xh, verbs, name, attach_type, word, where):
    words = [*verbs.prog(name), word, *verbs.map(where)]
    done = xh("prog", "attach", *words)
    assert (done.out, done.err) == ("", "")
    assert verbs.attached(attach_type, where) == verbs.id(name)
    assert xh("-j", "prog", "detach", *words).json is None
    assert verbs.attached(attach_type, where) == 0
    done = xh("-j", "prog", "detach", *words, status=254)
    assert done.json["error"].startswith(f"program {verbs.id(name)} '{name}' is not attached to "
                                         f"map ") and done.err == ""


@pytest.mark.parametrize("name, attach_type, word", CASES)
def test_words_mean_what_they_mean_to_bpftool(xh, bpftool, verbs, name, attach_type, word):
    """But the beginnings of the newer names, which bpftool does not take."""
    words = [*verbs.prog(name), word, *verbs.map("sockets")]
    status = bpftool("prog", "attach", *words, status=None).status
    assert status == (234 if word == "sk_m" else 0)
    assert verbs.attached(attach_type, "sockets") == (0 if status else verbs.id(name))
    xh("prog", "detach", *words, status=254 if status else 0)


def test_flow_dissector(xh, verbs):
    words = [*verbs.prog("dissect"), "flow_dissector"]
    xh("prog", "attach", *words)
    assert verbs.attached(at.AT_FLOW_DISSECTOR) == verbs.id("dissect")
    done = xh("prog", "attach", *words, status=255)
    assert done.err == f"Error: program {verbs.id('dissect')} 'dissect' is attached to this " \
                       "network namespace already (EINVAL)\n"
    done = xh("prog", "detach", *verbs.prog("other_dissect"), "flow_dissector", status=254)
    assert done.err == "Error: this network namespace has program " \
        f"{verbs.id('dissect')} 'dissect' as flow_dissector, not program " \
        f"{verbs.id('other_dissect')} 'other_dissect'\n"
    xh("prog", "detach", *words)
    assert verbs.attached(at.AT_FLOW_DISSECTOR) == 0
    done = xh("prog", "detach", *words, status=254)
    assert done.err == f"Error: program {verbs.id('dissect')} 'dissect' is not attached to this " \
                       "network namespace as flow_dissector\n"


def test_one_verdict_at_a_time(xh, verbs):
    xh("prog", "attach", *verbs.prog("verdict"), "sk_skb_stream_verdict", *verbs.map("sockets"))
    done = xh("prog", "attach", *verbs.prog("other_verdict"), "sk_skb_verdict",
              *verbs.map("sockets"), status=255)
    assert f"'sockets' has program {verbs.id('verdict')} 'verdict', which has to be detached " \
           f"first (EBUSY); xh prog detach id {verbs.id('verdict')}" in done.err
    assert verbs.attached(at.AT_STREAM_VERDICT, "sockets") == verbs.id("verdict")


def test_detach_of_another_program(xh, verbs):
    where = ["sk_skb_stream_verdict", *verbs.map("sockets")]
    xh("prog", "attach", *verbs.prog("verdict"), *where)
    done = xh("prog", "detach", *verbs.prog("other_verdict"), *where, status=254)
    assert f"'sockets' has program {verbs.id('verdict')} 'verdict' as sk_skb_stream_verdict, not " \
           f"program {verbs.id('other_verdict')} 'other_verdict'\n" in done.err
    assert verbs.attached(at.AT_STREAM_VERDICT, "sockets") == verbs.id("verdict")


def test_held_by_a_link(xh, bpf, verbs):
    """What a link attached, detach does not take away; nor does attach take its place."""
    namespace = os.open("/proc/self/ns/net", os.O_RDONLY)
    prog = bpf.obj_get(verbs.prog("dissect")[1])
    link = bpf.bpf(LINK_CREATE, struct.pack("IIII", prog, namespace, at.AT_FLOW_DISSECTOR, 0))[0]
    os.close(prog)
    try:
        done = xh("prog", "attach", *verbs.prog("other_dissect"), "flow_dissector", status=255)
        assert f"this network namespace has program {verbs.id('dissect')} 'dissect', which has " \
               "to be detached first (EEXIST)" in done.err and "xh link detach" in done.err
        done = xh("prog", "detach", *verbs.prog("dissect"), "flow_dissector", status=255)
        assert "if a link holds it there: xh link detach" in done.err
        assert verbs.attached(at.AT_FLOW_DISSECTOR) == verbs.id("dissect")
    finally:
        os.close(link)
        os.close(namespace)


@pytest.mark.parametrize("verb", ["attach", "detach"])
@pytest.mark.parametrize("name, words, message", [
    ("length", ["sk_msg_verdict", "SOCKETS"],
     "program {id} 'length' is socket_filter, not sk_msg"),
    ("message", ["sk_skb_verdict", "SOCKETS"], "program {id} 'message' is sk_msg, not sk_skb"),
    ("message", ["flow_dissector"], "program {id} 'message' is sk_msg, not flow_dissector"),
    ("message", ["sk_msg_verdict", "PLAIN"],
     "map {plain} 'plain' is hash, not sockmap or sockhash"),
    ("message", ["sk_msg_verdict"], "MAP is missing: sk_msg_verdict is for the sockets of a map; "
     "MAP := {{ id ID | pinned PATH | name NAME }}"),
    ("parser", ["stream_parser"], "MAP is missing: sk_skb_stream_parser is for the sockets of a "
     "map; MAP := {{ id ID | pinned PATH | name NAME }}"),
    ("dissect", ["flow_dissector", "SOCKETS"],
     "flow_dissector is for this network namespace: a MAP does not fit here"),
    ("dissect", ["bogus"], f"'bogus' is no ATTACH_TYPE, expected one of: {NAMES}"),
    ("dissect", [], "ATTACH_TYPE is missing; usage: xh prog {verb} PROG ATTACH_TYPE [MAP]"),
])
def test_refusals(xh, verbs, verb, name, words, message):
    named = {"SOCKETS": verbs.map("sockets"), "PLAIN": verbs.map("plain")}
    words = [part for word in words for part in named.get(word, [word])]
    plain = xh("-j", "map", "show", *verbs.map("plain")).json["id"]
    message = message.format(id=verbs.id(name), plain=plain, verb=verb)
    done = xh("prog", verb, *verbs.prog(name), *words, status=255)
    assert (done.out, done.err) == ("", f"Error: {message}\n")
    assert xh("-j", "prog", verb, *verbs.prog(name), *words, status=255).json == {"error": message}


@pytest.mark.parametrize("verb", ["attach", "detach"])
def test_what_does_not_exist(xh, verbs, verb):
    where = ["sk_msg_verdict", *verbs.map("sockets")]
    xh("prog", verb, "id", "4294967295", *where, status=254)
    xh("prog", verb, "pinned", "/sys/fs/bpf/none", *where, status=254)
    xh("prog", verb, *verbs.prog("message"), "sk_msg_verdict", "id", "4294967295", status=254)
    xh("prog", verb, *verbs.map("plain"), *where, status=255)
    xh("prog", verb, *verbs.prog("message"), "sk_msg_verdict", *verbs.prog("message"), status=255)
