/* SPDX-License-Identifier: EUPL-1.2 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/store/db.h"

/* A pass of the superuser's leaves nothing that whose the database is cannot open, as
 * SQLite does with its journal. Where it cannot be given away, the database is found so too. */
static bool give_to_owner(int fd, const char *database)
{
	struct stat st;

	return geteuid() || stat(database, &st) || !fchown(fd, st.st_uid, st.st_gid);
}

static int cannot_open(const char *path, struct err *e)
{
	int why = errno;

	if (access(path, F_OK) == 0)
		return err_set(e, ERR_OUTSIDE, "%s cannot be opened: %s: make the database's user its owner (chown)",
		               path, strerror(why));
	return err_set(e, ERR_OUTSIDE, "%s cannot be made: %s: check its folder", path, strerror(why));
}

/* What is in it is looked at under the lock, and only there. */
static int open_acks(struct store *s, struct err *e)
{
	struct buf path AUTO(buf_release) = BUF_INIT;

	buf_fmt(&path, "%s-acks", s->path);
	s->acks_fd = open(path.data, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640);
	if (s->acks_fd < 0)
		return cannot_open(path.data, e);
	(void)give_to_owner(s->acks_fd, s->path);
	return 0;
}

/* A file of its own: closing any other descriptor of the database would drop
 * a classic lock on it, and SQLite locks the database itself. It is never
 * removed: a lock on a removed file would keep nobody out. */
int lock_take(const char *database, int *out, bool *new_here, struct err *e)
{
	struct buf path AUTO(buf_release) = BUF_INIT;
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	buf_fmt(&path, "%s-lock", database);
	int fd = open(path.data, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	*new_here = fd >= 0;
	if (fd < 0 && errno == EEXIST)
		fd = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
	if (fd < 0)
		return cannot_open(path.data, e);
	(void)give_to_owner(fd, database);
	if (fcntl(fd, F_OFD_SETLK, &whole) < 0) {
		int why = errno;

		close(fd);
		if (why == EAGAIN || why == EACCES)
			return err_set(e, ERR_SAFETY, "another 'oversyn tick' or 'oversyn run' is "
			               "working with %s: wait until it is done, or stop it", database);
		return err_set(e, ERR_OUTSIDE, "%s cannot be locked: %s: is its file system a "
		               "local one?", path.data, strerror(why));
	}
	*out = fd;
	return 0;
}

int store_lock(struct store *s, struct err *e)
{
	if (s->lock_fd >= 0)
		return 0;
	return lock_take(s->path, &s->lock_fd, &s->new_here, e) || open_acks(s, e) ? -1 : 0;
}

int store_acks(const struct store *s)
{
	return s->acks_fd;
}
