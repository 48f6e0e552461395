/* SPDX-License-Identifier: EUPL-1.2 */
/* `oversyn header FILE`: what a document's first page says. */
#include "internal.h"

void view_header_json(const struct header *h, const struct due *d, struct buf *out)
{
	struct buf rule AUTO(buf_release) = BUF_INIT;
	struct json *j = json_new();

	json_str(j, "title", h->title);
	json_str(j, "kind", h->kind);
	json_str(j, "decided_by", h->decided_by);
	json_day(j, "decided_on", h->decided_on);
	json_str(j, "paragraph", h->paragraph);
	json_str(j, "registry_no", h->registry_no);
	json_day(j, "revised_on", h->revised_on);
	json_day(j, "reviewed_on", h->reviewed_on);
	json_day(j, "valid_from", h->valid_from);
	json_day(j, "valid_until", h->valid_until);
	json_str(j, "responsible", h->responsible);
	json_str(j, "replaces", h->replaces);
	json_open(j, "rules");
	for (size_t i = 0; i < h->rules.n; i++) {
		buf_clear(&rule);
		rule_format(&h->rules.at[i], &rule);
		json_item(j);
		json_str(j, "text", h->rules.at[i].text);
		json_str(j, "rule", rule.data);
	}
	json_close(j);
	json_day(j, "anchor", d->anchor);
	json_day(j, "due", d->due);
	json_list(j, "ask", d->ask, d->n_ask);
	json_write(j, out);
}

static void rule_rows(struct table *t, const struct rules *rules, enum view_lang lang)
{
	struct buf text AUTO(buf_release) = BUF_INIT;

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->at[i];

		buf_clear(&text);
		view_rule(r, lang, &text);
		if (r->text)
			buf_fmt(&text, lang == VIEW_SV ? " (»%s«)" : " (\"%s\")", r->text);
		table_cell(t, word(lang, "Regel", "Rule"));
		table_cell(t, text.data);
	}
}

void view_header_table(const struct header *h, const struct due *d, enum view_lang lang,
                       struct buf *out)
{
	struct table t;

	table_init(&t, 2);
	const struct {
		const char *sv, *en, *value;
	} facts[] = {
		{ "Titel", "Title", h->title },
		{ "Slag", "Kind", h->kind },
		{ "Beslutat av", "Decided by", h->decided_by },
		{ "Beslutat", "Decided on", view_iso(&t.arena, h->decided_on) },
		{ "Paragraf", "Paragraph", h->paragraph },
		{ "Diarienummer", "Registry number", h->registry_no },
		{ "Reviderat", "Revised on", view_iso(&t.arena, h->revised_on) },
		{ "Granskat", "Reviewed on", view_iso(&t.arena, h->reviewed_on) },
		{ "Gäller från", "Valid from", view_iso(&t.arena, h->valid_from) },
		{ "Gäller till", "Valid until", view_iso(&t.arena, h->valid_until) },
		{ "Ansvarig", "Responsible", h->responsible },
		{ "Ersätter", "Replaces", h->replaces },
	};

	for (size_t i = 0; i < ARRAY_LEN(facts); i++) {
		table_cell(&t, word(lang, facts[i].sv, facts[i].en));
		table_cell(&t, facts[i].value);
	}
	rule_rows(&t, &h->rules, lang);
	table_cell(&t, word(lang, "Räknas från", "Counted from"));
	table_cell(&t, view_iso(&t.arena, d->anchor));
	table_cell(&t, word(lang, "Förfaller", "Due"));
	table_cell(&t, view_iso(&t.arena, d->due));
	for (size_t i = 0; i < d->n_ask; i++) {
		table_cell(&t, word(lang, "Saknas", "Ask for"));
		table_cell(&t, d->ask[i]);
	}
	table_write(&t, out);
	table_release(&t);
}
