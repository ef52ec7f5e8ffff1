# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# make            build/xh and build/bpf/hello.bpf.o
# make demo       set up, build, and play the walk-through on this machine's kernel
# make check      set up, then all tests (unit: no root; kernel: as root, or through sudo)
# make vm         the demo and more on Debian's kernels 6.1 and 6.12, in QEMU; downloads them
# make bench      xh against the installed bpftool, as ratios
# make install    PREFIX=/usr/local DESTDIR=, with manual and completion; uninstall takes it back
# make deb        a Debian package in build/
# make dist       a tarball of what is committed, the same bytes each time
#
# V=1 shows commands, SANITIZE=1 builds with ASan and UBSan, CC=clang works too, BUILD=dir moves it,
# STATIC=1 links libbpf, libelf and zlib into xh, for machines that lack them. The first two are linked
# into it wherever there are archives of them, unless SHARED=1: it starts a sixth faster.

BUILD ?= build
PREFIX ?= /usr/local
PYTHON ?= /usr/bin/python3
CLANG ?= clang
PKG_CONFIG ?= pkg-config
MAKEFLAGS += --no-builtin-rules

ifneq ($(words $(BUILD)),1)
$(error BUILD="$(BUILD)": the name of the build directory may not have blanks in it)
endif

Q := $(if $(V),,@)
silent := $(findstring s,$(filter-out --%,$(firstword -$(MAKEFLAGS))))
say = $(if $(V)$(silent),,@printf '  %-6s %s\n' '$(1)' '$(2)')
TESTS ?= tests/kernel
submake = $(MAKE) --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

CFLAGS ?= -O2 -g
ifdef SANITIZE
CFLAGS += -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
LDFLAGS += -fsanitize=address,undefined
endif

ifdef FUZZER
CFLAGS += -fsanitize=fuzzer-no-link
endif

warnings := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
	-Wwrite-strings -Wvla -Wcast-qual -Wformat=2 -Wimplicit-fallthrough -Wundef
libraries := libbpf libelf zlib libmnl capstone
ifneq ($(filter-out deps clean check-tree,$(or $(MAKECMDGOALS),all)),)
library_flags := $(shell $(PKG_CONFIG) --cflags $(libraries) 2>/dev/null)
library_links := $(shell $(PKG_CONFIG) --libs libbpf libelf zlib libmnl 2>/dev/null)
all_links := $(shell $(PKG_CONFIG) --static --libs libbpf libelf zlib 2>/dev/null)
archives := $(if $(all_links),$(wildcard $(foreach library,libbpf libelf,\
	$(shell $(PKG_CONFIG) --variable=libdir $(library))/$(library).a)))
# The libelf.a of Debian 13 lacks what it calls: its archives are no use.
archive_links := $(archives) $(filter-out -lbpf -lelf,$(all_links))
calls_elf := int elf_begin(void); int main(void) { return elf_begin(); }
archives_link := $(if $(filter 2,$(words $(archives))),$(shell echo '$(calls_elf)' | \
	$(CC) -x c -o /dev/null - -x none $(archive_links) 2>/dev/null && echo yes))
ifdef STATIC
library_links := -Wl,-Bstatic $(all_links) -Wl,-Bdynamic $(shell $(PKG_CONFIG) --libs libmnl)
else ifeq ($(if $(SHARED),,$(archives_link)),yes)
library_links := $(archive_links) $(shell $(PKG_CONFIG) --libs libmnl)
endif
endif

xh_cppflags := -D_GNU_SOURCE -Ilib -Icmd $(library_flags) $(CPPFLAGS)
xh_cflags := -std=gnu17 -pthread $(warnings) $(CFLAGS)

lib_sources := $(sort $(wildcard lib/*/*.c))
cmd_sources := $(sort $(wildcard cmd/*.c cmd/*/*.c))
unit_sources := $(sort $(wildcard tests/unit/test_*.c))
fuzz_sources := $(sort $(wildcard tests/fuzz/fuzz_*.c))
lib_objects := $(lib_sources:%.c=$(BUILD)/%.o)
cmd_objects := $(cmd_sources:%.c=$(BUILD)/%.o)
unit_tests := $(unit_sources:%.c=$(BUILD)/%)
fuzz_targets := $(fuzz_sources:%.c=$(BUILD)/%)
hello := $(BUILD)/bpf/hello.bpf.o
manual := $(patsubst %,$(BUILD)/%,$(sort $(wildcard man/*.[78])))
version := $(shell sed -n 's/^\#define XH_VERSION "\(.*\)"/\1/p' cmd/xh.h)
bundled := $(BUILD)/bpf/hello_object.o $(BUILD)/bpf/profile_object.o

.PHONY: all clean install uninstall deb dist deps check check-unit check-tree check-kernel demo bench vm vm-run fuzz fuzz-run FORCE
.DELETE_ON_ERROR:
.SECONDARY:

all: $(BUILD)/xh $(hello) $(manual)

$(BUILD)/xh: $(cmd_objects) $(bundled) $(BUILD)/libxh.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(xh_cflags) $(LDFLAGS) -o $@ $^ $(library_links)

$(BUILD)/libxh.a: $(lib_objects)
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/%.o: %.c $(BUILD)/flags
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(CC) $(xh_cppflags) $(xh_cflags) -MMD -MP -c -o $@ $<

# Object files of bpf/, as bytes in xh.
$(BUILD)/bpf/%_object.o: bpf/object.S $(BUILD)/bpf/%.bpf.o $(BUILD)/flags
	$(call say,AS,$@)
	$(Q)$(CC) -DNAME=$* -DOBJECT='"$(BUILD)/bpf/$*.bpf.o"' -c -o $@ $<

# <linux/bpf.h> wants <asm/types.h>, which multiarch systems keep aside.
$(BUILD)/%.bpf.o: %.bpf.c | $(BUILD)/flags
	$(call say,BPF,$<)
	$(Q)mkdir -p $(@D) && $(CLANG) -g -O2 -Wall -target bpf -I/usr/include/$$(uname -m)-linux-gnu \
		-c -o $@ $<

# The SYNOPSIS is xh's to say: it comes from the grammar.
$(BUILD)/man/%: man/% $(BUILD)/xh
	$(call say,MAN,$@)
	$(Q)mkdir -p $(@D) && awk '/^\.\\" SYNOPSIS / { xh = "$(BUILD)/xh synopsis " $$3; \
		while ((xh | getline line) > 0) print line; if (close(xh)) exit 1; next } 1' $< > $@

# What was compiled otherwise is compiled again. Nothing is where something is missing.
$(BUILD)/flags: FORCE
	$(Q)for tool in $(firstword $(CC)) $(CLANG) $(PKG_CONFIG); do \
		command -v $$tool >/dev/null || missing="$$missing $$tool"; done; \
	! command -v $(PKG_CONFIG) >/dev/null || for library in $(libraries); do \
		$(PKG_CONFIG) --exists $$library || missing="$$missing $$library"; done; \
	[ -z "$$missing" ] || { echo "xh cannot be built, here is no:$$missing;" \
		"on Debian and Ubuntu 'make deps' installs all that it needs" >&2; exit 1; }
	$(Q)mkdir -p $(@D) && \
		echo '$(CC) $(xh_cppflags) $(xh_cflags) $(LDFLAGS) $(library_links)' > $@.new && \
		if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

$(unit_tests): $(BUILD)/%: $(BUILD)/%.o $(BUILD)/bpf/hello_object.o $(BUILD)/libxh.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(xh_cflags) $(LDFLAGS) -o $@ $^ $(library_links) -lcmocka

$(fuzz_targets): $(BUILD)/%: $(BUILD)/%.o $(filter-out %/main.o,$(cmd_objects)) $(bundled) \
		$(BUILD)/libxh.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(xh_cflags) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(library_links)

-include $(lib_objects:.o=.d) $(cmd_objects:.o=.d) $(unit_tests:=.d) $(fuzz_targets:=.d)

# Set-up: what the distribution has and this machine lacks. Ubuntu has bpftool in linux-tools.
packages := gcc clang pkg-config libc6-dev linux-libc-dev libbpf-dev libelf-dev zlib1g-dev \
	libmnl-dev libcapstone-dev iproute2 util-linux mount libcmocka-dev mandoc python3 \
	python3-pytest
apt := $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get -q -y

deps:
	$(Q)set -e; missing=$$(for package in $(packages); do \
		dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || \
		echo $$package; done); \
	oracle=$$(PATH=$$PATH:/usr/sbin; bpftool version >/dev/null 2>&1 || echo bpftool); \
	[ -z "$$missing$$oracle" ] || $(apt) update; \
	[ -z "$$missing" ] || $(apt) install --no-install-recommends $$missing; \
	[ -z "$$oracle" ] || $(apt) install --no-install-recommends bpftool || \
		$(apt) install --no-install-recommends linux-tools-$$(uname -r) || \
		$(apt) install --no-install-recommends linux-tools-generic

# Each a make of its own, so that it sees what deps has just installed.
demo: deps
	$(Q)$(submake) all
	$(Q)$(SUDO) tests/demo.sh $(BUILD)

check: deps
	$(Q)$(submake) check-unit BUILD=$(BUILD)/sanitized SANITIZE=1
	$(Q)$(submake) check-tree
	$(Q)$(submake) check-kernel

check-unit: $(unit_tests)
	$(Q)set -e; for test in $(unit_tests); do $$test; done

check-tree:
	$(Q)$(PYTHON) -B -m pytest -q -p no:cacheprovider tests/tree

check-kernel: all
	$(Q)$(SUDO) env XH=$(abspath $(BUILD)/xh) HELLO=$(abspath $(hello)) CLANG=$(CLANG) \
		$(PYTHON) -B -m pytest -q -p no:cacheprovider $(TESTS)

# Needs clang's runtime (Debian: libclang-rt-dev). FUZZ="btf trace" runs these alone.
fuzz: deps
	$(Q)$(submake) fuzz-run BUILD=$(BUILD)/fuzzer CC=$(CLANG) SANITIZE=1 FUZZER=1

fuzz-run: $(fuzz_targets)
	$(Q)tests/fuzz/run.sh $(BUILD) $(or $(SECONDS),60) $(FUZZ)

# KERNELS=6.1 boots that one alone. The guest has no libraries but those that xh is linked with.
vm: packages += qemu-system-x86 busybox-static cpio xz-utils
vm: deps
	$(Q)$(submake) vm-run BUILD=$(BUILD)/vm STATIC=1

vm-run: all $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/vm/*.bpf.c))
	$(Q)tests/vm/run.sh $(BUILD) $(KERNELS)

bench: deps
	$(Q)$(submake) all
	$(Q)$(SUDO) env XH=$(abspath $(BUILD)/xh) HELLO=$(abspath $(hello)) \
		$(PYTHON) -B tests/bench/bench.py

share := $(DESTDIR)$(PREFIX)/share
completions := $(share)/bash-completion/completions/xh $(share)/zsh/site-functions/_xh \
	$(share)/fish/vendor_completions.d/xh.fish $(share)/fish/vendor_conf.d/xh.fish
# Under /usr that file belongs to the distribution's bpftool.
completions += $(if $(filter-out /usr,$(PREFIX)),$(share)/bash-completion/completions/bpftool)

install: all
	install -D -m 755 $(if $(SANITIZE),,-s) $(BUILD)/xh $(DESTDIR)$(PREFIX)/sbin/xh
	install -D -m 644 $(hello) $(DESTDIR)$(PREFIX)/lib/xh/hello.bpf.o
	install -D -m 644 bpf/hello.bpf.c $(share)/doc/xh/hello.bpf.c
	install -D -m 644 completion/xh.bash $(word 1,$(completions))
	install -D -m 644 completion/_xh $(word 2,$(completions))
	install -D -m 644 completion/xh.fish $(word 3,$(completions))
	install -D -m 644 completion/conf.fish $(word 4,$(completions))
	$(if $(filter %/bpftool,$(completions)),install -D -m 644 completion/bpftool.bash $(word 5,$(completions)))
	install -D -m 644 -t $(share)/man/man7 $(filter %.7,$(manual))
	install -D -m 644 -t $(share)/man/man8 $(filter %.8,$(manual))

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/sbin/xh $(completions)
	rm -f $(patsubst $(BUILD)/man/%.7,$(share)/man/man7/%.7,$(filter %.7,$(manual)))
	rm -f $(patsubst $(BUILD)/man/%.8,$(share)/man/man8/%.8,$(filter %.8,$(manual)))
	rm -rf $(DESTDIR)$(PREFIX)/lib/xh $(share)/doc/xh

deb: all
	$(Q)BUILD=$(BUILD) VERSION=$(version) MAKE='$(submake) -o all' .ci/deb

tarball := $(BUILD)/xh-$(version).tar

dist:
	$(Q)mkdir -p $(BUILD) && rm -f $(tarball).gz
	$(Q)git archive --prefix=xh-$(version)/ -o $(tarball) HEAD || { rm -f $(tarball); \
		echo 'make dist packs what is committed: it needs a git checkout' >&2; exit 1; }
	$(Q)gzip -9nf $(tarball)

clean:
	rm -rf $(BUILD)
