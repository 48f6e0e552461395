/* SPDX-License-Identifier: EUPL-1.2 */
/* The reader's own side: it gives everything away before it sees a byte. */
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/files.h"
#include "app/reader.h"
#include "base/mem.h"
#include "child.h"
#include "confine.h"
#include "reader-wire.h"

enum {
	MOST_SECONDS = 15, /* for one request: then SIGALRM ends us */
	MOST_MEMORY = 512 << 20,
	MOST_CPU = 3600, /* over the process's life */
};

/* Everything that is not here fails with EPERM instead of killing us: a C
 * library that tries something new must not stop the mail. */
static const int allowed[] = {
	SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(close),
	SCMP_SYS(fstat), SCMP_SYS(lseek), SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap),
	SCMP_SYS(mprotect), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(futex), SCMP_SYS(sched_yield),
	SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
	SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(getrandom),
	SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(alarm), SCMP_SYS(setitimer), SCMP_SYS(exit),
	SCMP_SYS(exit_group),
};

static bool confine(void)
{
	return confine_limit(RLIMIT_CPU, MOST_CPU) && confine_limit(RLIMIT_CORE, 0)
	       && confine_limit(RLIMIT_NPROC, 0) && confine_limit(RLIMIT_FSIZE, 0)
	       && confine_limit(RLIMIT_NOFILE, STDERR_FILENO + 1) && confine_memory(MOST_MEMORY)
	       && confine_process() && confine_calls(allowed, ARRAY_LEN(allowed), true);
}

static bool take(int in, uint64_t len, char **out)
{
	*out = NULL;
	if (len == WIRE_ABSENT)
		return true;
	if (len > FILE_LIMIT)
		return false;
	*out = mem_alloc(len + 1);
	(*out)[len] = '\0';
	return wire_read(in, *out, len, -1);
}

static void (*const answers[WIRE_KINDS])(struct arena *a, const struct wire_asked *q, struct buf *out) = {
	[WIRE_MAIL] = wire_answer_mail,
	[WIRE_DOCUMENT] = wire_answer_document,
	[WIRE_MEETINGS] = wire_answer_meetings,
};

static bool answer(int out, uint64_t kind, const struct wire_asked *asked)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf packed AUTO(buf_release) = BUF_INIT;
	struct wire_answer w = { .len = 0 };

	buf_add(&packed, &w, sizeof(w));
	answers[kind](&a, asked, &packed);
	w.len = packed.len - sizeof(w);
	memcpy(packed.data, &w, sizeof(w)); /* in one piece: the keeper is woken once */
	return wire_write(out, packed.data, packed.len, -1);
}

static bool serve_one(int in, int out, struct mail_shelf *shelf)
{
	struct wire_asked asked = { .shelf = shelf };
	struct wire_request q;
	bool ok = wire_read(in, &q, sizeof(q), -1) && q.kind < WIRE_KINDS && q.len[0] != WIRE_ABSENT;

	for (int i = 0; ok && i < WIRE_FIELDS; i++)
		ok = take(in, q.len[i], &asked.field[i]);
	if (ok) {
		asked.number = q.number;
		memcpy(asked.len, q.len, sizeof(asked.len));
		alarm(MOST_SECONDS);
		ok = answer(out, q.kind, &asked);
		alarm(0);
	}
	for (int i = 0; i < WIRE_FIELDS; i++)
		mem_free(asked.field[i]);
	return ok;
}

int reader_serve(int in, int out)
{
	mail_warm_up();
	document_warm_up();
	if (!confine())
		_exit(CHILD_UNCONFINED);
	if (!child_ready(out))
		_exit(3);
	struct mail_shelf *shelf = mail_shelf_new();
	while (serve_one(in, out, shelf))
		continue;
	_exit(0); /* nothing that exit() would do is ours to do in here */
}
