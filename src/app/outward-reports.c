/* SPDX-License-Identifier: EUPL-1.2 */
/* Out: the letters that nobody asked for. Each is written with the row that says so,
 * in one transaction: however often a pass is killed, there is one for a period. */
#include <string.h>

#include "base/log.h"
#include "core/deficiency.h"
#include "core/forecast.h"
#include "src/app/cases.h"
#include "src/app/coordinator.h"
#include "src/app/outward.h"

enum {
	HOUR = 3600, MINUTE = 60, /* seconds */
	MONTHS = 2,               /* ahead: more than a week and a holiday */
};

/* ---- the letter ---- */

struct addressee {
	const char *address;
	const struct role *role; /* NULL: no role writes from there */
};

/* A role of its own first: posts share an address, and one of them is meant. */
static const struct role *role_at(const struct registry *r, const char *address, dayno day)
{
	for (size_t i = 0; address && i < r->n_roles; i++)
		if (role_valid(&r->roles[i], day) && trust_same_address(r->roles[i].address, address))
			return &r->roles[i];
	return NULL;
}

/* The board's secretary, else the registrar, else the coordinator. */
static struct addressee board_addressee(const struct pass *p)
{
	const struct role *coordinator = deficiency_coordinator(&p->registry, p->today);
	const char *ways[] = {
		case_body(p) ? case_body(p)->secretary : NULL, p->registry.settings.registrar,
		coordinator ? coordinator->address : NULL,
	};

	for (size_t i = 0; i < ARRAY_LEN(ways); i++)
		if (ways[i])
			return (struct addressee){ ways[i], role_at(&p->registry, ways[i], p->today) };
	return (struct addressee){ .address = NULL };
}

static int begin(struct pass *p, struct arena *a, enum report_kind k, const struct addressee *to,
                 struct letter *letter, struct err *e)
{
	const struct role *coordinator = deficiency_coordinator(&p->registry, p->today);
	const struct role *role = to->role ? to->role : coordinator;
	int serial;

	if (!to->address || !role || !case_body(p)) {
		log_event(LOG_ERROR, "report-untold", "letter=%s why=\"nobody to write to: set kontakt_roll in "
		          "kommun.csv, and the board's nämndsekreterare\"", report_kind_name(k));
		return 0;
	}
	if (store_letter_serial(p->store, date_ymd(p->today).y, &serial, e))
		return -1;
	*letter = (struct letter){
		.role = role->id, .body = case_body(p)->id, .address = to->address, .opened = p->today,
		.event_day = DAY_NONE, .kind = k == REPORT_WEEK ? LETTER_COMMAND : LETTER_NOTICE,
	};
	letter_mint(p, a, serial + 1, letter);
	return 1;
}

static int write_to(struct pass *p, struct arena *a, const char *template_name,
                    const struct addressee *to, struct letter *letter, struct letter_words *w,
                    struct change *c, struct err *e)
{
	const char *message_id;
	struct letter_mail m = {
		.template_name = template_name, .letter = letter,
		.to_name = to->role ? to->role->title : NULL, .to = to->address,
	};

	w->role = to->role ? to->role->title : to->address;
	return letter_write(p, a, &m, w, c, &message_id, e);
}

static int commit(struct pass *p, struct arena *a, enum report_kind k, dayno period,
                  const struct letter *letter, const char *figures, struct change *c, struct err *e)
{
	struct report r = { .kind = k, .period = period, .day = p->today, .at = p->now, .figures = figures };
	char day[DATE_TEXT];

	memcpy(r.letter, letter->ref, sizeof(r.letter));
	c->report = &r;
	change_letter(c, a, letter);
	change_record(c, a, "report", letter->ref,
	              arena_fmt(a, "kind=%s\nperiod=%s\n%s", report_kind_name(k), date_text(period, day),
	                        figures));
	if (store_apply(p->store, c, e))
		return err_wrap(e, "letter %s", letter->ref);
	p->report.reports++;
	return 0;
}

/* ---- the week ---- */

static bool same_letter(const struct forecast_review *x, const struct forecast_review *y)
{
	return x->letter == y->letter && x->holder == y->holder && x->body == y->body;
}

/* The letters until the next one of these, of one person, body and day each. */
static void coming_words(const struct pass *p, struct arena *a, const struct overview *o, dayno until,
                         struct letter_words *w)
{
	size_t reviews = 0, letters = 0;
	struct forecast f;

	forecast_make(&p->registry, o->open.at, o->open.n, p->today, MONTHS, a, &f);
	for (size_t i = 0; i < f.n; i++) {
		const struct forecast_review *x = &f.at[i];
		bool before = false;

		if (x->letter == DAY_NONE || x->letter > until || !x->holder)
			continue;
		for (size_t k = 0; k < i && !before; k++)
			before = same_letter(x, &f.at[k]);
		reviews++;
		letters += !before;
	}
	w->coming_letters = number_text(a, letters);
	w->coming_reviews = number_text(a, reviews);
}

static size_t wrong(const struct findings *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += finding_severity(f->at[i].kind) != SEVERITY_NOTE;
	return n;
}

static void pulse_words(const struct pass *p, struct arena *a, const struct pulse *x,
                        const struct report *last, struct letter_words *w)
{
	dayno since = last->day == DAY_NONE ? x->started : last->day;

	w->since_long = letter_day_long(p, a, since);
	w->passes = arena_fmt(a, "%d", x->passes);
	w->pause = arena_fmt(a, "%d h %d min", (int)(x->longest / HOUR), (int)(x->longest % HOUR / MINUTE));
	w->unfetched = x->failed ? arena_fmt(a, "%d", x->failed) : NULL;
}

static void activity_words(struct arena *a, const struct activity *x, struct letter_words *w)
{
	w->sent_count = arena_fmt(a, "%d", x->letters);
	w->answers_count = arena_fmt(a, "%d", x->answers);
	w->received_count = arena_fmt(a, "%d", x->handled);
	w->recorded_count = arena_fmt(a, "%d", x->applied);
	w->left_count = arena_fmt(a, "%d", x->left);
}

static int week_words(struct pass *p, struct arena *a, dayno period, const struct pulse *pulse,
                      const struct report *last, struct letter_words *w, struct err *e)
{
	struct workcal cal = registry_workcal(&p->registry);
	char head[DIGEST_HEX];
	struct overview o;
	int64_t rows;
	int year;

	if (store_record_head(p->store, &rows, head, e) || overview_take(p, a, last->at, &o, e))
		return -1;
	dayno next = report_week_next(&p->registry.settings, &cal, p->today);
	overview_words(p, a, &o, w);
	coming_words(p, a, &o, next, w);
	pulse_words(p, a, pulse, last, w);
	activity_words(a, &o.activity, w);
	w->week = arena_fmt(a, "%d", date_week(period, &year));
	w->findings_count = number_text(a, wrong(&o.findings));
	w->next_long = letter_day_long(p, a, next);
	w->coming_until_long = w->next_long;
	w->record_rows = arena_fmt(a, "%lld", (long long)rows);
	w->record_head = arena_dup(a, head);
	overview_release(&o);
	return 0;
}

static int tell_week(struct pass *p, struct arena *a, dayno period, const struct pulse *pulse,
                     const struct report *last, struct err *e)
{
	const struct role *coordinator = deficiency_coordinator(&p->registry, p->today);
	struct addressee to = { coordinator ? coordinator->address : NULL, coordinator };
	struct change c = { .at = p->now };
	struct letter_words w = { .single = false };
	struct letter letter;

	int ready = begin(p, a, REPORT_WEEK, &to, &letter, e);
	if (ready <= 0)
		return ready;
	letter_common_words(p, a, &letter, case_body(p), to.role, &w);
	letter_command_links(p, a, &letter, &w);
	if (week_words(p, a, period, pulse, last, &w, e)
	    || write_to(p, a, "weekly", &to, &letter, &w, &c, e))
		return -1;
	return commit(p, a, REPORT_WEEK, period, &letter,
	              arena_fmt(a, "passes=%d\nwaiting=%s\nhead=%s\n", pulse->passes, w.waiting_count,
	                        w.record_head), &c, e);
}

/* ---- the quarter ---- */

/* For information: the coordinator, and the data protection officers. */
static bool has_copy(const struct pass *p, const struct role *r, const struct role *coordinator)
{
	return r->address && role_valid(r, p->today) && (r == coordinator || r->kind == ROLE_OFFICER);
}

static int tell_quarter(struct pass *p, struct arena *a, dayno period, struct err *e)
{
	const struct role *coordinator = deficiency_coordinator(&p->registry, p->today);
	struct addressee to = board_addressee(p);
	struct quarter q = report_quarter(period);
	struct change c = { .at = p->now };
	struct letter_words w = { .first = true };
	struct letter letter;
	const char *figures;

	int ready = begin(p, a, REPORT_QUARTER, &to, &letter, e);
	if (ready <= 0)
		return ready;
	letter_common_words(p, a, &letter, case_body(p), to.role, &w);
	if (quarter_words(p, a, &q, &w, &figures, e)
	    || write_to(p, a, "status", &to, &letter, &w, &c, e))
		return -1;
	w.first = false;
	for (size_t i = 0; i < p->registry.n_roles; i++) {
		const struct role *r = &p->registry.roles[i];

		if (!has_copy(p, r, coordinator) || trust_same_address(r->address, to.address))
			continue;
		struct addressee copy = { r->address, r };
		if (write_to(p, a, "status", &copy, &letter, &w, &c, e))
			return -1;
	}
	return commit(p, a, REPORT_QUARTER, period, &letter, figures, &c, e);
}

/* ---- when ---- */

static int tell(struct pass *p, enum report_kind k, const struct pulse *pulse, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct report last;

	if (store_report_last(p->store, &a, k, p->today, &last, e) < 0)
		return -1;
	struct report_state x = { .last = last.period, .started = pulse->started };
	if (!report_maybe(&p->registry.settings, k, &x, p->today))
		return 0;
	if (coordinator_load_people(p, e))
		return -1;
	struct workcal cal = registry_workcal(&p->registry);
	dayno period = report_due(&p->registry.settings, &cal, k, &x, p->today);
	if (period == DAY_NONE)
		return 0;
	if (pass_load_all(p, e))
		return -1;
	return k == REPORT_WEEK ? tell_week(p, &a, period, pulse, &last, e)
	                        : tell_quarter(p, &a, period, e);
}

int pass_tell_reports(struct pass *p, bool fetched, bool writes, struct err *e)
{
	struct pulse pulse;

	/* Counted after the rest of the pass: one that died in the middle was none. */
	if (store_pulse(p->store, p->now, fetched, &pulse, e))
		return -1;
	for (int k = 0; writes && k < REPORT_KIND_COUNT; k++)
		if (tell(p, (enum report_kind)k, &pulse, e))
			return -1;
	return 0;
}

int pass_preview_reports(struct pass *p, struct arena *a, bool json, struct buf *out, struct err *e)
{
	struct workcal cal = registry_workcal(&p->registry);
	const struct role *coordinator = deficiency_coordinator(&p->registry, p->today);
	struct pulse pulse;

	if (store_pulse_read(p->store, &pulse, e))
		return -1;
	for (int k = 0; k < REPORT_KIND_COUNT; k++) {
		struct report last;

		if (store_report_last(p->store, a, (enum report_kind)k, p->today, &last, e) < 0)
			return -1;
		struct report_state x = { .last = last.period, .started = pulse.started };
		if (report_due(&p->registry.settings, &cal, (enum report_kind)k, &x, p->today) == DAY_NONE)
			continue;
		const char *to = k == REPORT_WEEK ? (coordinator ? coordinator->address : NULL)
		                                  : board_addressee(p).address;
		outward_preview_letter(&(struct preview_letter){
			.letter = k == REPORT_WEEK ? "weekly" : "status", .body = case_body(p) ? case_body(p)->id : NULL,
			.to = to,
		}, json, out);
	}
	return 0;
}
