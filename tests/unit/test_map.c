// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/map without a kernel: lists of processors, and walks over a map that changes underneath. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h" /* before cmocka.h, which defines a macro fail() */
#include "map/cpus.h"
#include "map/kinds.h"
#include "map/shape.h"
#include "map/walk.h"

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void assert_cpus(const char *list, const char *expected)
{
	struct cpus cpus AUTO_CPUS = { 0 };
	struct buf text AUTO_BUF = BUF_EMPTY;

	assert_int_equal(cpus_parse(list, &cpus), 0);
	vec_each (cpu, &cpus)
		buf_printf(&text, "%u ", *cpu);
	assert_string_equal(buf_str(&text), expected);
}

static void processor_lists(void **state)
{
	static const char *const bad[] = {
		"",    "\n",  "a",     "0-",  "-1",    "0,,1",  "0-1,",         "1-0",   "0-3,2",
		"0,0", "0 1", "0\n\n", "0x1", "0-1-2", "65536", "0-4294967296", "0-1;2", "0\n1",
	};

	(void)state;
	assert_cpus("0\n", "0 ");
	assert_cpus("0-1", "0 1 ");
	assert_cpus("0-3,8-9,11\n", "0 1 2 3 8 9 11 ");
	assert_cpus("65534-65535", "65534 65535 ");
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct cpus cpus AUTO_CPUS = { 0 };

		assert_int_equal(cpus_parse(bad[i], &cpus), -EINVAL);
	}
}

/* This machine's own list, whatever it is, and the stride of values by it. */
static void per_cpu_shape(void **state)
{
	const struct bpf_map_info info = {
		.type = BPF_MAP_TYPE_PERCPU_ARRAY,
		.key_size = 4,
		.value_size = 12,
	};
	struct shape shape;

	(void)state;
	assert_int_equal(shape_of(&info, &shape), 0);
	assert_true(shape.cpus.n > 0);
	assert_int_equal(shape.cpu_stride, 16);
	assert_int_equal(shape.value_stride, 16 * shape.cpus.n);
	shape_free(&shape);
}

static void kinds(void **state)
{
	(void)state;
	assert_null(kinds_of(BPF_MAP_TYPE_HASH)->none);
	assert_null(kinds_of(4242)->none);
	assert_true(kinds_of(BPF_MAP_TYPE_LRU_PERCPU_HASH)->per_cpu);
	assert_true(kinds_of(BPF_MAP_TYPE_HASH_OF_MAPS)->of_maps);
	for (uint32_t type = 0; type < 64; type++)
		assert_int_equal(!kinds_of(type)->none, !kinds_of(type)->instead);
}

/* A map of one-byte keys that behaves as the kernel's do, and what happens to it between calls. */
static struct {
	char keys[64]; /* in the order of the walk, NUL-terminated */
	int calls;
	void (*meanwhile)(int call);
} map;

static int next_key(int fd, const void *key, void *next)
{
	const char *from = map.keys, *at;

	assert_int_equal(fd, 5);
	map.calls++;
	if (map.meanwhile)
		map.meanwhile(map.calls);
	/* A key that is gone is no place to go on from. */
	if (key && (at = strchr(map.keys, *(const char *)key)))
		from = at + 1;
	if (!*from)
		return -ENOENT;
	*(char *)next = *from;
	return 0;
}

/* Walks `keys`; the keys met, and an error as a number behind them. */
static void assert_walk(const char *keys, uint32_t max, void (*meanwhile)(int call),
			const char *expected)
{
	struct walk walk = { .fd = 5, .max = max, .next_key = next_key, .met = { .key_size = 1 } };
	struct buf met AUTO_BUF = BUF_EMPTY;
	char key;
	int err;

	strcpy(map.keys, keys);
	map.calls = 0;
	map.meanwhile = meanwhile;
	while ((err = walk_next(&walk, &key)) > 0)
		buf_addch(&met, key);
	assert_int_equal(err, 0);
	assert_string_equal(buf_str(&met), expected);
	assert_true(map.calls <= 2 * (int)max + 2);
	walk_free(&walk);
}

static void delete_key(char key)
{
	char *at = strchr(map.keys, key);

	if (at)
		memmove(at, at + 1, strlen(at));
}

static void delete_the_second(int call)
{
	if (call == 3)
		delete_key('b');
}

static void delete_some(int call)
{
	if (call != 5)
		return;
	delete_key('b');
	delete_key('c');
	delete_key('d');
}

static void delete_the_first_always(int call)
{
	if (call > 1)
		delete_key(map.keys[0]);
}

static void delete_all(int call)
{
	if (call == 3)
		map.keys[0] = '\0';
}

/* The key just met is gone, and the map begins with one that was not there before. */
static void replace(int call)
{
	if (call != 4)
		return;
	delete_key('c');
	memmove(map.keys + 1, map.keys, strlen(map.keys) + 1);
	map.keys[0] = 'z';
}

static void grow(int call)
{
	char *end = map.keys + strlen(map.keys);

	if (call < 40) {
		end[0] = (char)('A' + call);
		end[1] = '\0';
	}
}

static void walks(void **state)
{
	(void)state;
	assert_walk("", 8, NULL, "");
	assert_walk("abcdef", 8, NULL, "abcdef");
	assert_walk("abcdef", 4, NULL, "abcd");
	assert_walk("abcdef", 6, delete_the_second, "abcdef");
	assert_walk("abcdef", 6, delete_some, "abcdef");
	assert_walk("abcdef", 6, delete_the_first_always, "abcdef");
	assert_walk("abcdef", 6, delete_all, "ab");
	assert_walk("abcdef", 8, replace, "abczdef");
	assert_walk("a", 10, grow, "aBCDEFGHIJ");
}

/* Longer keys, and more of them than the hash table begins with. */
static int next_number(int fd, const void *key, void *next)
{
	uint64_t number = 0;

	(void)fd;
	if (key)
		memcpy(&number, key, sizeof(number));
	if (++number > 10000)
		return -ENOENT;
	memcpy(next, &number, sizeof(number));
	return 0;
}

static void long_walk(void **state)
{
	struct walk walk = { .max = 20000, .next_key = next_number, .met = { .key_size = 8 } };
	uint64_t number, expected = 0;

	(void)state;
	while (walk_next(&walk, &number) == 1)
		assert_int_equal(number, ++expected);
	assert_int_equal(expected, 10000);
	walk_free(&walk);
}

static int next_refused(int fd, const void *key, void *next)
{
	(void)fd;
	(void)key;
	(void)next;
	return -EPERM;
}

static void refused_walk(void **state)
{
	struct walk walk = { .max = 8, .next_key = next_refused, .met = { .key_size = 8 } };
	uint64_t number;

	(void)state;
	assert_int_equal(walk_next(&walk, &number), -EPERM);
	walk_free(&walk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(processor_lists), cmocka_unit_test(per_cpu_shape),
		cmocka_unit_test(kinds),           cmocka_unit_test(walks),
		cmocka_unit_test(long_walk),       cmocka_unit_test(refused_walk),
	};

	return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
