/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/config.h"

int config_password(struct config *c, struct mail_door *door, struct err *e)
{
	char line[1024];
	struct stat st;

	if (!door->password_file)
		return 0;
	FILE *f = fopen(door->password_file, "re");
	if (!f)
		return err_set(e, ERR_USAGE, "password_file %s cannot be read", door->password_file);
	if (fstat(fileno(f), &st) == 0 && (st.st_mode & (S_IRWXG | S_IRWXO))) {
		fclose(f);
		return err_set(e, ERR_SAFETY, "password_file %s can be read by others: chmod 600 it",
		               door->password_file);
	}
	char *got = fgets(line, sizeof(line), f);
	fclose(f);
	if (!got)
		return err_set(e, ERR_USAGE, "password_file %s is empty: write the password on its first line",
		               door->password_file);
	line[strcspn(line, "\r\n")] = '\0';
	door->server.password = arena_dup(&c->arena, line);
	explicit_bzero(line, sizeof(line));
	return 0;
}
