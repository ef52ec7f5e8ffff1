# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# bash completion of a bpftool that is xh; of another one it fails, and bash-completion goes on to
# the file of that name in the next directory.

. "${BASH_SOURCE[0]%/*}/xh" && complete -p bpftool >/dev/null 2>&1
