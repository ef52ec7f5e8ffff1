#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# Boots Debian's kernels in QEMU and plays the demo and tests/vm/guest.sh there. They are unpacked
# in BUILD, nothing is installed. Usage: tests/vm/run.sh BUILD [SERIES...], each 6.1 or 6.12.
set -Eeuo pipefail

build=$(realpath "${1:?usage: tests/vm/run.sh BUILD [SERIES...]}")
shift
declare -A metapackages=([6.1]=linux-image-cloud-amd64 [6.12]=linux-image-6.12-cloud-amd64)
modules=(veth sch_ingress cls_bpf)
programs=(bash ip grep)
sentinel="all was as it should be on Linux"
timeout_s=300
PATH=$PATH:/usr/sbin:/sbin
cd "$(dirname "$0")/../.."

die() {
	printf 'vm: %s\n' "$*" >&2
	exit 1
}

# The newest kernel of a series, unpacked: sets kernel to its directory.
fetch_kernel() {
	local package

	package=$(apt-cache depends "${metapackages[$1]:?}" |
		awk '/Depends: linux-image-/ { print $2; exit }')
	[[ -n $package ]] || die "apt knows no kernel $1 (${metapackages[$1]})"
	kernel=$build/$package
	[[ ! -d $kernel ]] || return 0
	rm -rf "$kernel.new"
	mkdir -p "$kernel.new"
	(
		cd "$kernel.new"
		apt-get -qq -o APT::Sandbox::User= download "$package"
		dpkg-deb -x ./*.deb .
		rm ./*.deb
	)
	mv "$kernel.new" "$kernel"
}

copy_libraries_of() {
	local library

	while read -r library; do
		install -D "$library" "$root$library"
	done < <(ldd "$1" | grep -o '/[^ ]*')
}

copy_program() {
	install -D -t "$root/bin" "$1"
	copy_libraries_of "$1"
}

# xh opens it by name, when it has machine code to show.
copy_capstone() {
	local library

	library=$(ldconfig -p | awk '/libcapstone\.so\./ { print $NF; exit }')
	[[ -n $library ]] || die "libcapstone is missing"
	install -D "$library" "$root$library"
	copy_libraries_of "$library"
}

copy_modules() {
	local module file

	mkdir "$root/modules"
	for module in "${modules[@]}"; do
		file=$(find "$kernel/lib/modules" -name "$module.ko*")
		case $file in
		*.xz) xz -dc "$file" >"$root/modules/$module.ko" ;;
		*) cp "$file" "$root/modules/$module.ko" ;;
		esac
	done
}

# All that the guest has: busybox, xh, what they play, and what that needs.
make_initrd() {
	local program

	root=$(mktemp -d "$build/root.XXXXXX")
	mkdir -p "$root"/{bin,dev,proc,sys,tmp,usr,tests/vm,build/{bpf,tests/vm}}
	ln -s ../bin "$root/usr/bin"
	copy_program "$build/xh"
	for program in "${programs[@]}"; do
		copy_program "$(type -P "$program")"
	done
	copy_capstone
	cp "$(type -P busybox)" "$root/bin"
	copy_modules
	cp tests/demo.sh tests/steps.sh "$root/tests"
	cp tests/vm/guest.sh "$root/tests/vm"
	ln -s /bin/xh "$root/build/xh"
	cp "$build/bpf/hello.bpf.o" "$root/build/bpf"
	cp "$build"/tests/vm/*.bpf.o "$root/build/tests/vm"
	install tests/vm/init "$root/init"
	(cd "$root" && find . | cpio -o -H newc --quiet | gzip -1) >"$kernel/initrd"
	rm -rf "$root"
}

# One CPU: with more, TCG trips over a kernel that patches its own code. KVM may not be there, or
# be nested and broken. QEMU's exit status is 0 after a panic too, so the sentinel alone counts.
boot() {
	timeout "$timeout_s" qemu-system-x86_64 -accel tcg -cpu max -smp 1 -m 512 -nic none \
		-display none -serial stdio -no-reboot -kernel "$kernel"/boot/vmlinuz-* \
		-initrd "$kernel/initrd" -append "console=ttyS0 quiet panic=-1" \
		</dev/null >"$kernel/log" 2>&1 || true
	grep -q "^$sentinel" "$kernel/log"
}

(($#)) || set -- 6.1 6.12
for one; do
	fetch_kernel "$one"
	make_initrd
	if ! boot; then
		tail -n 40 "$kernel/log" >&2
		die "failed on $one: $kernel/log"
	fi
	grep "^$sentinel" "$kernel/log"
done
