#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# The walk-through, from an object file to its trace lines and back, on this machine's kernel.
# Usage: tests/demo.sh BUILD, as root. Ends with status 1 at the first step whose result is wrong.
#
# It plays in mount and network namespaces of its own: all that it makes goes when it ends.
set -Eeuo pipefail

if [[ -z ${XH_DEMO_STAGE-} ]]; then
	XH_DEMO_STAGE=1 exec unshare --mount --net -- "$0" "$@"
fi

build=${1:?usage: tests/demo.sh BUILD}
cd "$(dirname "$0")/.."
PATH=$(realpath "$build"):$PATH
export LC_ALL=C

object=$build/bpf/hello.bpf.o
pin=/sys/fs/bpf/hello
packets=5
log=$(mktemp)
tracelog=
. tests/steps.sh

clean_up() {
	[[ -z $tracelog ]] || kill "$tracelog" 2>/dev/null || true
	rm -f "$log"
}

trap clean_up EXIT

chapter "The stage: two connected devices, and a file system to pin programs in"
# Nothing but this script is to send: the program counts the packets.
for conf in /proc/sys/net/ipv6/conf/*/disable_ipv6; do
	[[ ! -e $conf ]] || echo 1 >"$conf"
done
step "ip link add left type veth peer name right"
step "ip link set left up && ip link set right up"
step "ip address add 192.0.2.1/24 dev right"
step "ip neighbour add 192.0.2.2 lladdr 02:00:00:00:00:02 dev right"
# xh does that by itself, but not in a mount namespace of its own, where it would soon vanish.
step "mount -t bpf bpf /sys/fs/bpf"

chapter "Look into the object file, without loading it"
step "xh object show $object"
expect "BPF object"
expect "license Dual BSD/GPL"
expect "hello  section xdp  type xdp"
expect "counter  type int"
step "xh object dump $object"
expect "; counter++;"
expect "r6 = map[.bss][0]+0 (counter)"
expect "call bpf_trace_printk#6"

chapter "Load it, and pin it, so that it stays"
note "Without -j it prints nothing. The ids are this script's: others may have a hello too."
step "xh -j prog load $object $pin"
prog=$(grep -o '"id":[0-9]*' <<<"$output" | grep -o '[0-9]*')
maps=$(grep -o '"map_ids":\[[0-9,]*' <<<"$output" | grep -o '[0-9]*')
read -r bss rodata <<<"${maps//$'\n'/ }"
step "ls $pin"

chapter "List the programs, and show this one"
step "xh prog list"
expect "$prog: xdp  name hello  tag "
note "By name, which shows all that are called so; -f adds where they are pinned."
step "xh -f prog show name hello"
expect "$prog: xdp  name hello  tag "
expect "pinned $pin"
step "xh -p prog show id $prog"
expect '"type": "xdp",'
expect '"name": "hello",'

chapter "Its instructions as the verifier left them, as a graph, and as machine code"
note "The helper was number 6; now it is where the kernel has it, as a distance."
step "xh prog dump xlated pinned $pin"
expect "; bpf_printk(\"Hello World %d\", counter);"
expect "call bpf_trace_printk"
note "The same, with the eight bytes of each instruction below it."
step "xh prog dump xlated pinned $pin opcodes"
expect "95 00 00 00 00 00 00 00"
note "A graph of its basic blocks in the language of Graphviz: pipe it to 'dot -Tsvg'."
step "xh prog dump xlated pinned $pin visual"
expect "digraph"
step "xh prog dump jited pinned $pin"
expect "_hello:"
expect "; return XDP_PASS;"

chapter "Attach it to a network device"
step "xh net attach xdp pinned $pin dev left"
expect_nothing
note "A heading for each kind of attachment; nothing below it: there is none."
step "xh net list"
expect "left("
expect " id $prog name hello"

chapter "Follow what it prints while packets arrive"
printf '\n$ xh prog tracelog >%s &\n' "$log"
xh prog tracelog >"$log" 2>&1 &
tracelog=$!
instance=/sys/kernel/tracing/instances/xh-$tracelog
wait_for grep 1 "$instance/events/bpf_trace/bpf_trace_printk/enable" ||
	fail "tracelog does not listen: $(<"$log")"
step "for packet in {1..$packets}; do echo hello >/dev/udp/192.0.2.2/9; done"
wait_for grep "Hello World $((packets - 1))\$" "$log" || fail "lines are missing: $(<"$log")"
step "kill -INT $tracelog"
wait "$tracelog" || fail "tracelog ended with status $?"
note "Task and its thread, [CPU], flags (interrupts, softirq, preemption), seconds, and the text."
step "cat $log"
# Other programs of this machine may print too.
for ((packet = 0; packet < packets; packet++)); do
	expect "bpf_trace_printk: Hello World $packet"$'\n'
done

chapter "Read its variable and its format string: they live in maps"
step "xh map list"
expect "array  name hello.bss"
step "xh map show id $bss"
expect "key 4B  value 4B  max_entries 1"
step "xh map dump id $bss"
expect "\"counter\": $packets"
step "xh map dump id $rodata"
expect '"Hello World %d"'

chapter "Detach it: the program stays"
step "xh net detach xdp dev left"
expect_nothing
step "xh net list"
expect_not "left("
step "xh prog show id $prog"
expect "$prog: xdp  name hello"

chapter "Unload it: the inverse of load"
step "xh prog unload pinned $pin --dry-run"
expect "would "
[[ -e $pin ]] || fail "--dry-run removed the pin"
step "xh prog unload pinned $pin"
expect "$pin"
expect "unloaded program $prog 'hello'"

chapter "Once more with the copy that xh carries: unload undoes all of it"
step "xh -j prog load hello"
expect "\"name\":\"hello\",\"pinned\":\"$pin\""
step "xh net attach xdpgeneric pinned $pin dev left"
step "xh net list dev left"
expect " generic id "
step "xh prog unload pinned $pin"
expect "left"
expect "$pin"

chapter "Nothing is left"
step "xh prog show id $prog" 254
expect "no program with id $prog"
for map in $maps; do
	# The kernel lets go of maps a moment after the program.
	wait_for eval "! xh map show id $map" || fail "map $map is still there"
	step "xh map show id $map" 254
	expect "no map with id $map"
done
step "xh net list"
expect_not "left("
note "maps.debug and progs.debug, where they are listed, are the kernel's own."
step "ls /sys/fs/bpf"
expect_not "hello"
step "ls /sys/kernel/tracing/instances"
expect_not "xh-$tracelog"

printf '\nThe demo is done: all was as it should be.\n'
