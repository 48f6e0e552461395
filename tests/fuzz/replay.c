/* SPDX-License-Identifier: EUPL-1.2 */
#include <dirent.h>
#include <string.h>
#include <time.h>

#include "tests/fuzz/fuzz.h"

/*
 * Feeds kept inputs to a fuzz target, as a TAP test: everything below
 * corpus/NAME for a program called fuzz-NAME, or the files of the command line.
 * Each input is also cut off in the middle, which is how most parsers break.
 */
enum { CUTS = 64, SECONDS = 10, MAX_PATH = 4096 };

static void feed(const unsigned char *bytes, size_t len)
{
	/* Exactly as large as the input, so that reading past it is noticed. */
	unsigned char *copy = malloc(len > 0 ? len : 1);

	MUST(copy);
	if (len > 0)
		memcpy(copy, bytes, len);
	LLVMFuzzerTestOneInput(copy, len);
	free(copy);
}

static unsigned char *slurp(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	unsigned char *bytes = NULL;
	size_t cap = 0;

	*len = 0;
	if (!f)
		return NULL;
	do {
		cap = cap > 0 ? cap * 2 : 65536;
		bytes = realloc(bytes, cap);
		MUST(bytes);
		*len += fread(bytes + *len, 1, cap - *len, f);
	} while (*len == cap);
	fclose(f);
	return bytes;
}

/* One line of the report for each input. */
static int replay(const char *path, int n)
{
	const char *name = strrchr(path, '/');
	time_t started = time(NULL), took;
	size_t len;
	unsigned char *bytes = slurp(path, &len);

	name = name ? name + 1 : path;
	if (!bytes) {
		printf("not ok %d - %s cannot be read\n", n, path);
		return 1;
	}
	/* If it crashes now, this is the last line of the log. */
	printf("# %s\n", path);
	fflush(stdout);
	feed(bytes, len);
	for (size_t i = 0; i < CUTS && i < len; i++)
		feed(bytes, len * i / CUTS);
	free(bytes);
	took = time(NULL) - started;
	printf("%sok %d - %s\n", took > SECONDS ? "not " : "", n, name);
	if (took > SECONDS)
		printf("# took %lld s\n", (long long)took);
	return took > SECONDS;
}

static int visible(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

static int replay_folder(const char *folder, int *n)
{
	struct dirent **entry;
	int count = scandir(folder, &entry, visible, alphasort), failed = 0;

	for (int i = 0; i < count; i++) {
		char path[MAX_PATH + 1 + sizeof entry[i]->d_name];

		snprintf(path, sizeof path, "%s/%s", folder, entry[i]->d_name);
		free(entry[i]);
		failed += replay(path, ++*n);
	}
	if (count >= 0)
		free(entry);
	return failed;
}

int main(int argc, char **argv)
{
	const char *source = getenv("top_srcdir"), *name = strstr(argv[0], "fuzz-");
	char folder[MAX_PATH];
	int n = 0, failed = 0;

	for (int i = 1; i < argc; i++)
		failed += replay(argv[i], ++n);
	if (argc == 1) {
		for (const char *next; name && (next = strstr(name + 1, "fuzz-")); )
			name = next;
		snprintf(folder, sizeof folder, "%s/tests/fuzz/corpus/%s", source ? source : ".",
		         name ? name + strlen("fuzz-") : "");
		failed += replay_folder(folder, &n);
		if (n == 0) {
			printf("not ok %d - no input in %s\n", ++n, folder);
			failed++;
		}
	}
	printf("1..%d\n", n);
	return failed > 0;
}
