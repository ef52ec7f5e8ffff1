#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# Runs each fuzz target in BUILD for a while, from seeds that are real. A crash ends it with status 1
# and leaves the input beside the target.
# Usage: run.sh BUILD SECONDS [TARGET...]
set -eu
build=$1 seconds=$2
shift 2
[ $# -gt 0 ] || set -- object btf netlink trace words value code
corpus=$build/corpus

seed() {
	mkdir -p "$corpus/$1"
	cat > "$corpus/$1/seed-$2"
}

# The bytes of a section of an object file.
section() {
	readelf -SW "$1" | sed 's/\[ */[/' | awk -v name="$2" '$2 == name { print $5, $6 }' |
		while read -r offset size; do
			tail -c +$((0x$offset + 1)) "$1" | head -c $((0x$size))
		done
}

mkdir -p "$corpus/netlink"
for object in "$build"/bpf/*.bpf.o; do
	name=$(basename "$object")
	seed object "$name" < "$object"
	section "$object" .BTF | seed btf "$name"
	section "$object" xdp | seed code "$name"
done
seed words help <<-'END'
	prog load hello /sys/fs/bpf/hello map name hosts id 7 global limit=3 pinmaps /sys/fs/bpf
	map update id 7 key hex 0a 0b value u32:7 noexist # a comment
	net attach tcx_ingress name hello dev eth0 before id 3 link "/sys/fs/bpf/a link"
	prog tracelog prog id 1 comm 'x*' grep "y|z" since boot --ndjson
	map create /sys/fs/bpf/m type lpm_trie key 8 value 4 entries 9 name m flags no_prealloc
END
seed value json <<-'END'
	{"i":-5,"small":7,"more":1,"text":"hello","f":1.5,"e":"B","big":18446744073709551615,"bytes":[1,"0x2"]}
END
printf 'ip:10.0.0.0/8' | seed value ip
printf '\001         python3-31964   [000] b..11 10656.498448: bpf_trace_printk: Hello\n' |
	seed trace line
printf '\002\tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;\n' | seed trace layout
printf '\040\0\0\0\020\0\0\0\0\0\0\0\0\0\0\0\0\0\001\0\001\0\0\0\0\0\0\0\0\0\0\0' | seed netlink link

for target; do
	echo "fuzz $target, $seconds s"
	"$build/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 \
		-artifact_prefix="$build/crash-$target-" "$corpus/$target" \
		> "$build/fuzz-$target.log" 2>&1 || {
		tail -n 40 "$build/fuzz-$target.log"
		exit 1
	}
	grep '^Done' "$build/fuzz-$target.log"
done
