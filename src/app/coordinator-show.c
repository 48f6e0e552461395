/* SPDX-License-Identifier: EUPL-1.2 */
/* What is known of a letter, a review, an item or a case, as it may be mailed. */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "src/app/coordinator.h"

struct sheet {
	struct pass *p;
	struct arena *a;
	struct letter_words *w;
	size_t cap_facts, cap_points;
};

static void fact(struct sheet *s, const char *sv, const char *en, const char *value)
{
	if (!value || !*value)
		return;
	struct letter_line *l = line_add(s->a, &s->w->facts, &s->cap_facts);
	l->label = IN_LANGUAGE(s->p, sv, en);
	l->line = value;
}

static void day_fact(struct sheet *s, const char *sv, const char *en, dayno day)
{
	fact(s, sv, en, letter_day_long(s->p, s->a, day));
}

static void point(struct sheet *s, const char *words)
{
	line_add(s->a, &s->w->points, &s->cap_points)->line = words;
}

/* The item of that id, however it is written. */
const struct item *coordinator_item(const struct pass *p, struct arena *a, const char *ref)
{
	const struct item *item = registry_item(&p->registry, ref);
	const char *folded = text_fold(a, ref);

	for (size_t i = 0; !item && i < p->registry.n_items; i++)
		if (!strcmp(text_fold(a, p->registry.items[i].id), folded))
			item = &p->registry.items[i];
	return item;
}

static const char *role_title(const struct pass *p, const char *id)
{
	const struct role *role = id ? registry_role(&p->registry, id) : NULL;

	return role && role->title ? role->title : id;
}

static const char *body_name(const struct pass *p, const char *id)
{
	const struct body *body = id ? registry_body(&p->registry, id) : NULL;

	return body ? body->name : IN_LANGUAGE(p, "alla nämnder", "all committees");
}

/* ---- reviews ---- */

static const char *state_words(const struct pass *p, enum review_state s)
{
	static const char *const words[REVIEW_STATE_COUNT][2] = {
		[REVIEW_PLANNED] = { "planerad", "planned" },
		[REVIEW_OPEN] = { "öppen, väntar på svar", "open, waits for an answer" },
		[REVIEW_CHANGES] = { "ändring begärd", "changes asked for" },
		[REVIEW_MISDIRECTED] = { "fel person", "wrong person" },
		[REVIEW_AWAITING] = { "väntar på nämndens beslut", "awaits a decision" },
		[REVIEW_CLOSED] = { "avslutad", "closed" },
		[REVIEW_CANCELLED] = { "avbruten", "cancelled" },
		[REVIEW_SUPERSEDED] = { "ersatt av en ny", "replaced by a new one" },
	};

	return words[s][p->lang == VIEW_EN];
}

static const char *rung_words(const struct pass *p, enum rung r)
{
	switch (r) {
	case RUNG_NONE:
	case RUNG_COUNT:
		break;
	case RUNG_INVITE:
		return IN_LANGUAGE(p, "inbjudan", "invitation");
	case RUNG_REMIND:
		return IN_LANGUAGE(p, "påminnelse", "reminder");
	case RUNG_LAST_REMIND:
		return IN_LANGUAGE(p, "sista påminnelsen", "last reminder");
	case RUNG_OVERDUE:
		return IN_LANGUAGE(p, "försenad", "overdue");
	case RUNG_ESCALATE:
		return IN_LANGUAGE(p, "till chefen", "to the superior");
	case RUNG_CHAIR:
		return IN_LANGUAGE(p, "till ordföranden", "to the chair");
	}
	return IN_LANGUAGE(p, "inget brev", "no letter");
}

static void review_point(struct sheet *s, const struct review *r)
{
	char opened[DATE_TEXT], by[DATE_TEXT], last[DATE_TEXT], on[DATE_TEXT];
	bool open = !review_terminal(r->state);
	struct buf b AUTO(buf_release) = BUF_INIT;

	buf_fmt(&b, "%s: %s. ", r->id, state_words(s->p, r->state));
	buf_fmt(&b, IN_LANGUAGE(s->p, "Brev %s, öppnad %s, ska vara klar %s", "Letter %s, opened %s, to be ready %s"),
	        *r->letter ? r->letter : "–", date_text(r->opened, opened), date_text(r->act_by, by));
	if (open && r->last_notice != DAY_NONE)
		buf_fmt(&b, IN_LANGUAGE(s->p, ", senast skickat %s (%s)", ", last sent %s (%s)"),
		        date_text(r->last_notice, last), rung_words(s->p, r->rung));
	if (r->extended_until != DAY_NONE)
		buf_str(&b, IN_LANGUAGE(s->p, ", har anstånd", ", extended"));
	if (r->signed_on != DAY_NONE)
		buf_fmt(&b, IN_LANGUAGE(s->p, ", svar %s", ", answered %s"), date_text(r->signed_on, on));
	buf_chr(&b, '.');
	point(s, arena_dup(s->a, b.data));
}

/* ---- an item ---- */

static void item_facts(struct sheet *s, const struct item *item)
{
	const struct pass *p = s->p;
	const char *holder = coordinator_holder(p, s->a, item);
	struct buf ask AUTO(buf_release) = BUF_INIT;
	struct due d;

	due_compute(&p->registry, item, p->today, s->a, &d);
	fact(s, "Vad", "What", coordinator_title(s->a, item));
	if (p->lang == VIEW_SV)
		fact(s, "Slag", "Kind", item_kind_word(item->kind));
	else
		fact(s, "Slag", "Kind", item_kind_name(item->kind));
	fact(s, "Nämnd", "Committee", body_name(p, item->body));
	fact(s, "Ansvarig", "Responsible", holder ? holder : IN_LANGUAGE(p, "ingen i dag", "nobody today"));
	fact(s, "Diarienummer", "Registry number", item->registry_no);
	day_fact(s, "Beslutad", "Decided", item->decided);
	day_fact(s, "Senast granskad", "Last reviewed", item->reviewed);
	fact(s, "Uppföljning", "Follow-up", item->rule_text);
	day_fact(s, "Ska vara granskad", "Due", d.due);
	day_fact(s, "Svar behövs", "To be answered", d.act_by);
	fact(s, "Läge", "Status", item->retired ? IN_LANGUAGE(p, "används inte längre", "no longer in use")
	                                       : view_status_word(d.status, p->lang));
	for (size_t i = 0; i < d.n_ask; i++)
		buf_fmt(&ask, "%s%s", i ? "; " : "", d.ask[i]);
	fact(s, "Saknas", "Missing", ask.len ? arena_dup(s->a, ask.data) : NULL);
}

static int show_item(struct sheet *s, const struct item *item, const char *review, struct err *e)
{
	struct reviews reviews;

	if (store_item_reviews(s->p->store, s->a, item->id, &reviews, e))
		return -1;
	s->w->object = review ? review : coordinator_title(s->a, item);
	s->w->command = arena_fmt(s->a, "oversyn why %s", item->id);
	item_facts(s, item);
	for (size_t i = 0; i < reviews.n; i++)
		if (!review || !strcmp(reviews.at[i].id, review))
			review_point(s, &reviews.at[i]);
	return 1;
}

/* "T006.2": item and ordinal. */
static int show_review(struct sheet *s, const char *ref, struct err *e)
{
	const char *dot = strrchr(ref, '.');
	const struct item *item = dot ? coordinator_item(s->p, s->a, arena_dupn(s->a, ref, (size_t)(dot - ref)))
	                              : NULL;
	struct reviews reviews;

	if (!item)
		return 0;
	const char *id = arena_fmt(s->a, "%s%s", item->id, dot);
	if (store_item_reviews(s->p->store, s->a, item->id, &reviews, e))
		return -1;
	for (size_t i = 0; i < reviews.n; i++)
		if (!strcmp(reviews.at[i].id, id))
			return show_item(s, item, id, e);
	return 0;
}

/* ---- a letter ---- */

static int letter_mails(struct sheet *s, const char *ref, struct err *e)
{
	struct outbox_row *mails;
	size_t n;
	char day[DATE_TEXT];

	if (store_letter_mails(s->p->store, s->a, ref, &mails, &n, e))
		return -1;
	for (size_t i = 0; i < n; i++)
		point(s, arena_fmt(s->a, "%s: %s, %s", date_text(zone_wall(mails[i].created).day, day),
		                   mails[i].kind,
		                   !strcmp(mails[i].status, "accepted")
		                           ? IN_LANGUAGE(s->p, "mejlservern tog emot det", "taken by the mail server")
		                   : !strcmp(mails[i].status, "failed")
		                           ? IN_LANGUAGE(s->p, "kunde inte levereras", "could not be delivered")
		                           : IN_LANGUAGE(s->p, "har inte gått iväg än", "has not gone yet")));
	return 0;
}

static int show_letter(struct sheet *s, const char *ref, struct err *e)
{
	struct reviews reviews;
	struct letter l;
	int found = store_letter(s->p->store, s->a, ref, &l, e);

	if (found <= 0)
		return found;
	if (store_letter_reviews(s->p->store, s->a, ref, &reviews, e))
		return -1;
	s->w->object = arena_fmt(s->a, "%s %s", IN_LANGUAGE(s->p, "brev", "letter"), l.ref);
	s->w->command = arena_fmt(s->a, "oversyn show %s", l.ref);
	fact(s, "Till", "To", role_title(s->p, l.role));
	fact(s, "För", "For", body_name(s->p, l.body));
	day_fact(s, "Första brevet", "First sent", l.opened);
	day_fact(s, "I kalendern", "In the calendar", l.event_day);
	for (size_t i = 0; i < reviews.n; i++) {
		const struct item *item = registry_item(&s->p->registry, reviews.at[i].item);

		fact(s, arena_fmt(s->a, "Nr %d", reviews.at[i].n), arena_fmt(s->a, "No %d", reviews.at[i].n),
		     arena_fmt(s->a, "%s: %s", item ? coordinator_title(s->a, item) : reviews.at[i].item,
		               state_words(s->p, reviews.at[i].state)));
	}
	return letter_mails(s, l.ref, e) ? -1 : 1;
}

/* ---- a case ---- */

static const char *case_state(const struct pass *p, enum deficiency_state s)
{
	switch (s) {
	case DEFICIENCY_CLOSED:
		return IN_LANGUAGE(p, "stängd", "closed");
	case DEFICIENCY_MISTAKEN:
		return IN_LANGUAGE(p, "felaktigt anmäld", "reported by mistake");
	case DEFICIENCY_OPEN:
		break;
	}
	return IN_LANGUAGE(p, "öppen", "open");
}

/* Nothing of what was reported, nor why it was closed: those are somebody's words. */
static int show_case(struct sheet *s, const char *ref, struct err *e)
{
	struct deficiency_told *told;
	struct deficiency d;
	char day[DATE_TEXT];
	size_t n;
	int found = store_deficiency(s->p->store, s->a, ref, &d, e);

	if (found <= 0)
		return found;
	if (store_deficiency_letters(s->p->store, s->a, ref, &told, &n, e))
		return -1;
	const struct item *item = d.item ? registry_item(&s->p->registry, d.item) : NULL;
	s->w->object = arena_fmt(s->a, "%s %s", IN_LANGUAGE(s->p, "brist", "deficiency"), d.ref);
	s->w->command = arena_fmt(s->a, "oversyn show %s", d.ref);
	day_fact(s, "Anmäld", "Reported", d.day);
	fact(s, "Gäller", "About", item ? coordinator_title(s->a, item)
	                                : IN_LANGUAGE(s->p, "inte känt", "not known"));
	fact(s, "Läge", "Status", case_state(s->p, d.state));
	if (d.incident)
		fact(s, "Incident", "Incident", IN_LANGUAGE(s->p, "ja", "yes"));
	day_fact(s, "Besked till anmälaren senast", "Answer to the reporter by",
	         deficiency_answer_by(&s->p->registry, d.day));
	day_fact(s, "Stängd", "Closed", d.closed);
	for (size_t i = 0; i < n; i++)
		point(s, arena_fmt(s->a, IN_LANGUAGE(s->p, "%s: brev %s till %s", "%s: letter %s to %s"),
		                   date_text(told[i].day, day), told[i].letter, role_title(s->p, told[i].role)));
	return 1;
}

int coordinator_show(struct pass *p, struct arena *a, const char *ref, struct letter_words *w,
                     struct err *e)
{
	struct sheet s = { .p = p, .a = a, .w = w };
	const struct item *item = coordinator_item(p, a, ref);
	char *upper = arena_dup(a, ref);

	for (char *c = upper; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	w->today_long = letter_day_long(p, a, p->today);
	if (item)
		return show_item(&s, item, NULL, e);
	int found = show_review(&s, ref, e);
	if (!found)
		found = show_letter(&s, upper, e);
	return found ? found : show_case(&s, upper, e);
}
