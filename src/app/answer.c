/* SPDX-License-Identifier: EUPL-1.2 */
/* The words of receipts and of questions back. */
#include <stdio.h>
#include <string.h>

#include "app/letter.h"
#include "base/text.h"
#include "core/posts.h"
#include "src/app/answer.h"

enum { QUOTE = 60 }; /* code points of a reply that an answer repeats at most */

static const char *pick(const struct pass *p, const char *sv, const char *en)
{
	return p->lang == VIEW_SV ? sv : en;
}

static const char *verdict_word(const struct pass *p, struct arena *a, const struct applied_item *x)
{
	switch (x->verdict) {
	case VERDICT_APPROVE:
		return x->delegated ? pick(p, "GODKÄNNS (delegationsbeslut)", "APPROVED (decision by delegation)")
		                    : pick(p, "GODKÄNNS", "APPROVED");
	case VERDICT_CHANGES:
		return answer_proposal_word(p, x);
	case VERDICT_REJECT:
		return pick(p, "GODKÄNNS INTE", "NOT APPROVED");
	case VERDICT_EXTENSION:
		return arena_fmt(a, "%s %s", pick(p, "ANSTÅND till", "EXTENSION until"),
		                 letter_day_short(p, a, x->until));
	case VERDICT_WRONG_PERSON:
		return pick(p, "FEL PERSON", "WRONG PERSON");
	case VERDICT_FORWARDED:
		return pick(p, "VIDAREBEFORDRAT", "FORWARDED");
	case VERDICT_UNDO:
		return pick(p, "ÅNGRA", "UNDO");
	case VERDICT_DECISION:
		return answer_decision_word(p, a, x);
	case VERDICT_NONE:
	case VERDICT_QUESTION:
	case VERDICT_UNCLEAR:
	case VERDICT_COUNT:
		break;
	}
	return pick(p, "inget registrerat", "nothing recorded");
}

/* Of what was to be confirmed. */
static const char *confirm_words(const struct pass *p, struct arena *a, enum apply_note note)
{
	switch ((int)note) {
	case NOTE_CONFIRM_UNCLEAR:
		return pick(p, "Vi förstod inte ditt senaste svar. Skriv bara JA eller NEJ.",
		            "We did not understand your latest answer. Write only YES or NO.");
	case NOTE_CONFIRM_USED:
		return pick(p, "Den frågan är redan besvarad, så det här svaret ändrar ingenting. Det som "
		               "är registrerat ligger kvar.",
		            "That question has been answered already, so this answer changes nothing. What "
		            "is recorded stays.");
	case NOTE_CONFIRM_EXPIRED:
		return pick(p, "Tiden för att bekräfta har gått ut, så svaret är inte registrerat.",
		            "The time for confirming has passed, so the answer is not recorded.");
	case NOTE_CONFIRM_DROPPED:
		return arena_fmt(a, p->lang == VIEW_SV
		                    ? "Tack för att du sa till. Svaret är inte registrerat, och %s får veta att det "
		                      "inte var ditt."
		                    : "Thank you for telling us. The answer is not recorded, and %s is told that it "
		                      "was not yours.", letter_coordinator(p, a, false));
	case NOTE_TABLE_DROPPED:
		return pick(p, "Ditt svar var NEJ, så vi använder inte filen. Inget är ändrat i förteckningen.",
		            "Your answer was NO, so we do not use the file. Nothing is changed in the inventory.");
	}
	return NULL;
}

/* Why an answer is left to the coordinator. */
static const char *seen(const struct pass *p, struct arena *a, const char *why)
{
	return arena_fmt(a, "%s %s %s", why, letter_coordinator(p, a, true),
	                 pick(p, "ser ditt mejl.", "sees your mail."));
}

/* Why an answer cannot be taken back. */
static const char *undo_note(const struct pass *p, struct arena *a, enum apply_note note)
{
	if (note == NOTE_NO_ANSWER)
		return pick(p, "Här finns inget svar från dig att ångra.",
		            "There is no answer of yours to undo here.");
	if (note == NOTE_UNDO_LATE)
		return seen(p, a, arena_fmt(a, "%s %d %s",
		                            pick(p, "Ett svar går att ångra i", "An answer can be undone for"),
		                            p->registry.settings.undo_days,
		                            pick(p, "dagar, och de har gått.", "days, and they have passed.")));
	if (note == NOTE_UNDO_DECIDED)
		return seen(p, a, pick(p, "Beslut är redan fattat, så svaret går inte att ångra.",
		                       "It has been decided already, so the answer cannot be undone."));
	if (note == NOTE_UNDO_NEWER)
		return seen(p, a, pick(p, "Den granskningen har avslutats eller följts av en ny, så svaret går inte "
		                          "att ångra.",
		                       "That review has ended or been followed by another, so the answer cannot be "
		                       "undone."));
	if (note == NOTE_UNDO_CHANGED)
		return seen(p, a, pick(p, "Underlaget har ändrats sedan du svarade, så svaret går inte att ångra.",
		                       "It has changed since you answered, so the answer cannot be undone."));
	return seen(p, a, pick(p, "Någon annan har svarat efter dig, så ditt svar går inte att ångra.",
	                       "Somebody else has answered after you, so your answer cannot be undone."));
}

const char *answer_note(const struct pass *p, struct arena *a, enum apply_note note)
{
	switch (note) {
	case NOTE_ALREADY:
		return pick(p, "Den granskningen behöver inget svar längre.",
		            "That review needs no answer any more.");
	case NOTE_CHANGED:
		return pick(p, "Underlaget har ändrats sedan vi frågade, så svaret räknas inte. Svara på det nyare "
		            "mejlet, som visar vad som gäller nu.",
		            "It has changed since we asked, so the answer does not count. Answer the newer "
		            "letter, which shows what holds now.");
	case NOTE_NOT_YOURS:
		return arena_fmt(a, p->lang == VIEW_SV
		                    ? "Någon annan svarar för den granskningen nu; %s ser ditt svar."
		                    : "Somebody else answers for that review now; %s sees your answer.",
		                 letter_coordinator(p, a, false));
	case NOTE_NO_SUCH_ITEM:
		return pick(p, "Mejlet har ingen rad med det numret.", "The letter has no row with that number.");
	case NOTE_TOO_LATE:
		return arena_fmt(a, "%s %d %s", pick(p, "Anstånd går att få en gång och i högst",
		                                     "An extension can be had once and for at most"),
		                 p->registry.settings.extension_days,
		                 pick(p, "dagar. Din chef avgör om du behöver mer.",
		                      "days. Your superior decides if you need more."));
	case NOTE_NO_DATE:
		return pick(p, "Skriv till vilken dag du behöver anstånd.", "Write until which day you need more time.");
	case NOTE_NOT_CLEAR:
		return pick(p, "Ett svar räknas bara när det är helt och utan villkor: ett av orden nedan, och "
		               "inget mer än en hälsning.",
		            "An answer counts only when it is whole and unconditional: one of the words below, "
		            "and nothing more than a greeting.");
	case NOTE_WHICH:
		return pick(p, "Mejlet gäller flera granskningar. Skriv numret på dem du menar före ordet, eller ordet "
		               "ensamt om du menar alla.",
		            "The letter is about several reviews. Write the numbers of those you mean before the word, "
		            "or the word alone if you mean all of them.");
	case NOTE_NO_PARAGRAPH:
	case NOTE_NO_OPTION:
	case NOTE_NO_MEETING:
	case NOTE_NOT_YET:
	case NOTE_TOO_EARLY:
	case NOTE_OTHER:
	case NOTE_UNADJUSTED:
		return answer_decision_note(p, a, note);
	case NOTE_ELSEWHERE:
		return pick(p, "Frågan finns nu i ett nyare mejl från oss. Svara på det i stället.",
		            "The question stands in a newer mail from us now. Answer that one instead.");
	case NOTE_NO_ANSWER:
	case NOTE_UNDO_LATE:
	case NOTE_UNDO_DECIDED:
	case NOTE_UNDO_NEWER:
	case NOTE_UNDO_CHANGED:
	case NOTE_UNDO_OVERTAKEN:
		return undo_note(p, a, note);
	case NOTE_AUTHOR:
	case NOTE_COUNTED:
		return answer_joint_note(p, note);
	case NOTE_CONFIRM_UNCLEAR:
	case NOTE_CONFIRM_USED:
	case NOTE_CONFIRM_EXPIRED:
	case NOTE_CONFIRM_DROPPED:
	case NOTE_TABLE_DROPPED:
		return confirm_words(p, a, note);
	case NOTE_NONE:
		break;
	}
	return NULL;
}

/* What is open again once an answer has been taken back. */
static const char *undone_words(const struct pass *p, struct arena *a, const struct applied_item *x)
{
	const struct applied_item was = { .verdict = x->undone, .until = DAY_NONE };
	const char *answer = x->undone == VERDICT_EXTENSION ? pick(p, "ANSTÅND", "EXTENSION")
	                                                    : verdict_word(p, a, &was);

	const char *back = arena_fmt(a, "%s %s %s", pick(p, "ditt svar", "your answer"), answer,
	                             pick(p, "är återtaget", "is taken back"));
	if (x->stands)
		return arena_fmt(a, "%s; %s", back, pick(p, "ditt svar före det gäller igen",
		                                         "the one before it counts again"));
	if (x->until < p->today)
		return arena_fmt(a, "%s; %s", back,
		                 pick(p, "granskningen är öppen igen och försenad, svara så snart du kan",
		                      "the review is open again and overdue, answer as soon as you can"));
	return arena_fmt(a, "%s; %s %s", back,
	                 pick(p, "granskningen är öppen igen, svara senast", "the review is open again, answer by"),
	                 letter_day_long(p, a, x->until));
}

static const char *follows(const struct pass *p, struct arena *a, const struct letter *l,
                           const struct applied_item *x)
{
	if (x->note != NOTE_NONE)
		return answer_note(p, a, x->note);
	switch (x->verdict) {
	case VERDICT_APPROVE:
		if (x->delegated)
			return answer_delegated(p, a, l, x);
		if (x->joint && x->next_due == DAY_NONE && !x->awaiting)
			return answer_joint(p, a, x);
		if (x->awaiting)
			return pick(p, "anmäls till nämnden; nästa datum räknas när den har tagit upp det",
			            "is reported to the committee; the next date is worked out once it has dealt with it");
		if (x->next_due == DAY_NONE)
			return pick(p, "klart", "done");
		return arena_fmt(a, "%s %s", pick(p, "klart; nästa gång", "done; next time"),
		                 letter_day_long(p, a, x->next_due));
	case VERDICT_EXTENSION:
		return arena_fmt(a, "%s %s", pick(p, "ny tid:", "new date:"), letter_day_long(p, a, x->until));
	case VERDICT_CHANGES:
		if (x->outcome != OUTCOME_NONE)
			return answer_proposed(p, a, x);
		return answer_taken_up(p, a);
	case VERDICT_REJECT:
		return answer_taken_up(p, a);
	case VERDICT_WRONG_PERSON:
	case VERDICT_FORWARDED:
		return arena_fmt(a, "%s %s", letter_coordinator(p, a, false),
		                 pick(p, "frågar rätt person", "asks the right person"));
	case VERDICT_UNDO:
		return undone_words(p, a, x);
	case VERDICT_DECISION:
		return answer_decided(p, a, x);
	case VERDICT_NONE:
	case VERDICT_QUESTION:
	case VERDICT_UNCLEAR:
	case VERDICT_COUNT:
		break;
	}
	return NULL;
}

static bool answered_now(const struct applied *done, int n)
{
	for (size_t i = 0; i < done->n; i++)
		if (done->items[i].n == n && done->items[i].verdict != VERDICT_NONE)
			return true;
	return false;
}

/* After this answer: what it took back is open again. */
static bool open_now(const struct review *r, enum review_state open, const struct applied *done)
{
	for (size_t i = 0; i < done->n; i++)
		if (done->items[i].n == r->n && done->items[i].verdict == VERDICT_UNDO)
			return !done->items[i].stands;
	return r->state == open && (open != REVIEW_OPEN || review_asks(r)) && !answered_now(done, r->n);
}

static void left_words(struct arena *a, const struct letter *l, const struct reviews *reviews,
                       const struct applied *done, struct letter_words *w)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	enum review_state open = l->kind == LETTER_DECISION ? REVIEW_AWAITING : REVIEW_OPEN;

	for (size_t i = 0; i < reviews->n; i++) {
		const struct review *r = &reviews->at[i];

		if (!open_now(r, open, done))
			continue;
		if (!b.len)
			w->left_example = arena_fmt(a, "%d", r->n);
		buf_fmt(&b, "%s%d", b.len ? ", " : "", r->n);
	}
	w->left = b.len ? arena_dup(a, b.data) : NULL;
	w->open = b.len > 0 && open == REVIEW_OPEN;
}

static void answered_rows(const struct pass *p, struct arena *a, const struct letter *l,
                          const struct applied *done, struct letter_words *w)
{
	w->rows = arena_alloc(a, done->n * sizeof(*w->rows));
	for (size_t i = 0; i < done->n; i++) {
		const struct applied_item *x = &done->items[i];

		w->rows[w->n_rows++] = (struct letter_row){
			.n = x->n ? arena_fmt(a, "%d", x->n) : "–",
			.title = x->item ? letter_title(a, x->item) : "–",
			.answer = verdict_word(p, a, x),
			.follows = follows(p, a, l, x),
		};
	}
}

/* A question back shows again what still waits for an answer. */
void answer_open_rows(const struct pass *p, struct arena *a, const struct reviews *reviews,
                      struct letter_words *w)
{
	dayno last = DAY_NONE;
	bool may_extend = false;

	w->rows = arena_alloc(a, reviews->n * sizeof(*w->rows));
	for (size_t i = 0; i < reviews->n; i++) {
		const struct review *r = &reviews->at[i];
		const struct item *item = registry_item(&p->registry, r->item);
		char day[DATE_TEXT];

		if (!review_asks(r) || !item)
			continue;
		may_extend = may_extend || r->extended_until == DAY_NONE;
		last = r->act_by > last ? r->act_by : last;
		w->rows[w->n_rows++] = (struct letter_row){
			.n = arena_fmt(a, "%d", r->n),
			.title = letter_title(a, item),
			.act_by = arena_dup(a, date_text(r->act_by, day)),
			.reason = item->rule_text,
		};
	}
	w->extended = !may_extend;
	w->example_date = letter_example_day(p, a, last);
}

/* Whether what is offered is about rows that wait for an answer. */
static bool can_offer(const struct reply *reply, const struct reviews *reviews)
{
	for (size_t i = 0; i < reply->n_proposed; i++) {
		const struct answer *x = &reply->proposed[i];
		size_t open = 0;

		for (size_t k = 0; k < reviews->n; k++)
			open += review_asks(&reviews->at[k]) && (!x->n || x->n == reviews->at[k].n);
		/* "Rutinen ser bra ut" is no word about the others. */
		if ((!open && x->verdict != VERDICT_UNDO) || (open > 1 && !x->n && x->names))
			return false;
	}
	return true;
}

/* No more of the sender's own words is repeated than may be quoted; cut, they
 * would be another answer. */
static bool may_repeat(struct arena *a, const struct reply *reply, bool secret)
{
	for (size_t i = 0; i < reply->n_proposed; i++) {
		const struct answer *x = &reply->proposed[i];
		const char *text = x->verdict == VERDICT_CHANGES ? x->text : x->delegate;

		if (text && (secret || strcmp(text_cut(a, text, QUOTE), text) != 0))
			return false;
	}
	return true;
}

/* "1 GODKÄNNS; 2 ÄNDRING: …", as it stands in a row of a table. */
static const char *on_one_line(struct arena *a, const char *lines)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	for (; *lines; lines++)
		*lines == '\n' ? buf_str(&b, "; ") : buf_chr(&b, *lines);
	return arena_dup(a, b.data);
}

/* The first choices: what the reply seems to mean, to be answered with one tap. */
static void proposal_words(const struct pass *p, struct arena *a, const struct letter *l,
                           const struct reviews *reviews, const struct reply *reply, bool secret,
                           struct letter_words *w)
{
	const char *choice[REPLY_CHOICES];
	size_t n = can_offer(reply, reviews)
	           ? reply_choices(a, reply, p->lang != VIEW_SV, may_repeat(a, reply, secret), choice) : 0;

	w->choices = arena_alloc(a, REPLY_CHOICES * sizeof(*w->choices));
	for (size_t i = 0; i < n; i++)
		w->choices[w->n_choices++] = (struct letter_row){
			.answer = on_one_line(a, choice[i]),
			.link = letter_answer_link(p, a, l, choice[i]),
		};
	w->proposal = n > 0;
}

static bool anything_recorded(const struct applied *done)
{
	for (size_t i = 0; i < done->n; i++)
		if (done->items[i].verdict != VERDICT_NONE)
			return true;
	return false;
}

/* Until when what was recorded just now can be taken back, and how. */
static void undo_words(const struct pass *p, struct arena *a, const struct letter *l,
                       const struct applied *done, struct letter_words *w)
{
	bool any = false;

	for (size_t i = 0; i < done->n; i++)
		any |= done->items[i].verdict != VERDICT_NONE && done->items[i].verdict != VERDICT_UNDO
		       && done->items[i].verdict != VERDICT_DECISION && !done->items[i].delegated;
	if (!any)
		return;
	w->undo_link = letter_answer_link(p, a, l, pick(p, "ÅNGRA", "UNDO"));
	w->undo_long = letter_day_long(p, a, apply_undo_until(&p->registry, p->now));
}

const char *answer_object(const struct pass *p, struct arena *a, const struct reviews *reviews)
{
	const struct item *first = reviews->n ? registry_item(&p->registry, reviews->at[0].item) : NULL;

	if (!reviews->n)
		return pick(p, "ditt svar", "your answer");
	return reviews->n == 1 && first
	       ? letter_title(a, first)
	       : arena_fmt(a, "%zu %s", reviews->n, pick(p, "granskningar", "reviews"));
}

void answer_words(const struct pass *p, struct arena *a, const struct letter *l,
                  const struct reviews *reviews,
                  instant received, const struct reply *reply, const struct trust *trust,
                  const struct applied *done, struct letter_words *w)
{
	struct wall wall = zone_wall(received);
	const struct item *first = reviews->n ? registry_item(&p->registry, reviews->at[0].item) : NULL;
	bool secret = false;

	w->received_long = letter_day_long(p, a, wall.day);
	w->received_time = arena_fmt(a, "%02d.%02d", wall.hour, wall.minute);
	w->deputy = trust->deputy;
	w->object = answer_object(p, a, reviews);
	w->registry_no = reviews->n == 1 && first ? first->registry_no : NULL;
	if (done->answer != ANSWER_QUESTION)
		answered_rows(p, a, l, done, w);
	else if (l->kind == LETTER_DECISION)
		answer_waiting(p, a, reviews, done->meeting, w);
	else
		answer_open_rows(p, a, reviews, w);
	for (size_t i = 0; i < reviews->n; i++) {
		const struct item *item = registry_item(&p->registry, reviews->at[i].item);

		secret |= !item || item->name_protected;
		w->delegated |= item && post_decides(&p->registry, item, trust->as, p->today);
	}
	if (reply->text && !secret)
		w->quote = text_cut(a, text_tidy(a, reply->text), QUOTE);
	if (done->answer == ANSWER_RECEIPT)
		undo_words(p, a, l, done, w);
	else
		proposal_words(p, a, l, reviews, reply, secret, w);
	w->problem = answer_note(p, a, done->note == NOTE_NONE ? NOTE_NOT_CLEAR : done->note);
	w->decision = l->kind == LETTER_DECISION;
	w->recorded = anything_recorded(done);
	w->asks = done->asks;
	w->options = done->about == INQUIRY_OPTIONS;
	w->renewal = done->about == INQUIRY_RENEWAL;
	left_words(a, l, reviews, done, w);
}
