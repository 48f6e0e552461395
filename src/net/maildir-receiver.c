/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "internal.h"
#include "maildir.h"

/* A Maildir++ folder: mail programs show it below the inbox. */
#define HANDLED ".Oversyn-klart"

struct maildir_receiver {
	struct receiver base;
	char *dir;    /* absolute, so that a mail has one name wherever we start */
	char *source;
};

struct waiting {
	char *file; /* with its flags */
	bool seen;  /* it lies in cur/ */
	struct timespec when;
	off_t size;
};

struct waiting_list {
	struct waiting *at;
	size_t n, cap;
};

static void list_free(struct waiting_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		mem_free(l->at[i].file);
	mem_free(l->at);
}

static int by_age(const void *pa, const void *pb)
{
	const struct waiting *a = pa, *b = pb;

	if (a->when.tv_sec != b->when.tv_sec)
		return a->when.tv_sec < b->when.tv_sec ? -1 : 1;
	if (a->when.tv_nsec != b->when.tv_nsec)
		return a->when.tv_nsec < b->when.tv_nsec ? -1 : 1;
	return strcmp(a->file, b->file);
}

static int list_add(struct waiting_list *l, const char *dir, bool seen, struct err *e)
{
	int fd = -1;

	if (maildir_open(dir, seen ? "cur" : "new", &fd, e))
		return -1;
	DIR *d = fdopendir(fd);
	if (!d) {
		fd_close(&fd);
		return err_set(e, ERR_OUTSIDE, "cannot list the mail folder %s: %s", dir, strerror(errno));
	}
	for (struct dirent *one; (one = readdir(d)); ) {
		struct stat st;
		if (!maildir_name_ok(one->d_name) || !maildir_base(one->d_name) ||
		    fstatat(fd, one->d_name, &st, AT_SYMLINK_NOFOLLOW) || !S_ISREG(st.st_mode))
			continue;
		l->at = mem_grow(l->at, l->n, &l->cap, sizeof(*l->at));
		l->at[l->n++] = (struct waiting){
			.file = mem_strdup(one->d_name), .seen = seen, .when = st.st_mtim,
			.size = st.st_size };
	}
	closedir(d);
	return 0;
}

/* 1: read; 0: someone else has moved it meanwhile. */
static int slurp(int dir, const char *file, size_t limit, struct buf *out, struct err *e)
{
	enum { PIECE = 16384 };
	int fd AUTO(fd_close) = openat(dir, file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0)
		return err_set(e, ERR_OUTSIDE, "cannot read the mail %s: %s", file, strerror(errno));
	while (out->len <= limit) {
		size_t before = out->len;
		ssize_t n = read(fd, buf_extend(out, PIECE), PIECE);
		buf_cut(out, before + (n > 0 ? (size_t)n : 0));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(e, ERR_OUTSIDE, "cannot read the mail %s: %s", file, strerror(errno));
		if (n == 0)
			break;
	}
	return 1;
}

/* What `take` says of it; 0 where it is gone. */
static int give(struct maildir_receiver *r, int dir, const struct waiting *w, size_t limit,
                receive_fn *take, void *ctx, struct err *e)
{
	struct buf bytes AUTO(buf_release) = BUF_INIT, name AUTO(buf_release) = BUF_INIT;
	size_t piece = limit < RECEIVER_PIECE ? limit : RECEIVER_PIECE;
	/* of one that is too large, a first piece is enough */
	int got = slurp(dir, w->file, (uint64_t)w->size > limit ? piece : limit, &bytes, e);

	if (got <= 0)
		return got;
	bool cut = bytes.len > limit || (uint64_t)w->size > limit;
	if (cut && bytes.len > piece)
		buf_cut(&bytes, piece);
	buf_add(&name, w->file, maildir_base(w->file));
	struct fetched m = {
		.source = r->source, .name = name.data, .received = w->when.tv_sec,
		.bytes = bytes.data, .len = bytes.len, .cut = cut,
		.size = (uint64_t)w->size,
	};
	return take(ctx, &m, e);
}

static int maildir_fetch(struct receiver *base, size_t limit, receive_fn *take, void *ctx,
                         struct err *e)
{
	struct maildir_receiver *r = (struct maildir_receiver *)base;
	struct waiting_list all AUTO(list_free) = { 0 };
	int new AUTO(fd_close) = -1, cur AUTO(fd_close) = -1;

	if (maildir_open(r->dir, "new", &new, e) || maildir_open(r->dir, "cur", &cur, e))
		return -1;
	if (list_add(&all, r->dir, false, e) || list_add(&all, r->dir, true, e))
		return -1;
	if (all.n)
		qsort(all.at, all.n, sizeof(*all.at), by_age);
	int said = 0;
	for (size_t i = 0; i < all.n && !said; i++)
		said = give(r, all.at[i].seen ? cur : new, &all.at[i], limit, take, ctx, e);
	return said < 0 ? -1 : 0;
}

/* Moves without ever overwriting: two mails may have had one name. */
static int put_away(int from, const char *file, int to, const char *name, struct err *e)
{
	for (int i = 0; i < 1000; i++) {
		struct buf as AUTO(buf_release) = BUF_INIT;
		buf_add(&as, name, maildir_base(name));
		if (i)
			buf_fmt(&as, ".%d", i);
		buf_str(&as, ":2,S");
		if (renameat2(from, file, to, as.data, RENAME_NOREPLACE) == 0)
			/* the target first: a power cut may show the mail twice, never not at all */
			return fsync(to) || fsync(from) ?
				err_set(e, ERR_OUTSIDE, "cannot put away the mail %s: %s", file,
				        strerror(errno)) : 0;
		if (errno == ENOENT)
			return 0;
		if (errno != EEXIST)
			break;
	}
	return err_set(e, ERR_OUTSIDE, "cannot move the mail %s to the folder " HANDLED ": %s", file,
	               strerror(errno));
}

static int open_handled(const char *dir, int *fd, struct err *e)
{
	struct buf path AUTO(buf_release) = BUF_INIT, mark AUTO(buf_release) = BUF_INIT;

	buf_fmt(&path, "%s/" HANDLED, dir);
	if (maildir_make(path.data, e))
		return -1;
	buf_fmt(&mark, "%s/maildirfolder", path.data);
	int empty = open(mark.data, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	fd_close(&empty);
	return maildir_open(path.data, "cur", fd, e);
}

static int done_one(const struct maildir_receiver *r, const char *name, struct err *e)
{
	int new AUTO(fd_close) = -1, cur AUTO(fd_close) = -1, to AUTO(fd_close) = -1;
	char *whole = NULL;

	if (!maildir_name_ok(name))
		return err_set(e, ERR_USAGE, "\"%.80s\" is not the file name of a mail", name ? name : "");
	if (maildir_open(r->dir, "new", &new, e) || maildir_open(r->dir, "cur", &cur, e))
		return -1;
	bool unseen = faccessat(new, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
	int found = unseen ? 1 : maildir_find(new, name, &whole, e);
	if (found == 1) {
		found = open_handled(r->dir, &to, e) ? -1 :
			put_away(new, unseen ? name : whole, to, name, e);
	} else if (found == 0 && (found = maildir_find(cur, name, &whole, e)) == 1) {
		found = open_handled(r->dir, &to, e) ? -1 : put_away(cur, whole, to, name, e);
	}
	mem_free(whole);
	return found < 0 ? -1 : 0;
}

static int maildir_done(struct receiver *base, const struct mail_place *m, size_t n, struct err *e)
{
	struct err first = ERR_INIT;

	for (size_t i = 0; i < n; i++) {
		struct err one = ERR_INIT;

		if (done_one((struct maildir_receiver *)base, m[i].name, &one) && first.kind == ERR_NONE)
			first = one;
	}
	if (first.kind == ERR_NONE)
		return 0;
	*e = first;
	return -1;
}

static void maildir_receiver_free(struct receiver *base)
{
	struct maildir_receiver *r = (struct maildir_receiver *)base;

	mem_free(r->dir);
	mem_free(r->source);
	mem_free(r);
}

static const struct receiver_ops OPS = {
	.fetch = maildir_fetch, .done = maildir_done, .free = maildir_receiver_free,
};

int receiver_maildir(const char *dir, struct receiver **out, struct err *e)
{
	struct buf source AUTO(buf_release) = BUF_INIT;

	*out = NULL;
	if (!dir || !*dir)
		return err_set(e, ERR_USAGE, "no folder is named for incoming mail: name a Maildir");
	if (maildir_make(dir, e))
		return -1;
	char *whole = realpath(dir, NULL);
	if (!whole)
		return err_set(e, ERR_OUTSIDE, "cannot find the mail folder %s: %s", dir, strerror(errno));
	buf_fmt(&source, "maildir:%s", whole);
	struct maildir_receiver *r = mem_zalloc(sizeof(*r));
	r->base.ops = &OPS;
	r->dir = mem_strdup(whole);
	free(whole);
	r->source = buf_steal(&source);
	*out = &r->base;
	return 0;
}
