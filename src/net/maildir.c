/* SPDX-License-Identifier: EUPL-1.2 */
#include "maildir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

void fd_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* A new folder is only there after a power cut if its parent was synced. */
static void sync_parent(const char *path)
{
	struct buf parent AUTO(buf_release) = BUF_INIT;
	const char *slash = strrchr(path, '/');

	if (slash)
		buf_add(&parent, path, slash == path ? 1 : (size_t)(slash - path));
	else
		buf_str(&parent, ".");
	int fd AUTO(fd_close) = open(parent.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0)
		fsync(fd);
}

static int make_one(const char *path, struct err *e)
{
	struct stat st;

	if (mkdir(path, 0700) == 0) {
		sync_parent(path);
		return 0;
	}
	int why = errno;
	if (why == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return 0;
	if (why == EEXIST)
		why = ENOTDIR;
	return err_set(e, ERR_OUTSIDE, "cannot make the mail folder %s: %s", path, strerror(why));
}

static int make_all(const char *dir, struct err *e)
{
	struct buf path AUTO(buf_release) = BUF_INIT;

	buf_str(&path, dir);
	for (char *at = path.len ? path.data + 1 : path.data; *at; at++) {
		if (*at != '/' || at[-1] == '/')
			continue;
		*at = '\0';
		int bad = make_one(path.data, e);
		*at = '/';
		if (bad)
			return -1;
	}
	return make_one(dir, e);
}

int maildir_make(const char *dir, struct err *e)
{
	static const char *const SUB[] = { "tmp", "new", "cur" };

	if (make_all(dir, e))
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(SUB); i++) {
		struct buf path AUTO(buf_release) = BUF_INIT;
		buf_fmt(&path, "%s/%s", dir, SUB[i]);
		if (make_one(path.data, e))
			return -1;
	}
	return 0;
}

int maildir_open(const char *dir, const char *sub, int *fd, struct err *e)
{
	struct buf path AUTO(buf_release) = BUF_INIT;

	buf_fmt(&path, "%s/%s", dir, sub);
	*fd = open(path.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*fd < 0)
		return err_set(e, ERR_OUTSIDE, "cannot open the mail folder %s: %s", path.data,
		               strerror(errno));
	return 0;
}

size_t maildir_base(const char *name)
{
	return strcspn(name, ":");
}

bool maildir_name_ok(const char *name)
{
	return name && *name && *name != '.' && !strchr(name, '/') && strlen(name) < 250;
}

int maildir_find(int fd, const char *name, char **whole, struct err *e)
{
	size_t len = maildir_base(name);
	int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = copy < 0 ? NULL : fdopendir(copy);

	if (!d) {
		int why = errno;
		fd_close(&copy);
		return err_set(e, ERR_OUTSIDE, "cannot list a mail folder: %s", strerror(why));
	}
	*whole = NULL;
	for (struct dirent *one; !*whole && (one = readdir(d)); )
		if (maildir_base(one->d_name) == len && memcmp(one->d_name, name, len) == 0)
			*whole = mem_strdup(one->d_name);
	closedir(d);
	return *whole ? 1 : 0;
}
