/* SPDX-License-Identifier: EUPL-1.2 */
/* Copies of the database: one is taken, and one is put back. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "core/date.h"
#include "src/store/db.h"
#include "store/copy.h"
#include "store/deficiencies.h"

enum {
	MOST_A_MINUTE = 9,   /* databases that are kept by one name and a number */
	PATIENCE_MS = 10000, /* with who else works with a file */
};

/* ---- files ---- */

static int file_fault(struct err *e, const char *path, const char *what)
{
	return err_set(e, ERR_OUTSIDE, "%s cannot be %s: %s", path, what, strerror(errno));
}

static const char *folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	return !slash ? "." : slash == path ? "/" : arena_dupn(a, path, (size_t)(slash - path));
}

/* So that a name which was given stays given. */
static int sync_folder_of(const char *path, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *folder = folder_of(&a, path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || fsync(fd)) {
		int failed = file_fault(e, folder, "written");

		if (fd >= 0)
			close(fd);
		return failed;
	}
	close(fd);
	return 0;
}

static const char *beside(struct arena *a, const char *path, const char *what)
{
	return arena_fmt(a, "%s%s", path, what);
}

/* ---- the file that is to become the copy ---- */

struct part {
	const char *name;
	int fd; /* held and locked until the file has its own name */
};

static bool is_still(const struct part *p)
{
	struct stat named, held;

	return !lstat(p->name, &named) && !fstat(p->fd, &held) && named.st_dev == held.st_dev
	       && named.st_ino == held.st_ino;
}

/* One at a time writes it; what a killed one left is written over, but not what somebody has
 * put there under two names. SQLite locks other bytes. */
static int part_open(struct part *p, struct arena *a, struct err *e)
{
	struct flock first = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1 };
	struct stat st;

	/* the register holds names and addresses: not for everybody to read */
	p->fd = open(p->name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
	if (p->fd < 0)
		return file_fault(e, p->name, "made");
	if (fstat(p->fd, &st) || !S_ISREG(st.st_mode) || st.st_nlink > 1) {
		close(p->fd);
		return err_set(e, ERR_SAFETY, "%s is not a file of its own: see what it is, and remove it", p->name);
	}
	bool mine = !fcntl(p->fd, F_OFD_SETLK, &first) && is_still(p);
	if (mine && !ftruncate(p->fd, 0)) {
		unlink(beside(a, p->name, "-journal"));
		return 0;
	}
	int failed = mine ? file_fault(e, p->name, "emptied")
	                  : err_set(e, ERR_SAFETY, "%s is being written by somebody else: try again", p->name);
	close(p->fd);
	return failed;
}

/* Under its own name, or gone. */
static int part_close(const struct part *p, struct arena *a, const char *name, struct err *e)
{
	int failed = 0;

	if (name && (!is_still(p) || rename(p->name, name)))
		failed = file_fault(e, name, "written");
	if ((!name || failed) && is_still(p))
		unlink(p->name);
	unlink(beside(a, p->name, "-journal")); /* empty, or of what is gone */
	close(p->fd);
	return failed;
}

static bool give(int fd, const struct stat *like)
{
	return !fchown(fd, like->st_uid, like->st_gid);
}

static bool same_file(const char *a, const char *b)
{
	struct stat x, y;

	return !stat(a, &x) && !stat(b, &y) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* Bytes 68 to 71 of an SQLite file are whose it is. */
static int ours(const char *path, bool *there, struct err *e)
{
	unsigned char head[72] = { 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	*there = fd >= 0;
	if (fd < 0)
		return errno == ENOENT ? 0 : file_fault(e, path, "read");
	ssize_t got = read(fd, head, sizeof(head));
	close(fd);
	uint32_t id = (uint32_t)head[68] << 24 | (uint32_t)head[69] << 16 | (uint32_t)head[70] << 8 | head[71];
	return got == sizeof(head) && !memcmp(head, "SQLite format 3", 16) && id == APPLICATION_ID ? 0
	       : err_set(e, ERR_USAGE, "%s is no database of oversyn: name another file", path);
}

/* ---- bytes ---- */

/* Whole, as of one moment, whoever writes meanwhile. */
static int copy_pages(sqlite3 *from, const char *from_path, sqlite3 *to, const char *to_path, struct err *e)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");

	if (!b)
		return err_set(e, ERR_OUTSIDE, "%s cannot be written: %s", to_path, sqlite3_errmsg(to));
	int rc = sqlite3_backup_step(b, -1);
	int end = sqlite3_backup_finish(b);
	if (rc == SQLITE_DONE && end == SQLITE_OK)
		return 0;
	rc = rc == SQLITE_DONE ? end : rc;
	if (rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB)
		return err_set(e, ERR_SAFETY, "%s is damaged: nothing was done; take another copy", from_path);
	return err_set(e, ERR_OUTSIDE, "%s cannot be copied to %s: %s", from_path, to_path, sqlite3_errstr(rc));
}

static int copy_to(sqlite3 *from, const char *from_path, const char *part, struct err *e)
{
	sqlite3 *to = NULL;
	int rc = sqlite3_open_v2(part, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	int failed = rc == SQLITE_OK ? copy_pages(from, from_path, to, part, e)
	             : err_set(e, ERR_OUTSIDE, "%s cannot be made: %s", part, sqlite3_errstr(rc));
	sqlite3_close(to);
	return failed;
}

/* That it can be put back, before it is called a copy. */
static int look_at(struct store *s, struct record_head *out, struct err *e)
{
	return store_look_through(s, e) || store_record_verify(s, &out->rows, out->hash, e) ? -1 : 0;
}

static int make_copy(struct store *s, const char *part, struct record_head *out, struct err *e)
{
	struct store *copy;

	if (copy_to(s->db, s->path, part, e) || store_open(part, STORE_READ, &copy, e))
		return -1;
	int failed = look_at(copy, out, e);
	store_close(copy);
	return failed;
}

int store_backup(struct store *s, const char *to, struct record_head *out, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct part part = { .name = beside(&a, to, ".part") };
	const char *journal = beside(&a, to, "-journal");
	struct stat st;
	bool exists;

	if (ours(to, &exists, e))
		return -1;
	if (exists && same_file(s->path, to))
		return err_set(e, ERR_USAGE, "%s is the database itself: name another file for the copy", to);
	if (!stat(journal, &st) && st.st_size)
		return err_set(e, ERR_USAGE, "%s belongs to another %s, and would undo a part of the copy: name another "
		               "file, or remove both", journal, to);
	if (part_open(&part, &a, e))
		return -1;
	int failed = make_copy(s, part.name, out, e);
	/* Taken by the superuser, its user can put it back, or replace it. Not every disk knows users. */
	if (!failed && geteuid() == 0 && !stat(s->path, &st))
		(void)give(part.fd, &st);
	if (part_close(&part, &a, failed ? NULL : to, e) || failed)
		return -1;
	return sync_folder_of(to, e);
}

/* ---- putting one back ---- */

struct restoring {
	const char *path, *from;
	struct part part;
	int lock_fd;
	struct record_note then; /* how far the database had come that is there, or was */
	instant now;
};

/* From a file that nobody writes to: one that must be put right first was taken in the
 * middle of something, and its other half is elsewhere. */
static int take_copy(const struct restoring *r, struct err *e)
{
	sqlite3 *from = NULL;
	int rc = sqlite3_open_v2(r->from, &from, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
	sqlite3_busy_timeout(from, PATIENCE_MS);
	int failed = rc == SQLITE_OK ? copy_to(from, r->from, r->part.name, e)
	             : err_set(e, ERR_OUTSIDE, "%s cannot be opened: %s", r->from, sqlite3_errstr(rc));

	sqlite3_close(from);
	return failed;
}

static int note_restored(struct store *s, const struct restoring *r, struct err *e)
{
	struct returned_facts f = { .then = r->then };

	return note_own(s, r->now, &f.now, e)
	       || returned_put(s, "the database was put back from a copy", &f, r->now, e) ? -1 : 0;
}

static int prepare(const struct restoring *r, struct record_head *out, struct record_note *own, struct err *e)
{
	struct store *s;

	if (take_copy(r, e) || store_open(r->part.name, 0, &s, e))
		return -1;
	int failed = look_at(s, out, e) ? err_wrap(e, "nothing was done; the copy %s", r->from) : 0;
	if (!failed && !txn_begin(s, e))
		failed = txn_end(s, note_restored(s, r, e), e) || note_own(s, r->now, own, e) ? -1 : 0;
	else
		failed = -1;
	store_close(s);
	return failed;
}

/* Nobody writes to the database that is there while it loses its name, and a write that was
 * cut off in it is undone. *out NULL: there is none, or none that anybody can write to. */
static int hold_old(const struct restoring *r, sqlite3 **out, struct err *e)
{
	struct stat st;

	*out = NULL;
	if (stat(r->path, &st))
		return 0;
	int rc = sqlite3_open_v2(r->path, out, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	if (rc == SQLITE_OK) {
		sqlite3_busy_timeout(*out, PATIENCE_MS);
		rc = sqlite3_exec(*out, "BEGIN EXCLUSIVE", NULL, NULL, NULL);
	}
	if (rc == SQLITE_OK)
		return 0;
	sqlite3_close(*out);
	*out = NULL;
	return rc != SQLITE_BUSY && rc != SQLITE_LOCKED ? 0
	       : err_set(e, ERR_SAFETY, "something else writes to %s: nothing was done; try again when it is done", r->path);
}

/* What undoes a write that was cut off belongs to the database that was there, or was: beside
 * the copy it would be taken for the copy's. */
static int part_journal(const struct restoring *r, struct arena *a, const char *kept, struct err *e)
{
	const char *journal = beside(a, r->path, "-journal");
	struct stat st;

	if (stat(journal, &st) || !st.st_size)
		return 0;
	if (rename(journal, beside(a, kept ? kept : journal, kept ? "-journal" : ".kept")))
		return file_fault(e, journal, "put aside");
	return sync_folder_of(r->path, e);
}

/* Put back by the superuser, it is its user's: the old one's, or the folder's. */
static int give_restored(const struct restoring *r, bool new_lock, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct stat st;

	if (geteuid() != 0)
		return 0;
	bool old = stat(r->path, &st) == 0;
	if (!old && stat(folder_of(&a, r->path), &st))
		return 0;
	if (!give(r->part.fd, &st) || (old && fchmod(r->part.fd, st.st_mode & 0777))
	    || (new_lock && !give(r->lock_fd, &st)))
		return file_fault(e, r->part.name, "given to its user");
	return 0;
}

/* The old one keeps a name of its own until the new one has its place: at no moment is
 * there none. */
static int keep_old(const struct restoring *r, struct arena *a, const char **kept, struct err *e)
{
	char day[DATE_TEXT];
	struct wall w = zone_wall(r->now);
	const char *name = arena_fmt(a, "%s-before-%s-%02d%02d", r->path, date_text(w.day, day), w.hour, w.minute);
	struct stat old;

	*kept = NULL;
	if (stat(r->path, &old))
		return 0;
	*kept = name;
	for (int n = 2; link(r->path, *kept); n++) {
		if (errno != EEXIST || n > MOST_A_MINUTE)
			return file_fault(e, *kept, "made");
		*kept = arena_fmt(a, "%s-%d", name, n);
	}
	return 0;
}

static int restore(struct restoring *r, bool new_lock, struct arena *a, struct record_head *out,
                   const char **kept, struct err *e)
{
	struct record_note own;
	struct err later = ERR_INIT;
	sqlite3 *old = NULL;

	note_read(r->lock_fd, &r->then);
	if (part_open(&r->part, a, e))
		return -1;
	int failed = prepare(r, out, &own, e) || give_restored(r, new_lock, e) || hold_old(r, &old, e)
	             || keep_old(r, a, kept, e) || part_journal(r, a, *kept, e) ? -1 : 0;
	if (part_close(&r->part, a, failed ? NULL : r->path, e))
		failed = -1;
	sqlite3_close(old);
	if (failed && *kept)
		unlink(*kept);
	if (failed || sync_folder_of(r->path, e))
		return -1;
	/* Without it the next pass finds out by itself, and holds once more. */
	own = record_note_after(&r->then, &own);
	if (note_write(r->path, r->lock_fd, &own, &later))
		later = (struct err)ERR_INIT;
	return 0;
}

int store_restore(const char *path, const char *from, instant now, struct arena *a, struct record_head *out,
                  const char **kept, struct err *e)
{
	char *real = realpath(path, NULL); /* a link stays one */
	struct restoring r = { .path = real ? arena_dup(a, real) : path, .from = from, .now = now };
	bool exists, new_here;

	free(real);
	r.part.name = beside(a, r.path, ".part");
	*kept = NULL;
	store_use_alone();
	if (ours(from, &exists, e))
		return -1;
	if (!exists)
		return err_set(e, ERR_USAGE, "there is no file %s to put back", from);
	if (same_file(path, from))
		return err_set(e, ERR_USAGE, "%s is the database itself: name a copy of it", from);
	char *file = database_file(path);
	int failed = lock_take(file, &r.lock_fd, &new_here, e);
	mem_free(file);
	if (failed)
		return -1;
	failed = restore(&r, new_here, a, out, kept, e);
	close(r.lock_fd);
	return failed;
}
