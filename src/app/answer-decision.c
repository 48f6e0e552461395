/* SPDX-License-Identifier: EUPL-1.2 */
/* The words of what a secretary hears back. */
#include <assert.h>

#include "base/attr.h"
#include "src/app/answer.h"

static const char *pick(const struct pass *p, const char *sv, const char *en)
{
	return p->lang == VIEW_SV ? sv : en;
}

/* What was said of the minutes, where there is a decision that they hold. */
static const char *minutes_word(const struct pass *p, const struct applied_item *x)
{
	if (x->outcome == OUTCOME_NONE || x->adjusted == ADJUSTED_UNSAID)
		return "";
	return x->adjusted == ADJUSTED_YES ? pick(p, ", justerat", ", adjusted")
	                                   : pick(p, ", ej justerat", ", not adjusted");
}

const char *answer_decision_word(const struct pass *p, struct arena *a, const struct applied_item *x)
{
	static const char *const words[OUTCOME_COUNT][2] = {
		[OUTCOME_NONE] = { "JUSTERAT", "ADJUSTED" },
		[OUTCOME_APPROVED] = { "BESLUT", "DECISION" },
		[OUTCOME_REJECTED] = { "AVSLAG", "REJECTED" },
		[OUTCOME_NOTED] = { "NOTERAT", "NOTED" },
		[OUTCOME_REFERRED_BACK] = { "ÅTERREMISS", "REFERRED BACK" },
		[OUTCOME_TABLED] = { "BORDLAGT", "TABLED" },
		[OUTCOME_WITHDRAWN] = { "UTGICK", "WITHDRAWN" },
		[OUTCOME_ENDED] = { "UPPHÄVT", "REPEALED" },
		[OUTCOME_REVISE] = { "UPPDRAG ATT REVIDERA", "MANDATE TO REVISE" },
	};
	char date[DATE_TEXT];

	const char *word = words[x->outcome][p->lang == VIEW_SV ? 0 : 1];

	assert(word); /* no body decides that a deficiency is mended */
	if (x->option) /* as it was put: "BESLUT A" */
		word = arena_fmt(a, "%s %s", words[OUTCOME_APPROVED][p->lang == VIEW_SV ? 0 : 1], x->option);
	return arena_fmt(a, "%s %s%s%s%s%s%s", word, date_text(x->decided, date), x->paragraph ? " " : "",
	                 x->paragraph ? x->paragraph : "", x->registry_no ? ", " : "",
	                 x->registry_no ? x->registry_no : "", minutes_word(p, x));
}

const char *answer_decision_note(const struct pass *p, struct arena *a, enum apply_note note)
{
	static const char *const words[][2] = {
		[NOTE_NO_PARAGRAPH] = { "Skriv också paragrafen: utan den vet vi inte vilket beslut det är.",
		                        "Write the paragraph too: without it we do not know which decision it is." },
		[NOTE_NO_OPTION] = { "Skriv också vilket förslag det blev, A eller B: det framgår inte om dokumentet "
		                     "behålls eller ska ändras.",
		                     "Write which proposal was taken too, A or B: we cannot tell whether the document "
		                     "is kept or to be revised." },
		[NOTE_NO_MEETING] = { "Den dagen finns inget sammanträde i kalendern. Skriv vilken dag nämnden "
		                      "beslutade.",
		                      "The calendar has no meeting that day. Write which day the committee decided." },
		[NOTE_NOT_YET] = { "Den dagen har inte varit än. Skriv vilken dag nämnden beslutade.",
		                   "That day is still to come. Write which day the committee decided." },
		[NOTE_TOO_EARLY] = { "Den dagen var granskningen inte begärd än. Skriv vilken dag nämnden beslutade.",
		                     "That day the review had not been asked for. Write which day the committee "
		                     "decided." },
		[NOTE_OTHER] = { "Det är ett annat beslut än det du skrev först.",
		                 "That is another decision than you wrote first." },
		[NOTE_UNADJUSTED] = { "Beslutet står som ej justerat tills du svarar JUSTERAT.",
		                      "The decision stands as not adjusted until you answer ADJUSTED." },
	};
	const char *why = words[note][p->lang == VIEW_SV ? 0 : 1];

	return note != NOTE_OTHER ? why
	       : arena_fmt(a, "%s %s %s", why, letter_coordinator(p, a, true),
	                   pick(p, "ser ditt svar.", "sees your answer."));
}

const char *answer_decided(const struct pass *p, struct arena *a, const struct applied_item *x)
{
	const char *again = x->again == DAY_NONE ? NULL : letter_day_long(p, a, x->again);

	switch (x->outcome) {
	case OUTCOME_NONE:
		return pick(p, "klart; beslutet är justerat", "done; the decision is adjusted");
	case OUTCOME_REVISE:
		return pick(p, "dokumentet ska ändras; den ansvariga får veta det, och den som beslutar om dokumentet "
		               "får frågan när förslaget är klart",
		            "the document is to be revised; who is responsible hears of it, and who decides on it is "
		            "asked once the proposal is ready");
	case OUTCOME_REFERRED_BACK:
	case OUTCOME_REJECTED:
		return pick(p, "granskningen är inte klar; den ansvariga får veta att arbetet ska göras om",
		            "the review is not finished; who is responsible hears that the work is to be done again");
	case OUTCOME_TABLED:
	case OUTCOME_WITHDRAWN:
		return again ? arena_fmt(a, "%s %s", pick(p, "vi frågar igen efter nästa sammanträde,",
		                                          "we ask again after the next meeting,"), again)
		             : pick(p, "vi frågar igen efter nästa sammanträde", "we ask again after the next meeting");
	case OUTCOME_APPROVED:
	case OUTCOME_NOTED:
	case OUTCOME_ENDED:
	case OUTCOME_EDITORIAL:
	case OUTCOME_MENDED:
	case OUTCOME_CLOSED:
	case OUTCOME_MISTAKEN:
	case OUTCOME_INCIDENT:
	case OUTCOME_CONCERNS:
	case OUTCOME_COUNT:
		break;
	}
	if (x->outcome == OUTCOME_ENDED && x->back)
		return pick(p, "dokumentet ska upphävas; den ansvariga får veta det, och den som beslutar om dokumentet "
		               "får frågan",
		            "the document is to be repealed; who is responsible hears of it, and who decides on it is asked");
	const char *next = x->outcome == OUTCOME_ENDED
	                   ? pick(p, "klart; dokumentet är upphävt och bevakas inte längre",
	                          "done; the document is repealed and no longer watched")
	                   : x->renewed && x->next_due == DAY_NONE
	                   ? pick(p, "klart; dokumentet är beslutat på nytt", "done; the document is decided anew")
	                   : x->next_due == DAY_NONE
	                   ? pick(p, "klart", "done")
	                   : arena_fmt(a, "%s %s", pick(p, "klart; nästa granskning", "done; the next review"),
	                               letter_day_long(p, a, x->next_due));
	return again ? arena_fmt(a, "%s; %s %s", next, pick(p, "vi frågar om justeringen", "we ask about the minutes"),
	                         again) : next;
}

const char *answer_delegated(const struct pass *p, struct arena *a, const struct letter *l,
                             const struct applied_item *x)
{
	const struct body *body = registry_body(&p->registry, l->body);
	const char *to = body ? body->name : pick(p, "kommunstyrelsen", "the board");
	const char *day = letter_day_long(p, a, x->decided);
	const char *done = p->lang == VIEW_SV
	                   ? arena_fmt(a, "ditt delegationsbeslut %s; det ska anmälas till %s", day, to)
	                   : arena_fmt(a, "your decision by delegation of %s; it is to be reported to %s", day, to);

	return x->next_due == DAY_NONE
	       ? done : arena_fmt(a, "%s; %s %s", done, pick(p, "nästa gång", "next time"),
	                          letter_day_long(p, a, x->next_due));
}

void answer_waiting(const struct pass *p, struct arena *a, const struct reviews *reviews,
                         dayno meeting, struct letter_words *w)
{
	w->rows = arena_alloc(a, reviews->n * sizeof(*w->rows));
	for (size_t i = 0; i < reviews->n; i++) {
		const struct review *r = &reviews->at[i];
		const struct item *item = registry_item(&p->registry, r->item);

		if (r->state == REVIEW_AWAITING && item)
			w->rows[w->n_rows++] = (struct letter_row){
				.n = arena_fmt(a, "%d", r->n), .title = letter_title(a, item),
			};
	}
	letter_decision_words(a, meeting, w);
}
