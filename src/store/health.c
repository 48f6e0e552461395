/* SPDX-License-Identifier: EUPL-1.2 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/store/db.h"
#include "store/health.h"

/* Asks only: a lock that was taken to see whether it is free would be in the way. */
static bool is_locked(const struct store *s)
{
	struct buf path AUTO(buf_release) = BUF_INIT;
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	buf_fmt(&path, "%s-lock", s->path);
	int fd = open(path.data, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool locked = fcntl(fd, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
	close(fd);
	return locked;
}

static const char *shut(const struct store *s, struct arena *a)
{
	static const char *const beside[] = { "-lock", "-acks" };

	for (size_t i = 0; i < ARRAY_LEN(beside); i++) {
		const char *path = arena_fmt(a, "%s%s", s->path, beside[i]);

		if (access(path, R_OK | W_OK) && errno != ENOENT)
			return path;
	}
	return NULL;
}

int store_health(struct store *s, struct arena *a, struct store_health *out, struct err *e)
{
	int64_t version;
	struct stat st;

	if (store_pragma_int(s, "PRAGMA user_version", &version, e) || store_look_through(s, e))
		return -1;
	if (stat(s->path, &st))
		return err_set(e, ERR_OUTSIDE, "%s cannot be looked at: %s", s->path, strerror(errno));
	*out = (struct store_health){ .schema = (int)version, .bytes = (uint64_t)st.st_size,
	                              .pass_runs = is_locked(s), .shut = shut(s, a) };
	return 0;
}
