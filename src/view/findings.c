/* SPDX-License-Identifier: EUPL-1.2 */
/* `oversyn check`: what was found, what to mend, and coverage in figures. */
#include <assert.h>
#include <string.h>

#include "internal.h"

static const struct {
	const char *says[2], *mend[2]; /* by enum view_lang */
} words[FINDING_KIND_COUNT] = {
#define W(kind, sv, sv_mend, en, en_mend) \
	[FINDING_##kind] = { { [VIEW_SV] = sv, [VIEW_EN] = en }, \
	                     { [VIEW_SV] = sv_mend, [VIEW_EN] = en_mend } },
#include "finding-words.inc"
#undef W
};

static const char *member(struct arena *a, const struct finding *f, const char *name, size_t n)
{
	const struct {
		const char *name, *value;
	} members[] = {
		{ "subject", f->subject },
		{ "body", f->body },
		{ "name", f->name },
		{ "other", f->other },
		{ "day", view_iso(a, f->day) },
		{ "until", view_iso(a, f->until) },
		{ "year", arena_fmt(a, "%d", f->year) },
		{ "n", arena_fmt(a, "%zu", f->n) },
	};

	for (size_t i = 0; i < ARRAY_LEN(members); i++)
		if (strlen(members[i].name) == n && strncmp(members[i].name, name, n) == 0)
			return members[i].value ? clean_line(a, members[i].value) : "–";
	assert(false && "a brace that names no member");
	return "–";
}

/* {n|one|many}: the number, and the words that go with it. */
static void count_words(const struct finding *f, const char *forms, size_t n, struct buf *out)
{
	const char *many = memchr(forms, '|', n);

	assert(many);
	buf_fmt(out, "%zu ", f->n);
	if (f->n == 1)
		buf_add(out, forms, (size_t)(many - forms));
	else
		buf_add(out, many + 1, n - (size_t)(many - forms) - 1);
}

/* The words with the finding's members in place of the braces. */
static char *fill(struct arena *a, const struct finding *f, const char *pattern)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	while (*pattern) {
		size_t n = strcspn(pattern, "{");

		buf_add(&out, pattern, n);
		pattern += n;
		if (!*pattern)
			break;
		n = strcspn(++pattern, "}");
		if (strncmp(pattern, "n|", 2) == 0)
			count_words(f, pattern + 2, n - 2, &out);
		else
			buf_str(&out, member(a, f, pattern, n));
		pattern += n + (pattern[n] == '}');
	}
	return arena_dup(a, out.data);
}

const char *view_finding_text(struct arena *a, const struct finding *f, enum view_lang lang)
{
	return fill(a, f, words[f->kind].says[lang]);
}

static const char *mend_text(struct arena *a, const struct finding *f, enum view_lang lang)
{
	return fill(a, f, words[f->kind].mend[lang]);
}

static void heading(enum finding_severity s, size_t n, enum view_lang lang, struct buf *out)
{
	static const char *const heads[2][3] = {
		[VIEW_SV] = { "Fel", "Varningar", "Upplysningar" },
		[VIEW_EN] = { "Faults", "Warnings", "Notes" },
	};

	buf_fmt(out, "%s%s (%zu)\n", out->len ? "\n" : "", heads[lang][s], n);
}

static size_t count_of(const struct findings *f, enum finding_severity s)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += finding_severity(f->at[i].kind) == s;
	return n;
}

void view_findings(const struct findings *f, enum view_lang lang, struct buf *out)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	for (enum finding_severity s = SEVERITY_FAULT; s <= SEVERITY_NOTE; s++) {
		size_t n = count_of(f, s);

		if (n)
			heading(s, n, lang, out);
		for (size_t i = 0; i < f->n; i++) {
			const struct finding *one = &f->at[i];

			if (finding_severity(one->kind) != s)
				continue;
			buf_fmt(out, "- %s.\n", view_finding_text(&a, one, lang));
			buf_fmt(out, "  %s: %s.\n", word(lang, "Gör så här", "Mend"),
			        mend_text(&a, one, lang));
		}
	}
}

void view_finding_json(const struct finding *f, enum view_lang lang, struct buf *out)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct json *j = json_new();

	json_str(j, "finding", finding_kind_name(f->kind));
	json_str(j, "severity", finding_severity_name(finding_severity(f->kind)));
	json_str(j, "about", finding_subject_name(finding_subject(f->kind)));
	json_str(j, "subject", f->subject);
	json_str(j, "body", f->body);
	json_str(j, "text", view_finding_text(&a, f, lang));
	json_str(j, "mend", mend_text(&a, f, lang));
	json_str(j, "other", f->other);
	json_day(j, "day", f->day);
	json_day(j, "until", f->until);
	json_int(j, "year", f->year);
	json_int(j, "n", (long long)f->n);
	json_write(j, out);
}

enum { COLUMNS = 12 };

static const char *number(struct table *t, size_t n)
{
	return arena_fmt(&t->arena, "%zu", n);
}

/* A body that need not have its own is not blamed for lacking it. */
static const char *has(const struct coverage *c, bool it, enum view_lang lang)
{
	if (it)
		return word(lang, "ja", "yes");
	return c->controller ? word(lang, "nej", "no") : NULL;
}

/* The share of its items that somebody is asked about in time. */
static const char *share(struct table *t, const struct coverage *c)
{
	size_t watched = c->dated + c->none;

	return c->items ? arena_fmt(&t->arena, "%zu %%", watched * 100 / c->items) : NULL;
}

void view_coverage(const struct findings *f, enum view_lang lang, struct buf *out)
{
	static const char *const heads[2][COLUMNS] = {
		[VIEW_SV] = { "Nämnd", "Objekt", "Daterade", "Bevakas", "Försenade", "Snart",
		              "Att fråga", "Utan ansvarig", "Förteckning", "Art. 30", "Klassade",
		              "Tillgångar" },
		[VIEW_EN] = { "Body", "Items", "Dated", "Watched", "Overdue", "Soon", "To ask",
		              "No holder", "Inventory", "Art. 30", "Classified", "Assets" },
	};
	struct table t;

	table_init(&t, COLUMNS);
	for (size_t i = 0; i < COLUMNS; i++)
		table_cell(&t, heads[lang][i]);
	for (size_t i = 0; i < f->n_coverage; i++) {
		const struct coverage *c = &f->coverage[i];

		table_cell(&t, c->body ? c->body->id : "alla");
		table_cell(&t, number(&t, c->items));
		table_cell(&t, number(&t, c->dated));
		table_cell(&t, share(&t, c));
		table_cell(&t, number(&t, c->overdue));
		table_cell(&t, number(&t, c->soon));
		table_cell(&t, number(&t, c->ask));
		table_cell(&t, number(&t, c->without_holder));
		table_cell(&t, has(c, c->inventory, lang));
		table_cell(&t, has(c, c->processing, lang));
		table_cell(&t, number(&t, c->classified));
		table_cell(&t, number(&t, c->assets));
	}
	table_write(&t, out);
	table_release(&t);
}

void view_coverage_json(const struct coverage *c, struct buf *out)
{
	struct json *j = json_new();

	json_str(j, "coverage", c->body ? c->body->id : "alla");
	json_int(j, "items", (long long)c->items);
	json_int(j, "dated", (long long)c->dated);
	json_int(j, "overdue", (long long)c->overdue);
	json_int(j, "soon", (long long)c->soon);
	json_int(j, "ask", (long long)c->ask);
	json_int(j, "none", (long long)c->none);
	json_int(j, "without_holder", (long long)c->without_holder);
	json_bool(j, "inventory", c->inventory);
	json_bool(j, "processing", c->processing);
	json_int(j, "assets", (long long)c->assets);
	json_int(j, "classified", (long long)c->classified);
	json_bool(j, "controller", c->controller);
	json_write(j, out);
}
