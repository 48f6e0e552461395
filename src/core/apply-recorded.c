/* SPDX-License-Identifier: EUPL-1.2 */
/* What a body decided, by the coordinator's word. */
#include <string.h>

#include "base/text.h"
#include "core/revision.h"
#include "src/core/apply-internal.h"

static enum inquiry_about about_of(const struct registry *r, const struct recorded *x,
                                   struct arena *a)
{
	struct due d;

	due_compute(r, x->item, x->day, a, &d);
	return revision_about(x->item, &d, x->inquiries, x->n_inquiries, x->review->id);
}

/* What its body was asked about that meeting is answered; what it was not asked is kept
 * as if it had been, so that it is known what is asked next. */
static void answered(const struct recorded *x, enum inquiry_about about, struct arena *a,
                     struct change *c)
{
	struct inquiry q = {
		.review = x->review->id, .meeting = x->day, .about = about, .n = 1, .day = DAY_NONE,
	};

	for (size_t i = 0; i < x->n_inquiries; i++)
		if (!x->inquiries[i].adjustment && x->inquiries[i].meeting == x->day
		    && !strcmp(x->inquiries[i].review, x->review->id))
			q = x->inquiries[i];
	q.outcome = x->outcome;
	change_inquiry(c, a, &q);
}

static void decide(const struct recorded *x, struct decided *d, struct arena *a, struct change *c)
{
	if (d->outcome == OUTCOME_REVISE) {
		answered(x, d->about, a, c);
		apply_send_back(c, a, d);
		return;
	}
	if (x->renews)
		d->about = INQUIRY_RENEWAL;
	apply_approve(c, a, d, NULL);
}

static const struct body *decider(const struct registry *r, const struct recorded *x, enum inquiry_about about)
{
	return x->renews || x->outcome == OUTCOME_ENDED ? revision_decider(r, x->item, x->day)
	                                                : revision_body(r, x->item, about, x->day);
}

static bool awaits(const struct recorded *x)
{
	return x->review && review_next(x->review->state, REVIEW_ON_DECIDE).ok;
}

static dayno later(dayno a, dayno b)
{
	return a == DAY_NONE || (b != DAY_NONE && b > a) ? b : a;
}

/* A decision is on what was signed, and no older than the one that is known. */
static dayno possible_from(const struct recorded *x)
{
	dayno since = x->item->decided;

	if (awaits(x))
		since = later(since, later(x->review->opened, x->review->signed_on));
	return since;
}

enum apply_note apply_decision_note(const struct registry *r, const struct recorded *x, struct arena *a,
                                    dayno *since, const struct body **body)
{
	*since = possible_from(x);
	*body = decider(r, x, awaits(x) ? about_of(r, x, a) : INQUIRY_REVIEW);
	if (*since != DAY_NONE && x->day < *since)
		return NOTE_TOO_EARLY;
	if (!x->outside && *body && meeting_calendar_reaches(r, (*body)->id, x->day)
	    && !apply_met(r, (*body)->id, x->day))
		return NOTE_NO_MEETING;
	return NOTE_NONE;
}

enum { PARAGRAPH_MOST = 9 /* bytes of a number, as in replies */ };

const char *apply_paragraph(struct arena *a, const char *said)
{
	static const char *const signs[] = { "§§", "§", "paragraf", "paragraph", "par." , "par" };
	const char *at = text_fold(a, said);

	for (size_t i = 0; i < ARRAY_LEN(signs); i++)
		if (text_starts(at, signs[i])) {
			at += strlen(signs[i]);
			break;
		}
	at += strspn(at, ": ");
	size_t n = strcspn(at, " ");
	if (*at < '1' || *at > '9' || strspn(at, "0123456789abcdefgh/-") < n || n > PARAGRAPH_MOST || (at[n] && strcmp(at + n, " §") != 0))
		return NULL;
	return arena_fmt(a, "§ %.*s", (int)n, at);
}

bool apply_decision(const struct registry *r, const struct recorded *x, struct arena *a,
                    struct change *change)
{
	bool waits = awaits(x);
	bool by_itself = x->renews || x->outcome == OUTCOME_ENDED;
	enum inquiry_about about = waits ? about_of(r, x, a) : INQUIRY_REVIEW;
	const struct body *body = decider(r, x, about);
	struct decided d = {
		.review = waits ? x->review : NULL, .item = x->item->id, .body = body ? body->id : NULL,
		.paragraph = x->paragraph, .registry_no = x->registry_no, .reported_by = x->reported_by,
		.trust = x->outside ? "meeting=none\n" : "", .day = x->day, .adjusted = x->adjusted, .outcome = x->outcome, .about = about,
	};

	if (!body || (!waits && !by_itself) || (x->outcome == OUTCOME_REVISE && about != INQUIRY_OPTIONS))
		return false;
	change->at = x->at;
	if (waits)
		decide(x, &d, a, change);
	else
		apply_renew(change, a, &d);
	return true;
}
