# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# fish completion of xh: xh itself says what fits.

function __xh_complete
	set -l words (commandline -opc)
	xh complete -- xh $words[2..-1] (commandline -ct) 2>/dev/null
end

complete -c xh -f -a '(__xh_complete)'
# Also for an alias or a link by that name, never for bpftool itself.
if functions -q bpftool; or string match -q '*/xh' (realpath (command -s bpftool) 2>/dev/null)
	complete -c bpftool -f -a '(__xh_complete)'
end
