# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh prog loadall, and which pins it and xh prog load make: all of them, or none."""

import os
import pathlib
import subprocess

import pytest

from preload import INSTEAD_OF_BPF, preload
from several import GPL, HEAD, OBJECT, fails, several, state
from test_load import command_as

PROGRAMS = ["one", "two", "three"]
MAPS = ["m", "{}_bss", "{}_data", "{}_rodata"]

# The n-th pin fails.
FAIL_PIN = INSTEAD_OF_BPF + r"""
static long instead_of_bpf(int cmd, void *attr, unsigned int size)
{
	static int pins;

	if (cmd == BPF_OBJ_PIN && ++pins == atoi(getenv("FAIL_PIN"))) {
		errno = ENOSPC;
		return -1;
	}
	return real_bpf(cmd, attr, size);
}
"""


def names(directory):
    return sorted(path.name for path in directory.iterdir())


def map_names(path):
    return sorted(name.format(pathlib.Path(path).name.split(".")[0][:8]) for name in MAPS)


def test_maps_below_the_programs(xh, fails, preload, pins, compile_bpf):
    path = compile_bpf(OBJECT, "below")
    words = ["loadall", path, pins / "d", "pinmaps", pins / "d/m"]
    fails(*words, env=preload(FAIL_PIN) | {"FAIL_PIN": "7"})
    assert names(pins) == []
    xh("prog", *words)
    assert names(pins / "d") == sorted([*PROGRAMS, "m"])
    assert names(pins / "d/m") == map_names(path)


def test_no_maps_no_directory(xh, pins, compile_bpf):
    path = compile_bpf('#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n'
                       'SEC("xdp") int one(void *ctx) { return XDP_PASS; }')
    xh("prog", "loadall", path, pins / "d", "pinmaps", pins / "m")
    assert names(pins) == ["d"]


def test_pins_as_bpftool_does(xh, bpftool, pins, compile_bpf):
    path = compile_bpf(OBJECT.replace("?tc", "tc"), "same")
    xh("prog", "loadall", path, pins / "ours", "pinmaps", pins / "our_maps")
    bpftool("prog", "loadall", path, pins / "theirs", "pinmaps", pins / "their_maps")
    assert names(pins / "ours") == names(pins / "theirs") == sorted([*PROGRAMS, "optional"])
    assert names(pins / "our_maps") == names(pins / "their_maps") == map_names(path)
    for kind in ("ours", "theirs", "our_maps", "their_maps"):
        assert (pins / kind).stat().st_mode & 0o7777 == 0o700


def test_text_is_silent_and_json_is_an_array(xh, pins, several):
    result = xh("prog", "loadall", several, pins / "text")
    assert (result.out, result.err) == ("", "")
    loaded = xh("-j", "prog", "loadall", several, str(pins / "json") + "/").json
    assert [program["name"] for program in loaded] == PROGRAMS
    for program in loaded:
        assert list(program) == ["id", "name", "pinned", "map_ids"]
        assert program["pinned"] == str(pins / "json" / program["name"])
        shown = xh("-j", "prog", "show", "pinned", program["pinned"]).json
        assert shown["id"] == program["id"]
        assert sorted(shown.get("map_ids", [])) == sorted(program["map_ids"])


def test_into_a_directory_that_is_there(xh, fails, pins, several):
    (pins / "two").mkdir()
    message = fails("loadall", several, pins)
    assert message == f"{pins}/two: is a directory, the name of the pin is missing"
    (pins / "two").rmdir()
    xh("prog", "loadall", several, pins)
    assert names(pins) == sorted(PROGRAMS)


def test_directories_that_cannot_be(fails, several, pins, tmp_path, hello):
    message = fails("loadall", several, pins / "no/x")
    assert message.startswith(f"{pins}/no/x: there is no directory {pins}/no; create it: ")
    message = fails("loadall", several, tmp_path)
    assert message.startswith(f"{tmp_path}: is not on a BPF file system")
    assert fails("loadall", several, hello) == f"{hello}: is no directory"
    assert fails("load", several, pins / "x", "prog", "one", "pinmaps", tmp_path).startswith(
        f"{tmp_path}: is not on a BPF file system")


def test_choosing_a_program(xh, fails, several, pins):
    assert fails("load", several, pins / "x").endswith(
        "; say which: prog NAME, or load all: xh prog loadall")
    assert fails("load", several, pins / "x", "prog", "tow") == (
        f"{several}: has no program 'tow'; did you mean 'two'?")
    assert fails("load", several, pins / "x", "prog", "z").endswith(
        "; it has one (xdp), two (tp_btf/sys_enter), three (raw_tp/sys_enter)")
    for name in (*PROGRAMS, "optional"):
        xh("prog", "load", several, pins / name, "prog", name)
        assert xh("-j", "prog", "show", "pinned", pins / name).json["name"] == name


def test_the_rejected_one_is_named(fails, compile_bpf, pins):
    bad = 'SEC("tc") int bad(void *ctx) { asm volatile ("r0 = r9"); return 0; }\n'
    message = fails("loadall", compile_bpf(OBJECT + bad, "last"), pins / "d", "pinmaps", pins / "m")
    assert message.startswith("last.bpf.c:") and "R9 !read_ok" in message


@pytest.mark.parametrize("nth", range(1, 8))
@pytest.mark.parametrize("how", [[], ["autoattach"]])
def test_all_pins_or_none(xh, fails, preload, compile_bpf, pins, nth, how):
    """Four maps, then three programs or links: each of the seven pins fails in turn."""
    source = OBJECT.replace('"xdp"', '"raw_tp/sys_exit"')
    path = compile_bpf(source, "each")
    words = ["loadall", path, pins / "d", "pinmaps", pins / "m", *how]
    env = preload(FAIL_PIN) | {"FAIL_PIN": str(nth)}
    assert fails(*words, env=env).endswith("No space left on device (ENOSPC)")
    xh("prog", *words, env=env | {"FAIL_PIN": "8"})
    assert (names(pins / "d"), names(pins / "m")) == (sorted(PROGRAMS), map_names(path))


@pytest.mark.parametrize("nth", range(1, 6))
def test_the_path_is_pinned_last(fails, preload, several, pins, nth):
    env = preload(FAIL_PIN) | {"FAIL_PIN": str(nth)}
    fails("load", several, pins / "x", "prog", "one", "pinmaps", pins, env=env)


@pytest.mark.parametrize("words", [
    ["load", "{o}", "{p}/x", "prog", "one"], ["loadall", "{o}", "{p}/d", "pinmaps", "{p}/m"],
    ["loadall", "{o}", "{p}/d", "pinmaps", "{p}/d"],
])
def test_output_that_cannot_be_written(several, pins, words, xh):
    before = state()
    words = [word.format(o=several, p=pins) for word in words]
    with open("/dev/full", "w") as full:
        done = subprocess.run([xh.path, "-j", "prog", *words], stdout=full, stderr=subprocess.PIPE,
                              text=True)
    assert done.returncode == 255 and "ENOSPC" in done.stderr
    assert state() == before


def test_maps_by_name_move_to_pinmaps(xh, pins, compile_bpf):
    source = OBJECT.replace("} m SEC", "__uint(pinning, LIBBPF_PIN_BY_NAME); } m SEC")
    path = compile_bpf(source, "byname")
    first = xh("-j", "prog", "loadall", path, pins / "a", "pinmaps", pins / "m").json
    assert "m" in names(pins / "m") and not os.path.exists("/sys/fs/bpf/m")
    for left in names(pins / "m"):
        if left != "m":
            (pins / "m" / left).unlink()
    second = xh("-j", "prog", "loadall", path, pins / "b", "pinmaps", pins / "m").json
    assert len(set(first[0]["map_ids"]) & set(second[0]["map_ids"])) == 1


# At the first bpf(2) of the number AT, another process takes away what is pinned at WHERE, if
# anything is, and pins there what OTHER has.
OTHER_PINS = FAIL_PIN.replace("#include <sys", "#include <unistd.h>\n#include <sys", 1).replace(
    "	if (cmd == BPF_OBJ_PIN", """	if (getenv("AT") && cmd == atoi(getenv("AT"))) {
		union bpf_attr other = { .pathname = (unsigned long)getenv("OTHER") };

		other.bpf_fd = real_bpf(BPF_OBJ_GET, &other, sizeof(other));
		other.pathname = (unsigned long)getenv("WHERE");
		unlink(getenv("WHERE"));
		if (real_bpf(BPF_OBJ_PIN, &other, sizeof(other)))
			abort();
		close(other.bpf_fd);
		unsetenv("AT");
	}
	if (cmd == BPF_OBJ_PIN""")
MAP_CREATE, RAW_TRACEPOINT_OPEN = "0", "17"


@pytest.fixture
def overtaken(xh, preload, compile_bpf, pins):
    """The object, a map for it that is pinned elsewhere, and how to have it pinned in between."""
    source = OBJECT.replace("} m SEC", "__uint(pinning, LIBBPF_PIN_BY_NAME); } m SEC")
    path = compile_bpf(source.replace('"xdp"', '"raw_tp/sys_exit"'), "overtaken")
    xh("prog", "load", path, pins / "first", "prog", "one", "pinmaps", pins / "o")
    other = xh("-j", "map", "show", "pinned", pins / "o/m").json["id"]
    env = {"OTHER": str(pins / "o/m"), "WHERE": str(pins / "m/m"), "AT": MAP_CREATE, "FAIL_PIN": "0"}
    return path, other, preload(OTHER_PINS) | env


def test_a_pin_made_in_between_is_taken(xh, pins, overtaken):
    path, other, env = overtaken
    loaded = xh("-j", "prog", "loadall", path, pins / "d", "pinmaps", pins / "m", env=env).json
    assert other in loaded[0]["map_ids"]
    assert names(pins / "m") == ["m", *(name for name in names(pins / "o") if name != "m")]


@pytest.mark.parametrize("nth", range(1, 7))
def test_a_pin_made_in_between_stays(xh, pins, overtaken, nth):
    path, other, env = overtaken
    (pins / "m").mkdir()
    result = xh("prog", "loadall", path, pins / "d", "pinmaps", pins / "m", status=255,
                env=env | {"FAIL_PIN": str(nth)})
    assert "ENOSPC" in result.err
    assert names(pins) == ["first", "m", "o"] and names(pins / "m") == ["m"]
    assert xh("-j", "map", "show", "pinned", pins / "m/m").json["id"] == other


def test_a_pin_that_was_replaced_stays(xh, pins, overtaken):
    path, other, env = overtaken
    words = ["loadall", path, pins / "d", "pinmaps", pins / "m", "autoattach"]
    result = xh("prog", *words, status=255, env=env | {"AT": RAW_TRACEPOINT_OPEN, "FAIL_PIN": "5"})
    assert "ENOSPC" in result.err
    assert names(pins) == ["first", "m", "o"] and names(pins / "m") == ["m"]
    assert xh("-j", "map", "show", "pinned", pins / "m/m").json["id"] == other


def test_autoattach(xh, pins, several):
    loaded = xh("-j", "prog", "load", several, pins / "x", "prog", "three", "pinmaps", pins,
                "autoattach").json
    link = xh("-j", "link", "show", "pinned", pins / "x").json
    assert (link["type"], link["prog_id"]) == ("raw_tracepoint", loaded["id"])
    [bss] = pins.glob("*_bss")
    counts = []
    for _ in range(2):
        os.getppid()
        counts.append(xh("-j", "map", "dump", "pinned", bss).json[0]["formatted"]["value"][".bss"])
    assert 0 < counts[0][0]["counter"] < counts[1][0]["counter"]


def test_autoattach_by_a_perf_event_lasts(xh, compile_bpf, pins):
    path = compile_bpf(HEAD + 'int counter;\nSEC("tp/sched/sched_switch") int f(void *c) '
                       "{ counter++; return 0; }\n" + GPL, "perf")
    xh("prog", "load", path, pins / "x", "pinmaps", pins, "autoattach")
    counts = [xh("-j", "map", "dump", "pinned", pins.glob("*_bss").__next__()).json for _ in "12"]
    first, second = (one[0]["formatted"]["value"][".bss"][0]["counter"] for one in counts)
    assert 0 < first < second


def test_autoattach_where_nothing_says_to(fails, several, pins):
    end = "does not say where to attach it; load it without 'autoattach', then attach it"
    assert fails("load", several, pins / "x", "prog", "one", "autoattach") == (
        f'{several}: SEC("xdp") of one() {end}')
    assert fails("loadall", several, pins / "d", "autoattach").endswith(end)


def test_autoattach_to_what_is_not_there(fails, compile_bpf, pins):
    path = compile_bpf(HEAD + 'SEC("kprobe/nosuch") int f(void *c) { return 0; }\n' + GPL, "nosuch")
    assert fails("load", path, pins / "x", "autoattach") == (
        f'{path}: this kernel has nothing that SEC("kprobe/nosuch") of f() names (ENOENT)')


def test_mounts_where_it_lasts(command_as, hello_object):
    """As prog load does; see the tests of that."""
    wrapper = ["unshare", "-m", "-p", "--fork", "--mount-proc", "sh", "-c",
               'umount /sys/fs/bpf; "$@" && find /sys/fs/bpf -type f', "sh"]
    for directory in ("/sys/fs/bpf/d", "/sys/fs/bpf"):
        result = command_as(wrapper, "prog", "loadall", hello_object, directory, "pinmaps",
                            "/sys/fs/bpf/m")
        assert f"{directory}/hello\n" in result.out and "/sys/fs/bpf/m/hello_bss\n" in result.out
