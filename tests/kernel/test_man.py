# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""The manual: clean mdoc, prose for every verb and option, and none for what does not exist."""

import pathlib
import re
import shutil
import subprocess

import pytest

import conftest

SOURCE = conftest.ROOT / "man"
BUILT = pathlib.Path(conftest.XH).parent / "man"
PAGES = sorted(path.name for path in SOURCE.iterdir())
HANDLES = {"id", "name", "tag", "pinned", "help"}
MACROS = {"Ar", "Cm", "Fl", "Op", "Brq", "Pa", "Fn", "Ql", "Vt", "Xr", "Nm"}


@pytest.fixture(scope="module")
def grammar():
    return conftest.command(conftest.XH, "-j", "help").json


def verbs_of(grammar):
    """Every verb: its words as one string, and what the grammar says of it."""

    def down(node, words):
        for command in node["commands"]:
            path = [*words, command["name"]]
            yield from down(command, path) if "commands" in command else [
                (" ".join(path), command)]

    return dict(down(grammar, []))


def words_of(verb):
    """What a command line of this verb may hold besides values."""
    words = set()
    for operand in verb["operands"]:
        words |= {operand.get("keyword")} | set(operand.get("choices", []))
        for form in operand.get("spec", ""), operand.get("value", ""):
            words |= set(re.findall(r"[a-z_]+", form))
    return words - {None}


def marked(text, macro):
    """The words that a page sets as .Cm or .Fl."""
    found = []
    for line in text.splitlines():
        current = None
        for token in line[1:].split() if line.startswith(".") else []:
            if token in MACROS or token == "It":
                current = token
            elif current == macro and token not in (",", ".", ";", ":", "|"):
                found.append(token)
    return found


def sections(page):
    """The subsections of a page: {heading: text}."""
    text = (SOURCE / page).read_text().split(".Sh EXIT STATUS")[0]
    parts = re.split(r"^\.Ss (.*)$", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


@pytest.mark.parametrize("page", PAGES)
def test_lint(page):
    if not shutil.which("mandoc"):
        pytest.skip("no mandoc is installed")
    done = subprocess.run(["mandoc", "-T", "lint", BUILT / page], capture_output=True, text=True)
    # Which pages other packages have installed is not what this is about.
    about = [line for line in done.stdout.splitlines()
             if "referenced manual not found" not in line and "outdated mandoc.db" not in line]
    assert about == []


def page_of(words):
    name = f"xh-{words.split()[0]}.8"
    return name if name in PAGES else "xh.8"


def test_every_verb_has_prose(grammar):
    for words, verb in verbs_of(grammar).items():
        assert words in sections(page_of(words)), f"{page_of(words)} says nothing of {words}"


def test_every_keyword_has_prose(grammar):
    for words, verb in verbs_of(grammar).items():
        text = sections(page_of(words))[words]
        said = set(marked(text, "Cm")) | {f"-{word}" for word in marked(text, "Fl")}
        wanted = {operand["keyword"] for operand in verb["operands"] if "keyword" in operand}
        assert wanted <= said, f"{page_of(words)}, {words}: nothing of {wanted - said}"


def test_no_prose_for_what_does_not_exist(grammar):
    verbs = verbs_of(grammar)
    names = {word for words in verbs for word in words.split()}
    options = {option.get("letter") for option in grammar["options"]}
    objects = {words.split()[0] for words in verbs if " " in words}
    for page in PAGES:
        for heading, text in sections(page).items():
            if heading not in verbs:
                assert heading.split()[0] not in objects, f"{page}: there is no {heading}"
                continue
            fits = words_of(verbs[heading]) | names | HANDLES
            assert set(marked(text, "Cm")) <= fits, (page, heading)
            flags = {word for word in fits if word.startswith("--")}
            assert {f"-{word}" for word in marked(text, "Fl")} <= flags | {
                f"-{letter}" for letter in options if letter}, (page, heading)


def test_words_of_a_page_exist(grammar):
    """What stands outside of the subsections: at least some verb knows the word."""
    verbs = verbs_of(grammar)
    known = set().union(HANDLES, *(words_of(verb) | set(words.split())
                                   for words, verb in verbs.items()))
    for page in PAGES:
        assert set(marked((SOURCE / page).read_text(), "Cm")) <= known, page


def test_global_options(grammar):
    said = re.findall(r"^\.It Fl (?:(\w) , )?-(\S+)(?: Ar (\S+))?$", sections("xh.8")["Options"],
                      re.M)
    there = [(o.get("letter", ""), o["name"], o.get("value", "").lower())
             for o in grammar["options"]]
    assert sorted(said) == sorted(there)


def test_synopsis(grammar):
    """Each page has the usage of each of its verbs, from the grammar."""
    for words, verb in verbs_of(grammar).items():
        page = (BUILT / page_of(words)).read_text()
        synopsis = page.split(".Sh SYNOPSIS")[1].split(".Sh ")[0]
        for operand in verb["operands"] if page_of(words) != "xh.8" else []:
            flag = operand.get("keyword", "").startswith("--")
            keyword = ("Fl " + operand["keyword"][1:] if flag else
                       "Cm " + operand["keyword"]) if "keyword" in operand else ""
            value = "Ar " + operand["value"] if "value" in operand else ""
            usage = " ".join(filter(None, [keyword, value]))
            usage += " ..." if operand["repeats"] else ""
            assert f".{usage}\n" in synopsis or f".Op {usage}\n" in synopsis, (words, usage)


def test_warnings_that_matter():
    assert "Reading consumes" in sections("xh-map.8")["map events"]
    assert "1410 KiB for each CPU" in " ".join(sections("xh-prog.8")["prog tracelog"].split())


def compile_lines():
    """What a reader copies: from the page with its continuation, from README as one line."""
    page = (SOURCE / "xh-hello.7").read_text().replace("\\e\n", "")
    for text in page, (conftest.ROOT / "README.md").read_text():
        yield re.search(r"^ *\$ (clang .*)$", text, re.M).group(1)


@pytest.mark.skipif(not shutil.which("clang"), reason="no clang is installed")
@pytest.mark.parametrize("line", compile_lines())
def test_compile_line(line, xh, tmp_path):
    (tmp_path / "bpf").mkdir()
    for copy in "hello.bpf.c", "bpf/hello.bpf.c":
        shutil.copy(conftest.ROOT / "bpf/hello.bpf.c", tmp_path / copy)
    conftest.command("sh", "-c", line, cwd=tmp_path)
    assert "hello  section xdp" in xh("object", "show", tmp_path / "hello.bpf.o").out
    hint = xh("object", "show", tmp_path / "hello.bpf.c", status=255).err
    assert " ".join(re.sub(r"\S*hello\.bpf", "FILE", line).split()) in hint
