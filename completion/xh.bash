# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# bash completion of xh: xh itself says what fits.

_xh()
{
	local xh=${COMP_WORDS[0]} word
	[[ $xh == */* ]] || xh=xh
	COMPREPLY=()
	while IFS=$'\t' read -r word _; do
		printf -v word %q "$word"
		COMPREPLY+=("$word")
	done < <("$xh" complete -- xh "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
	[[ ${#COMPREPLY[@]} != 1 || $word != */ ]] || compopt -o nospace 2>/dev/null
}

complete -F _xh xh
# Also for an alias or a link by that name, never for bpftool itself.
case $(alias bpftool 2>/dev/null) in *xh*) complete -F _xh bpftool ;; esac
case $(readlink -f "$(type -P bpftool)" 2>/dev/null) in */xh) complete -F _xh bpftool ;; esac
