/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/app/cut.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A write that is not synced: what stood there, and what stands there now. */
struct change {
	struct change *older;
	sqlite3_int64 at, size_before;
	int n;          /* bytes written; -1: cut to the length `at` */
	char *old, *new;
	int n_old;      /* bytes that stood there */
};

struct file {
	sqlite3_file base;
	struct file *next; /* of the open ones */
	struct change *newest;
	sqlite3_file *real;
};

static sqlite3_vfs vfs;
static sqlite3_vfs *machine;
static struct file *files;
static enum cut how_to_end;
static int end_at;
static int *counted;

static void forget(struct file *f)
{
	for (struct change *c = f->newest, *older; c; c = older) {
		older = c->older;
		free(c->old);
		free(c->new);
		free(c);
	}
	f->newest = NULL;
}

static void undo(struct file *f)
{
	for (struct change *c = f->newest; c; c = c->older) {
		if (c->n_old)
			f->real->pMethods->xWrite(f->real, c->old, c->n_old, c->at);
		f->real->pMethods->xTruncate(f->real, c->size_before);
	}
}

/* Those that reached the disk all the same, in their order. */
static void redo(struct file *f, const struct change *c, unsigned int *luck)
{
	if (!c)
		return;
	redo(f, c->older, luck);
	*luck = *luck * 1103515245u + 12345u;
	if (*luck >> 16 & 1)
		return;
	if (c->n < 0)
		f->real->pMethods->xTruncate(f->real, c->at);
	else
		f->real->pMethods->xWrite(f->real, c->new, c->n, c->at);
}

static void step(void)
{
	if (++*counted != end_at || how_to_end == CUT_FULL)
		return;
	unsigned int luck = (unsigned int)end_at;
	for (struct file *f = files; f && how_to_end != CUT_KILL; f = f->next) {
		undo(f);
		if (how_to_end == CUT_TORN)
			redo(f, f->newest, &luck);
	}
	raise(SIGKILL);
}

static void *copy(const void *bytes, int n)
{
	void *out = malloc((size_t)n + 1);

	if (!out)
		abort();
	if (n)
		memcpy(out, bytes, (size_t)n);
	return out;
}

/* Notes what `n` bytes from `at` on are about to replace. */
static void note(struct file *f, sqlite3_int64 at, int n, const void *new)
{
	struct change *c = copy("", 0);

	c = realloc(c, sizeof(*c));
	if (!c)
		abort();
	*c = (struct change){ .older = f->newest, .at = at, .n = new ? n : -1 };
	f->real->pMethods->xFileSize(f->real, &c->size_before);
	sqlite3_int64 there = c->size_before - at;
	c->n_old = there < 0 ? 0 : there < n ? (int)there : n;
	c->old = copy("", 0);
	if (c->n_old) {
		free(c->old);
		c->old = malloc((size_t)c->n_old);
		if (!c->old)
			abort();
		f->real->pMethods->xRead(f->real, c->old, c->n_old, at);
	}
	c->new = new ? copy(new, n) : NULL;
	f->newest = c;
}

static bool is_full(struct file *f, sqlite3_int64 end)
{
	sqlite3_int64 now = 0;

	f->real->pMethods->xFileSize(f->real, &now);
	return how_to_end == CUT_FULL && end_at && *counted >= end_at && end > now;
}

static int file_write(sqlite3_file *base, const void *bytes, int n, sqlite3_int64 at)
{
	struct file *f = (struct file *)base;

	step();
	if (is_full(f, at + n))
		return SQLITE_FULL;
	note(f, at, n, bytes);
	return f->real->pMethods->xWrite(f->real, bytes, n, at);
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size)
{
	struct file *f = (struct file *)base;
	sqlite3_int64 now = 0;

	step();
	f->real->pMethods->xFileSize(f->real, &now);
	note(f, size, now > size ? (int)(now - size) : 0, NULL);
	return f->real->pMethods->xTruncate(f->real, size);
}

static int file_sync(sqlite3_file *base, int flags)
{
	(void)flags;
	step();
	forget((struct file *)base);
	return SQLITE_OK;
}

static int file_close(sqlite3_file *base)
{
	struct file *f = (struct file *)base;

	for (struct file **at = &files; *at; at = &(*at)->next)
		if (*at == f) {
			*at = f->next;
			break;
		}
	forget(f);
	return f->real->pMethods->xClose(f->real);
}

#define REAL(base) ((struct file *)(base))->real
#define PASS(name, args, ...) \
	static int file_##name args { return REAL(base)->pMethods->__VA_ARGS__; }
PASS(read, (sqlite3_file *base, void *to, int n, sqlite3_int64 at), xRead(REAL(base), to, n, at))
PASS(size, (sqlite3_file *base, sqlite3_int64 *n), xFileSize(REAL(base), n))
PASS(lock, (sqlite3_file *base, int how), xLock(REAL(base), how))
PASS(unlock, (sqlite3_file *base, int how), xUnlock(REAL(base), how))
PASS(check, (sqlite3_file *base, int *out), xCheckReservedLock(REAL(base), out))
PASS(control, (sqlite3_file *base, int op, void *arg), xFileControl(REAL(base), op, arg))
PASS(sector, (sqlite3_file *base), xSectorSize(REAL(base)))
PASS(traits, (sqlite3_file *base), xDeviceCharacteristics(REAL(base)))

static const sqlite3_io_methods METHODS = {
	.iVersion = 1, .xClose = file_close, .xRead = file_read, .xWrite = file_write,
	.xTruncate = file_truncate, .xSync = file_sync, .xFileSize = file_size, .xLock = file_lock,
	.xUnlock = file_unlock, .xCheckReservedLock = file_check, .xFileControl = file_control,
	.xSectorSize = file_sector, .xDeviceCharacteristics = file_traits,
};

static int vfs_open(sqlite3_vfs *v, const char *name, sqlite3_file *base, int flags, int *out)
{
	struct file *f = (struct file *)base;

	(void)v;
	*f = (struct file){ .real = (sqlite3_file *)(void *)(f + 1) };
	int rc = machine->xOpen(machine, name, f->real, flags, out);
	if (rc != SQLITE_OK)
		return rc;
	f->base.pMethods = &METHODS;
	f->next = files;
	files = f;
	return rc;
}

void cut_disk(enum cut how, int at, int *steps)
{
	how_to_end = how;
	end_at = at;
	counted = steps;
	if (machine)
		return;
	machine = sqlite3_vfs_find(NULL);
	vfs = *machine;
	vfs.zName = "cut";
	vfs.szOsFile = (int)sizeof(struct file) + machine->szOsFile;
	vfs.xOpen = vfs_open;
	if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK)
		abort();
}

void cut_room(void)
{
	end_at = 0;
}
