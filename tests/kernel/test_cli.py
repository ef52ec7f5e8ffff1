# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""What holds for every command: options, help, one JSON document, writes that fail."""

import json
import os
import subprocess
import sys

import pytest

from conftest import PATIENCE_S

VERBS = [["prog", "list"], ["prog", "load"], ["prog", "dump", "xlated"], ["prog", "dump", "jited"],
         ["prog", "unload"], ["prog", "tracelog"], ["map", "list"], ["map", "dump"],
         ["net", "list"], ["net", "attach"], ["net", "detach"], ["object", "show"],
         ["object", "dump"], ["version"]]

# Each fails, for a reason of its own; what is after the words is what the message begins with.
FAILING = {
    "a word too many": (["version", "more"], "'more' does not fit here in 'xh version'"),
    "no such object": (["bogus"], "'bogus' is not known after 'xh'"),
    "no such verb": (["prog", "bogus"], "'bogus' is not known after 'xh prog'"),
    "no verb": (["object"], "a word is missing after 'xh object'"),
    "no operand": (["map", "dump"], "MAP is missing"),
    "no value": (["net", "list", "dev"], "DEV is missing"),
    "a bad number": (["map", "list", "id", "x"], "id 'x' is not a number"),
    "no such option": (["-z", "prog"], "unknown option '-z' in '-z'"),
    "no value of an option": (["prog", "list", "-B"], "option --base-btf needs a FILE"),
    "no such program": (["prog", "list", "id", "4294967295"], "no program with id 4294967295"),
    "no such map": (["map", "list", "name", "no such map"], "no map named 'no such map'"),
    "no such file": (["object", "show", "no-such-file"], "no-such-file: no such file"),
    "no such file to load": (["prog", "load", "no-such-file", "/sys/fs/bpf/x"],
                             "no-such-file: no such file"),
    "no such device": (["net", "list", "dev", "none0"], "no device 'none0'"),
    "an escape sequence": (["\x1b[31m"], "'\x1b[31m' is not known after 'xh'"),
    "bad UTF-8": ([b"\xff"], "'ÿ' is not known after 'xh'"),
}


def run(xh, *words, **how):
    return subprocess.run([xh.path, *words], stdin=subprocess.DEVNULL, timeout=PATIENCE_S,
                          **how)


@pytest.mark.parametrize("words, message", FAILING.values(), ids=FAILING.keys())
def test_failure_in_text(xh, words, message):
    done = run(xh, *words, capture_output=True)
    message = message.replace("\x1b", "\\x1b").replace("ÿ", "\\xff")
    assert done.returncode in (254, 255) and done.stdout == b""
    assert done.stderr.decode().startswith(f"Error: {message}")
    assert done.stderr.endswith(b"\n") and done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("option", ["-m", "--mapcompat", "-l", "--legacy", "-L", "--use-loader"])
def test_options_that_are_taken_for_bpftools_sake(xh, option):
    assert xh(option, "version").out == xh("version").out


@pytest.mark.parametrize("form", ["-j", "-p", "--json", "--pretty", "-jd", "-jp"])
@pytest.mark.parametrize("words, message", FAILING.values(), ids=FAILING.keys())
def test_failure_in_json(xh, words, message, form):
    """One document says it, whether the option comes first or last; stderr is silent."""
    for line in [form, *words], [*words, form]:
        if line == [*words, form] and words[-1] == "-B":
            continue
        done = run(xh, *line, capture_output=True)
        assert done.returncode in (254, 255) and done.stderr == b""
        document = json.loads(done.stdout.decode())
        assert list(document) == ["error"] and document["error"].startswith(message)
        assert done.stdout.count(b"\n") == (3 if "p" in form else 1)


@pytest.mark.parametrize("words, message", FAILING.values(), ids=FAILING.keys())
def test_status(xh, words, message):
    missing = message.startswith(("no program", "no map", "no device"))
    assert run(xh, *words, capture_output=True).returncode == (254 if missing else 255)


def test_wrong_verb(xh):
    done = xh("prog", "lst", status=255)
    verbs = [line.split()[0] for line in xh("prog", "help").out.split("\n\n")[2].splitlines()]
    assert {"list", "load", "dump", "unload", "tracelog"} <= set(verbs)
    assert (done.out, done.err) == (
        "", "Error: 'lst' is not known after 'xh prog', expected one of: "
        f"{', '.join(verbs)}, help; did you mean 'list'?\n")


@pytest.mark.parametrize("line", ["-j version", "version -j", "--json version", "version --json",
                                  "-j -- version", "-djn version", "-j -B file version",
                                  "version --base-btf=file --js", "-m -L -f -jV", "-jV prog list"])
def test_options_anywhere(xh, line):
    assert xh(*line.split()).json["features"]["capstone"] is True


def test_version(xh):
    text = xh("version").out.splitlines()
    document = xh("-j", "version").json
    assert list(document) == ["version", "libbpf_version", "features"]
    assert text[0] == "xh v" + document["version"]
    assert text[1] == "using libbpf v" + document["libbpf_version"]
    assert text[2] == "features: " + ", ".join(
        name for name, built_in in document["features"].items() if built_in)
    assert xh("-V").out == xh("--version").out == xh("version").out
    assert xh("-p", "version").json == document


def test_help_of_everything(xh):
    overview = xh("help").out
    assert xh().out == xh("-h").out == xh("--help").out == overview
    assert xh("-j", "help").json["help"] == overview
    for words in VERBS:
        text = xh(*words, "help").out
        assert text == xh(*words, "--help").out == xh("-h", *words).out
        assert f"\nUsage: xh {words[0]}" in text
        assert f"  {words[0]} " in overview
        if len(words) > 1:
            outer = xh(*words[:-1], "help").out
            assert f"\n  {words[-1]} " in outer or f"xh {' '.join(words)}" in outer


def test_help_has_no_trailing_blanks(xh):
    for words in [], *VERBS:
        assert all(line == line.rstrip() for line in xh(*words, "help").out.splitlines())


@pytest.mark.parametrize("words", [["version"], ["help"], ["prog", "list"], ["map", "list"],
                                   ["net", "list"], ["-j", "prog", "list"], ["-p", "version"],
                                   ["-j", "prog", "list", "id", "4294967295"]])
def test_full_disk(xh, hello, words):
    with open("/dev/full", "wb") as full:
        done = run(xh, *words, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 255
    assert done.stderr == b"Error: write to standard output: No space left on device (ENOSPC)\n"


@pytest.mark.parametrize("words", [["version"], ["prog", "list"], ["-j", "net", "list"]])
def test_pipe_without_a_reader(xh, hello, words):
    reader, writer = os.pipe()
    os.close(reader)
    done = run(xh, *words, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert done.returncode == 255
    assert done.stderr == b"Error: write to standard output: Broken pipe (EPIPE)\n"


def test_closed_stdout(xh):
    done = subprocess.run(["sh", "-c", 'exec "$0" version >&-', xh.path], capture_output=True)
    assert done.returncode == 255
    assert done.stderr == b"Error: write to standard output: Bad file descriptor (EBADF)\n"


def closed_stdio(xh, *words):
    return subprocess.run(["sh", "-c", 'exec "$0" "$@" <&- >&- 2>&-', xh.path, *map(str, words)])


def test_closed_stdio(xh, bpf, pins, hello_object):
    """No map or program takes the place of stdout, and what was asked for is done."""
    assert closed_stdio(xh, "version").returncode == 255
    assert closed_stdio(xh, "bogus").returncode == 255
    assert closed_stdio(xh, "prog", "load", hello_object, pins / "hello").returncode == 0
    assert closed_stdio(xh, "prog", "list").returncode == 255
    assert xh("-j", "prog", "list", "pinned", pins / "hello").json["name"] == "hello"
    assert bpf.run_program(str(pins / "hello")) == 2


def test_failure_that_cannot_be_told(xh):
    with open("/dev/full", "wb") as full:
        assert run(xh, "bogus", stdout=full, stderr=full).returncode == 255
        assert run(xh, "-j", "bogus", stdout=full, stderr=full).returncode == 255


def test_success_is_silent_on_stderr(xh, hello):
    for words in (["prog"], ["map"], ["net"], ["version"], ["help"], ["-j", "prog"],
                  ["prog", "list", "pinned", hello], ["prog", "dump", "xlated", "pinned", hello]):
        assert xh(*words).err == ""


# A slip, and the word that is offered for it.
SLIPS = {
    "object": ("prgo list", "prog"), "verb": ("prog laod", "load"),
    "second name of a verb": ("net shwo", "show"), "form of a verb": ("prog dump xlatde", "xlated"),
    "keyword": ("prog dump xlated id 1 opcoeds", "opcodes"),
    "option of a verb": ("prog unload id 1 --dry-rnu", "--dry-run"),
    "choice": ("net attach xdpgenric id 1 dev lo", "xdpgeneric"),
    "way to name": ("prog list nmae x", "name"), "device": ("net list dev l0o", "lo"),
}


@pytest.mark.parametrize("line, meant", SLIPS.values(), ids=SLIPS.keys())
def test_near_misses(xh, line, meant):
    done = xh(*line.split(), status=None)
    assert done.status in (254, 255) and done.err.endswith(f"; did you mean '{meant}'?\n")


def test_near_names(xh, hello):
    done = xh("prog", "list", "name", "helloo", status=254)
    assert done.err == "Error: no program named 'helloo'; did you mean 'hello'?\n"
    assert "did you mean 'hello." in xh("map", "list", "name", "hello.bsss", status=254).err


def test_empty_command_line(xh):
    """Python runs nothing without words, C does."""
    bare = "import ctypes, sys; ctypes.CDLL(None).execv(sys.argv[1].encode(), (ctypes.c_char_p * 1)())"
    done = subprocess.run([sys.executable, "-c", bare, xh.path], capture_output=True)
    assert done.returncode == 0 and done.stdout.startswith(b"Usage: xh ")


def test_long_words(xh):
    word = "x" * 100000
    done = xh(word, status=255)
    assert len(done.err) < 2000 and done.err.startswith("Error: 'xxx")
    assert len(xh("-j", "prog", "list", "name", word, status=254).out) < 2000
