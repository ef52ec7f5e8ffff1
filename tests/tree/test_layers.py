# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""Which folder may include which, and the other rules of CONTRIBUTING.md that grep can see."""

import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = sorted(path for top in ("lib", "cmd") for path in (ROOT / top).rglob("*.[ch]"))

# What each folder of lib may use beside itself and base.
MAY_USE = {
    "base": set(),
    "cli": set(),
    "out": set(),
    "rawbtf": set(),
    "nl": set(),
    "jit": set(),
    "trace": set(),
    "insn": set(),
    "elf": {"insn", "rawbtf"},
    "bpf": {"elf", "insn", "rawbtf"},
    "btf": {"out", "bpf", "rawbtf"},
    "obj": {"bpf"},
    "map": {"bpf"},
}

# Headers of libraries, and functions that print, where they are at home.
AT_HOME = {
    r'#include <bpf/': {"bpf", "btf"},
    r'#include <libmnl/': {"nl"},
    r'#include <capstone/': {"jit"},
    r'#include <(gelf|libelf)\.h>': {"elf"},
    r'\b(printf|puts|putchar|perror)\(|\bstdout\b': {"cmd"},
    r'\b__NR_bpf\b': {"bpf"},
}


def code(path):
    """The lines of a file, without its comments."""
    kept = re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), path.read_text(),
                  flags=re.DOTALL)
    return kept.splitlines()


def folder(path):
    """"bpf" for lib/bpf/sys.c, "cmd/net" for cmd/net/xdp.c, "cmd" for cmd/main.c."""
    inside = path.relative_to(ROOT)
    return inside.parts[1] if inside.parts[0] == "lib" else str(inside.parent)


def included(path):
    """The files of the tree that a file includes."""
    for name in re.findall(r'^#include "([^"]+)"', path.read_text(), re.MULTILINE):
        found = [top / name for top in (ROOT / "lib", ROOT / "cmd") if (top / name).exists()]
        assert found or name.startswith("../bpf/"), f"{path}: where is {name}?"
        yield from found


def uses():
    """What each folder uses, with a file that does: {"bpf": {"base": "lib/bpf/info.c"}}."""
    edges = {}
    for path in SOURCES:
        mine = edges.setdefault(folder(path), {})
        for other in included(path):
            mine.setdefault(folder(other), path.relative_to(ROOT))
        mine.pop(folder(path), None)
    return edges


def test_lib_uses_what_is_below_it():
    for name, used in uses().items():
        if name.startswith("cmd"):
            continue
        wrong = {other: str(path) for other, path in used.items()
                 if other not in MAY_USE[name] | {"base"}}
        assert not wrong, f"lib/{name} may not use {wrong}"


def test_folders_have_no_circle():
    edges, done = uses(), set()

    def visit(name, way):
        assert name not in way, f"a circle: {' → '.join([*way, name])}"
        if name in done:
            return
        for other in edges.get(name, {}):
            if (name, other) != ("cmd", other):
                visit(other, [*way, name])
        done.add(name)

    for name in edges:
        visit(name, [])


@pytest.mark.parametrize("pattern", AT_HOME)
def test_is_at_home(pattern):
    wrong = [f"{path.relative_to(ROOT)}:{number}" for path in SOURCES
             if folder(path).split("/")[0] not in AT_HOME[pattern]
             for number, line in enumerate(code(path), 1)
             if re.search(pattern, line)]
    assert not wrong
