# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
"""An object of several programs, maps and globals: fixtures for tests that import them."""

import pytest

from test_load import GPL, HEAD, state

OBJECT = HEAD + """
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 2); __type(key, int);
         __type(value, long); } m SEC(".maps");
enum color { RED, GREEN = 7 };
int counter, stays = 5;
const volatile _Bool flag;
const volatile enum color color;
const volatile char name[8];
const volatile struct { short a, b; } pair;
SEC("xdp") int one(void *ctx)
{
	int k = 0;

	counter++;
	return !!bpf_map_lookup_elem(&m, &k) + flag + color + name[0] + pair.a + stays;
}
SEC("tp_btf/sys_enter") int two(void *ctx) { int k = 0; return bpf_map_delete_elem(&m, &k); }
SEC("raw_tp/sys_enter") int three(void *ctx) { counter++; return 0; }
SEC("?tc") int optional(void *ctx) { return 0; }
""" + GPL


@pytest.fixture(scope="session")
def several(compile_bpf):
    return compile_bpf(OBJECT, "several")


@pytest.fixture
def fails(xh):
    """fails(words…) gives the message of a command that has to leave nothing behind."""

    def run(*words, status=255, **how):
        before = state()
        result = xh("prog", *words, status=status, **how)
        assert result.out == "" and result.err.count("\n") == 1
        assert state() == before
        return result.err[len("Error: "):-1]

    return run
