/* SPDX-License-Identifier: EUPL-1.2 */
/* In: an answer to a letter about reported deficiencies. */
#include <string.h>

#include "src/app/cases.h"
#include "src/app/inward.h"

/* One case of the letter, and what the answer did to it. */
struct told_case {
	int n;
	struct deficiency *d;
	enum deficiency_result result;
	bool answered;
};

struct desk {
	struct told_case *at;
	size_t n, open;
	const struct role *as;
	bool coordinator;
};

static const char *pick(const struct pass *p, const char *sv, const char *en)
{
	return p->lang == VIEW_SV ? sv : en;
}

static bool done(enum deficiency_result r)
{
	return r == DEFICIENCY_IS_CLOSED || r == DEFICIENCY_IS_MISTAKEN || r == DEFICIENCY_IS_INCIDENT
	       || r == DEFICIENCY_CONCERNS || r == DEFICIENCY_HANDED_BACK;
}

/* ---- what they hear back ---- */

static const char *said_words(const struct pass *p, enum deficiency_result r)
{
	switch (r) {
	case DEFICIENCY_IS_CLOSED:
		return pick(p, "STÄNGD", "CLOSED");
	case DEFICIENCY_IS_MISTAKEN:
		return pick(p, "FELAKTIG ANMÄLAN", "MISTAKEN REPORT");
	case DEFICIENCY_IS_INCIDENT:
		return pick(p, "ÄR EN INCIDENT", "IS AN INCIDENT");
	case DEFICIENCY_CONCERNS:
		return pick(p, "GÄLLER", "CONCERNS");
	case DEFICIENCY_HANDED_BACK:
		return pick(p, "INTE MIN", "NOT MINE");
	case DEFICIENCY_NOTHING:
	case DEFICIENCY_WAS_CLOSED:
	case DEFICIENCY_WHICH_ITEM:
	case DEFICIENCY_COORDINATORS:
		break;
	}
	return pick(p, "inget registrerat", "nothing recorded");
}

static const char *follows(const struct pass *p, struct arena *a, const struct told_case *x)
{
	switch (x->result) {
	case DEFICIENCY_IS_CLOSED:
		return pick(p, "Vi påminner inte mer.", "No more reminders.");
	case DEFICIENCY_IS_MISTAKEN:
		return pick(p, "Den räknas inte.", "It does not count.");
	case DEFICIENCY_IS_INCIDENT:
		return x->d->item ? pick(p, "Det som berörs ska ses över. Ärendet är öppet tills någon stänger det.",
		                         "What it concerns is to be reviewed. The case is open until it is closed.")
		                  : pick(p, "Svara också vad den gäller, till exempel \"GÄLLER T005\".",
		                         "Answer also what it concerns: \"CONCERNS T005\".");
	case DEFICIENCY_CONCERNS:
		return arena_fmt(a, "%s. %s", case_item(p, a, x->d),
		                 pick(p, "Den som ansvarar får veta det.", "Whoever is responsible is told."));
	case DEFICIENCY_HANDED_BACK:
		return pick(p, "Samordnaren får fråga någon annan.", "The coordinator asks somebody else.");
	case DEFICIENCY_WAS_CLOSED:
		return pick(p, "Ärendet är redan stängt.", "The case is closed already.");
	case DEFICIENCY_WHICH_ITEM:
		return pick(p, "Skriv en beteckning ur registret, till exempel \"GÄLLER T005\".",
		            "Write an id of the register: \"CONCERNS T005\".");
	case DEFICIENCY_COORDINATORS:
		return pick(p, "Bara samordnaren kan säga det; ditt svar går dit.",
		            "Only the coordinator can say that, and sees your answer.");
	case DEFICIENCY_NOTHING:
		break;
	}
	return NULL;
}

static void receipt_rows(const struct pass *p, struct arena *a, const struct desk *desk,
                         struct letter_words *w)
{
	const struct deficiency *first = NULL;

	w->rows = arena_alloc(a, desk->n * sizeof(*w->rows));
	for (size_t i = 0; i < desk->n; i++) {
		const struct told_case *x = &desk->at[i];

		if (!x->answered)
			continue;
		first = first ? first : x->d;
		w->recorded |= x->result != DEFICIENCY_WAS_CLOSED;
		w->rows[w->n_rows++] = (struct letter_row){
			.n = arena_fmt(a, "%d", x->n), .title = arena_dup(a, x->d->ref),
			.answer = said_words(p, x->result), .follows = follows(p, a, x),
		};
	}
	w->object = w->n_rows == 1 && first
	            ? arena_fmt(a, "%s %s", pick(p, "brist", "deficiency"), first->ref)
	            : arena_fmt(a, "%zu %s", w->n_rows, pick(p, "brister", "deficiencies"));
}

static void question_words(const struct pass *p, struct arena *a, const struct incoming *in,
                           const struct desk *desk, const char *problem, struct letter_words *w)
{
	const struct deficiency **cases = arena_alloc(a, desk->n * sizeof(*cases));
	int *number = arena_alloc(a, desk->n * sizeof(*number));
	struct case_letter l = {
		.to = desk->as, .coordinator = desk->coordinator, .cases = cases, .number = number,
	};

	for (size_t i = 0; i < desk->n; i++) {
		if (desk->at[i].d->state != DEFICIENCY_OPEN)
			continue;
		number[l.n] = desk->at[i].n;
		cases[l.n++] = desk->at[i].d;
	}
	case_words(p, a, &l, &in->letter, w);
	w->first = false;
	w->problem = problem;
}

static int answer(struct pass *p, struct arena *a, struct incoming *in, const struct desk *desk,
                  const char *problem, struct change *c, struct err *e)
{
	struct letter_words w = { .single = desk->n == 1 };
	const char *message_id;

	int may = inward_may_answer(p, a, in, in->mail.from, problem != NULL, e);
	if (may <= 0)
		return may;
	letter_common_words(p, a, &in->letter, case_body(p), desk->as, &w);
	struct wall wall = zone_wall(in->row.received);
	w.received_long = letter_day_long(p, a, wall.day);
	w.received_time = arena_fmt(a, "%02d.%02d", wall.hour, wall.minute);
	if (problem)
		question_words(p, a, in, desk, problem, &w);
	else
		receipt_rows(p, a, desk, &w);
	struct letter_mail m = {
		.template_name = problem ? "deficiency-letter" : "receipt", .letter = &in->letter,
		.to_name = desk->as->title, .to = in->mail.from, .is_answer = true,
		.answers_id = in->mail.message_id,
	};
	if (letter_write(p, a, &m, &w, c, &message_id, e))
		return -1;
	change_letter(c, a, &in->letter);
	return 0;
}

/* ---- what the answer does ---- */

/* "GÄLLER T005" and "ÄR EN INCIDENT" in one mail are said of the same case. */
static void one_answer(const struct pass *p, struct arena *a, const struct answer *said, dayno day,
                       struct desk *desk, struct change *c)
{
	const struct deficiency_answer x = {
		.answer = said, .role = desk->as->id, .coordinator = desk->coordinator, .day = day,
	};

	for (size_t i = 0; i < desk->n; i++) {
		struct told_case *t = &desk->at[i];
		struct event incident;

		if (said->n ? said->n != t->n : desk->n > 1 && t->d->state != DEFICIENCY_OPEN)
			continue;
		t->result = deficiency_answered(&p->registry, a, t->d, &x, &incident);
		t->answered = true;
		if (incident.name)
			change_event(c, a, &incident);
		case_record(c, a, "deficiency-answered", t->d,
		            arena_fmt(a, "result=%s\nrole=%s\n", deficiency_result_name(t->result),
		                      desk->as->id));
	}
}

/* Why nothing can be done about it, to be told to the sender; NULL: something can. */
static const char *problem_of(const struct pass *p, const struct reply *reply,
                              const struct desk *desk)
{
	if (!desk->open)
		return NULL; /* they are told that it is closed */
	if (!reply->n_answers)
		return pick(p, "Skriv ett av svaren nedan, och inget mer före det.",
		            "Write one of the answers below, and nothing else before it.");
	for (size_t i = 0; i < reply->n_answers; i++) {
		bool known = !reply->answers[i].n;

		if (!reply->answers[i].n && desk->open > 1)
			return pick(p, "Skriv vilket nummer du menar.", "Write which number you mean.");
		for (size_t k = 0; k < desk->n; k++)
			known |= desk->at[k].n == reply->answers[i].n;
		if (!known)
			return pick(p, "Mejlet har ingen rad med det numret.", "The letter has no row with that number.");
	}
	return NULL;
}

static void lay_out(const struct pass *p, struct arena *a, const struct incoming *in,
                    const struct trust *trust, struct deficiencies *cases, struct desk *desk)
{
	const struct role *coordinator = deficiency_coordinator(&p->registry, in->day);

	*desk = (struct desk){
		.at = arena_alloc(a, cases->n * sizeof(*desk->at)), .n = cases->n, .as = trust->as,
		.coordinator = coordinator && (!strcmp(coordinator->id, in->letter.role)
		                               || !strcmp(coordinator->id, trust->as->id)),
	};
	for (size_t i = 0; i < cases->n; i++) {
		desk->at[i] = (struct told_case){ .n = cases->number[i], .d = &cases->at[i] };
		desk->open += cases->at[i].state == DEFICIENCY_OPEN;
	}
}

static const char *apply(const struct pass *p, struct arena *a, const struct incoming *in,
                         const struct reply *reply, struct desk *desk, const char **reason,
                         struct change *c)
{
	const char *status = "answered";
	bool person = false;

	for (size_t i = 0; i < reply->n_answers; i++)
		one_answer(p, a, &reply->answers[i], in->day, desk, c);
	for (size_t i = 0; i < desk->n; i++) {
		if (!desk->at[i].answered)
			continue;
		if (done(desk->at[i].result)) {
			change_deficiency(c, a, desk->at[i].d);
			status = "applied";
		}
		person |= desk->at[i].result == DEFICIENCY_COORDINATORS;
		*reason = arena_fmt(a, "%s: %s", desk->at[i].d->ref, deficiency_result_name(desk->at[i].result));
	}
	return person ? "coordinator" : status;
}

int inward_case_reply(struct pass *p, struct arena *a, struct incoming *in,
                      const struct reply *reply, const struct trust *trust, struct err *e)
{
	struct change c = { .at = p->now };
	const char *status, *reason = reply->reason;
	struct deficiencies cases;
	struct desk desk;

	/* An answer opens and closes a case, and approves nothing: where no domain is
	 * checked, its token and its sender are enough. */
	if (!trust->identified || trust->domain == FACT_NO || !trust->as)
		return inward_for_person(p, a, in, reply->verdict, trust->why_sender, e);
	if (store_letter_deficiencies(p->store, a, in->letter.ref, &cases, e))
		return -1;
	lay_out(p, a, in, trust, &cases, &desk);
	const char *problem = problem_of(p, reply, &desk);
	if (problem)
		status = "answered";
	else
		status = apply(p, a, in, reply, &desk, &reason, &c);
	if (reply->n_answers || problem) {
		if (answer(p, a, in, &desk, problem, &c, e))
			return -1;
	} else {
		status = "coordinator"; /* some words about what is closed */
	}
	return inward_finish(p, in, &c, status, reply->verdict, reason, NULL, a, e);
}
