/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/change.h"

#include <string.h>

#include "base/attr.h"
#include "core/amendment.h"
#include "core/apply.h"
#include "core/renewal.h"

bool review_asks(const struct review *r)
{
	return r->state == REVIEW_OPEN && (!r->seat || r->said == VERDICT_NONE);
}

void change_review(struct change *c, struct arena *a, const struct review *r)
{
	c->reviews = arena_grow(a, c->reviews, c->n_reviews, &c->cap_reviews, sizeof(*r));
	c->reviews[c->n_reviews++] = *r;
}

void change_record(struct change *c, struct arena *a, const char *kind, const char *subject,
                   const char *facts)
{
	c->records = arena_grow(a, c->records, c->n_records, &c->cap_records, sizeof(*c->records));
	c->records[c->n_records++] = (struct record_entry){
		.kind = kind, .subject = subject, .facts = facts,
	};
}

void change_mail(struct change *c, struct arena *a, const struct outmail *m)
{
	c->mails = arena_grow(a, c->mails, c->n_mails, &c->cap_mails, sizeof(*m));
	c->mails[c->n_mails++] = *m;
}

void change_letter(struct change *c, struct arena *a, const struct letter *l)
{
	c->letters = arena_grow(a, c->letters, c->n_letters, &c->cap_letters, sizeof(*l));
	c->letters[c->n_letters++] = *l;
}

void change_told(struct change *c, struct arena *a, const struct told *x)
{
	c->told = arena_grow(a, c->told, c->n_told, &c->cap_told, sizeof(*x));
	c->told[c->n_told++] = *x;
}

void change_absence(struct change *c, struct arena *a, const struct absence *x)
{
	c->absences = arena_grow(a, c->absences, c->n_absences, &c->cap_absences, sizeof(*x));
	c->absences[c->n_absences++] = *x;
}

void change_amendment(struct change *c, struct arena *a, const struct amendment *x)
{
	c->amendments = arena_grow(a, c->amendments, c->n_amendments, &c->cap_amendments, sizeof(*x));
	c->amendments[c->n_amendments++] = *x;
}

static const char *const about_names[] = {
	[INQUIRY_REVIEW] = "review", [INQUIRY_OPTIONS] = "options", [INQUIRY_RENEWAL] = "renewal",
};

const char *inquiry_about_name(enum inquiry_about about)
{
	return about_names[about];
}

enum inquiry_about inquiry_about_by_name(const char *name)
{
	for (size_t i = 0; name && i < ARRAY_LEN(about_names); i++)
		if (!strcmp(about_names[i], name))
			return (enum inquiry_about)i;
	return INQUIRY_REVIEW;
}

void change_renewal(struct change *c, struct arena *a, const struct renewal *n)
{
	c->renewals = arena_grow(a, c->renewals, c->n_renewals, &c->cap_renewals, sizeof(*n));
	c->renewals[c->n_renewals++] = *n;
}

const char *told_name(enum told_whom w)
{
	static const char *const names[] = {
		[TOLD_DEPUTY] = "deputy", [TOLD_SUPERIOR] = "superior", [TOLD_CHAIR] = "chair",
	};

	return names[w];
}

void change_notice(struct change *c, struct arena *a, const struct notice *n)
{
	c->notices = arena_grow(a, c->notices, c->n_notices, &c->cap_notices, sizeof(*n));
	c->notices[c->n_notices++] = *n;
}

void change_inquiry(struct change *c, struct arena *a, const struct inquiry *q)
{
	c->inquiries = arena_grow(a, c->inquiries, c->n_inquiries, &c->cap_inquiries, sizeof(*q));
	c->inquiries[c->n_inquiries++] = *q;
}

void change_question(struct change *c, struct arena *a, const struct question *q)
{
	c->questions = arena_grow(a, c->questions, c->n_questions, &c->cap_questions, sizeof(*q));
	c->questions[c->n_questions++] = *q;
}

void change_confirmation(struct change *c, struct arena *a, const struct confirmation *x)
{
	c->confirmations = arena_grow(a, c->confirmations, c->n_confirmations,
	                              &c->cap_confirmations, sizeof(*x));
	c->confirmations[c->n_confirmations++] = *x;
}

void change_deficiency(struct change *c, struct arena *a, const struct deficiency *d)
{
	c->deficiencies = arena_grow(a, c->deficiencies, c->n_deficiencies, &c->cap_deficiencies,
	                             sizeof(*d));
	c->deficiencies[c->n_deficiencies++] = *d;
}

void change_added(struct change *c, struct arena *a, const struct deficiency_mail *m)
{
	c->added = arena_grow(a, c->added, c->n_added, &c->cap_added, sizeof(*m));
	c->added[c->n_added++] = *m;
}

void change_case_told(struct change *c, struct arena *a, const struct deficiency_told *t)
{
	c->cases = arena_grow(a, c->cases, c->n_cases, &c->cap_cases, sizeof(*t));
	c->cases[c->n_cases++] = *t;
}

void change_event(struct change *c, struct arena *a, const struct event *v)
{
	c->events = arena_grow(a, c->events, c->n_events, &c->cap_events, sizeof(*v));
	c->events[c->n_events++] = *v;
}

void change_exception(struct change *c, struct arena *a, const struct exception *x)
{
	c->exceptions = arena_grow(a, c->exceptions, c->n_exceptions, &c->cap_exceptions, sizeof(*x));
	c->exceptions[c->n_exceptions++] = *x;
}

const char *matter_kind_name(enum matter_kind k)
{
	static const char *const names[MATTER_KIND_COUNT] = {
		[MATTER_ESCALATED] = "escalated", [MATTER_CAPPED] = "capped", [MATTER_BOUNCED] = "bounced",
		[MATTER_VACANT] = "vacant", [MATTER_FIRST] = "first", [MATTER_LEFT] = "left",
	};

	return names[k];
}

void change_matter(struct change *c, struct arena *a, const struct matter *m)
{
	c->matters = arena_grow(a, c->matters, c->n_matters, &c->cap_matters, sizeof(*m));
	c->matters[c->n_matters++] = *m;
}

void change_matter_told(struct change *c, struct arena *a, const struct matter_told *t)
{
	c->matters_told = arena_grow(a, c->matters_told, c->n_matters_told, &c->cap_matters_told,
	                             sizeof(*t));
	c->matters_told[c->n_matters_told++] = *t;
}

void change_dead(struct change *c, struct arena *a, const struct dead_address *d)
{
	c->dead = arena_grow(a, c->dead, c->n_dead, &c->cap_dead, sizeof(*d));
	c->dead[c->n_dead++] = *d;
}

void change_holding(struct change *c, struct arena *a, const struct holding *h)
{
	c->holdings = arena_grow(a, c->holdings, c->n_holdings, &c->cap_holdings, sizeof(*h));
	c->holdings[c->n_holdings++] = *h;
}
