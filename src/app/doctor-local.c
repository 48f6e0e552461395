/* SPDX-License-Identifier: EUPL-1.2 */
/* doctor: mail that goes by folders and programs of this machine. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/files.h"
#include "doctor.h"

/* 0, or errno: what is wrong with one folder that is there. */
static int writable(const char *path)
{
	if (!file_is_dir(path))
		return ENOTDIR;
	return access(path, R_OK | W_OK | X_OK) ? errno : 0;
}

static int parts(struct arena *a, const char *path)
{
	static const char *const SUB[] = { "tmp", "new", "cur" };
	int why = writable(path);

	for (size_t i = 0; !why && i < ARRAY_LEN(SUB); i++) {
		const char *sub = arena_fmt(a, "%s/%s", path, SUB[i]);

		if (file_exists(sub))
			why = writable(sub);
	}
	return why;
}

/* Where a folder is not there, the nearest above it that is must let it be made. */
static int above(struct arena *a, const char *path)
{
	char *at = arena_dup(a, path);

	while (!file_exists(at)) {
		char *slash = strrchr(at, '/');

		if (!slash)
			return writable(".");
		slash[slash == at] = '\0';
	}
	return writable(at);
}

void doctor_folder(struct doctor *d, enum doctor_door door, const char *path)
{
	bool there = file_exists(path);
	int why = there ? parts(&d->arena, path) : above(&d->arena, path);

	doctor_say(d, doctor_line(.door = door, .check = DOCTOR_FOLDER,
	                          .kind = why ? DOCTOR_FOLDER_BROKEN
	                                  : there ? DOCTOR_FOLDER_WRITABLE : DOCTOR_FOLDER_ABSENT,
	                          .name = path, .said = why ? strerror(why) : NULL));
}

void doctor_program(struct doctor *d, const char *path)
{
	struct stat st;
	int why = stat(path, &st) ? errno : !S_ISREG(st.st_mode) ? EISDIR : access(path, X_OK) ? errno : 0;

	doctor_say(d, doctor_line(.door = DOOR_OUT, .check = DOCTOR_PROGRAM,
	                          .kind = why ? DOCTOR_PROGRAM_BROKEN : DOCTOR_PROGRAM_THERE, .name = path,
	                          .said = why ? strerror(why) : NULL));
}
