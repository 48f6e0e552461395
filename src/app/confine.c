/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include "confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESS_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SANITIZED 1
#endif

bool confine_limit(int what, rlim_t most)
{
	struct rlimit r = { .rlim_cur = most, .rlim_max = most };

	return setrlimit((__rlimit_resource_t)what, &r) == 0;
}

bool confine_memory(rlim_t bytes)
{
#ifdef ADDRESS_SANITIZED
	(void)bytes;
	return true;
#else
	return confine_limit(RLIMIT_AS, bytes);
#endif
}

bool confine_process(void)
{
	return prctl(PR_SET_DUMPABLE, 0) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

bool confine_calls(const int *calls, size_t n, bool allowed)
{
	scmp_filter_ctx ctx = seccomp_init(allowed ? SCMP_ACT_ERRNO(EPERM) : SCMP_ACT_ALLOW);
	bool ok = ctx != NULL;

	for (size_t i = 0; ok && i < n; i++)
		ok = seccomp_rule_add(ctx, allowed ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(EPERM), calls[i], 0) == 0;
	ok = ok && seccomp_load(ctx) == 0;
	if (ctx)
		seccomp_release(ctx);
	return ok;
}

/* The rights of Landlock's first version (Linux 5.13): newer kernels know them all. */
enum {
	READING = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
	READING_FILE = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE,
	EVERYTHING = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1,
};

static bool allow_below(int rules, const char *path)
{
	struct landlock_path_beneath_attr beneath = { .parent_fd = open(path, O_PATH | O_CLOEXEC) };
	struct stat st;

	if (beneath.parent_fd < 0)
		return true;
	bool ok = fstat(beneath.parent_fd, &st) == 0;
	beneath.allowed_access = ok && S_ISDIR(st.st_mode) ? READING : READING_FILE;
	ok = ok && syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0;
	close(beneath.parent_fd);
	return ok;
}

bool confine_files(const char *const *readable)
{
	const struct landlock_ruleset_attr attr = { .handled_access_fs = EVERYTHING };
	int rules = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr), 0);

	if (rules < 0)
		return errno == ENOSYS || errno == EOPNOTSUPP;
	bool ok = true;
	for (; ok && *readable; readable++)
		ok = allow_below(rules, *readable);
	ok = ok && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	close(rules);
	return ok;
}
