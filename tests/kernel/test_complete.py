# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""Completion: what xh offers at a point of the line, and that the shells show it."""

import os
import pathlib
import shutil
import subprocess

import pytest

import conftest

SHIMS = conftest.ROOT / "completion"


@pytest.fixture
def offers(xh):
    """offers("prog", "s") gives {word: description} of what may stand for the last word."""

    def ask(*words, **how):
        done = xh("complete", "--", "xh", *words, **how)
        assert done.err == ""
        rows = [line.partition("\t") for line in done.out.splitlines()]
        return {word: help for word, _, help in rows}

    return ask


@pytest.fixture
def tc(xh, pins, compile_bpf):
    """A program that is no XDP program, pinned: its path."""
    path = pins / "classify"
    source = """#include <linux/bpf.h>
__attribute__((section("tc"), used)) int classify(struct __sk_buff *skb) { return 0; }
char text[] __attribute__((section("license"), used)) = "GPL";"""
    xh("prog", "load", compile_bpf(source, "classify"), path)
    return str(path)


def grammar(xh):
    """Every verb as (its words, its grammar)."""

    def down(node, words):
        for command in node.get("commands", []):
            path = [*words, command["name"]]
            yield from down(command, path) if "commands" in command else [(path, command)]

    return list(down(xh("-j", "help").json, []))


def test_commands(xh, offers):
    help = xh("-j", "help").json
    assert set(offers("")) == {c["name"] for c in help["commands"]} | {"help"}
    assert offers("")["prog"] == help["commands"][0]["summary"]
    assert set(offers("prog", "dump", "")) == {"xlated", "jited", "help"}
    assert set(offers("p", "d", "x")) == {"xlated"}
    assert set(offers("prog", "sh")) == {"show"}
    assert offers("bogus", "") == {} == offers("prog", "bogus", "")


def test_hidden(xh, offers):
    assert "complete" not in offers("") and "complete" not in offers("comp")
    assert "complete" not in xh("help").out
    assert "complete" not in xh("bogus", status=255).err


def test_keywords_of_every_verb(xh, offers):
    """With the operands that must come in place, each keyword is offered, and then no more."""
    samples = {"PROG": ["id", "1"], "MAP": ["id", "1"], "LINK": ["id", "1"], "BTF": ["id", "1"],
               "BTF_SRC": ["id", "1"]}
    for words, verb in grammar(xh):
        line = list(words)
        for operand in verb["operands"]:
            if operand["required"] and "keyword" not in operand:
                value = operand.get("choices", ["1"])[:1]
                line += samples.get(operand["type"], value)
        keywords = [o for o in verb["operands"] if "keyword" in o]
        offered = offers(*line, "")
        assert {o["keyword"] for o in keywords} <= set(offered), words
        for operand in keywords:
            if "value" not in operand:
                again = offers(*line, operand["keyword"], "")
                assert operand["keyword"] not in again, (words, operand)
            elif "choices" in operand:
                assert set(operand["choices"]) <= set(offers(*line, operand["keyword"], ""))


def test_choices(xh, offers):
    for words, verb in grammar(xh):
        first = next(iter(verb["operands"]), None)
        if first and "choices" in first and "keyword" not in first:
            assert set(first["choices"]) <= set(offers(*words, ""))


def test_options(offers):
    assert {"--json", "--pretty", "-j", "-N"} <= set(offers("prog", "-"))
    assert set(offers("prog", "list", "--pr")) == {"--pretty"}
    assert set(offers("-j", "prog", "dump", "-p", "")) == {"xlated", "jited", "help"}
    assert "--dry-run" in offers("prog", "unload", "id", "1", "--")


def test_colors(offers):
    assert set(offers("--color", "")) == {"auto", "always", "never"}


def test_netns(offers):
    os.makedirs("/run/netns", exist_ok=True)
    conftest.command("mount", "-t", "tmpfs", "tmpfs", "/run/netns")
    pathlib.Path("/run/netns/blue").touch()
    assert offers("-N", "") == {"blue": "network namespace"}
    assert offers("prog", "--netns", "b") == {"blue": "network namespace"}
    conftest.command("umount", "/run/netns")


def test_programs(xh, offers, hello):
    program = xh("-j", "prog", "show", "pinned", hello).json
    assert set(offers("prog", "show", "")) == {"id", "name", "tag", "pinned"}
    assert offers("prog", "show", "id", "")[str(program["id"])] == "xdp hello"
    assert offers("prog", "show", "id", str(program["id"])) == {str(program["id"]): "xdp hello"}
    assert "hello" in offers("prog", "show", "name", "")
    assert program["tag"] in offers("prog", "unload", "tag", program["tag"][:5])
    assert offers("prog", "show", "id", "1", "") == {}


def test_types(xh, offers, hello, tc):
    """Programs that cannot be attached there are not offered."""
    xdp = str(xh("-j", "prog", "show", "pinned", hello).json["id"])
    cls = str(xh("-j", "prog", "show", "pinned", tc).json["id"])
    for hook, fits, other in ("xdp", xdp, cls), ("tcx_ingress", cls, xdp):
        offered = offers("net", "attach", hook, "id", "")
        assert fits in offered and other not in offered
        offered = offers("net", "attach", hook, "id", "1", "dev", "lo", "replace", "id", "")
        assert fits in offered and other not in offered
    assert {xdp, cls} <= set(offers("prog", "show", "id", ""))
    assert not {xdp, cls} & set(offers("prog", "attach", "id", ""))


def test_pins(offers, pins, hello, tc):
    assert set(offers("prog", "show", "pinned", "")) == {"/sys/fs/bpf/"}
    assert f"{pins}/" in offers("prog", "show", "pinned", "/sys/fs/bpf/")
    assert set(offers("prog", "show", "pinned", f"{pins}/")) == {hello, tc}
    assert set(offers("net", "attach", "xdp", "pinned", f"{pins}/")) == {hello}
    assert offers("map", "show", "pinned", f"{pins}/") == {}
    assert offers("prog", "show", "pinned", "/etc/") == {}
    assert f"{pins}/" in offers("prog", "load", "hello", "/sys/fs/bpf/")
    assert offers("prog", "load", "hello", f"{pins}/") == {}


def test_maps(offers, hello):
    assert "hello.bss" in offers("map", "dump", "name", "hello.")
    assert set(offers("map", "dump", "")) == {"id", "name", "pinned"}


def test_new_maps(offers):
    assert {"hash", "array", "ringbuf"} <= set(offers("map", "create", "/x", "type", ""))
    line = ["map", "create", "/x", "type", "hash", "name", "n", "flags"]
    assert set(offers(*line, "no_pre")) == {"no_prealloc"}
    assert set(offers(*line, "mmapable,no_pre")) == {"mmapable,no_prealloc"}


def test_keys_and_values(offers, tmp_path):
    (tmp_path / "key").touch()
    assert {"hex", "file"} == set(offers("map", "lookup", "id", "1", "key", ""))
    assert {"hex", "file", "id", "name"} <= set(offers("map", "push", "id", "1", "value", ""))
    assert set(offers("map", "lookup", "id", "1", "key", "file", f"{tmp_path}/")) == {
        f"{tmp_path}/key"}
    assert {"value", "any"} <= set(offers("map", "update", "id", "1", "key", "1", "0", ""))


def test_devices(offers, veth):
    offered = offers("net", "list", "dev", "")
    assert offered[veth[0]] == "veth" and "lo" in offered
    assert set(offers("net", "attach", "xdp", "id", "1", "dev", veth[0])) == {veth[0]}


def test_devices_of_another_namespace(offers, veth):
    """Those of -N, here of a process that has nothing but lo."""
    sleeper = subprocess.Popen(["unshare", "-n", "sleep", "3600"])
    path = f"/proc/{sleeper.pid}/ns/net"
    while os.readlink(path) == os.readlink("/proc/self/ns/net"):
        pass
    try:
        assert veth[0] in offers("net", "list", "dev", "")
        assert set(offers("-N", path, "net", "list", "dev", "")) == {"lo"}
    finally:
        sleeper.kill()
        sleeper.wait()


def test_files(offers, tmp_path):
    (tmp_path / "a b.o").touch()
    (tmp_path / "adir").mkdir()
    (tmp_path / ".hidden").touch()
    assert set(offers("object", "show", f"{tmp_path}/")) == {f"{tmp_path}/a b.o",
                                                             f"{tmp_path}/adir/"}
    assert set(offers("object", "show", "a", cwd=tmp_path)) == {"a b.o", "adir/"}
    assert set(offers("object", "show", f"{tmp_path}/.")) == {f"{tmp_path}/.hidden"}
    assert offers("object", "show", "/no/such/") == {}


def test_hostile_names(offers, tmp_path):
    """What cannot be shown cannot be chosen."""
    for name in b"\x1b[31m", b"a\tb\nc", b"\xff", "naïve".encode():
        open(os.fsencode(tmp_path) + b"/" + name, "wb").close()
    assert set(offers("object", "show", f"{tmp_path}/")) == {f"{tmp_path}/naïve"}


def test_never_fails(xh, offers, hello):
    for words in [], ["xh"], ["--"], ["-z", ""], ["prog", "-B"], ["x" * 100000, ""], ["", ""]:
        assert xh("complete", "--", "xh", *words).err == ""
    assert xh("complete").out == "" == xh("complete", "--", "xh").out
    assert xh("-j", "complete", "--", "xh", "vers").json == [
        {"word": "version", "help": offers("vers")["version"]}]


def test_without_root(xh, hello):
    """Silent, and status 0."""
    for words in (["prog", "show", "id", ""], ["prog", "show", "name", ""],
                  ["map", "show", "pinned", "/sys/fs/bpf/"], ["link", "show", "id", ""],
                  ["net", "attach", "xdp", "id", "1", "dev", ""]):
        done = xh("complete", "--", "xh", *words, preexec_fn=lambda: os.setuid(65534))
        assert done.err == ""
        assert ("lo" in done.out.split()) == (words[-2] == "dev")


def shell(name, script, xh, **variables):
    """What a script prints in that shell, whose PATH finds xh and no other bpftool but a link."""
    path = shutil.which(name)
    if not path:
        pytest.skip(f"no {name} is installed")
    environment = {**os.environ, "PATH": f"{pathlib.Path(xh.path).parent}:{os.environ['PATH']}",
                   "SHIMS": str(SHIMS), **variables}
    done = subprocess.run([path, *(["-f"] if name == "zsh" else []), "-c", script],
                          capture_output=True, text=True, timeout=conftest.PATIENCE_S,
                          env=environment)
    assert done.returncode == 0 and done.stderr == "", done
    return done.stdout.splitlines()


BASH = """source "$SHIMS/xh.bash"
compopt() { :; }
COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
[[ $(complete -p ${COMP_WORDS[0]##*/}) == *_xh* ]] || exit
_xh && printf '%%s\\n' "${COMPREPLY[@]}"
"""
FISH = 'source "$SHIMS/xh.fish"; complete -C "%s"'

# zsh completes only in a terminal of its own: what is offered is listed there.
ZSH = r"""zmodload zsh/zpty
zpty -b z zsh -f -i
zpty -w z 'PS1=; fpath=("$SHIMS" $fpath); autoload -Uz compinit; compinit -u -D; LISTMAX=1000'
zpty -w z 'bindkey "^I" list-choices; stty cols 200; zstyle ":completion:*" list-colors ""'
zpty -w z 'echo rea""dy'
text=
until [[ $text == *ready* ]]; do zpty -r -t z part && text+=$part || sleep 0.05; done
zpty -w -n z $'%s\t'
text=
until [[ $text == *"$WANTED"* ]]; do zpty -r -t z part && text+=$part || sleep 0.05; done
zpty -d z
print -r -- $text
"""


def bash(xh, words):
    return shell("bash", BASH % words, xh)


def test_bash(xh, hello, pins, tmp_path):
    assert set(bash(xh, "xh prog dump ''")) == {"help", "jited", "xlated"}
    assert bash(xh, "xh prog dump x") == ["xlated"]
    assert bash(xh, f"{xh.path} prog dump x") == ["xlated"]
    assert "hello" in bash(xh, "xh prog show name ''")
    assert bash(xh, f"xh prog show pinned {pins}/") == [hello]
    (tmp_path / "a b.o").touch()
    assert bash(xh, f"xh object show {tmp_path}/") == [f"{tmp_path}/a\\ b.o"]


def test_bash_as_bpftool(xh):
    """An alias or a link is completed; the real bpftool is left alone."""
    assert shell("bash", "alias bpftool=xh\n" + BASH % "bpftool prog dump x", xh) == ["xlated"]
    link = 'd=$(mktemp -d); ln -s "$(type -P xh)" "$d/bpftool"; PATH=$d:$PATH\n'
    assert shell("bash", link + BASH % "bpftool prog dump x", xh) == ["xlated"]
    plain = 'source "$SHIMS/xh.bash"; complete -p bpftool 2>/dev/null || echo none'
    assert shell("bash", plain, xh) == ["none"]


def test_fish(xh, hello, pins):
    def fish(line):
        return dict(row.partition("\t")[::2] for row in shell("fish", FISH % line, xh))

    assert set(fish("xh prog dump ")) == {"help", "jited", "xlated"}
    assert fish("xh prog dump x") == {"xlated": "Show BPF instructions as the verifier left them"}
    assert list(fish(f"xh prog show pinned {pins}/")) == [hello]
    assert "hello" in fish("xh prog show name ")


def test_zsh(xh, hello):
    """Words are listed in order: what is wanted last is there when all are."""

    def zsh(line, wanted):
        return " ".join(shell("zsh", ZSH % line, xh, WANTED=wanted))

    text = zsh("xh prog dump ", wanted="as the verifier left them")
    assert "xlated" in text and "jited" in text
    assert "hello" in zsh("xh prog show name hel", wanted="hello")
