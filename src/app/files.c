/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include "app/files.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

bool file_is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Appends what comes next: how much, 0 at the end, -1. */
static ssize_t read_piece(int fd, struct buf *out)
{
	enum { PIECE = 16384 };
	size_t before = out->len;
	ssize_t n = read(fd, buf_extend(out, PIECE), PIECE);

	buf_cut(out, before + (n > 0 ? (size_t)n : 0));
	return n;
}

int file_read(const char *path, size_t limit, struct buf *out, struct err *e)
{
	bool standard = !strcmp(path, "-");
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return err_set(e, ERR_USAGE, "%s: %s", path, strerror(errno));
	while ((n = read_piece(fd, out)) > 0 && out->len <= limit)
		continue;
	int failed = errno;
	if (!standard)
		close(fd);
	if (n < 0)
		return err_set(e, ERR_USAGE, "%s: %s", path, strerror(failed));
	if (n > 0)
		return err_set(e, ERR_USAGE, "%s is larger than %zu MB", path, limit >> 20);
	return 0;
}

static int write_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		bytes += n;
		len -= (size_t)n;
	}
	return fsync(fd);
}

int file_write(const char *path, const char *bytes, size_t len, struct err *e)
{
	struct buf tmp AUTO(buf_release) = BUF_INIT;

	buf_fmt(&tmp, "%s.tmp", path);
	int fd = open(tmp.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0)
		return err_set(e, ERR_OUTSIDE, "%s: %s", tmp.data, strerror(errno));
	int failed = write_all(fd, bytes, len) ? errno : 0;
	if (close(fd) && !failed)
		failed = errno;
	if (!failed && rename(tmp.data, path))
		failed = errno;
	if (!failed)
		return 0;
	unlink(tmp.data);
	return err_set(e, ERR_OUTSIDE, "%s: %s", path, strerror(failed));
}

int dir_make(const char *path, struct err *e)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	buf_str(&b, path);
	for (char *slash = strchr(b.data + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(b.data, 0777) && errno != EEXIST)
			return err_set(e, ERR_OUTSIDE, "%s: %s", b.data, strerror(errno));
		*slash = '/';
	}
	if (mkdir(b.data, 0777) && errno != EEXIST)
		return err_set(e, ERR_OUTSIDE, "%s: %s", b.data, strerror(errno));
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

int dir_remove(const char *path, const char *mark, struct err *e)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	if (!file_exists(path))
		return 0;
	buf_fmt(&b, "%s/%s", path, mark);
	if (!file_exists(b.data))
		return err_set(e, ERR_SAFETY, "%s exists and is not a demo's folder: choose another, or remove it",
		               path);
	if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS))
		return err_set(e, ERR_OUTSIDE, "%s cannot be removed: %s", path, strerror(errno));
	return 0;
}
