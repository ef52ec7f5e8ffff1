# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""make install, uninstall, deb and dist: what they leave, and that it works from there."""

import hashlib
import os
import pathlib
import shutil
import subprocess

import pytest

import conftest

BUILD = pathlib.Path(conftest.XH).parent
FILES = {
    "sbin/xh", "lib/xh/hello.bpf.o", "share/doc/xh/hello.bpf.c",
    "share/bash-completion/completions/xh", "share/zsh/site-functions/_xh",
    "share/bash-completion/completions/bpftool", "share/fish/vendor_conf.d/xh.fish",
    "share/fish/vendor_completions.d/xh.fish", "share/man/man7/xh-hello.7",
    "share/man/man8/xh.8", "share/man/man8/xh-prog.8", "share/man/man8/xh-map.8",
    "share/man/man8/xh-cgroup.8", "share/man/man8/xh-perf.8",
    "share/man/man8/xh-net.8", "share/man/man8/xh-link.8", "share/man/man8/xh-object.8",
    "share/man/man8/xh-btf.8",
}


OUTSIDE = {name: value for name, value in os.environ.items()
           if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}


def make(*words, build=BUILD):
    """Of what is built already, whatever the variables were that it was built with."""
    return conftest.command("make", "-s", "-C", conftest.ROOT, "-o", "all", f"BUILD={build}",
                            *words, env=OUTSIDE)


def make_fails(*words, cwd=conftest.ROOT):
    """What it says on standard error."""
    done = subprocess.run(["make", *words], cwd=cwd, env=OUTSIDE, capture_output=True, text=True)
    assert done.returncode == 2 and done.stdout == "", done
    return done.stderr


def files_in(directory):
    return {str(path.relative_to(directory)) for path in directory.rglob("*")
            if not path.is_dir()}


def test_install(xh, tmp_path):
    make(f"DESTDIR={tmp_path}", "PREFIX=/opt/xh", "install")
    root = tmp_path / "opt/xh"
    assert files_in(tmp_path) == {f"opt/xh/{name}" for name in FILES}
    installed = root / "sbin/xh"
    assert conftest.command(installed, "version").out == xh("version").out
    assert installed.stat().st_mode & 0o777 == 0o755
    assert installed.stat().st_size < pathlib.Path(xh.path).stat().st_size
    page = (root / "share/man/man8/xh-net.8").read_text()
    assert ".Cm dev Ar DEV\n" in page and "SYNOPSIS net" not in page
    make(f"DESTDIR={tmp_path}", "PREFIX=/opt/xh", "uninstall")
    assert files_in(tmp_path) == set()


def test_installed_object(bpf, pins, tmp_path):
    """The object beside it loads as the one inside of it does."""
    make(f"DESTDIR={tmp_path}", "install")
    installed = tmp_path / "usr/local/sbin/xh"
    for name in "hello", tmp_path / "usr/local/lib/xh/hello.bpf.o":
        conftest.command(installed, "prog", "load", name, pins / "hello")
        assert bpf.run_program(str(pins / "hello")) == 2
        conftest.command(installed, "prog", "unload", "pinned", pins / "hello")


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The Debian package, made in a build directory of its own from what is built."""
    if not shutil.which("dpkg-shlibdeps"):
        pytest.skip("no dpkg-shlibdeps is installed")
    build = tmp_path_factory.mktemp("package") / "build"
    for name in "xh", "man", "bpf/hello.bpf.o":
        (build / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if name == "man" else shutil.copy2)(BUILD / name, build / name)
    make("deb", build=build)
    [path] = build.glob("*.deb")
    return path


def test_package_installs_and_goes(package, tmp_path):
    for name in "var/lib/dpkg/updates", "var/lib/dpkg/info", "var/lib/dpkg/triggers":
        (tmp_path / name).mkdir(parents=True)
    for name in "status", "available":
        (tmp_path / "var/lib/dpkg" / name).touch()
    dpkg = ["dpkg", f"--root={tmp_path}", "--force-depends", "--log=/dev/null"]
    conftest.command(*dpkg, "--install", package)
    installed = tmp_path / "usr/sbin/xh"
    assert conftest.command(installed, "version").out.startswith("xh v")
    assert (tmp_path / "usr/share/zsh/vendor-completions/_xh").exists()
    assert conftest.command("man", "-l", tmp_path / "usr/share/man/man8/xh.8.gz").out \
        if shutil.which("man") else True
    assert not (tmp_path / "usr/share/bash-completion/completions/bpftool").exists()
    conftest.command(*dpkg, "--purge", "xh")
    assert not (tmp_path / "usr").exists()


def test_package_depends_on_what_it_links(package, xh):
    depends = conftest.command("dpkg-deb", "-f", package, "Depends").out
    linked = conftest.command("ldd", xh.path).out
    for library, name in {"libbpf.so": "libbpf", "libelf.so": "libelf", "libz.so": "zlib1g",
                          "libmnl.so": "libmnl", "libc.so": "libc6"}.items():
        assert (name in depends) == (library in linked)
    assert "libcapstone" in conftest.command("dpkg-deb", "-f", package, "Recommends").out


def test_lintian(package):
    if not shutil.which("lintian"):
        pytest.skip("no lintian is installed")
    done = subprocess.run(["lintian", "--allow-root", package], capture_output=True, text=True)
    assert [line for line in done.stdout.splitlines() if line.startswith("E:")] == []


@pytest.mark.skipif(not shutil.which("git"), reason="no git")
def test_dist(tmp_path):
    if subprocess.run(["git", "-C", conftest.ROOT, "rev-parse", "HEAD"],
                      capture_output=True).returncode:
        pytest.skip("not a git checkout")
    sums = set()
    for name in "a", "b":
        make("dist", build=tmp_path / name)
        [tarball] = (tmp_path / name).glob("xh-*.tar.gz")
        sums.add(hashlib.sha256(tarball.read_bytes()).hexdigest())
    assert len(sums) == 1


def test_dist_needs_git(tmp_path):
    """In an unpacked tarball there is nothing to pack, and no tarball is left."""
    (tmp_path / "cmd").mkdir()
    for name in "Makefile", "cmd/xh.h":
        shutil.copy(conftest.ROOT / name, tmp_path / name)
    assert "it needs a git checkout" in make_fails("dist", cwd=tmp_path)
    assert files_in(tmp_path) == {"Makefile", "cmd/xh.h"}


def test_what_is_missing_is_said_first(tmp_path):
    error = make_fails(f"BUILD={tmp_path}", "CLANG=no-clang", "PKG_CONFIG=no-pkg-config")
    assert "here is no: no-clang no-pkg-config; on Debian and Ubuntu 'make deps'" in error
    assert files_in(tmp_path) == set()
    conftest.command("make", "-n", "-C", conftest.ROOT, "CLANG=no-clang", "clean", env=OUTSIDE)


def test_blanks_in_build():
    assert 'BUILD="a b": the name of the build directory' in make_fails("BUILD=a b", "clean")


def test_silent(tmp_path):
    """-s is silent, also beside other options."""
    for words, lines in ([], 1), (["-s"], 0), (["-sj2"], 0), (["-s", "--no-print-directory"], 0):
        target = tmp_path / "-".join(["build", *words])
        done = conftest.command("make", *words, "-C", conftest.ROOT, f"BUILD={target}",
                                f"{target}/lib/base/num.o", env=OUTSIDE)
        assert done.out.count("  CC ") == lines


BASH = """source /usr/share/bash-completion/bash_completion
%s
_comp_load bpftool 2>/dev/null || __load_completion bpftool
complete -p bpftool"""
FISH = 'complete -C "bpftool prog dump x"'
ZSH = """fpath=($SHARE/zsh/site-functions $fpath)
autoload -Uz compinit && compinit -u -D
print $_comps[bpftool]; _default() { print default; }; _describe() { print $plain; }
service=bpftool words=(bpftool prog dump x) CURRENT=4; $_comps[bpftool]"""


@pytest.fixture
def in_shell(tmp_path):
    """in_shell("fish", script): what it prints with xh installed, by link() as bpftool too."""
    make(f"DESTDIR={tmp_path}", "install")
    root = tmp_path / "usr/local"

    def run(name, script):
        if not shutil.which(name):
            pytest.skip(f"no {name} is installed")
        how = {"bash": ["--norc"], "zsh": ["-f"], "fish": []}[name]
        environment = {**OUTSIDE, "PATH": f"{root}/sbin:{OUTSIDE['PATH']}",
                       "SHARE": f"{root}/share", "XDG_DATA_DIRS": f"{root}/share:/usr/share", "HOME": str(tmp_path)}
        return subprocess.run([name, *how, "-c", script], capture_output=True, text=True,
                              timeout=conftest.PATIENCE_S, env=environment).stdout

    run.link = lambda: os.symlink("xh", root / "sbin/bpftool")
    return run


def test_link_is_completed(in_shell):
    in_shell.link()
    if pathlib.Path("/usr/share/bash-completion/bash_completion").exists():
        assert in_shell("bash", BASH % "") == "complete -F _xh bpftool\n"
    assert in_shell("fish", FISH).startswith("xlated\t")
    assert in_shell("zsh", ZSH).startswith("_xh\nxlated:")


def test_alias_is_completed(in_shell):
    if pathlib.Path("/usr/share/bash-completion/bash_completion").exists():
        assert in_shell("bash", BASH % "alias bpftool=xh") == "complete -F _xh bpftool\n"
    assert in_shell("fish", "alias bpftool=xh; " + FISH).startswith("xlated\t")


def test_bpftool_itself_is_left_alone(in_shell):
    if not shutil.which("bpftool"):
        pytest.skip("no bpftool is installed")
    if pathlib.Path("/usr/share/bash-completion/bash_completion").exists():
        assert "_xh" not in in_shell("bash", BASH % "")
    assert "xlated\t" not in in_shell("fish", FISH)
    assert in_shell("zsh", ZSH) == "_xh\ndefault\n"
