# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# What a play is made of (tests/demo.sh, tests/vm/guest.sh): steps that are shown, and what has to
# come of them. Sourced by bash, by a script that has set -Eeuo pipefail.

play=$(basename "$0" .sh)
chapters=0
output=

fail() {
	printf '\n%s: FAILED: %s\n' "$play" "$*" >&2
	exit 1
}

trap 'fail "line $LINENO: $BASH_COMMAND"' ERR

chapter() {
	printf '\n== %d. %s\n' $((++chapters)) "$*"
}

# A line for the reader about what the next step shows.
note() {
	printf '\n# %s\n' "$*"
}

# Shows a command line and its output, and sees that it ends with the status that is due.
step() {
	local line=$1 due=${2-0} status=0

	printf '\n$ %s\n' "$line"
	output=$(eval "$line" 2>&1) || status=$?
	[[ -z $output ]] || printf '%s\n' "$output"
	((status == due)) || fail "'$line' ended with status $status, not $due"
}

# What the output of the last step has to contain, and what it must not.
expect() {
	[[ $output$'\n' == *"$1"* ]] || fail "the output lacks: $1"
}

expect_not() {
	[[ $output != *"$1"* ]] || fail "the output has: $1"
}

expect_nothing() {
	[[ -z $output ]] || fail "there should be no output"
}

# Waits until a command succeeds, for a few seconds; whether it did.
wait_for() {
	local tries

	for ((tries = 0; tries < 200; tries++)); do
		"$@" 2>/dev/null >&2 && return
		sleep 0.02
	done
	return 1
}
