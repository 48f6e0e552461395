/* SPDX-License-Identifier: EUPL-1.2 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/mem.h"
#include "internal.h"
#include "maildir.h"

struct maildir_sender {
	struct sender base;
	char *dir;
	bool per_recipient;
};

/*
 * An address as a folder name. A local part may hold a slash; % is written
 * in the same way, so that two addresses never share a folder.
 */
static void folder_name(const char *address, struct buf *out)
{
	for (; *address; address++) {
		if (*address == '/' || *address == '%')
			buf_fmt(out, "%%%02X", (unsigned int)(unsigned char)*address);
		else
			buf_chr(out, *address);
	}
}

/*
 * The same letter has the same file name, so that one delivered a second
 * time after a crash is the same file and not a second letter.
 */
static void file_name(const char *to, const char *message_id, const char *bytes, size_t len,
                      struct buf *out)
{
	struct buf key AUTO(buf_release) = BUF_INIT;
	uint8_t digest[DIGEST_SIZE];
	char word[(DIGEST_SIZE * 8 + 4) / 5 + 1];

	buf_fmt(&key, "%s\n", to);
	if (message_id)
		buf_str(&key, message_id);
	else
		buf_add(&key, bytes, len);
	digest_sha256(key.data, key.len, digest);
	digest_base32(digest, 20, word);
	buf_fmt(out, "%s.oversyn", word);
}

static int write_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(fd, bytes, len);
		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0) {
			bytes += n;
			len -= (size_t)n;
		}
	}
	return 0;
}

/* 1: there already; 0: not there. */
static int delivered(const char *dir, const char *name, struct err *e)
{
	static const char *const SUB[] = { "new", "cur" };
	int found = 0;

	for (size_t i = 0; i < ARRAY_LEN(SUB) && !found; i++) {
		int fd AUTO(fd_close) = -1;
		char *whole = NULL;
		if (maildir_open(dir, SUB[i], &fd, e))
			return -1;
		if (faccessat(fd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
			return 1;
		if (i > 0)
			found = maildir_find(fd, name, &whole, e);
		mem_free(whole);
	}
	return found;
}

static int store(int tmp, int new, const char *name, const char *bytes, size_t len)
{
	/* What a crash left in tmp under this name is an earlier try of ours. */
	int fd AUTO(fd_close) = openat(tmp, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
	                               0600);
	if (fd < 0)
		return -1;
	if (write_all(fd, bytes, len) || fsync(fd) || renameat(tmp, name, new, name) || fsync(new))
		return -1;
	return 0;
}

static enum submit_verdict judge_errno(int why)
{
	/* A full disk empties; a folder we may not write to needs a person. */
	return why == ENOSPC || why == EDQUOT || why == EIO || why == EMFILE || why == ENFILE ?
		SUBMIT_BUSY : SUBMIT_HELD;
}

static void deliver(const char *dir, const char *name, const char *bytes, size_t len,
                    struct submit_result *out)
{
	struct err e = ERR_INIT;
	int tmp AUTO(fd_close) = -1, new AUTO(fd_close) = -1;

	int there = maildir_make(dir, &e) ? -1 : delivered(dir, name, &e);
	if (there < 0 || maildir_open(dir, "tmp", &tmp, &e) || maildir_open(dir, "new", &new, &e))
		submit_say(out, judge_errno(errno), "%s", e.text);
	else if (there)
		submit_say(out, SUBMIT_ACCEPTED, "delivered before as %s", name);
	else if (store(tmp, new, name, bytes, len))
		submit_say(out, judge_errno(errno), "cannot deliver to the mail folder %s: %s", dir,
		           strerror(errno));
	else
		submit_say(out, SUBMIT_ACCEPTED, "delivered as %s", name);
}

static void maildir_submit(struct sender *base, const char *from, const char *to,
                           const char *bytes, size_t len, const char *message_id,
                           struct submit_result *out)
{
	struct maildir_sender *s = (struct maildir_sender *)base;
	struct buf dir AUTO(buf_release) = BUF_INIT, name AUTO(buf_release) = BUF_INIT;

	(void)from; /* stands in the mail; a Maildir has no envelope */
	buf_str(&dir, s->dir);
	if (s->per_recipient) {
		buf_chr(&dir, '/');
		folder_name(to, &dir);
	}
	file_name(to, message_id, bytes, len, &name);
	deliver(dir.data, name.data, bytes, len, out);
}

static void maildir_sender_free(struct sender *base)
{
	struct maildir_sender *s = (struct maildir_sender *)base;

	mem_free(s->dir);
	mem_free(s);
}

static const struct sender_ops OPS = { .submit = maildir_submit, .free = maildir_sender_free };

int sender_maildir(const char *dir, bool per_recipient, struct sender **out, struct err *e)
{
	*out = NULL;
	if (!dir || !*dir)
		return err_set(e, ERR_USAGE, "no folder is named for outgoing mail: name a Maildir");
	if (!per_recipient && maildir_make(dir, e))
		return -1;
	struct maildir_sender *s = mem_zalloc(sizeof(*s));
	s->base.ops = &OPS;
	s->dir = mem_strdup(dir);
	s->per_recipient = per_recipient;
	*out = &s->base;
	return 0;
}
