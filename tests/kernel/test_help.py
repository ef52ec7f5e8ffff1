# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""Help: a screen for people, the grammar as data, and examples that run."""

import os
import pathlib
import re
import shutil
import signal
import subprocess

import pytest

import conftest


def verbs():
    def down(node, words):
        for command in node["commands"]:
            path = [*words, command["name"]]
            yield from down(command, path) if "commands" in command else [(path, command)]

    return list(down(conftest.command(conftest.XH, "-j", "help").json, []))


def objects():
    """What has verbs below it."""
    return [command for command in conftest.command(conftest.XH, "-j", "help").json["commands"]
            if "commands" in command]


VERBS = verbs()
OBJECTS = objects()
EXAMPLES = [example for command in [*OBJECTS, *(verb for _, verb in VERBS)]
            for example in command.get("examples", [])]

# Messages about the words themselves, not about what they name.
GRAMMAR = re.compile(r"is not known after|does not fit here|is missing|given twice|"
                     r"does not name|is not a number|unknown option|needs a ")


def test_help_anywhere(xh):
    text = xh("prog", "load", "help").out
    for line in ("--help prog load", "prog --help load", "prog load --help", "prog load x.o --help",
                 "help prog load", "prog help load", "-h p lo"):
        assert xh(*line.split()).out == text
    assert xh("help", "help").out == xh("help").out


def test_a_screen_each(xh):
    for words, verb in VERBS:
        text = xh(*words, "help").out
        assert text.startswith(verb["summary"] + "\n\nUsage: xh ")
        assert len(text.splitlines()) < 40, words
        for operand in verb["operands"]:
            assert operand.get("keyword", operand.get("value")) in text


def test_two_examples_each(xh):
    for words, verb in VERBS:
        assert len(verb.get("examples", [])) >= 2, f"xh {' '.join(words)} has too few examples"
        assert "\nExamples:\n  " + "\n  ".join(verb["examples"]) in xh(*words, "help").out


def test_two_examples_of_each_object(xh):
    for command in OBJECTS:
        assert len(command["examples"]) >= 2
        assert xh(command["name"], "help").out.endswith(
            "\nExamples:\n  " + "\n  ".join(command["examples"]) + "\n")


def test_usage_is_not_wide(xh):
    """Its lines hang below the first; what stands in brackets is not broken."""
    for words in [[command["name"]] for command in OBJECTS] + [words for words, _ in VERBS]:
        usage = xh(*words, "help").out.split("\n\n")[1].splitlines()
        assert all(len(line) <= 80 and line.count("[") == line.count("]") for line in usage)


def test_every_capital_word_is_explained(xh):
    """A word with a spelling of its own has a line for it wherever it stands."""
    specs = {operand["value"] for _, verb in VERBS for operand in verb["operands"]
             if "spec" in operand and operand["value"] == operand["type"]}
    assert {"PROG", "MAP", "DATA"} <= specs
    for words, verb in VERBS:
        text = xh(*words, "help").out
        written = " ".join(operand.get("value", "") + " " + operand.get("spec", "")
                           for operand in verb["operands"])
        for word in specs & set(re.findall(r"(?<!=)\b[A-Z_]+", written)):
            assert text.count(f"\n{word} := ") == 1, (words, word)


def test_every_operand_is_explained():
    for words, verb in VERBS:
        for operand in verb["operands"]:
            assert operand["help"], (words, operand)


def test_grammar_as_data(xh):
    whole = xh("-j", "help").json
    assert whole["name"] == "xh" and whole["needs_word"] is True
    assert {"letter": "j", "name": "json", "help": "Print JSON"} in whole["options"]
    attach = xh("-j", "net", "attach", "help").json
    assert attach["name"] == "attach" and "commands" not in attach and "options" not in attach
    hook, prog, dev = attach["operands"][:3]
    assert hook["value"] == "ATTACH_TYPE" and "xdp" in hook["choices"] and hook["required"]
    assert prog["type"] == "PROG" and prog["spec"].startswith("{ id ID")
    assert dev["keyword"] == "dev" and dev["required"]
    listed = xh("help", "--json", "prog").json
    assert listed["commands"][0]["name"] == "list" and listed["commands"][0]["alias"] == "show"
    assert xh("-p", "help").json == whole


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """The files that the examples name."""
    path = tmp_path_factory.mktemp("examples")
    shutil.copy(conftest.HELLO, path / "filter.bpf.o")
    (path / "packet.bin").write_bytes(b"\0" * 64)
    return path


# Examples that have to succeed, not only to fit.
RUN = re.compile(r"(prog (show|list|dump|run|load hello|unload)|net (list|attach .* hello)|"
                 r"net features|object|version|map list)\b")
FOLLOW = re.compile(r"prog (tracelog|profile)|map event")


def to_words(example):
    """Programs and maps have no namespace: hello is known by its pin, and nothing else is found."""
    if " map " not in example:
        example = re.sub(r"\bname hello\b", "pinned /sys/fs/bpf/hello", example)
    example = re.sub(r"\bname (?!hello)(\w+)", r"name none_\1", example)
    return re.sub(r"\bid \d+", "id 4294967295", example).split()


@pytest.fixture
def bpffs(xh):
    """A BPF file system for one example, with hello in it."""
    conftest.command("mount", "-t", "bpf", "bpf", "/sys/fs/bpf")
    xh("prog", "load", "hello")
    yield
    for pin in pathlib.Path("/sys/fs/bpf").iterdir():
        xh("prog", "unload", "pinned", pin, status=None)
    conftest.command("umount", "/sys/fs/bpf")


@pytest.mark.parametrize("example", EXAMPLES)
def test_example(xh, bpffs, example, room):
    """The words fit; what they name may not be there. Followers are interrupted, perhaps before
    they know what to do about it."""
    assert example.startswith("xh ")
    if "prog load" in example:
        os.unlink("/sys/fs/bpf/hello")
    process = subprocess.Popen([xh.path, *to_words(example)[1:]], cwd=room, text=True,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    follows = FOLLOW.search(example)
    try:
        out, err = process.communicate(timeout=1 if follows else conftest.PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=conftest.PATIENCE_S)
    assert not GRAMMAR.search(err) and not GRAMMAR.search(out[:200]), err
    failures = [] if RUN.search(example) else [254, 255] + [-signal.SIGINT] * bool(follows)
    assert process.returncode in (0, *failures), err
