/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "core/address.h"
#include "import-internal.h"

/* The keys of kommun.csv: to add one, add its line to the table. A last '*'
 * stands for whatever the municipality calls it. */
enum town_value {
	TOWN_TEXT,
	TOWN_ADDRESS,
	TOWN_DOMAIN,
	TOWN_DAYS,     /* int */
	TOWN_SOME_DAYS, /* int, at least one */
	TOWN_DAY,      /* dayno */
	TOWN_COUNT,    /* int */
	TOWN_PERCENT,  /* int, at most 100 */
	TOWN_SOME,     /* int, one or more */
	TOWN_YESNO,    /* int: 1, 0 */
	TOWN_WEEKDAY,  /* int: Monday 1 … Sunday 7 */
	TOWN_LATE,     /* int: 1 from the planned date, 0 from the actual */
	TOWN_ROLE,
	TOWN_LINK,
	TOWN_PHONE,
	TOWN_PREFIX,
	TOWN_RULES,    /* of inventories: both kinds */
	TOWN_LATE_BOTH, /* the same */
	TOWN_ZONE,
	TOWN_RECESS,   /* of the register */
	TOWN_ELECTION, /* an event of the register */
	TOWN_NEXT_ELECTION,
	TOWN_RSA,
	TOWN_UNUSED
};

#define TO(member) offsetof(struct settings, member)

static const struct town_key {
	const char *key;
	enum town_value value;
	size_t to;
} keys[] = {
	{"namn", TOWN_TEXT, TO(name)},
	{"tidszon", TOWN_ZONE, 0},
	{"e-postdomän", TOWN_DOMAIN, TO(domain)},
	{"funktionsbrevlåda_påminnelser", TOWN_ADDRESS, TO(address)},
	{"funktionsbrevlåda_brister", TOWN_ADDRESS, TO(deficiency_address)},
	{"registrator", TOWN_ADDRESS, TO(registrar)},
	{"kontakt_roll", TOWN_ROLE, TO(contact_role)},
	{"kontakt_telefon", TOWN_PHONE, TO(contact_phone)},
	{"jour_telefon", TOWN_PHONE, TO(emergency_phone)},
	{"länk_personuppgifter", TOWN_LINK, TO(privacy_link)},
	{"referens_prefix", TOWN_PREFIX, TO(ref_prefix)},
	{"val", TOWN_ELECTION, 0},
	{"val_nästa", TOWN_NEXT_ELECTION, TO(next_election)},
	{"rsa_senast", TOWN_RSA, 0},
	{"fullmäktige_mandat_från", TOWN_DAY, TO(council_term.from)},
	{"fullmäktige_mandat_till", TOWN_DAY, TO(council_term.to)},
	{"nämnder_mandat_från", TOWN_DAY, TO(term.from)},
	{"nämnder_mandat_till", TOWN_DAY, TO(term.to)},
	{"sommaruppehåll", TOWN_RECESS, 0},
	{"juluppehåll", TOWN_RECESS, 0},
	{"uppehåll_*", TOWN_RECESS, 0},
	{"aftnar_arbetsdag", TOWN_YESNO, TO(eves_work)},
	{"klämdagar_arbetsdag", TOWN_YESNO, TO(squeeze_work)},
	{"förvarning_dagar", TOWN_DAYS, TO(soon_days)},
	{"inbjudan_dagar", TOWN_DAYS, TO(invite_days)},
	{"påminnelse1_dagar", TOWN_DAYS, TO(remind_days)},
	{"påminnelse2_dagar", TOWN_DAYS, TO(last_remind_workdays)},
	{"försenad_dagar", TOWN_DAYS, TO(overdue_workdays)},
	{"eskalering_chef_dagar", TOWN_DAYS, TO(escalate_workdays)},
	{"eskalering_ordförande_dagar", TOWN_DAYS, TO(chair_workdays)},
	{"händelse_dagar", TOWN_DAYS, TO(event_days)},
	{"stopp_dagar", TOWN_DAYS, TO(stop_days)},
	{"beredning_dagar", TOWN_DAYS, TO(preparation_days)},
	{"kallelse_dagar", TOWN_DAYS, TO(summons_days)},
	{"justering_dagar", TOWN_DAYS, TO(adjust_days)},
	{"beslutsfråga_igen_dagar", TOWN_DAYS, TO(decision_again_workdays)},
	{"kaskad_dagar", TOWN_DAYS, TO(cascade_days)},
	{"brist_antal", TOWN_COUNT, TO(deficiency_count)},
	{"brist_svar_dagar", TOWN_DAYS, TO(deficiency_answer_days)},
	{"brist_påminnelse1_dagar", TOWN_DAYS, TO(deficiency_remind_days)},
	{"brist_påminnelse2_dagar", TOWN_DAYS, TO(deficiency_again_days)},
	{"brist_påminnelse3_dagar", TOWN_DAYS, TO(deficiency_later_days)},
	{"avtal_slut_granskas", TOWN_YESNO, TO(review_contracts)},
	{"avtal_slut_dagar", TOWN_DAYS, TO(contract_days)},
	{"dataskyddsombud_kopia", TOWN_YESNO, TO(officer_copies)},
	{"kommundirektör_beslutar_rutiner", TOWN_YESNO, TO(director_decides)},
	{"anstånd_dagar", TOWN_DAYS, TO(extension_days)},
	{"ångra_dagar", TOWN_DAYS, TO(undo_days)},
	{"bekräftelse_dagar", TOWN_SOME_DAYS, TO(confirm_days)},
	{"massändring_antal", TOWN_COUNT, TO(mass_rows)},
	{"massändring_procent", TOWN_PERCENT, TO(mass_percent)},
	{"it_chef", TOWN_ROLE, TO(it_chief)},
	{"motfrågor_per_mejl", TOWN_COUNT, TO(letter_questions)},
	{"svar_per_avsändare", TOWN_COUNT, TO(sender_answers)},
	{"svar_per_dag", TOWN_COUNT, TO(day_answers)},
	{"veckobrev", TOWN_YESNO, TO(weekly_letter)},
	{"veckobrev_dag", TOWN_WEEKDAY, TO(weekly_day)},
	{"kvartalsstatus", TOWN_YESNO, TO(quarterly_status)},
	{"mejl_per_granskning", TOWN_SOME, TO(review_mails)},
	{"mejlstorm_antal", TOWN_COUNT, TO(storm_letters)},
	{"mejlstorm_gånger", TOWN_SOME, TO(storm_factor)},
	{"standardintervall_förteckning", TOWN_RULES, TO(default_rule[ITEM_INVENTORY])},
	{"standardintervall_tillgång", TOWN_TEXT, TO(default_rule[ITEM_ASSET])},
	{"standardintervall_rutin", TOWN_TEXT, TO(default_rule[ITEM_ROUTINE])},
	{"standardintervall_styrdokument", TOWN_TEXT, TO(default_rule[ITEM_DOCUMENT])},
	{"standardintervall_utbildningsintyg", TOWN_TEXT, TO(default_rule[ITEM_TRAINING])},
	{"klassning_intervall", TOWN_TEXT, TO(classify_rule)},
	{"sen_granskning_förteckning", TOWN_LATE_BOTH, TO(late_from_planned[ITEM_INVENTORY])},
	{"sen_granskning_tillgång", TOWN_LATE, TO(late_from_planned[ITEM_ASSET])},
	{"sen_granskning_rutin", TOWN_LATE, TO(late_from_planned[ITEM_ROUTINE])},
	{"sen_granskning_styrdokument", TOWN_LATE, TO(late_from_planned[ITEM_DOCUMENT])},
	{"sen_granskning_utbildningsintyg", TOWN_LATE, TO(late_from_planned[ITEM_TRAINING])},
	{"kommunkod", TOWN_UNUSED, 0},
	{"invånare", TOWN_UNUSED, 0},
	{"anställda", TOWN_UNUSED, 0},
	{"demo_idag", TOWN_UNUSED, 0},
};

enum { MOST_DAYS = 3660, LONGEST_PREFIX = 8 };

static const char *read_days(const char *value, int *out)
{
	const char *fault = import_number(value, out);

	return *fault || *out <= MOST_DAYS ? fault : "is more than ten years: write fewer days";
}

static const char *read_recess(struct reader *r, const char *value)
{
	struct registry *into = r->into;
	const char *key = text_fold(&into->arena, r->row.key);
	struct recess *all;
	size_t n;
	const char *fault = recess_read(&into->arena, key, value, &all, &n);

	for (size_t i = 0; !*fault && i < n; i++) {
		into->recess = arena_grow(&into->arena, into->recess, into->n_recess,
		                          &into->cap_recess, sizeof(*all));
		into->recess[into->n_recess++] = all[i];
	}
	return fault;
}

static const char *read_event(struct reader *r, const char *name, const char *value, dayno *copy)
{
	dayno day;
	const char *fault = import_date(value, &day);

	if (*fault)
		return fault;
	import_add_event(r->into, (struct event){.name = name, .day = day});
	if (copy)
		*copy = day;
	return "";
}

static const char *read_link(const char *value)
{
	bool web = text_starts(value, "https://") || text_starts(value, "http://");

	return web && !strpbrk(value, " <>\"") ? "" : "is no link: write it as https://…, without spaces";
}

static const char *read_prefix(const char *value)
{
	size_t n = strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

	return n && n <= LONGEST_PREFIX && !value[n] ? ""
	       : "is no prefix: use one to eight letters A–Z and digits";
}

/* One of two words: 0 or 1. */
static const char *read_choice(struct reader *r, const char *value, const char *const words[2],
                               int *out)
{
	const char *folded = text_fold(&r->into->arena, value);

	for (int i = 0; i < 2; i++) {
		if (strcmp(words[i], folded) == 0) {
			*out = i;
			return "";
		}
	}
	return arena_fmt(&r->into->arena, "is neither: write %s or %s", words[0], words[1]);
}

static const char *read_weekday(struct reader *r, const char *value, int *out)
{
	static const char *const days[] = {
		"måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag",
	};
	const char *folded = text_fold(&r->into->arena, value);

	for (size_t i = 0; i < ARRAY_LEN(days); i++) {
		if (strcmp(days[i], folded) == 0) {
			*out = (int)i + 1;
			return "";
		}
	}
	return "is no weekday: write måndag, tisdag … söndag";
}

static const char *read_setting(struct reader *r, const struct town_key *key, const char *value)
{
	static const char *const yes_no[2] = {"nej", "ja"};
	static const char *const late[2] = {"faktisk", "planerad"};

	struct settings *s = &r->into->settings;
	void *to = (char *)s + key->to;
	const char **text = to, *fault = "";

	switch (key->value) {
	case TOWN_TEXT:
		break;
	case TOWN_RULES:
		s->default_rule[ITEM_PROCESSING] = value;
		break;
	case TOWN_ADDRESS:
		fault = address_ok(value) ? "" : "is no mail address: write it as namn@kommunen.example";
		break;
	case TOWN_DOMAIN:
		fault = address_ok(arena_fmt(&r->into->arena, "x@%s", value)) ? ""
		        : "is no mail domain: write it as kommunen.example";
		break;
	case TOWN_ROLE:
		fault = strchr(value, ' ') ? "is no role's id: write a roll_id of the roles" : "";
		break;
	case TOWN_LINK:
		fault = read_link(value);
		break;
	case TOWN_PHONE:
		fault = value[strspn(value, "0123456789 +-()")] ? "is no phone number: write digits" : "";
		break;
	case TOWN_PREFIX:
		fault = read_prefix(value);
		break;
	case TOWN_SOME_DAYS:
		fault = read_days(value, to);
		return *fault || *(int *)to > 0 ? fault : "is no time at all: write one day or more";
	case TOWN_DAYS:
		return read_days(value, to);
	case TOWN_DAY:
		return import_date(value, to);
	case TOWN_PERCENT:
		fault = import_number(value, to);
		return *fault || *(int *)to <= 100 ? fault : "is more than all: write 0 to 100";
	case TOWN_SOME:
		fault = import_number(value, to);
		return *fault || *(int *)to > 0 ? fault : "would stop everything: write 1 or more";
	case TOWN_COUNT:
		return import_number(value, to);
	case TOWN_YESNO:
		return read_choice(r, value, yes_no, to);
	case TOWN_WEEKDAY:
		return read_weekday(r, value, to);
	case TOWN_LATE:
		return read_choice(r, value, late, to);
	case TOWN_LATE_BOTH:
		fault = read_choice(r, value, late, to);
		s->late_from_planned[ITEM_PROCESSING] = s->late_from_planned[ITEM_INVENTORY];
		return fault;
	case TOWN_ZONE:
		return strcmp(value, "Europe/Stockholm") == 0 ? ""
		       : "is not supported: write Europe/Stockholm";
	case TOWN_RECESS:
		return read_recess(r, value);
	case TOWN_ELECTION:
		return read_event(r, "val", value, NULL);
	case TOWN_NEXT_ELECTION:
		return read_event(r, "val", value, to);
	case TOWN_RSA:
		return read_event(r, "rsa", value, NULL);
	case TOWN_UNUSED:
		return "";
	}
	if (!*fault)
		*text = value;
	return fault;
}

/* "standardintervall_riktlinje": of a type of document. Any type will do, since
 * municipalities name theirs as they like; oversyn check tells of one that no
 * document has. */
static bool subkind_rule(struct reader *r, const char *folded, const char *value)
{
	static const char prefix[] = "standardintervall_";
	struct settings *s = &r->into->settings;

	if (!text_starts(folded, prefix) || !folded[sizeof(prefix) - 1])
		return false;
	if (r->bad || !value)
		return true;
	s->subkind_rules = arena_grow(&r->into->arena, s->subkind_rules, s->n_subkind_rules,
	                              &s->cap_subkind_rules, sizeof(*s->subkind_rules));
	s->subkind_rules[s->n_subkind_rules++] = (struct subkind_rule){
		.subkind = folded + sizeof(prefix) - 1, .words = value,
	};
	return true;
}

static void unknown_key(struct reader *r, const char *key)
{
	struct buf known AUTO(buf_release) = BUF_INIT;

	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		buf_fmt(&known, "%s%s", i ? ", " : "", keys[i].key);
	import_bad_at(r, offsetof(struct row, key), "unknown key %s: known are %s",
	              import_quote(r, key), known.data);
}

static bool is_key(const char *known, const char *key)
{
	const char *star = strchr(known, '*');
	size_t n = star ? (size_t)(star - known) : 0;

	return star ? !strncmp(known, key, n) && key[n] : !strcmp(known, key);
}

void import_town(struct reader *r)
{
	if (!r->row.key)
		return;
	const char *folded = text_fold(&r->into->arena, r->row.key);
	import_seen(r, folded);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		if (!is_key(keys[i].key, folded))
			continue;
		if (r->bad || !r->row.value)
			return;
		const char *fault = read_setting(r, &keys[i], r->row.value);
		if (*fault)
			import_bad_at(r, offsetof(struct row, value), "%s: %s %s", folded,
			              import_quote(r, r->row.value), fault);
		return;
	}
	if (!subkind_rule(r, folded, r->row.value))
		unknown_key(r, r->row.key);
}
