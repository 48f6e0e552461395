/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the reader does with mail, in one process, so that a profiler sees it:
 *
 *	bench-read MAILDIR MAILS
 *
 * Reads so many of the new mail there as the reader does: as it came, and once more, as
 * when it is known what it answers; but what that was is not here to be taken away. Prints
 * how many and how much was fresh text.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/files.h"
#include "cal/invite.h"
#include "mail/message.h"
#include "tests/bench/timed.h"

static size_t read_one(const char *path, struct mail_shelf *shelf)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf bytes AUTO(buf_release) = BUF_INIT;
	const struct mail_known nothing = { .received = INSTANT_NONE, .shelf = shelf };
	struct calendar_reply cal;
	struct mail_facts mail;
	struct err e = ERR_INIT;

	timed_check(file_read(path, 1 << 24, &bytes, &e), &e);
	for (int times = 0; times < 2; times++) {
		mail_read(&a, bytes.data, bytes.len, &nothing, &mail);
		calendar_reply_read(mail.calendar ? mail.calendar : "", mail.calendar ? strlen(mail.calendar) : 0,
		                    &cal);
		if (mail.cls != MAIL_REPLY)
			break;
	}
	return mail.fresh ? strlen(mail.fresh) : 0;
}

int main(int argc, char **argv)
{
	size_t n = 0, fresh = 0;

	if (argc != 3)
		return 2;
	size_t most = (size_t)strtoul(argv[2], NULL, 10);
	struct buf path AUTO(buf_release) = BUF_INIT;
	buf_fmt(&path, "%s/new", argv[1]);
	DIR *folder = opendir(path.data);
	if (!folder)
		return 1;
	mail_warm_up();
	struct mail_shelf *shelf = mail_shelf_new();
	for (struct dirent *one; n < most && (one = readdir(folder));) {
		if (*one->d_name == '.')
			continue;
		struct buf file AUTO(buf_release) = BUF_INIT;
		buf_fmt(&file, "%s/%s", path.data, one->d_name);
		fresh += read_one(file.data, shelf);
		n++;
	}
	closedir(folder);
	mail_shelf_free(shelf);
	printf("%zu %zu\n", n, fresh);
	return n != most;
}
