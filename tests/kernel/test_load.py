# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""xh prog load: what it makes, what it says when it cannot, and that it then leaves nothing."""

import os
import pathlib
import shutil
import subprocess

import conftest
import pytest

HEAD = """
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
"""
GPL = 'char LICENSE[] SEC("license") = "GPL";\n'
PASS = 'SEC("%s") int %s(void *ctx) { return 0; }\n'


def state():
    """What a load could leave behind: pins and mounts."""
    pins = sorted(str(path) for path in pathlib.Path("/sys/fs/bpf").rglob("*"))
    return pins, pathlib.Path("/proc/self/mountinfo").read_text()


@pytest.fixture
def build(compile_bpf):
    """build(source) compiles C with the usual headers before it; GPL unless it says otherwise."""

    def run(source, name="t", license=GPL):
        return compile_bpf(HEAD + source + license, name)

    return run


@pytest.fixture
def refused(xh):
    """refused(words…) gives the message of a load that has to fail and to leave nothing behind."""

    def run(*words, status=255, **how):
        before = state()
        result = xh("prog", "load", *words, status=status, **how)
        assert result.out == ""
        assert result.err.startswith("Error: ") and result.err.count("\n") == 1
        assert state() == before
        return result.err[len("Error: "):-1]

    return run


def test_load_is_silent_and_pins(xh, pins, hello_object):
    result = xh("prog", "load", hello_object, pins / "h")
    assert (result.out, result.err) == ("", "")
    shown = xh("-j", "prog", "show", "pinned", pins / "h").json
    assert (shown["type"], shown["name"]) == ("xdp", "hello")


@pytest.mark.parametrize("name", ["p", "pinm", "m", "t", "a", "auto", "g", "d", "kernel"])
def test_a_short_path_is_no_keyword(xh, pins, hello_object, name):
    xh("prog", "load", hello_object, name, cwd=pins)
    assert xh("-j", "prog", "show", "pinned", pins / name).json["name"] == "hello"


def test_what_was_meant(refused):
    assert refused("helo") == "helo: no such file; did you mean 'hello', the bundled object?"
    assert refused("other.o") == "other.o: no such file"


def test_no_signature(xh, refused):
    assert refused("hello", "-S") == "xh does not sign programs: leave out -S"
    assert xh("-S", "version").out == xh("version").out


def test_load_json(xh, pins, hello_object):
    loaded = xh("-j", "prog", "load", hello_object, pins / "h").json
    assert list(loaded) == ["id", "name", "pinned", "map_ids"]
    assert (loaded["name"], loaded["pinned"]) == ("hello", str(pins / "h"))
    shown = xh("-j", "prog", "show", "pinned", pins / "h").json
    assert shown["id"] == loaded["id"]
    assert sorted(shown["map_ids"]) == sorted(loaded["map_ids"]) and len(loaded["map_ids"]) == 2


def test_bundled_object_and_default_path(xh):
    try:
        assert xh("-j", "prog", "load", "hello", cwd="/").json["pinned"] == "/sys/fs/bpf/hello"
    finally:
        os.unlink("/sys/fs/bpf/hello")


def test_a_file_named_hello_wins(xh, refused, tmp_path):
    (tmp_path / "hello").write_text("no object\n")
    assert refused("hello", cwd=tmp_path).startswith("hello: not an ELF file (text)")


def test_same_program_as_bpftool(xh, bpftool, pins, hello_object):
    xh("prog", "load", hello_object, pins / "ours")
    bpftool("prog", "load", hello_object, pins / "theirs")
    ours, theirs = (xh("-j", "prog", "show", "pinned", pins / name).json for name in ("ours", "theirs"))
    for key in ("type", "name", "tag", "gpl_compatible", "bytes_xlated"):
        assert ours[key] == theirs[key]
    names = [[xh("-j", "map", "show", "id", number).json["name"] for number in program["map_ids"]]
             for program in (ours, theirs)]
    assert sorted(names[0]) == sorted(names[1])


@pytest.mark.parametrize("name, message", [
    ("none.o", "{path}: no such file"),
    ("directory", "{path}: is a directory, expected a BPF object file"),
    ("fifo", "{path}: is a FIFO, expected a BPF object file"),
    ("empty", "{path}: not an ELF file (empty)"),
    ("text.c", "{path}: not an ELF file (text); compile a source file with: "
               "clang -g -O2 -target bpf -I/usr/include/$(uname -m)-linux-gnu -c FILE.c -o FILE.o"),
    ("short", "{path}: truncated ELF file: its header has 64 bytes, file has 20"),
])
def test_no_object(refused, tmp_path, hello_object, name, message):
    path = tmp_path / name
    if name == "directory":
        path.mkdir()
    elif name == "fifo":
        os.mkfifo(path)
    elif name != "none.o":
        content = {"empty": b"", "text.c": b"int main;\n",
                   "short": pathlib.Path(hello_object).read_bytes()[:20]}[name]
        path.write_bytes(content)
    assert refused(path) == message.format(path=path)


def test_truncated_object(refused, tmp_path, hello_object):
    whole = pathlib.Path(hello_object).read_bytes()
    path = tmp_path / "x.o"
    path.write_bytes(whole[:2000])
    assert refused(path).startswith(f"{path}: truncated ELF file: section table at ")
    assert refused(path).endswith(", file has 2000 bytes")


def test_other_machines(refused, tmp_path):
    source, path = tmp_path / "x.c", tmp_path / "x.o"
    source.write_text("int f(void) { return 0; }\n")
    for target, message in (
            ("x86_64-linux-gnu", "is an x86-64 object, not BPF; compile with clang -target bpf"),
            ("aarch64-linux-gnu", "is an AArch64 object, not BPF; compile with clang -target bpf")):
        subprocess.run([conftest.CLANG, "-target", target, "-c", source, "-o", path], check=True)
        assert refused(path) == f"{path}: {message}"
    other, here = ("bpfeb", "bpfel") if os.sys.byteorder == "little" else ("bpfel", "bpfeb")
    subprocess.run([conftest.CLANG, "-target", other, "-c", source, "-o", path], check=True)
    assert refused(path).endswith(f"compile with clang -target {here}")


def test_no_program(refused, build):
    path = build("int f(void *ctx) { return 0; }\n")
    assert refused(path) == (f'{path}: no program in it: f() has no SEC("…"); SEC("xdp") before '
                             "it, for example, makes it an XDP program")
    path = build("int only = 3;\n", name="data")
    assert f"{path}: no program in it, no function at all, maps: data" in refused(path)


def test_several_programs(refused, build):
    path = build(PASS % ("xdp", "one") + PASS % ("tc", "two"))
    message = refused(path)
    assert message.startswith(f"{path}: has 2 programs: ")
    assert "one (xdp)" in message and "two (tc)" in message


def test_optional_program_is_not_counted(xh, build, pins):
    path = build(PASS % ("xdp", "one") + PASS % ("?tc", "two"))
    assert xh("-j", "prog", "load", path, pins / "x").json["name"] == "one"


def test_unknown_section(refused, build):
    path = build(PASS % ("xpd", "f"))
    assert refused(path) == (f'{path}: SEC("xpd") of f() is no known type of program; '
                             'did you mean SEC("xdp")? Or say which it is: type TYPE')


@pytest.mark.parametrize("section, expected", [
    ("tcx/ingress", "sched_cls"), ("tcx/egress", "sched_cls"), ("netfilter", "netfilter"),
    ("uprobe.multi", "kprobe"), ("cgroup/connect_unix", "cgroup_sock_addr"),
    ("sk_skb/verdict", "sk_skb"),
])
def test_sections_newer_than_libbpf(xh, build, pins, section, expected):
    path = build('SEC("%s") int f(void *ctx) { return 1; }\n' % section)
    xh("prog", "load", path, pins / "x")
    assert xh("-j", "prog", "show", "pinned", pins / "x").json["type"] == expected


def test_rejected_by_the_verifier(refused, compile_bpf):
    message = refused(compile_bpf("rejected.bpf.c", "rejected"))
    source = pathlib.Path(__file__).parent.with_name("bpf") / "rejected.bpf.c"
    lines = source.read_text().splitlines()
    [number] = [n for n, line in enumerate(lines, 1) if "ctx->data + 14 > ctx->data_end" in line]
    assert message.startswith(f"rejected.bpf.c:{number}: R1 pointer arithmetic with <<= operator "
                              "prohibited; ")
    assert message.endswith("; -d shows the verifier's whole log")


def test_whole_log(xh, compile_bpf):
    result = xh("-d", "prog", "load", compile_bpf("rejected.bpf.c", "rejected"), status=255)
    assert "\nR1 pointer arithmetic with <<= operator prohibited\n" in result.err
    assert "\nprocessed " in result.err


@pytest.mark.parametrize("source, message", [
    ("SEC(\"xdp\") int f(struct xdp_md *c) { return *(int *)(long)c->data; }",
     "invalid access to packet"),
    ("static __noinline int g(struct xdp_md *c) { return *(int *)(long)c->data; }\n"
     "SEC(\"xdp\") int f(struct xdp_md *c) { return g(c); }", "invalid access to packet"),
    ("SEC(\"xdp\") int f(struct xdp_md *c) { volatile int i = 0; while (i < 100000000) i++; return 0; }",
     "infinite loop detected"),
    ("SEC(\"xdp\") int f(struct xdp_md *c) { return bpf_skb_load_bytes(c, 0, &c, 4); }",
     ("program of this type cannot use ", "unknown func ")),
])
def test_reasons_and_lines(refused, build, source, message):
    where, said = refused(build(source + "\n", name="bad")).split(": ", 1)
    assert where.startswith("bad.bpf.c:") and where.split(":")[1].isdigit()
    assert said.startswith(message)


def test_gpl_function_without_license(refused, build):
    source = 'SEC("xdp") int f(void *ctx) { bpf_printk("x"); return 0; }\n'
    end = ' is for GPL programs only, and %s; add: char LICENSE[] SEC("license") = "GPL";'
    assert refused(build(source, license="")).endswith(end % "this has no license")
    other = 'char LICENSE[] SEC("license") = "BSD";\n'
    assert refused(build(source, license=other)).endswith(end % "the license of this is 'BSD'")


@pytest.mark.parametrize("declaration, use, message", [
    ("extern void nowhere(void) __ksym;", "nowhere();",
     "the kernel function nowhere() is not in this kernel"),
    ("extern int nowhere __ksym;", "return nowhere;",
     "the kernel variable nowhere is not in this kernel"),
    ("extern int CONFIG_NOWHERE __kconfig;", "return CONFIG_NOWHERE;",
     "the extern CONFIG_NOWHERE is not in this kernel"),
])
def test_externs(refused, build, declaration, use, message):
    path = build(declaration + '\nSEC("xdp") int f(void *ctx) { ' + use + " return 0; }\n")
    assert refused(path).startswith(f"{path}: {message}")


def test_nothing_to_attach_to(refused, build):
    path = build(PASS % ("tp_btf/nowhere", "f"))
    assert refused(path) == f"{path}: this kernel has no nowhere to attach to"


def test_map_that_cannot_be(refused, build):
    path = build("""
struct { __uint(type, BPF_MAP_TYPE_HASH); __type(key, int); __type(value, long); } m SEC(".maps");
SEC("xdp") int f(void *ctx) { int k = 0; return !!bpf_map_lookup_elem(&m, &k); }
""")
    assert refused(path) == (f"{path}: create map 'm' (hash, key 4B, value 8B, max_entries 0): Invalid "
                             "argument (EINVAL); does it lack __uint(max_entries, …)?")


PINNED_MAP = """
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, %d); __type(key, int);
         __type(value, long); __uint(pinning, LIBBPF_PIN_BY_NAME); } xh_shared SEC(".maps");
SEC("xdp") int f(void *ctx) { int k = 0; return !!bpf_map_lookup_elem(&xh_shared, &k); }
"""


def test_pinned_map_is_shared(xh, refused, build, pins):
    path = build(PINNED_MAP % 1)
    try:
        first = xh("-j", "prog", "load", path, pins / "a").json
        second = xh("-j", "prog", "load", path, pins / "b").json
        assert first["map_ids"] == second["map_ids"]
        other = build(PINNED_MAP % 2)
        assert refused(other, pins / "c") == (
            f"{other}: map 'xh_shared' at /sys/fs/bpf/xh_shared has max_entries 1, the object wants 2; "
            "remove the pin, or change the object")
    finally:
        os.unlink("/sys/fs/bpf/xh_shared")


def test_pin_of_a_map_is_undone(refused, build, pins):
    """`refused` sees that no pin stays, whether the program or its pin is what fails."""
    rejected = (PINNED_MAP % 1).replace("int k = 0;", "int k = 0; asm volatile (\"r0 = r9\");")
    assert "R9 !read_ok" in refused(build(rejected), pins / "x")
    message = refused(build(PINNED_MAP % 1), pins / ("n" * 256))
    assert message.endswith("File name too long (ENAMETOOLONG)")


def test_path_is_taken(xh, refused, pins, hello):
    number = xh("-j", "prog", "show", "pinned", hello).json["id"]
    assert refused("hello", hello) == (
        f"{hello}: program {number} is pinned there already; choose another path, or remove the "
        f"pin first: rm {hello}")


@pytest.mark.parametrize("path, message", [
    ("{pins}/no/x", "{pins}/no/x: there is no directory {pins}/no; create it: mkdir -p {pins}/no"),
    ("{pins}/a.b", "{pins}/a.b: a BPF file system has no names with a '.' in them; use '_' instead"),
    ("{pins}", "{pins}: is a directory, the name of the pin is missing"),
    ("{pins}/", "{pins}/: the name of the pin is missing after the '/'"),
    ("{tmp}/x", "{tmp}/x: is not on a BPF file system; pin it at /sys/fs/bpf/x"),
])
def test_paths(refused, pins, tmp_path, hello_object, path, message):
    names = {"pins": pins, "tmp": tmp_path}
    assert refused(hello_object, path.format(**names)) == message.format(**names)


UNPRIVILEGED = ["setpriv", "--reuid", "65534", "--clear-groups", "--inh-caps=-all"]


def test_unprivileged(command_as, pins, hello_object):
    os.chmod("/sys/fs/bpf", 0o755)
    os.chmod(pins, 0o777)
    try:
        result = command_as(UNPRIVILEGED, "prog", "load", hello_object, pins / "x", status=255)
        assert result.err.endswith(": loading a program of type xdp needs CAP_BPF and CAP_NET_ADMIN "
                                   "(EPERM); try: sudo xh prog load …\n")
    finally:
        os.chmod("/sys/fs/bpf", 0o700)


@pytest.fixture
def command_as(tmp_path_factory, xh):
    """Runs xh below another command, from a place that everybody can read."""
    directory = tmp_path_factory.mktemp("xh")
    for parent in (directory, *directory.parents):
        if parent.owner() == "root" and str(parent).startswith("/tmp/"):
            parent.chmod(0o755)
    program = directory / "xh"
    shutil.copy(xh.path, program)

    def run(wrapper, *words, **how):
        words = [shutil.copy(word, directory) if str(word).endswith(".o") else word for word in words]
        return conftest.command(*wrapper, program, *words, **how)

    return run


def test_no_mount_in_a_namespace_that_ends(command_as, hello_object):
    """As in ip netns exec: the pin would be gone with the process."""
    wrapper = ["unshare", "-m", "sh", "-c", 'umount /sys/fs/bpf; exec "$@"', "sh"]
    result = command_as(wrapper, "prog", "load", hello_object, status=255)
    assert "no BPF file system is mounted at /sys/fs/bpf in this mount namespace" in result.err
    assert "nsenter --net=" in result.err


def test_mounts_where_it_lasts(command_as, hello_object):
    """In a namespace of processes of its own, the first process has the same mounts."""
    wrapper = ["unshare", "-m", "-p", "--fork", "--mount-proc", "sh", "-c",
               'umount /sys/fs/bpf; "$@" && ls /sys/fs/bpf', "sh"]
    assert "hello\n" in command_as(wrapper, "prog", "load", hello_object).out
    result = command_as(wrapper, "-n", "prog", "load", hello_object, status=255)
    assert "no BPF file system is mounted at /sys/fs/bpf, and --nomount forbids it" in result.err
