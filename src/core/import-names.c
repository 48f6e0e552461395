/* SPDX-License-Identifier: EUPL-1.2 */
/* What kind of register a word or the name of a file means. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "core/import.h"

static const struct {
	const char *word, *stem;
} names[IMPORT_KIND_COUNT] = {
#define X(name, word, stem) [IMPORT_##name] = {word, stem},
	IMPORT_KINDS(X)
#undef X
};

int import_kind_by_name(const char *name)
{
	for (int i = 0; i < IMPORT_KIND_COUNT; i++)
		if (strcmp(names[i].word, name) == 0)
			return i;
	return -1;
}

/* A file's name as those of registers are spelt: small letters, å and ä as a, ö as o. */
static const char *plain_name(struct arena *a, const char *file_name)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	const char *slash = strrchr(file_name, '/');
	const char *at = text_fold(a, slash ? slash + 1 : file_name);

	for (uint32_t cp; (cp = text_next(&at));)
		text_put(&out, cp == 0xE5 || cp == 0xE4 ? 'a' : cp == 0xF6 ? 'o' : cp);
	return arena_dupn(a, out.data, out.len);
}

/* Which register's name a plain name begins with as a whole word, and what follows; -1: none. */
static int stem_of(const char *plain, const char **rest)
{
	for (int i = 0; i < IMPORT_KIND_COUNT; i++) {
		size_t n = strlen(names[i].stem);
		if (n && text_starts(plain, names[i].stem) && (plain[n] == '-' || plain[n] == '.')) {
			*rest = plain + n;
			return i;
		}
	}
	return -1;
}

int import_kind_by_file(const char *file_name)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *plain = plain_name(&a, file_name), *rest;
	int kind = stem_of(plain, &rest);

	if (kind < 0 || (*rest == '.' && rest != strrchr(rest, '.')))
		return -1;
	return text_ends(rest, ".csv") || (kind == IMPORT_MEETINGS && import_is_calendar(rest)) ? kind : -1;
}

static bool has_ending(const char *plain, const char *const *endings, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_ends(plain, endings[i]))
			return true;
	return false;
}

enum import_fate import_fate_by_file(const char *file_name)
{
	static const char *const others[] = {"forvantat-", "svar-exempel.", "svar-exempel-", "handelser-"};
	static const char *const tables[] = {".csv", ".ics"};
	static const char *const texts[] = {".txt", ".md", ".xlsx", ".xls", ".ods"};
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *plain = plain_name(&a, file_name), *rest;

	if (import_kind_by_file(file_name) >= 0)
		return IMPORT_TAKEN;
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (text_starts(plain, others[i]))
			return IMPORT_IGNORED;
	if (*plain == '.') /* what programs keep beside files */
		return IMPORT_IGNORED;
	/* "roller.csv.txt" is what a text editor makes of "roller.csv" */
	if (has_ending(plain, tables, ARRAY_LEN(tables)) || (text_ends(plain, ".txt") && stem_of(plain, &rest) >= 0))
		return IMPORT_REFUSED;
	return has_ending(plain, texts, ARRAY_LEN(texts)) ? IMPORT_LEFT : IMPORT_IGNORED;
}

void import_file_names(struct buf *out)
{
	const char *before = "registers are named ";

	for (int i = 0; i < IMPORT_KIND_COUNT; i++) {
		if (!*names[i].stem)
			continue;
		buf_fmt(out, "%s%s", before, names[i].stem);
		before = ", ";
	}
	buf_fmt(out, ", with .csv after it, or - and more: %s-2027.csv; calendars %s.ics\n",
	        names[IMPORT_MEETINGS].stem, names[IMPORT_MEETINGS].stem);
}

bool import_is_calendar(const char *file_name)
{
	const char *dot = strrchr(file_name, '.');

	return dot && strcasecmp(dot, ".ics") == 0;
}

const char *import_kind_name(enum import_kind kind)
{
	return names[kind].word;
}
