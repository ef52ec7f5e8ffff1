// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/map: words that say themselves what bytes they mean; parameters of new maps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "bpf/sys.h"
#include "map/create.h"
#include "map/literal.h"

#include <cmocka.h>

static int read_into(const char *word, uint32_t size, bool prefix, uint8_t *bytes)
{
	const struct literal literal = { .what = "key of map m", .size = size, .prefix = prefix };

	fail_clear();
	return literal_read(&literal, word, bytes);
}

static void assert_bytes(const char *word, const void *expected, uint32_t size)
{
	auto_free uint8_t *bytes = malloc(size);

	memset(bytes, 0xa5, size);
	if (read_into(word, size, false, bytes))
		fail_msg("%s: %s", word, fail_last()->text);
	assert_memory_equal(bytes, expected, size);
}

static void assert_prefix(const char *word, uint32_t bits, const void *address, uint32_t size)
{
	uint8_t bytes[20];
	uint32_t read;

	assert_int_equal(read_into(word, 4 + size, true, bytes), 0);
	memcpy(&read, bytes, sizeof(read));
	assert_int_equal(read, bits);
	assert_memory_equal(bytes + 4, address, size);
}

static void assert_refused(const char *word, uint32_t size, bool prefix, const char *message)
{
	auto_free uint8_t *bytes = malloc(size);

	assert_true(read_into(word, size, prefix, bytes) < 0);
	if (!strstr(fail_last()->text, message))
		fail_msg("%s: %s", word, fail_last()->text);
}

static void integers(void **state)
{
	uint64_t most = UINT64_MAX;
	int64_t least = INT64_MIN;
	uint32_t word = 258;
	int16_t minus = -2;

	(void)state;
	assert_bytes("u8:255", "\xff", 1);
	assert_bytes("u32:258", &word, 4);
	assert_bytes("u32:0x102", &word, 4);
	assert_bytes("u64:18446744073709551615", &most, 8);
	assert_bytes("i64:-9223372036854775808", &least, 8);
	assert_bytes("i16:-2", &minus, 2);
	assert_bytes("i8:-128", "\x80", 1);
	assert_refused("u8:256", 1, false, "'u8:256' is not a number from 0 to 255");
	assert_refused("u32:-1", 4, false, "from 0 to 4294967295");
	assert_refused("i8:128", 1, false, "from -128 to 127");
	assert_refused("i8:-129", 1, false, "from -128 to 127");
	assert_refused("i8:--1", 1, false, "from -128 to 127");
	assert_refused("u64:18446744073709551616", 8, false, "to 18446744073709551615");
	assert_refused("u64:", 8, false, "'u64:' is not a number");
	assert_refused("u64:7x", 8, false, "'u64:7x' is not a number");
	assert_refused("u32:7", 8, false, "'u32:7' has 4 bytes, the key of map m needs 8");
	assert_refused("u8:7", 4, false, "'u8:7' has 1 byte, the key of map m needs 4");
}

static void strings(void **state)
{
	(void)state;
	assert_bytes("str:hello", "hello\0\0", 8);
	assert_bytes("str:", "\0\0\0", 4);
	assert_bytes("str:a:b", "a:b", 4);
	assert_refused("str:1234", 4, false,
		       "has 5 bytes with the NUL behind it, the key of map m "
		       "has room for 4");
}

static void addresses(void **state)
{
	(void)state;
	assert_bytes("ip:10.0.0.1", "\x0a\0\0\1", 4);
	assert_bytes("ip:::1", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 16);
	assert_bytes("mac:02:00:00:00:00:Ab", "\2\0\0\0\0\xab", 6);
	assert_prefix("ip:10.0.0.0/8", 8, "\x0a\0\0\0", 4);
	assert_prefix("ip:10.0.0.1", 32, "\x0a\0\0\1", 4);
	assert_prefix("ip:10.0.0.0/0", 0, "\x0a\0\0\0", 4);
	assert_prefix("ip:fe80::/64", 64, "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16);
	assert_refused("ip:10.0.0", 4, false, "is not an address of IPv4 or IPv6");
	assert_refused("ip:", 4, false, "is not an address of IPv4 or IPv6");
	assert_refused("ip:10.0.0.1", 8, false, "has 4 bytes, the key of map m needs 8");
	assert_refused("ip:10.0.0.0/8", 4, false, "the key of map m is not one of an lpm_trie");
	assert_refused("ip:10.0.0.0/33", 8, true, "'33' is not a number from 0 to 32");
	assert_refused("ip:10.0.0.0/", 8, true, "'' is not a number from 0 to 32");
	assert_refused("ip:fe80::/129", 20, true, "from 0 to 128");
	assert_refused("ip:fe80::1", 8, true, "has 20 bytes, the key of map m needs 8");
	assert_refused("ip:1111111111111111111111111111111111111111111111111111111111111111111111",
		       4, false, "is not an address");
	assert_refused("mac:02:00:00:00:00", 6, false, "is not an address like");
	assert_refused("mac:02:00:00:00:00:0g", 6, false, "is not an address like");
	assert_refused("mac:02-00-00-00-00-00", 6, false, "is not an address like");
	assert_refused("mac:02:00:00:00:00:01", 4, false, "has 6 bytes");
}

static void prefixes(void **state)
{
	(void)state;
	assert_true(literal_is("u8:"));
	assert_true(literal_is("mac:x"));
	assert_false(literal_is("u8"));
	assert_false(literal_is("u128:1"));
	assert_false(literal_is("{\"u8:\":1}"));
	assert_false(literal_is(""));
	assert_refused("u128:1", 16, false, "'u128:1' does not begin with one of u8: u16:");
}

static void flags(void **state)
{
	(void)state;
	assert_int_equal(create_flag("no_prealloc"), BPF_F_NO_PREALLOC);
	assert_int_equal(create_flag("mmapable"), BPF_F_MMAPABLE);
	assert_int_equal(create_flag("inner_map"), BPF_F_INNER_MAP);
	assert_int_equal(create_flag("link"), 1U << 13);
	assert_int_equal(create_flag(""), 0);
	assert_int_equal(create_flag("mmap"), 0);
	for (unsigned int bit = 0; create_flag_name(bit); bit++)
		assert_int_equal(create_flag(create_flag_name(bit)), 1U << bit);
}

static void assert_no_map(struct sys_map map, const char *message)
{
	map.name = map.name ?: "m";
	map.inner_fd = -1;
	fail_clear();
	assert_true(create_map(&map) < 0);
	if (!strstr(fail_last()->text, message))
		fail_msg("%s", fail_last()->text);
}

#define MAP(TYPE, KEY, VALUE, ENTRIES, ...)             \
	((struct sys_map){ .type = BPF_MAP_TYPE_##TYPE, \
			   .key_size = (KEY),           \
			   .value_size = (VALUE),       \
			   .max_entries = (ENTRIES),    \
			   __VA_ARGS__ })

/* Said before the kernel is asked: no rights needed. */
static void parameters(void **state)
{
	(void)state;
	assert_no_map(MAP(HASH, 4, 4, 1, .name = "a b"), "the name 'a b' has something else");
	assert_no_map(MAP(HASH, 0, 4, 1), "type hash has keys of at least 1 byte(s), not 0");
	assert_no_map(MAP(HASH, 4, 4, 0), "type hash needs 'entries N'");
	assert_no_map(MAP(ARRAY, 8, 4, 1), "type array has keys of 4 bytes, not 8");
	assert_no_map(MAP(PERCPU_ARRAY, 4, 32769, 1), "values of at most 32768 bytes");
	assert_no_map(MAP(QUEUE, 4, 4, 1), "type queue has no keys: key has to be 0, not 4");
	assert_no_map(MAP(LPM_TRIE, 4, 4, 1, .flags = 1), "keys of at least 5 byte(s)");
	assert_no_map(MAP(LPM_TRIE, 8, 4, 1), "type lpm_trie needs the flag no_prealloc");
	assert_no_map(MAP(LRU_HASH, 4, 4, 1, .flags = 1), "cannot have the flag no_prealloc");
	assert_no_map(MAP(STACK_TRACE, 4, 12, 1), "values of a multiple of 8 bytes");
	assert_no_map(MAP(RINGBUF, 0, 0, 12288), "a power of two and whole pages");
	assert_no_map(MAP(RINGBUF, 0, 0, 64), "a power of two and whole pages");
	assert_no_map(MAP(CGROUP_STORAGE, 8, 4, 1), "entries has to be 0, not 1");
	assert_no_map(MAP(HASH_OF_MAPS, 4, 4, 1), "needs a model of the maps in it");
	assert_no_map(MAP(STRUCT_OPS, 4, 4, 1), "cannot be made so");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers), cmocka_unit_test(strings), cmocka_unit_test(addresses),
		cmocka_unit_test(prefixes), cmocka_unit_test(flags),   cmocka_unit_test(parameters),
	};

	return cmocka_run_group_tests_name("literal", tests, NULL, NULL);
}
