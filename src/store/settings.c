/* SPDX-License-Identifier: EUPL-1.2 */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/store/db.h"

/* One row per setting, by the name of its field. */
static const struct field {
	const char *name;
	enum { FIELD_TEXT, FIELD_INT, FIELD_DAY } type;
	size_t at;
} fields[] = {
#define TEXT(field) { #field, FIELD_TEXT, offsetof(struct settings, field) }
#define NUMBER(field) { #field, FIELD_INT, offsetof(struct settings, field) }
#define DAY(word, field) { word, FIELD_DAY, offsetof(struct settings, field) }
#define RULE(word, kind) { "default_rule." word, FIELD_TEXT, \
	offsetof(struct settings, default_rule) + (kind) * sizeof(const char *) }
#define LATE(word, kind) { "late_from_planned." word, FIELD_INT, \
	offsetof(struct settings, late_from_planned) + (kind) * sizeof(int) }
	TEXT(name),
	TEXT(domain),
	TEXT(address),
	TEXT(deficiency_address),
	TEXT(registrar),
	TEXT(contact_role),
	TEXT(contact_phone),
	TEXT(emergency_phone),
	TEXT(privacy_link),
	TEXT(ref_prefix),
	TEXT(classify_rule),
	RULE("inventory", ITEM_INVENTORY),
	RULE("processing", ITEM_PROCESSING),
	RULE("asset", ITEM_ASSET),
	RULE("routine", ITEM_ROUTINE),
	RULE("document", ITEM_DOCUMENT),
	RULE("training", ITEM_TRAINING),
	NUMBER(soon_days),
	NUMBER(invite_days),
	NUMBER(remind_days),
	NUMBER(last_remind_workdays),
	NUMBER(overdue_workdays),
	NUMBER(escalate_workdays),
	NUMBER(chair_workdays),
	NUMBER(event_days),
	NUMBER(stop_days),
	NUMBER(preparation_days),
	NUMBER(summons_days),
	NUMBER(adjust_days),
	NUMBER(decision_again_workdays),
	NUMBER(cascade_days),
	NUMBER(deficiency_count),
	NUMBER(deficiency_answer_days),
	NUMBER(deficiency_remind_days),
	NUMBER(deficiency_again_days),
	NUMBER(deficiency_later_days),
	NUMBER(review_contracts),
	NUMBER(contract_days),
	LATE("inventory", ITEM_INVENTORY),
	LATE("processing", ITEM_PROCESSING),
	LATE("asset", ITEM_ASSET),
	LATE("routine", ITEM_ROUTINE),
	LATE("document", ITEM_DOCUMENT),
	LATE("training", ITEM_TRAINING),
	NUMBER(officer_copies),
	NUMBER(director_decides),
	NUMBER(extension_days),
	NUMBER(undo_days),
	NUMBER(confirm_days),
	NUMBER(mass_rows),
	NUMBER(mass_percent),
	TEXT(it_chief),
	NUMBER(letter_questions),
	NUMBER(sender_answers),
	NUMBER(day_answers),
	NUMBER(weekly_letter),
	NUMBER(weekly_day),
	NUMBER(quarterly_status),
	NUMBER(review_mails),
	NUMBER(storm_letters),
	NUMBER(storm_factor),
	NUMBER(eves_work),
	NUMBER(squeeze_work),
	DAY("next_election", next_election),
	DAY("term_from", term.from),
	DAY("term_to", term.to),
	DAY("council_term_from", council_term.from),
	DAY("council_term_to", council_term.to),
#undef TEXT
#undef NUMBER
#undef DAY
#undef RULE
#undef LATE
};

enum { NUMBER_TEXT = 24 };

/* The value as it is kept: NULL where unknown. */
static const char *value_of(const struct field *f, const struct settings *s, char text[NUMBER_TEXT])
{
	const char *field = (const char *)s + f->at, *value;
	int number;
	dayno day;

	switch (f->type) {
	case FIELD_TEXT:
		memcpy(&value, field, sizeof(value));
		return value;
	case FIELD_INT:
		memcpy(&number, field, sizeof(number));
		snprintf(text, NUMBER_TEXT, "%d", number);
		return text;
	case FIELD_DAY:
		memcpy(&day, field, sizeof(day));
		return day == DAY_NONE ? NULL : date_text(day, text);
	}
	return NULL;
}

static void take_value(const struct field *f, struct settings *s, const char *value)
{
	char *field = (char *)s + f->at;
	dayno day = DAY_NONE;
	int number;

	switch (f->type) {
	case FIELD_TEXT:
		memcpy(field, &value, sizeof(value));
		break;
	case FIELD_INT:
		number = value ? (int)strtol(value, NULL, 10) : 0;
		memcpy(field, &number, sizeof(number));
		break;
	case FIELD_DAY:
		if (!value || !date_parse(value, &day))
			day = DAY_NONE;
		memcpy(field, &day, sizeof(day));
		break;
	}
}

static const char subkind_prefix[] = "subkind_rule.";

static int known(struct store *s, const char *name, struct err *e)
{
	struct query q = query(s, STMT_SETTING_GET);

	put_word(&q, name);
	int got = query_row(&q, e);
	if (got > 0)
		query_end(&q);
	return got;
}

static int put_field(struct store *s, const struct field *f, const struct settings *given,
                     const struct settings *standard, struct import_report *out, struct err *e)
{
	char mine[NUMBER_TEXT], theirs[NUMBER_TEXT];
	const char *value = value_of(f, given, mine), *usual = value_of(f, standard, theirs);
	struct row r;

	if (value == usual || (value && usual && !strcmp(value, usual))) {
		int got = known(s, f->name, e);

		if (got <= 0)
			return got;
	}
	row_start(&r, "setting", STMT_SETTING_GET, STMT_SETTING_PUT, 1);
	row_text(&r, f->name);
	row_text(&r, value);
	return row_put(s, &r, out, e) < 0 ? -1 : 0;
}

/* The types of document are the municipality's own, so are their names. One that
 * its file no longer names is forgotten. */
static int put_subkinds(struct store *s, const struct settings *given, struct import_report *out,
                        struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry before = { .arena = ARENA_INIT };
	int rc = settings_get(s, &before, e);

	for (size_t i = 0; !rc && i < given->n_subkind_rules; i++) {
		const struct subkind_rule *rule = &given->subkind_rules[i];
		struct row r;

		row_start(&r, "setting", STMT_SETTING_GET, STMT_SETTING_PUT, 1);
		row_text(&r, arena_fmt(&a, "%s%s", subkind_prefix, rule->subkind));
		row_text(&r, rule->words);
		rc = row_put(s, &r, out, e) < 0 ? -1 : 0;
	}
	for (size_t i = 0; !rc && i < before.settings.n_subkind_rules; i++) {
		const char *subkind = before.settings.subkind_rules[i].subkind;
		struct row r;
		bool named = false;

		for (size_t k = 0; k < given->n_subkind_rules; k++)
			named = named || !strcmp(given->subkind_rules[k].subkind, subkind);
		if (named)
			continue;
		row_start(&r, "setting", STMT_SETTING_GET, STMT_SETTING_PUT, 1);
		row_text(&r, arena_fmt(&a, "%s%s", subkind_prefix, subkind));
		row_text(&r, NULL);
		rc = row_put(s, &r, out, e) < 0 ? -1 : 0;
	}
	arena_release(&before.arena);
	return rc;
}

/* Settings come with the municipality's own file, which has its name: without
 * it the register that is imported says nothing about them. What equals the
 * program's default is not written, so that a better default reaches it. */
int settings_put(struct store *s, const struct settings *given, struct import_report *out,
                 struct err *e)
{
	struct registry standard;
	int rc = 0;

	if (!given->name)
		return 0;
	registry_init(&standard);
	for (size_t i = 0; !rc && i < ARRAY_LEN(fields); i++)
		rc = put_field(s, &fields[i], given, &standard.settings, out, e);
	registry_release(&standard);
	return rc ? rc : put_subkinds(s, given, out, e);
}

static void take_subkind(struct registry *out, const char *subkind, const char *words)
{
	struct settings *s = &out->settings;

	if (!words)
		return;
	s->subkind_rules = arena_grow(&out->arena, s->subkind_rules, s->n_subkind_rules,
	                              &s->cap_subkind_rules, sizeof(*s->subkind_rules));
	s->subkind_rules[s->n_subkind_rules++] = (struct subkind_rule){ subkind, words };
}

int settings_get(struct store *s, struct registry *out, struct err *e)
{
	struct query q = query(s, STMT_SETTING_ALL);
	int got;

	while ((got = query_row(&q, e)) > 0) {
		const char *name = get_text(&q, &out->arena), *value = get_text(&q, &out->arena);

		for (size_t i = 0; i < ARRAY_LEN(fields); i++)
			if (!strcmp(fields[i].name, name))
				take_value(&fields[i], &out->settings, value);
		if (!strncmp(name, subkind_prefix, sizeof(subkind_prefix) - 1))
			take_subkind(out, name + sizeof(subkind_prefix) - 1, value);
	}
	return got;
}
