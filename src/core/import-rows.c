/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/text.h"
#include "core/quorum.h"
#include "import-internal.h"

#define AT(member) offsetof(struct row, member)

static char *fold(struct reader *r, const char *s)
{
	return text_fold(&r->into->arena, s ? s : "");
}

static bool one_of(const char *word, const char *const words[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

static void check_order(struct reader *r, dayno from, dayno to, size_t at, const char *name)
{
	if (from != DAY_NONE && to != DAY_NONE && to < from)
		import_bad_at(r, at, "%s lies before the day it begins: mend one of the dates", name);
}

static void check_weekday(struct reader *r, dayno day)
{
	static const char *const names[] = {"måndag", "tisdag", "onsdag", "torsdag",
	                                    "fredag", "lördag", "söndag"};
	char text[DATE_TEXT];
	int is = day == DAY_NONE ? 0 : date_weekday(day);

	if (is && r->row.weekday && is != r->row.weekday)
		import_bad_at(r, AT(weekday), "veckodag: %s is a %s: mend the date or the day",
		              date_text(day, text), names[is - 1]);
}

void import_body(struct reader *r)
{
	static const char *const kinds[] = {
		[BODY_COUNCIL] = "fullmäktige",
		[BODY_BOARD] = "styrelse",
		[BODY_COMMITTEE] = "nämnd",
		[BODY_GROUP] = "utskott",
	};
	struct registry *into = r->into;
	struct body *b = &r->row.body;
	const char *word = fold(r, r->row.word);
	bool known = false;

	import_seen(r, b->id);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (strcmp(kinds[i], word) == 0) {
			b->kind = (enum body_kind)i;
			known = true;
		}
	if (!known && r->row.word)
		import_bad_at(r, AT(word), "slag: %s is no kind of body: write fullmäktige, styrelse, "
		              "nämnd or utskott", import_quote(r, r->row.word));
	check_order(r, b->term_from, b->term_to, AT(body.term_to), "mandat_till");
	if (r->bad)
		return;
	into->bodies = arena_grow(&into->arena, into->bodies, into->n_bodies, &into->cap_bodies,
	                          sizeof(*b));
	into->bodies[into->n_bodies++] = *b;
}

/* "KS,OFN,VN" into ids, each a string of its own. */
static void split_list(struct reader *r, const char *list)
{
	struct unit *u = &r->row.unit;
	size_t cap = 0;

	while (list && *list) {
		size_t n = strcspn(list, ",");
		const char *id = text_tidy(&r->into->arena, arena_dupn(&r->into->arena, list, n));
		list += n + (list[n] == ',');
		if (!*id)
			continue;
		if (strchr(id, ' ') || strlen(id) > KEY_LONGEST)
			import_bad_at(r, AT(list), "%s is no id: write ids with commas between",
			              import_quote(r, id));
		u->bodies = arena_grow(&r->into->arena, u->bodies, u->n_bodies, &cap,
		                       sizeof(*u->bodies));
		u->bodies[u->n_bodies++] = id;
	}
}

void import_unit(struct reader *r)
{
	struct registry *into = r->into;
	struct unit *u = &r->row.unit;

	import_seen(r, u->id);
	split_list(r, r->row.list);
	if (r->bad)
		return;
	for (size_t i = 0; i < r->n_columns; i++)
		for (size_t b = 0; r->column[i] >= 0 && b < u->n_bodies; b++)
			if (r->of->columns[r->column[i]].to == AT(list) &&
			    r->of->columns[r->column[i]].cell == CELL_LIST)
				import_place(r, u->bodies[b], i);
	into->units = arena_grow(&into->arena, into->units, into->n_units, &into->cap_units,
	                         sizeof(*u));
	into->units[into->n_units++] = *u;
}

static enum role_kind role_kind(const char *word)
{
	static const struct {
		const char *word;
		enum role_kind kind;
	} kinds[] = {
		{"chef", ROLE_CHIEF},
		{"förtroendevald", ROLE_ELECTED},
		{"nämndsekreterare", ROLE_SECRETARY},
		{"oberoende", ROLE_OFFICER},
		{"dataskyddsombud", ROLE_OFFICER},
	};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (strcmp(kinds[i].word, word) == 0)
			return kinds[i].kind;
	return ROLE_OTHER;
}

/* Who is away comes back on a day that is known; who does not has left. */
static void add_absence(struct reader *r)
{
	struct registry *into = r->into;
	struct absence *a = &r->row.absence;

	if (a->from == DAY_NONE && a->to == DAY_NONE)
		return;
	if (a->from == DAY_NONE)
		import_bad_at(r, AT(absence.from), "frånvarande_från is empty: write the first day");
	else if (a->to == DAY_NONE)
		import_bad_at(r, AT(absence.to), "frånvarande_till is empty: write the last day, or "
		              "end the role with giltig_till");
	check_order(r, a->from, a->to, AT(absence.to), "frånvarande_till");
	if (r->bad)
		return;
	a->role = r->row.role.id;
	a->source = "register";
	into->absences = arena_grow(&into->arena, into->absences, into->n_absences,
	                            &into->cap_absences, sizeof(*a));
	into->absences[into->n_absences++] = *a;
}

void import_role(struct reader *r)
{
	struct registry *into = r->into;
	struct role *role = &r->row.role;

	import_seen(r, role->id);
	role->kind = role_kind(fold(r, r->row.word));
	check_order(r, role->from, role->to, AT(role.to), "giltig_till");
	add_absence(r);
	if (r->bad)
		return;
	into->roles = arena_grow(&into->arena, into->roles, into->n_roles, &into->cap_roles,
	                         sizeof(*role));
	into->roles[into->n_roles++] = *role;
}

static void add_meeting(struct registry *into, const struct meeting *m)
{
	into->meetings = arena_grow(&into->arena, into->meetings, into->n_meetings,
	                            &into->cap_meetings, sizeof(*m));
	into->meetings[into->n_meetings++] = *m;
}

/* A meeting that was cancelled stays in the register: what leaned on it must
 * learn of it. */
static void read_meeting_status(struct reader *r)
{
	static const char *const off[] = {"inställt", "inställd", "avlyst"};
	static const char *const on[] = {"", "planerat", "beslutat", "preliminärt", "genomfört"};
	const char *word = fold(r, r->row.status);
	struct meeting *m = &r->row.meeting;

	m->cancelled = one_of(word, off, ARRAY_LEN(off));
	if (!m->cancelled && !one_of(word, on, ARRAY_LEN(on)))
		import_bad_at(r, AT(status), "status: %s is none of a meeting: write inställt, "
		              "preliminärt or planerat", import_quote(r, r->row.status));
	if (r->row.moved_from != DAY_NONE && r->row.moved_from == m->day)
		import_bad_at(r, AT(moved_from), "flyttat_från is the meeting's own day: write the "
		              "day that it was on before");
}

void import_meeting(struct reader *r)
{
	struct registry *into = r->into;
	struct meeting *m = &r->row.meeting;
	char day[DATE_TEXT];

	if (m->body && m->day != DAY_NONE)
		import_seen(r, arena_fmt(&into->arena, "%s %s", m->body, date_text(m->day, day)));
	check_weekday(r, m->day);
	if (m->day != DAY_NONE) {
		const struct {
			dayno day;
			size_t at;
			const char *name;
		} before[] = {
			{m->stop, AT(meeting.stop), "stopp_handlingar"},
			{m->preparation, AT(meeting.preparation), "beredning"},
			{m->summons, AT(meeting.summons), "kallelse"},
		};
		for (size_t i = 0; i < ARRAY_LEN(before); i++)
			if (before[i].day > m->day)
				import_bad_at(r, before[i].at, "%s lies after the meeting: mend one "
				              "of the dates", before[i].name);
		check_order(r, m->day, m->adjusted_by, AT(meeting.adjusted_by), "justerat_senast");
	}
	read_meeting_status(r);
	if (r->bad)
		return;
	if (r->row.moved_from != DAY_NONE)
		add_meeting(into, &(struct meeting){
			.body = m->body, .day = r->row.moved_from, .hour = -1, .minute = -1,
			.stop = DAY_NONE, .preparation = DAY_NONE, .summons = DAY_NONE,
			.adjusted_by = DAY_NONE, .cancelled = true,
			.note = arena_fmt(&into->arena, "flyttat till %s", date_text(m->day, day)),
		});
	add_meeting(into, m);
}

void import_holiday(struct reader *r)
{
	struct registry *into = r->into;
	struct day_off *off = &r->row.off;
	char day[DATE_TEXT];

	if (off->day != DAY_NONE)
		import_seen(r, arena_dup(&into->arena, date_text(off->day, day)));
	check_weekday(r, off->day);
	if (r->row.yes < 0 && !r->bad)
		import_bad_at(r, AT(yes), "arbetsdag is empty: write ja or nej");
	if (r->bad)
		return;
	off->working = r->row.yes == 1;
	into->days_off = arena_grow(&into->arena, into->days_off, into->n_days_off,
	                            &into->cap_days_off, sizeof(*off));
	into->days_off[into->n_days_off++] = *off;
}

void import_add_event(struct registry *into, struct event event)
{
	into->events = arena_grow(&into->arena, into->events, into->n_events, &into->cap_events,
	                          sizeof(event));
	into->events[into->n_events++] = event;
}

/* One line can name several cycles: "tertial1; ledningens_genomgang". */
void import_event(struct reader *r)
{
	const char *list = r->row.list;

	while (list && *list && !r->bad) {
		size_t n = strcspn(list, ";,");
		struct event event = r->row.event;
		event.name = text_tidy(&r->into->arena, arena_dupn(&r->into->arena, list, n));
		list += n + (list[n] != '\0');
		size_t len = strlen(event.name);
		if (!len)
			continue;
		if (len >= EVENT_NAME || event.name[strspn(event.name, "abcdefghijklmnopqrstuvwxyz"
		                                                       "0123456789_")])
			import_bad_at(r, AT(list), "kopplad_händelse: %s is no event's name: use a–z, "
			              "0–9 and _, at most %d", import_quote(r, event.name), EVENT_NAME - 1);
		else
			import_add_event(r->into, event);
	}
}

/* What is decided about one date: which of three, and to when. */
void import_exception(struct reader *r)
{
	static const char *const words[] = {
		[EXCEPTION_SKIP] = "hoppa över",
		[EXCEPTION_MOVE] = "flytta",
		[EXCEPTION_PLAN] = "planera",
	};
	struct registry *into = r->into;
	struct exception *x = &r->row.exception;
	const char *word = fold(r, r->row.word);
	int kind = -1;

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(words[i], word) == 0)
			kind = (int)i;
	if (kind < 0 && r->row.word)
		import_bad_at(r, AT(word), "åtgärd: %s is none: write hoppa över, flytta or planera",
		              import_quote(r, r->row.word));
	else if (kind == EXCEPTION_SKIP && x->to != DAY_NONE)
		import_bad_at(r, AT(exception.to), "till: what is skipped has no other day: empty it");
	else if (kind > EXCEPTION_SKIP && x->to == DAY_NONE)
		import_bad_at(r, AT(exception.to), "till is empty: write the day it moves to");
	else if (kind == EXCEPTION_PLAN && x->to > x->day)
		import_bad_at(r, AT(exception.to), "till lies after the due date: plan it on or before "
		              "it, or write flytta");
	if (r->bad)
		return;
	x->kind = (enum exception_kind)kind;
	into->exceptions = arena_grow(&into->arena, into->exceptions, into->n_exceptions,
	                              &into->cap_exceptions, sizeof(*x));
	into->exceptions[into->n_exceptions++] = *x;
}

static void show(struct buf *out, const char *key, const char *value)
{
	if (value)
		buf_fmt(out, "%s=%s\n", key, value);
}

static void show_day(struct buf *out, const char *key, dayno day)
{
	char text[DATE_TEXT];

	if (day != DAY_NONE)
		show(out, key, date_text(day, text));
}

static void show_level(struct buf *out, const char *key, int level)
{
	if (level >= 0)
		buf_fmt(out, "%s=%d\n", key, level);
}

/*
 * What a holder is shown, which is what a sign-off is about. When it was last
 * reviewed is not part of it: a review does not change what is reviewed.
 */
static const char *shown(struct reader *r, const struct item *i)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	show(&out, "kind", item_kind_name(i->kind));
	show(&out, "id", i->id);
	show(&out, "title", i->title);
	show(&out, "subkind", i->subkind);
	show(&out, "body", i->body ? i->body : "alla");
	show(&out, "responsible", i->responsible);
	show(&out, "owner", r->row.owner);
	show(&out, "manager", r->row.system_manager);
	show_level(&out, "k", i->levels[0]);
	show_level(&out, "r", i->levels[1]);
	show_level(&out, "t", i->levels[2]);
	show_day(&out, "classified", i->classified);
	show(&out, "status", r->row.status);
	show(&out, "rule", i->rule_text);
	show(&out, "validity", i->validity);
	show(&out, "decided_by", i->decided_by);
	show_day(&out, "decided", i->decided);
	show_day(&out, "revised", i->revised);
	show_day(&out, "valid_from", i->valid_from);
	show(&out, "paragraph", i->paragraph);
	show(&out, "registry_no", i->registry_no);
	show(&out, "parent", i->parent);
	show(&out, "replaces", i->replaces);
	show(&out, "decision", r->row.handling);
	show(&out, "approvers", i->approvers);
	show(&out, "quorum", quorum_name(i->quorum));
	show(&out, "author", i->author);
	return arena_dupn(&r->into->arena, out.data, out.len);
}

static void add_item(struct reader *r, enum item_kind kind)
{
	struct registry *into = r->into;
	struct item *i = &r->row.item;

	i->kind = kind;
	import_seen(r, i->id);
	if (r->row.reviewed > i->reviewed)
		i->reviewed = r->row.reviewed;
	i->decided_ask = r->placeholder;
	i->name_protected = r->row.hidden == 1;
	import_quorum(r);
	i->retired = item_status_retired(fold(r, r->row.status));
	if (r->bad)
		return;
	i->shown = shown(r, i);
	into->items = arena_grow(&into->arena, into->items, into->n_items, &into->cap_items,
	                         sizeof(*i));
	into->items[into->n_items++] = *i;
	if (r->row.contract_end != DAY_NONE)
		import_add_event(into, (struct event){.name = "avtal_slut", .day = r->row.contract_end,
		                                      .item = i->id});
}

/* Who looks after it, nearest to the thing first; what is no system has an
 * owner of its information all the same. */
void import_asset(struct reader *r)
{
	const struct row *row = &r->row;

	r->row.item.responsible = row->system_owner ? row->system_owner
	                        : row->system_manager ? row->system_manager : row->owner;
	add_item(r, ITEM_ASSET);
}

void import_inventory(struct reader *r)
{
	const char *title = fold(r, r->row.item.title);
	bool processing = strstr(title, "art. 30") || strstr(title, "personuppgiftsbehandl");

	r->row.item.needs_decision = r->row.handling != NULL;
	add_item(r, processing ? ITEM_PROCESSING : ITEM_INVENTORY);
}

void import_routine(struct reader *r)
{
	static const char *const itself[] = {"nämnden", "styrelsen"};
	struct item *i = &r->row.item;

	i->needs_decision = one_of(fold(r, i->decided_by), itself, ARRAY_LEN(itself)) ||
	                    (i->decided_by && i->body && strcmp(i->decided_by, i->body) == 0);
	add_item(r, ITEM_ROUTINE);
}

/* An explicit last day says the words of the validity field more exactly and
 * stands in their place. Whether a body decides is known once all are read:
 * registry_index(). */
void import_document(struct reader *r)
{
	char day[DATE_TEXT];

	if (r->row.until != DAY_NONE)
		r->row.item.validity = arena_dup(&r->into->arena, date_text(r->row.until, day));
	add_item(r, ITEM_DOCUMENT);
}
