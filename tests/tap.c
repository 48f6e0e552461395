/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int tap_run(Suite *suite)
{
	SRunner *runner = srunner_create(suite);

	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

const char *tap_path(const char *relative)
{
	static char path[4096];
	const char *top = getenv("top_srcdir");

	snprintf(path, sizeof(path), "%s/%s", top ? top : ".", relative);
	return path;
}

char *tap_slurp(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	ck_assert_msg(f != NULL, "cannot open %s", path);
	char *text = NULL;
	size_t n = 0, cap = 0, got;
	do {
		if (cap - n < 65536)
			text = realloc(text, (cap += 131072) + 1);
		got = fread(text + n, 1, 65536, f);
		n += got;
	} while (got);
	fclose(f);
	text[n] = '\0';
	if (len)
		*len = n;
	return text;
}

static char *trim(char *s)
{
	while (*s == ' ' || *s == '\t')
		s++;
	size_t n = strlen(s);
	while (n && (s[n - 1] == ' ' || s[n - 1] == '\t' || s[n - 1] == '\r'))
		s[--n] = '\0';
	return s;
}

static int split(char *row, char **field, int most)
{
	int n = 0;

	for (char *at = row; at && n < most; n++) {
		char *bar = strstr(at, " | ");
		if (bar)
			*bar = '\0';
		field[n] = trim(at);
		at = bar ? bar + 3 : NULL;
	}
	return n;
}

void tap_table(const char *relative, tap_row *one)
{
	char *text = tap_slurp(tap_path(relative), NULL), *field[16];
	int line = 0, rows = 0;

	for (char *at = text, *next; at && *at; at = next) {
		next = strchr(at, '\n');
		if (next)
			*next++ = '\0';
		line++;
		if (*at == '#' || !*trim(at))
			continue;
		one(line, field, split(at, field, 16));
		rows++;
	}
	free(text);
	ck_assert_msg(rows > 0, "%s has no rows", relative);
}
