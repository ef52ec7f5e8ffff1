# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# A link named bpftool is completed as xh is, never bpftool itself; to an alias fish sees by itself.

if string match -q '*/xh' (realpath (command -s bpftool) 2>/dev/null)
	complete -c bpftool -w xh
end
