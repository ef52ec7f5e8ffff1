#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# What xh does on a kernel that is older than the one it is built on, and what only such a kernel lets
# programs do. Usage: tests/vm/guest.sh BUILD, in a machine of its own. Its last line tells that all
# went well.
set -Eeuo pipefail

build=${1:?usage: tests/vm/guest.sh BUILD}
cd "$(dirname "$0")/../.."
PATH=$(realpath "$build"):$PATH
. tests/steps.sh

objects=$build/tests/vm
pins=/sys/fs/bpf
IFS=.- read -r major minor _ < <(uname -r)

# Whether the kernel is of that series or a newer one.
since() {
	((major > ${1%.*} || (major == ${1%.*} && minor >= ${1#*.})))
}

# One number of a JSON document: the first with that key.
number() {
	grep -o "\"$1\":[0-9]*" <<<"$output" | head -n 1 | grep -o '[0-9]*$'
}

# What the kernel counted, by a variable of tests/vm/kernel.bpf.c.
expect_count() {
	step "xh -j map dump name kernel.bss"
	[[ $(number "$1") == "$2" ]] || fail "'$1' is $(number "$1"), not $2"
}

chapter "The stage"
step "mount -t bpf bpf $pins"
step "ip link add left type veth peer name right"
step "ip link set left up && ip link set right up"

chapter "Programs that the build machine's kernel may refuse: fentry, fexit, kprobe, LSM"
step "xh prog loadall $objects/kernel.bpf.o $pins/kernel autoattach"
expect_nothing
step "xh prog list"
expect "tracing  name enters"
expect "tracing  name leaves"
expect "kprobe  name probes"
expect "lsm  name denies"
step "xh -j link list"
expect '"prog_type":"lsm"'
expect '"attach_type":"trace_fentry"'
step "touch /tmp/gone && rm /tmp/gone && ln /init /tmp/init" 1
for counted in entered left probed returned denied; do
	expect_count $counted 1
done
step "xh prog dump jited name enters"
expect "_enters:"
step "xh prog unload name denies"
expect "from $pins/kernel/denies"
expect "unloaded program"
step "ln /init /tmp/init"
for name in enters leaves probes returns; do
	step "rm $pins/kernel/$name"
	wait_for eval "! xh prog show name $name" || fail "$name is still there"
done
wait_for eval "! xh map show name kernel.bss" || fail "their map is still there"
step "rmdir $pins/kernel"

chapter "A program that replaces a function says that it needs another one"
step "xh prog load $objects/replacer.bpf.o $pins/replacer" 255
expect "Error: "

chapter "Programs and maps that are newer than the kernel: netfilter of 6.4, arena of 6.9"
if since 6.4; then
	step "xh prog load $objects/netfilter.bpf.o"
	step "xh prog show name passes"
	expect "netfilter  name passes"
	step "xh prog unload name passes"
else
	step "xh prog load $objects/netfilter.bpf.o" 255
	expect "this kernel has no programs of type netfilter in SEC(\"netfilter\") (EINVAL)"
fi
if ! since 6.9; then
	step "xh prog load $objects/arena.bpf.o" 255
	expect "this kernel has no maps of type arena, as 'pages' is (EINVAL)"
fi

chapter "Counters of the hardware, which QEMU does not have"
step "xh prog load hello"
step "xh prog profile name hello duration 0 cycles" 255
expect "this machine has no hardware counter for cycles (ENOENT)"
expect_not "fentry"


chapter "What was printed before anybody listened"
step "head -c 64 /dev/zero >/tmp/packet"
step "xh -j prog run name hello data_in /tmp/packet repeat 3"
[[ $(number retval) == 2 ]] || fail "it returns $(number retval)"
xh prog tracelog prog name hello since boot --ndjson >/tmp/records 2>/tmp/said &
listener=$!
wait_for grep 'Hello World 2"' /tmp/records || fail "lines are missing: $(</tmp/records)$(</tmp/said)"
step "xh prog run name hello data_in /tmp/packet"
wait_for grep 'Hello World 3"' /tmp/records || fail "the last line is missing"
step "kill -INT $listener"
wait "$listener" || fail "tracelog ended with status $?"
step "cat /tmp/records"
expect '"message":"Hello World 0"'
expect '"message":"Hello World 1"'

chapter "Maps: many elements, read in several places at a time"
step "xh map create $pins/table type hash key 4 value 8 entries 20000 name table"
for ((key = 0; key < 20000; key++)); do
	echo "map update pinned $pins/table key u32:$key value u64:$((key * 3))"
done >/tmp/updates
step "xh batch file /tmp/updates >/dev/null"
step "xh -j map lookup pinned $pins/table key u32:1234"
expect '"0x76","0x0e"'
xh -j map dump pinned $pins/table >/tmp/dump
[[ $(grep -o '"key"' /tmp/dump | wc -l) == 20000 ]] || fail "not 20000 elements are dumped"
step "xh map delete pinned $pins/table key u32:1234"
step "xh map lookup pinned $pins/table key u32:1234" 254
printf '%s\n' "map show name absent" "map show name table" >/tmp/lines
step "xh batch file /tmp/lines" 254
expect "/tmp/lines:1: "
expect_not "max_entries"
step "xh batch file /tmp/lines --keep-going" 254
expect "max_entries 20000"
step "rm $pins/table"

chapter "Who holds a map, by the fds of processes"
step "xh map create $pins/ring type ringbuf entries 4096 name ring"
xh map events pinned $pins/ring >/dev/null 2>&1 &
holder=$!
wait_for eval "xh -j map show name ring | grep '\"pid\":$holder[,}]'" || fail "nobody holds it"
step "xh map show name ring"
expect "pids xh($holder)"
step "kill -INT $holder"
wait "$holder" || fail "map events ended with status $?"
step "rm $pins/ring"

chapter "XDP, by a link and in generic mode"
step "xh net attach xdp name hello dev left link $pins/on_left"
step "xh -j net list dev left"
expect '"name":"hello"'
step "xh link list"
expect "xdp  prog "
step "xh net detach xdp dev left" 255
expect "link"
step "xh net attach xdpgeneric name hello dev right"
step "xh prog unload name hello --dry-run"
expect "from right"
expect "from $pins/on_left"
expect "from $pins/hello"
step "xh prog unload name hello"
expect "detached from right (generic)"
expect "from $pins/on_left"
expect "from $pins/hello"
wait_for eval "! xh prog show name hello" || fail "the program is still there"
step "ls $pins"
expect_nothing

chapter "Hooks of tc: clsact everywhere, tcx since 6.6, netkit since 6.7"
step "xh prog load $objects/tc.bpf.o"
step "xh net attach tc_ingress name counts dev left"
step "xh net list dev left"
expect "left("
expect "clsact/ingress"
expect "counts"
if since 6.6; then
	step "xh net attach tcx_egress name counts dev left"
	step "xh net attach tcx_ingress name counts dev left link $pins/tcx"
	step "xh net attach tcx_ingress name counts dev left" 255
	expect "EEXIST"
	step "xh net list dev left"
	expect "tcx/egress"
	expect "tcx/ingress"
	step "xh net detach tcx_egress name counts dev left"
	step "rm $pins/tcx"
else
	step "xh net attach tcx_ingress name counts dev left" 255
	expect "this kernel has no tcx_ingress (EINVAL)"
	expect "it takes Linux 6.6; tc_ingress and tc_egress are older"
	step "xh net detach tcx_ingress dev left" 255
	expect "it takes Linux 6.6"
fi
if since 6.7; then
	step "ip link add kit type netkit"
	step "ip link set kit up && ip address add 192.0.2.1/24 dev kit"
	step "xh net attach netkit_primary name counts dev kit"
	step "xh net attach netkit_primary name counts dev kit" 255
	expect "is attached to netkit_primary of kit already (EEXIST)"
	step "xh net attach netkit_peer name counts dev kit link $pins/peer"
	step "xh net attach netkit_primary name counts dev nk0" 255
	expect "nk0 is the peer; programs of both ends are attached at the primary one (EACCES)"
	step "xh net list dev kit"
	expect "netkit/primary counts"
	expect "netkit/peer counts"
	step "xh net detach netkit_peer name counts dev kit" 255
	step "ip link set nk0 up"
	step "echo >/dev/udp/192.0.2.2/9"
	step "xh -j map dump name tc.bss"
	[[ $(number packets) -ge 1 ]] || fail "the program of netkit saw no packet"
	step "xh net detach netkit_primary name counts dev kit"
	step "xh net detach netkit_primary name counts dev kit" 254
	step "rm $pins/peer"
	step "ip link del kit"
else
	step "xh net attach netkit_primary name counts dev left" 255
	expect "left is no netkit device"
fi
step "xh prog unload name counts"
expect "detached from left (clsact/ingress)"
expect "unloaded program"
step "xh net list dev left"
expect_not "left("

echo
echo "all was as it should be on Linux $(uname -r)"
