/* SPDX-License-Identifier: EUPL-1.2 */
#include "family.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *family_status(const char *pid, const char *label, char *line, size_t size)
{
	char path[300];
	size_t len = strlen(label);
	snprintf(path, sizeof(path), "/proc/%s/status", pid);
	FILE *f = fopen(path, "r");
	char *found = NULL;

	while (f && !found && fgets(line, (int)size, f))
		if (strncmp(line, label, len) == 0)
			found = line + len;
	if (f)
		fclose(f);
	return found;
}

pid_t family_child(pid_t parent_pid, pid_t not_this)
{
	DIR *d = opendir("/proc");
	char line[512];
	pid_t found = 0;

	for (struct dirent *at; d && !found && (at = readdir(d)) != NULL;) {
		if (!isdigit((unsigned char)at->d_name[0]) || atoi(at->d_name) == not_this)
			continue;
		const char *parent = family_status(at->d_name, "PPid:", line, sizeof(line));
		if (parent && atoi(parent) == parent_pid)
			found = atoi(at->d_name);
	}
	if (d)
		closedir(d);
	return found;
}
