/* SPDX-License-Identifier: EUPL-1.2 */
/* Every label in every layout: the value under it ends in the right field. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "core/header.h"
#include "tests/tap.h"

/* L is the label, V the value, U the label in capitals. */
static const char *const layouts[] = {
	"Policy för prov\nL: V\nSpråk: svenska\n",
	"Policy för prov\nL; V\n",
	"Policy för prov\nL:\tV\n",
	"Policy för prov\r\nL\tV\r\n",
	"Policy för prov\nL          V\n",
	"Policy för prov\nL:\nV\n",
	"Policy för prov\nU: V\n",
	"Policy för prov\nL .......... V\n",
	"Policy för prov\n| L | V |\n",
	"Policy för prov\nL\tSpråk\nV\tsvenska\n",
	"\xef\xbb\xbfPolicy för prov\nL:\xc2\xa0V\n",
};

static const struct {
	const char *class, *value;
	enum { SEEN_TITLE, SEEN_KIND, SEEN_DECIDER, SEEN_DECIDED, SEEN_PARAGRAPH, SEEN_REGISTRY,
	       SEEN_FROM, SEEN_UNTIL, SEEN_RULE, SEEN_REVIEWED, SEEN_REVISED, SEEN_RESPONSIBLE,
	       SEEN_REPLACES, SEEN_RELATED, SEEN_STATUTORY, SEEN_NOTHING } seen;
	const char *want;
} classes[] = {
	{ "titel", "Riktlinje för resor", SEEN_TITLE, "Riktlinje för resor" },
	{ "typ", "Riktlinje", SEEN_KIND, "riktlinje" },
	{ "beslutsinstans", "Kommunfullmäktige", SEEN_DECIDER, "Kommunfullmäktige" },
	{ "beslutsdatum", "2024-06-17", SEEN_DECIDED, "2024-06-17" },
	{ "paragraf", "§ 92", SEEN_PARAGRAPH, "§ 92" },
	{ "diarienummer", "KS 2024/188", SEEN_REGISTRY, "KS 2024/188" },
	{ "giltig_fran", "2024-07-01", SEEN_FROM, "2024-07-01" },
	{ "giltig_till", "2027-12-31", SEEN_UNTIL, "2027-12-31" },
	{ "giltighet_text", "Tills vidare", SEEN_RULE, "OPEN" },
	{ "oversynsregel", "Vart fjärde år", SEEN_RULE, "EVERY 4Y" },
	{ "oversynsfrist", "2027-12-31", SEEN_RULE, "REVIEW_BY 2027-12-31" },
	{ "senast_granskad", "2025-03-03", SEEN_REVIEWED, "2025-03-03" },
	{ "senast_reviderad", "2025-03-03", SEEN_REVISED, "2025-03-03" },
	{ "ansvar_organ", "Kommunstyrelsen", SEEN_RESPONSIBLE, "Kommunstyrelsen" },
	{ "ansvar_roll", "Säkerhetschef", SEEN_RESPONSIBLE, "Säkerhetschef" },
	{ "ersatter", "Gamla policyn", SEEN_REPLACES, "Gamla policyn" },
	{ "relaterade", "Policy för möten", SEEN_RELATED, "Policy för möten" },
	{ "lagkrav", "Ja", SEEN_STATUTORY, "Ja" },
	{ "version", "3.1", SEEN_NOTHING, "" },
	{ "handlaggare", "Bo Ek", SEEN_NOTHING, "" },
	{ "omfattning", "Alla nämnder", SEEN_NOTHING, "" },
	{ "ovrigt", "Exempel", SEEN_NOTHING, "" },
};

static const char *day(struct arena *a, dayno d)
{
	char text[DATE_TEXT];

	return arena_dup(a, date_text(d, text));
}

static const char *rule(struct arena *a, const struct header *h)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	for (size_t i = 0; i < h->rules.n; i++) {
		buf_str(&out, out.len ? "; " : "");
		rule_format(&h->rules.at[i], &out);
	}
	return arena_dup(a, out.data);
}

/* For what is read past: whatever was made of it all the same. */
static const char *anything(struct arena *a, const struct header *h)
{
	return arena_fmt(a, "%s%s%s%s%s%s%s", h->decided_by ? h->decided_by : "",
	                 h->registry_no ? h->registry_no : "", h->replaces ? h->replaces : "",
	                 h->paragraph ? h->paragraph : "", day(a, h->decided_on),
	                 day(a, h->revised_on), rule(a, h));
}

static const char *seen(struct arena *a, const struct header *h, size_t k)
{
	switch (classes[k].seen) {
	case SEEN_TITLE:       return h->title;
	case SEEN_KIND:        return h->kind;
	case SEEN_DECIDER:     return h->decided_by;
	case SEEN_DECIDED:     return day(a, h->decided_on);
	case SEEN_PARAGRAPH:   return h->paragraph;
	case SEEN_REGISTRY:    return h->registry_no;
	case SEEN_FROM:        return day(a, h->valid_from);
	case SEEN_UNTIL:       return day(a, h->valid_until);
	case SEEN_RULE:        return rule(a, h);
	case SEEN_REVIEWED:    return day(a, h->reviewed_on);
	case SEEN_REVISED:     return day(a, h->revised_on);
	case SEEN_RESPONSIBLE: return h->responsible;
	case SEEN_REPLACES:    return h->replaces;
	case SEEN_RELATED:     return h->parent ? h->parent : h->related;
	case SEEN_STATUTORY:   return h->statutory;
	case SEEN_NOTHING:     return anything(a, h);
	}
	return NULL;
}

static const char *capitals(struct arena *a, const char *text)
{
	char *out = arena_dup(a, text);

	for (char *at = out; *at; at++) {
		unsigned char c = (unsigned char)*at;
		if (c >= 'a' && c <= 'z')
			*at = (char)(c - 0x20);
		else if (c == 0xC3 && (unsigned char)at[1] >= 0xA0)
			at[1] = (char)((unsigned char)at[1] - 0x20);
	}
	return out;
}

static const char *page_of(struct arena *a, const char *layout, const char *label,
                           const char *value)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	for (const char *at = layout; *at; at++) {
		bool alone = (at == layout || strchr("\n\t |\xa0", at[-1])) &&
		             (!at[1] || strchr("\n\t |:;\r", at[1]));
		if (alone && *at == 'L')
			buf_str(&out, label);
		else if (alone && *at == 'U')
			buf_str(&out, capitals(a, label));
		else if (alone && *at == 'V')
			buf_str(&out, value);
		else
			buf_chr(&out, *at);
	}
	return arena_dup(a, out.data);
}

static int bad;

static void label_row(int line, char **field, int n)
{
	size_t k = 0;

	ck_assert_msg(n == 2, "line %d has %d fields", line, n);
	while (k < ARRAY_LEN(classes) && strcmp(classes[k].class, field[1]) != 0)
		k++;
	ck_assert_msg(k < ARRAY_LEN(classes), "line %d: no class is called %s", line, field[1]);
	for (size_t i = 0; i < ARRAY_LEN(layouts); i++) {
		struct arena a AUTO(arena_release) = ARENA_INIT;
		struct header h;

		header_read(&a, page_of(&a, layouts[i], field[0], classes[k].value), &h);
		const char *got = seen(&a, &h, k);
		if (strcmp(got ? got : "-", classes[k].want) == 0)
			continue;
		bad++;
		printf("# line %d: %s, layout %zu: %s is %s, expected %s\n", line, field[0], i,
		       field[1], got ? got : "-", classes[k].want);
	}
}

START_TEST(each_label_in_each_layout)
{
	bad = 0;
	tap_table("tests/cases/labels.txt", label_row);
	fflush(stdout); /* a failed assertion ends the process without it */
	ck_assert_int_eq(bad, 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("labels");
	TCase *t = tcase_create("labels");

	tcase_set_timeout(t, 0);
	tcase_add_test(t, each_label_in_each_layout);
	suite_add_tcase(s, t);
	return tap_run(s);
}
