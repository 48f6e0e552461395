/* SPDX-License-Identifier: EUPL-1.2 */
/* Out: a finished case for the body that chooses what is to become of a document. */
#include <string.h>

#include "core/revision.h"
#include "src/app/outward.h"
#include "store/deficiencies.h"

/* One such letter being written. What it says comes from the pass's own register: the
 * whole one is only read for what is counted. */
struct prompt {
	const struct pass *p;
	struct arena *a;
	const struct plan_item *x;
	const struct registry *r; /* the whole one */
	const struct item *item;  /* as that has it */
	struct letter_words *w;
};

static const char *pick(const struct pass *p, const char *sv, const char *en)
{
	return p->lang == VIEW_SV ? sv : en;
}

static void add_line(struct letter_lines *to, const char *line, const char *day)
{
	to->at[to->n++] = (struct letter_line){ .line = line, .day = day };
}

static const char *holder_words(const struct prompt *t, bool starts)
{
	return t->x->holder ? view_post(t->a, t->x->holder->title, starts, t->p->lang) : NULL;
}

/* What its holder made of it. */
static const char *proposal_line(const struct prompt *t, enum reply_outcome proposed)
{
	const char *who = t->x->holder ? holder_words(t, true) : pick(t->p, "Den ansvariga", "The holder");
	const char *when = letter_day_long(t->p, t->a, t->x->review.signed_on);
	const char *what = proposed == OUTCOME_REVISE ? pick(t->p, "föreslår att det ändras", "proposes to revise it")
	                   : proposed == OUTCOME_ENDED ? pick(t->p, "föreslår att det upphävs", "proposes to repeal it")
	                   : proposed == OUTCOME_EDITORIAL
	                   ? pick(t->p, "bedömer att det gäller, med redaktionella ändringar",
	                          "finds that it holds, with editorial changes")
	                   : pick(t->p, "bedömer att det fortfarande gäller", "finds that it still holds");

	return t->p->lang == VIEW_SV ? arena_fmt(t->a, "%s följde upp dokumentet %s och %s.", who, when, what)
	                             : arena_fmt(t->a, "%s followed the document up on %s and %s.", who, when, what);
}

static const char *reason_words(const struct prompt *t, const struct reason *r)
{
	switch (r->source) {
	case REASON_EVENT:
		return arena_fmt(t->a, "%s: %s", pick(t->p, "Händelse", "Event"), r->rule->event);
	case REASON_CONTRACT:
		return pick(t->p, "Avtalet går ut", "Its contract ends");
	case REASON_DEFICIENCIES:
		return pick(t->p, "Flera brister har anmälts", "Several deficiencies were reported");
	case REASON_CASCADE:
		return pick(t->p, "Det överordnade dokumentet har beslutats på nytt",
		            "The document above it was decided anew");
	case REASON_OWN:
	case REASON_DEFAULT:
		break;
	}
	if (r->rule->kind == RULE_END)
		return pick(t->p, "Giltighetstiden går ut", "Its validity ends");
	return r->rule->text ? r->rule->text : pick(t->p, "Återkommande uppföljning", "Recurring follow-up");
}

/* Of one sentence that gives two dates, the earlier is the reason. */
static bool said_earlier(const struct prompt *t, size_t at)
{
	const struct due *d = &t->x->due;

	for (size_t i = 0; i < d->n_reasons; i++) {
		const struct reason *other = &d->reasons[i];
		bool before = other->due < d->reasons[at].due || (other->due == d->reasons[at].due && i < at);

		if (i != at && other->due != DAY_NONE && before
		    && !strcmp(reason_words(t, other), reason_words(t, &d->reasons[at])))
			return true;
	}
	return false;
}

static void reason_lines(const struct prompt *t, enum reply_outcome proposed)
{
	const struct due *d = &t->x->due;
	struct letter_lines *to = &t->w->reasons;

	to->at = arena_alloc(t->a, (d->n_reasons + 1) * sizeof(*to->at));
	for (size_t i = 0; i < d->n_reasons; i++) {
		const struct reason *r = &d->reasons[i];

		if (r->due == DAY_NONE || said_earlier(t, i))
			continue;
		add_line(to, arena_fmt(t->a, "%s: %s %s.", reason_words(t, r), pick(t->p, "senast", "by"),
		                       letter_day_long(t->p, t->a, r->due)), NULL);
	}
	add_line(to, proposal_line(t, proposed), NULL);
}

static void meeting_step(const struct prompt *t, const struct meeting *m)
{
	const struct body *b = m ? registry_body(&t->p->registry, m->body) : NULL;

	if (b)
		add_line(&t->w->steps, b->name, letter_day_long(t->p, t->a, m->day));
}

/* The mandate is given at the meeting: what lies before it is too late. */
static void way_lines(const struct prompt *t, dayno meeting)
{
	struct revision_way way = revision_way(t->r, t->item, t->x->review.due, meeting);

	t->w->late = way.late;
	if (way.stop == DAY_NONE)
		return;
	t->w->steps.at = arena_alloc(t->a, 4 * sizeof(*t->w->steps.at));
	add_line(&t->w->steps, pick(t->p, "Underlaget klart", "Papers ready"),
	         letter_day_long(t->p, t->a, way.stop));
	meeting_step(t, way.at.group);
	meeting_step(t, way.at.board);
	meeting_step(t, way.at.council);
	t->w->planned = true;
}

static const char *number(const struct prompt *t, int n)
{
	return arena_fmt(t->a, "%d", n);
}

static void state_words(const struct prompt *t, const struct deficiencies *reported)
{
	struct revision_state s;
	int since = 0, open = 0;
	dayno from = t->x->due.anchor;

	revision_count(t->r, t->item, t->p->today, &s);
	for (size_t i = 0; i < reported->n; i++) {
		const struct deficiency *d = &reported->at[i];

		since += d->state != DEFICIENCY_MISTAKEN && (from == DAY_NONE || d->day > from);
		open += d->state == DEFICIENCY_OPEN;
	}
	if (s.routines) {
		t->w->all_routines = number(t, s.routines);
		t->w->late_routines = number(t, s.late_routines);
	}
	if (s.inventories) {
		t->w->all_inventories = number(t, s.inventories);
		t->w->late_inventories = number(t, s.late_inventories);
	}
	t->w->deficiencies = number(t, since);
	t->w->open_deficiencies = number(t, open);
}

/* If it is kept at that meeting, when it is followed up next. */
static dayno kept_until(const struct prompt *t, dayno meeting)
{
	struct item after = *t->item;
	struct due d;

	after.reviewed = meeting;
	after.reviewed_for = t->x->review.due;
	due_compute(t->r, &after, meeting, t->a, &d);
	return d.due;
}

static void document_words(const struct prompt *t, const struct plan_letter *l)
{
	const struct registry *own = &t->p->registry;
	const struct item *i = t->x->item;
	const struct body *decider = revision_decider(own, i, t->p->today);
	const struct unit *unit = l->body->unit ? registry_unit(own, l->body->unit) : NULL;
	dayno decided = i->revised > i->decided ? i->revised : i->decided;

	t->w->decided_by = decider ? decider->name : i->decided_by;
	t->w->decided_long = letter_day_long(t->p, t->a, decided);
	t->w->paragraph = i->paragraph;
	t->w->document_no = i->registry_no;
	t->w->followed_long = letter_day_long(t->p, t->a, i->reviewed);
	t->w->mandated = unit && unit->head_title ? view_post(t->a, unit->head_title, true, t->p->lang)
	                 : pick(t->p, "Förvaltningen", "The administration");
	t->w->proposer = t->x->holder ? holder_words(t, false) : letter_coordinator(t->p, t->a, false);
	t->w->kept_until_long = letter_day_long(t->p, t->a, kept_until(t, l->meeting));
	struct workcal cal = registry_workcal(own);

	t->w->next_long = letter_day_long(t->p, t->a, plan_letter_day(&cal, l->meeting + 1));
	t->w->overdue = t->x->review.due < t->p->today;
	t->w->deadline_long = letter_day_long(t->p, t->a, t->x->review.due);
	t->w->deadline_short = letter_day_short(t->p, t->a, l->meeting);
}

/* The newest sign-off that stands tells what was proposed. */
static int proposed(const struct pass *p, struct arena *a, const struct plan_item *x,
                    enum reply_outcome *out, struct err *e)
{
	struct review own = x->review;
	struct reviews of = { .at = &own, .n = 1 };
	struct standings standing;

	if (store_signoffs(p->store, a, &of, &standing, e))
		return -1;
	*out = standing.n ? standing.at[0].outcome : OUTCOME_NONE;
	return 0;
}

int outward_revision(const struct pass *p, struct arena *a, const struct plan_letter *l,
                     struct letter_words *w, struct err *e)
{
	struct registry all AUTO(registry_release);
	struct prompt t = { .p = p, .a = a, .x = &l->items[0], .r = &all, .w = w };
	struct deficiencies reported;
	enum reply_outcome proposes;

	registry_init(&all);
	if (store_load(p->store, &all, e) || store_deficiencies(p->store, a, &reported, e)
	    || proposed(p, a, t.x, &proposes, e))
		return -1;
	t.item = registry_item(&all, t.x->item->id);
	if (!t.item)
		return err_set(e, ERR_FOUND, "item %s is not in the database", t.x->item->id);
	document_words(&t, l);
	reason_lines(&t, proposes);
	state_words(&t, &reported);
	way_lines(&t, l->meeting);
	return 0;
}
