/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/header.h"

#include <string.h>

#include "header-internal.h"

static void read_prose(struct header_reading *h, struct page *page)
{
	struct sentences s = page_sentences(h->a, page);

	for (size_t i = 0; i < s.n; i++)
		header_sentence(h, s.at[i].text, s.at[i].header);
}

static void fill_item(struct header *out)
{
	bool ask = out->item.decided_ask && out->decided_on == DAY_NONE;

	struct item *i = &out->item;
	*i = item_blank();
	i->title = out->title;
	i->kind = ITEM_DOCUMENT;
	i->subkind = out->kind;
	i->decided_by = out->decided_by;
	i->registry_no = out->registry_no;
	i->paragraph = out->paragraph;
	i->replaces = out->replaces;
	i->decided = out->decided_on;
	i->revised = out->revised_on;
	i->reviewed = out->reviewed_on;
	i->valid_from = out->valid_from;
	i->decided_ask = ask;
	i->rules = out->rules;
	out->item.rules.facts.valid_from = out->valid_from;
	out->item.rules.facts.decided = out->decided_on;
	out->rules = out->item.rules;
}

void header_read(struct arena *a, const char *text, struct header *out)
{
	struct header_reading h = { .a = a, .out = out, .last = LABEL_UNKNOWN };

	*out = (struct header){
		.decided_on = DAY_NONE, .revised_on = DAY_NONE, .reviewed_on = DAY_NONE,
		.valid_from = DAY_NONE, .valid_until = DAY_NONE,
	};
	rules_init(&out->rules);
	struct page page = page_read(a, text);
	header_layout(&h, &page);
	header_title(&h, &page);
	read_prose(&h, &page);
	fill_item(out);
}
