/* SPDX-License-Identifier: EUPL-1.2 */
/* Out: letters about reported deficiencies, to those who are to see to them. */
#include <string.h>

#include "base/log.h"
#include "src/app/cases.h"
#include "src/app/outward.h"

const struct body *case_body(const struct pass *p)
{
	struct item nothing = item_blank();

	return registry_letter_body(&p->registry, &nothing, p->today);
}

const char *case_item(const struct pass *p, struct arena *a, const struct deficiency *d)
{
	const struct item *item = d->item ? registry_item(&p->registry, d->item) : NULL;

	if (!item)
		return d->item;
	return item->name_protected || !item->title ? letter_title(a, item)
	                                            : arena_fmt(a, "%s, %s", item->id, item->title);
}

void case_record(struct change *c, struct arena *a, const char *kind, const struct deficiency *d,
                 const char *more)
{
	change_record(c, a, kind, d->ref,
	              arena_fmt(a, "state=%s\nitem=%s\n%s", deficiency_state_name(d->state),
	                        d->item ? d->item : "", more));
}

/* ---- words ---- */

static const char *pick(const struct pass *p, const char *sv, const char *en)
{
	return p->lang == VIEW_SV ? sv : en;
}

static const char *remark(const struct pass *p, struct arena *a, const struct deficiency *d)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	if (!d->sender || d->outside)
		buf_str(&b, pick(p, "avsändaren är inte känd som anställd",
		                 "the sender is not known as an employee"));
	if (d->handed_back)
		buf_fmt(&b, "%s%s", b.len ? "; " : "", pick(p, "den ansvariga har svarat att bristen inte är deras",
		                                            "the one responsible says that it is not theirs"));
	if (d->incident)
		buf_fmt(&b, "%s%s", b.len ? "; " : "", pick(p, "bristen är en incident", "it is an incident"));
	return b.len ? arena_dup(a, b.data) : NULL;
}

static void row(const struct pass *p, struct arena *a, const struct deficiency *d, int n,
                struct letter_row *out)
{
	char text[DATE_TEXT];
	const char *item = case_item(p, a, d);

	*out = (struct letter_row){
		.n = arena_fmt(a, "%d", n),
		.title = arena_dup(a, d->ref),
		.words = arena_dup(a, date_text(d->day, text)),
		.holder = item ? item : pick(p, "inte känt", "not known"),
		.act_by = arena_dup(a, date_text(deficiency_answer_by(&p->registry, d->day), text)),
		.reason = remark(p, a, d),
	};
}

void case_words(const struct pass *p, struct arena *a, const struct case_letter *l,
                const struct letter *letter, struct letter_words *w)
{
	dayno deadline = DAY_NONE, next = DAY_NONE;

	letter_common_words(p, a, letter, case_body(p), l->to, w);
	w->single = l->n == 1;
	w->coordinator = l->coordinator;
	w->count = arena_fmt(a, "%zu", l->n);
	w->object = l->n == 1 ? arena_fmt(a, "%s %s", pick(p, "brist", "deficiency"), l->cases[0]->ref)
	                      : arena_fmt(a, "%zu %s", l->n, pick(p, "brister", "deficiencies"));
	w->command = arena_fmt(a, "oversyn show %s", l->cases[0]->ref);
	w->rows = arena_alloc(a, l->n * sizeof(*w->rows));
	w->n_rows = l->n;
	for (size_t i = 0; i < l->n; i++) {
		const struct deficiency *d = l->cases[i];
		dayno by = deficiency_answer_by(&p->registry, d->day);

		row(p, a, d, l->number ? l->number[i] : (int)i + 1, &w->rows[i]);
		deadline = deadline == DAY_NONE || by < deadline ? by : deadline;
		if (d->step != DAY_NONE && d->step > p->today)
			next = next == DAY_NONE || d->step < next ? d->step : next;
		/* The first letter about one of them is no reminder. */
		w->first |= d->stage <= 1 && by > p->today;
	}
	w->deadline_short = letter_day_short(p, a, deadline);
	w->deadline_long = letter_day_long(p, a, deadline);
	w->next_long = letter_day_long(p, a, next);
}

/* ---- who and when ---- */

struct mailing {
	struct case_letter *at;
	size_t n, cap;
};

static void add(struct arena *a, struct mailing *m, const struct role *to, bool coordinator,
                const struct deficiency *d)
{
	struct case_letter *l = NULL;

	for (size_t i = 0; i < m->n && !l; i++)
		if (m->at[i].to == to)
			l = &m->at[i];
	if (!l) {
		m->at = arena_grow(a, m->at, m->n, &m->cap, sizeof(*m->at));
		l = &m->at[m->n++];
		*l = (struct case_letter){ .to = to, .coordinator = coordinator };
	}
	l->cases = arena_grow(a, l->cases, l->n, &l->cap, sizeof(*l->cases));
	l->cases[l->n++] = d;
}

static void note(const struct pass *p, struct arena *a, const struct case_letter *l,
                 const struct letter *letter, const char *message_id, struct change *c)
{
	for (size_t i = 0; i < l->n; i++) {
		struct deficiency_told t = {
			.deficiency = l->cases[i]->ref, .n = (int)i + 1, .role = l->to->id,
			.stage = l->cases[i]->stage, .day = p->today, .message_id = message_id,
		};

		memcpy(t.letter, letter->ref, sizeof(t.letter));
		change_case_told(c, a, &t);
		case_record(c, a, "deficiency-told", l->cases[i],
		            arena_fmt(a, "role=%s\nletter=%s\nn=%d\nstage=%d\nmessage_id=%s\n", l->to->id,
		                      letter->ref, t.n, t.stage, message_id));
	}
}

static int write_one(struct pass *p, struct arena *a, const struct case_letter *l, int serial,
                     struct change *c, struct err *e)
{
	struct letter_words w = { .single = false };
	struct letter *letter = arena_alloc(a, sizeof(*letter)); /* the change keeps its ref */
	const char *message_id;

	*letter = (struct letter){
		.role = l->to->id, .body = case_body(p)->id, .address = l->to->address,
		.opened = p->today, .event_day = DAY_NONE, .kind = LETTER_DEFICIENCY,
	};
	letter_mint(p, a, serial, letter);
	case_words(p, a, l, letter, &w);
	struct letter_mail m = {
		.template_name = "deficiency-letter", .letter = letter, .to_name = l->to->title,
		.to = l->to->address,
	};
	if (letter_write(p, a, &m, &w, c, &message_id, e))
		return -1;
	change_letter(c, a, letter);
	note(p, a, l, letter, message_id, c);
	p->report.letters++;
	return 0;
}

/* Nobody to tell: it is tried again every working day, and said each time. */
static void nobody(const struct pass *p, struct deficiency *d)
{
	struct workcal cal = registry_workcal(&p->registry);

	log_event(LOG_ERROR, "deficiency-untold", "case=%s why=\"the register has no coordinator with an "
	          "address: set kontakt_roll in kommun.csv\"", d->ref);
	d->step = d->due = workday_add(&cal, p->today, 1);
}

static void plan(struct pass *p, struct arena *a, struct deficiencies *due, struct mailing *out)
{
	const struct role *coordinator = deficiency_coordinator(&p->registry, p->today);

	for (size_t i = 0; i < due->n; i++) {
		struct deficiency *d = &due->at[i];
		bool theirs = coordinator && deficiency_coordinator_due(d, p->today);
		bool holders = deficiency_holder_due(&p->registry, d, p->today);

		if (theirs)
			add(a, out, coordinator, true, d);
		if (holders)
			add(a, out, deficiency_holder(&p->registry, d, p->today), false, d);
		if (!theirs && !holders)
			nobody(p, d);
		else
			deficiency_told(&p->registry, d, p->today);
	}
}

/* All in one transaction: a case that two are told of is told of to both or none. */
static int tell(struct pass *p, struct arena *a, struct deficiencies *due, struct err *e)
{
	struct change c = { .at = p->now };
	struct mailing mailing = { .n = 0 };
	int serial;

	plan(p, a, due, &mailing);
	if (p->report.letters && p->report.letters + (int)mailing.n > p->config->ceiling) {
		p->report.waiting += (int)mailing.n;
		log_event(LOG_WARNING, "ceiling", "letters=%d left=%zu", p->report.letters, mailing.n);
		return 0;
	}
	if (store_letter_serial(p->store, date_ymd(p->today).y, &serial, e))
		return -1;
	for (size_t i = 0; i < mailing.n; i++)
		if (write_one(p, a, &mailing.at[i], serial + 1 + (int)i, &c, e))
			return -1;
	for (size_t i = 0; i < due->n; i++)
		change_deficiency(&c, a, &due->at[i]);
	return store_apply(p->store, &c, e);
}

int pass_preview_cases(struct pass *p, struct arena *a, bool json, struct buf *out, struct err *e)
{
	struct mailing mailing = { .n = 0 };
	struct deficiencies due;

	if (store_due_deficiencies(p->store, a, p->today, &due, e))
		return -1;
	plan(p, a, &due, &mailing);
	for (size_t i = 0; i < mailing.n; i++) {
		const struct case_letter *l = &mailing.at[i];

		const char **refs = arena_alloc(a, l->n * sizeof(*refs));

		for (size_t k = 0; k < l->n; k++)
			refs[k] = l->cases[k]->ref;
		outward_preview_letter(&(struct preview_letter){
			.letter = "deficiency", .body = case_body(p)->id, .to = l->to->address,
			.cases = refs, .n_cases = l->n,
		}, json, out);
	}
	return 0;
}

/* What nobody has heard of yet does not wait for the morning. */
static void leave_reminders(struct deficiencies *due, dayno today)
{
	size_t n = 0;

	for (size_t i = 0; i < due->n; i++)
		if (!deficiency_is_reminder(&due->at[i], today))
			due->at[n++] = due->at[i];
	due->n = n;
}

int pass_tell_cases(struct pass *p, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct deficiencies due;

	if (store_due_deficiencies(p->store, &a, p->today, &due, e))
		return -1;
	if (p->no_letters)
		leave_reminders(&due, p->today);
	if (!due.n)
		return 0;
	return pass_load_all(p, e) || tell(p, &a, &due, e) ? -1 : 0;
}
