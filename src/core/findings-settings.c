/* SPDX-License-Identifier: EUPL-1.2 */
/* The municipality's own choices: what is missing, past or not understood. */
#include <string.h>

#include "base/text.h"
#include "core/expr.h"
#include "findings-internal.h"

static void find_missing(struct look *l)
{
	const struct settings *s = &l->r->settings;
	const struct {
		const char *value, *key;
		enum finding_kind kind;
	} keys[] = {
		{s->name, "namn", FINDING_SETTING_MISSING},
		{s->domain, "e-postdomän", FINDING_SETTING_MISSING},
		{s->address, "funktionsbrevlåda_påminnelser", FINDING_SETTING_MISSING},
		{s->contact_phone, "kontakt_telefon", FINDING_CONTACT_MISSING},
		{s->privacy_link, "länk_personuppgifter", FINDING_CONTACT_MISSING},
	};

	for (size_t k = 0; k < ARRAY_LEN(keys); k++) {
		if (keys[k].value)
			continue;
		struct finding f = find_name(keys[k].kind, keys[k].key);
		findings_add(l->out, &f);
	}
	const struct role *contact = registry_role(l->r, s->contact_role);
	if (!contact || !contact->address || !role_valid(contact, l->today)) {
		struct finding f = find_name(FINDING_COORDINATOR_MISSING, "kontakt_roll");
		f.other = s->contact_role;
		findings_add(l->out, &f);
	}
}

/* "Tills vidare" is understood, and still nothing can be computed from it. */
static bool computable(struct arena *a, const char *words)
{
	struct rules rules;
	bool clock = false;

	rules_init(&rules);
	expr_read(a, words, EXPR_REVIEW, &rules);
	for (size_t k = 0; k < rules.n; k++) {
		enum rule_kind kind = rules.at[k].kind;
		if (kind == RULE_ASK)
			return false;
		clock = clock || (kind != RULE_OPEN && kind != RULE_ON_DEMAND);
	}
	return clock;
}

static void find_unreadable(struct look *l, const char *key, const char *words)
{
	if (!words || computable(&l->out->arena, words))
		return;
	struct finding f = find_name(FINDING_SETTING_UNREADABLE, key);
	f.other = words;
	findings_add(l->out, &f);
}

static bool subkind_used(const struct look *l, const char *subkind)
{
	for (size_t i = 0; i < l->r->n_items; i++) {
		const char *own = l->r->items[i].subkind;
		if (l->items[i].live && own && strcmp(text_fold(&l->out->arena, own), subkind) == 0)
			return true;
	}
	return false;
}

static void find_defaults(struct look *l)
{
	static const char *const keys[ITEM_KIND_COUNT] = {
		[ITEM_INVENTORY] = "standardintervall_förteckning",
		[ITEM_ASSET] = "standardintervall_tillgång",
		[ITEM_ROUTINE] = "standardintervall_rutin",
		[ITEM_DOCUMENT] = "standardintervall_styrdokument",
		[ITEM_TRAINING] = "standardintervall_utbildningsintyg",
	};
	const struct settings *s = &l->r->settings;

	for (size_t k = 0; k < ITEM_KIND_COUNT; k++)
		if (keys[k])
			find_unreadable(l, keys[k], s->default_rule[k]);
	find_unreadable(l, "klassning_intervall", s->classify_rule);
	for (size_t k = 0; k < s->n_subkind_rules; k++) {
		const struct subkind_rule *rule = &s->subkind_rules[k];
		const char *key = arena_fmt(&l->out->arena, "standardintervall_%s", rule->subkind);
		find_unreadable(l, key, rule->words);
		if (subkind_used(l, rule->subkind))
			continue;
		struct finding f = find_name(FINDING_SUBKIND_UNUSED, key);
		f.other = rule->subkind;
		findings_add(l->out, &f);
	}
}

/* Dates that ran out: what is counted from them goes on by four years, which
 * somebody should have said. */
static void find_past(struct look *l)
{
	const struct settings *s = &l->r->settings;
	const struct {
		dayno day;
		const char *key;
		enum finding_kind kind;
	} dates[] = {
		{s->term.to, "nämnder_mandat_till", FINDING_TERM_PAST},
		{s->council_term.to, "fullmäktige_mandat_till", FINDING_TERM_PAST},
		{s->next_election, "val_nästa", FINDING_ELECTION_PAST},
	};

	for (size_t k = 0; k < ARRAY_LEN(dates); k++) {
		if (dates[k].day == DAY_NONE || dates[k].day >= l->today)
			continue;
		struct finding f = find_name(dates[k].kind, dates[k].key);
		f.day = dates[k].day;
		findings_add(l->out, &f);
	}
}

/* A summer in which nobody is spared would be a mistake in the register. */
static void find_recess(struct look *l)
{
	enum { JULY = 7, MIDDLE = 15 };
	struct workcal cal = registry_workcal(l->r);
	int year = date_ymd(l->today).y;

	if (date_of(year, JULY, MIDDLE) < l->today)
		year++;
	if (year > 2200 || workday_recess(&cal, date_of(year, JULY, MIDDLE)))
		return;
	struct finding f = find_name(FINDING_RECESS_MISSING, "sommaruppehåll");
	f.year = year;
	findings_add(l->out, &f);
}

void look_settings(struct look *l)
{
	find_missing(l);
	find_defaults(l);
	find_past(l);
	find_recess(l);
}
