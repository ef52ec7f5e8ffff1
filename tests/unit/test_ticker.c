// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* lib/base/ticker: what a person at a terminal sees, and a pipe does not. */
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/ticker.h"

#include <cmocka.h>

/* The standard streams of the test, put aside. */
struct streams {
	int out, err;
};

static struct streams put(int out, int err)
{
	struct streams saved = { dup(STDOUT_FILENO), dup(STDERR_FILENO) };

	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	return saved;
}

static void put_back(struct streams saved)
{
	dup2(saved.out, STDOUT_FILENO);
	dup2(saved.err, STDERR_FILENO);
	close(saved.out);
	close(saved.err);
}

/* Adds what comes within ten seconds, until `wanted` is part of it. */
static void read_until(int fd, const char *wanted, char *text, size_t size)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	size_t len = strlen(text);

	while (!strstr(text, wanted) && poll(&poll_fd, 1, 10000) > 0) {
		ssize_t got = read(fd, text + len, size - 1 - len);

		if (got <= 0)
			return;
		len += (size_t)got;
		text[len] = '\0';
	}
}

static void test_terminal(void **state)
{
	struct streams saved;
	struct ticker *ticker;
	int ours, its, pipes[2];
	char text[512] = "";

	(void)state;
	assert_int_equal(openpty(&ours, &its, NULL, NULL, NULL), 0);
	assert_int_equal(pipe(pipes), 0);
	saved = put(pipes[1], its);
	ticker = ticker_begin("a\x1b[31m.o", "things");
	ticker_add(ticker, 3);
	ticker_add(ticker, 4);
	read_until(ours, "things", text, sizeof(text));
	ticker_end(ticker);
	put_back(saved);
	assert_non_null(ticker);
	read_until(ours, "things\x1b[K\r\x1b[K", text, sizeof(text));
	assert_string_equal(text, "\ra\\x1b[31m.o: 1 s, 7 things\x1b[K\r\x1b[K");
	close(ours);
	close(its);
	close(pipes[0]);
	close(pipes[1]);
}

static void test_not_shown(void **state)
{
	int ours, its, pipes[2];
	struct streams saved;
	struct ticker *tickers[3];

	(void)state;
	assert_int_equal(openpty(&ours, &its, NULL, NULL, NULL), 0);
	assert_int_equal(pipe(pipes), 0);
	saved = put(its, pipes[1]);
	tickers[0] = ticker_begin("x", "things");
	tickers[1] = ticker_begin("x", NULL);
	put_back(saved);
	saved = put(its, its);
	tickers[2] = ticker_begin("x", "things");
	put_back(saved);
	for (int i = 0; i < 3; i++) {
		assert_null(tickers[i]);
		ticker_add(tickers[i], 1);
		ticker_end(tickers[i]);
	}
	close(ours);
	close(its);
	close(pipes[0]);
	close(pipes[1]);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_terminal),
		cmocka_unit_test(test_not_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
