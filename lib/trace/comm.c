// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Names of the threads that trace records tell only the pid of. */
#include "trace/comm.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"

#define UNKNOWN         "<...>"
#define AGE_MAX_MS      100
#define KNOWN_MAX       2048
#define SAVED_MAX       (16 * 1024 * 1024)
#define INITIAL_PID_INO 0xeffffffcu

/* Another pid namespace numbers the same threads differently: its /proc would name wrong ones. */
static int open_proc(void)
{
	struct stat st;

	if (stat("/proc/self/ns/pid", &st) || st.st_ino != INITIAL_PID_INO)
		return -1;
	return open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
}

void trace_comms_open(struct trace_comms *comms, int tracefs)
{
	*comms = (struct trace_comms){ 0 };
	comms->saved = openat(tracefs, "saved_cmdlines", O_RDONLY | O_CLOEXEC);
	comms->proc = open_proc();
}

void trace_comms_close(struct trace_comms *comms)
{
	cleanup_fd(&comms->saved);
	cleanup_fd(&comms->proc);
	vec_free(&comms->known);
	buf_free(&comms->saved_text);
}

void trace_comms_age(struct trace_comms *comms)
{
	struct timespec now;
	uint64_t now_ms;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	now_ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
	buf_clear(&comms->saved_text);
	if (now_ms - comms->since_ms < AGE_MAX_MS && comms->known.n < KNOWN_MAX)
		return;
	comms->known.n = 0;
	comms->since_ms = now_ms;
}

/* Where `pid` is among the known ones, or would be. */
static size_t place_of(const struct trace_comms *comms, int pid)
{
	size_t low = 0;
	size_t high = comms->known.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (comms->known.v[middle].pid < pid)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct trace_comm *find(const struct trace_comms *comms, int pid)
{
	size_t place = place_of(comms, pid);

	if (place == comms->known.n || comms->known.v[place].pid != pid)
		return NULL;
	return &comms->known.v[place];
}

/* Without memory it stays unknown. */
static const char *remember(struct trace_comms *comms, const struct trace_comm *comm)
{
	size_t place = place_of(comms, comm->pid);
	size_t after = comms->known.n - place;
	struct trace_comm *at;

	if (vec_push(&comms->known, *comm))
		return UNKNOWN;
	at = &comms->known.v[place];
	memmove(at + 1, at, after * sizeof(*at));
	*at = *comm;
	return at->name;
}

static void set_name(struct trace_comm *comm, const char *name, size_t len)
{
	memset(comm->name, 0, sizeof(comm->name));
	memcpy(comm->name, name, len < sizeof(comm->name) ? len : sizeof(comm->name) - 1);
}

bool trace_comm_saved(struct trace_comm *comm, const char *text, int pid)
{
	char key[16];
	size_t len = (size_t)snprintf(key, sizeof(key), "%d ", pid);

	for (; *text; text += strcspn(text, "\n"), text += *text == '\n') {
		if (strncmp(text, key, len))
			continue;
		comm->pid = pid;
		set_name(comm, text + len, strcspn(text + len, "\n"));
		return true;
	}
	return false;
}

static bool ask_saved(struct trace_comms *comms, int pid, struct trace_comm *comm)
{
	if (comms->saved < 0)
		return false;
	if (!comms->saved_text.len && (lseek(comms->saved, 0, SEEK_SET) ||
				       file_read_fd(comms->saved, SAVED_MAX, &comms->saved_text)))
		return false;
	return trace_comm_saved(comm, buf_str(&comms->saved_text), pid);
}

/* /proc adds what a kworker works at ("kworker/0:1-events"), which its own name has not. */
static size_t own_name(const char *comm, size_t len)
{
	const char *colon = text_starts(comm, "kworker/") ? strchr(comm, ':') : NULL;
	size_t own = colon ? (size_t)(colon - comm) + strcspn(colon, "+-") : len;

	return own < len ? own : len;
}

static bool ask_proc(const struct trace_comms *comms, int pid, struct trace_comm *comm)
{
	char path[32];
	char name[64];
	auto_fd int fd = -1;
	ssize_t got;

	if (comms->proc < 0)
		return false;
	snprintf(path, sizeof(path), "%d/comm", pid);
	fd = openat(comms->proc, path, O_RDONLY | O_CLOEXEC);
	got = fd >= 0 ? read(fd, name, sizeof(name) - 1) : -1;
	if (got <= 0)
		return false;
	if (name[got - 1] == '\n')
		got--;
	name[got] = '\0';
	set_name(comm, name, own_name(name, (size_t)got));
	return true;
}

const char *trace_comms_name(struct trace_comms *comms, int pid)
{
	const struct trace_comm *known = find(comms, pid);
	struct trace_comm comm = { .pid = pid, .name = UNKNOWN };

	if (!pid)
		return "<idle>";
	if (known)
		return known->name;
	if (!ask_proc(comms, pid, &comm))
		ask_saved(comms, pid, &comm);
	return remember(comms, &comm);
}
