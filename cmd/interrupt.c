// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Interrupts for verbs that go on until somebody ends them, and that have something to clean up. */
#include "interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/err.h"

#define PATIENCE_S 1

/* A signal handler has nothing but these. */
static int wake[2] = { -1, -1 };
static int nobody = -1; /* the end to write of a pipe that has no reader */
static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal)
{
	int saved = errno;

	(void)signal;
	interrupted = 1;
	/* A full pipe is as readable as one that takes this byte. */
	if (write(wake[1], "", 1) < 0)
		errno = saved;
	alarm(PATIENCE_S);
	errno = saved;
}

static void on_alarm(int signal)
{
	int saved = errno;

	(void)signal;
	dup2(nobody, STDOUT_FILENO);
	errno = saved;
}

static int make_pipes(void)
{
	int ends[2];

	if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) || pipe2(ends, O_CLOEXEC))
		return fail(-errno, "prepare for interrupts");
	close(ends[0]);
	nobody = ends[1];
	return 0;
}

/* Without SA_RESTART: a write that waits is to return. */
static int handle(int signal, void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler };

	sigemptyset(&action.sa_mask);
	return sigaction(signal, &action, NULL) ? fail(-errno, "prepare for interrupts") : 0;
}

/* nohup(1) has SIGHUP ignored, and that is to stay so. */
static int handle_hangup(void)
{
	struct sigaction action;

	if (!sigaction(SIGHUP, NULL, &action) && action.sa_handler == SIG_IGN)
		return 0;
	return handle(SIGHUP, on_interrupt);
}

static const int caught[] = { SIGALRM, SIGINT, SIGTERM, SIGHUP };

/* What is ignored, as nohup(1) has it, stays so. */
static void let_go(int signal)
{
	struct sigaction action;

	if (!sigaction(signal, NULL, &action) && action.sa_handler != SIG_IGN)
		handle(signal, SIG_DFL);
}

static void close_pipe(int *end)
{
	cleanup_fd(end);
	*end = -1;
}

void interrupt_release(void)
{
	if (interrupted)
		return;
	for (size_t i = 0; i < sizeof(caught) / sizeof(*caught); i++)
		let_go(caught[i]);
	close_pipe(&wake[0]);
	close_pipe(&wake[1]);
	close_pipe(&nobody);
}

int interrupt_catch(void)
{
	int err = make_pipes() ?: handle(SIGALRM, on_alarm) ?: handle(SIGINT, on_interrupt) ?:
				  handle(SIGTERM, on_interrupt) ?: handle_hangup();

	if (!err)
		return wake[0];
	interrupt_release();
	return err;
}

bool interrupt_seen(void)
{
	return interrupted;
}

void interrupt_extend(void)
{
	if (interrupted)
		alarm(PATIENCE_S);
}
