/* SPDX-License-Identifier: EUPL-1.2 */
/* Out: what the coordinator is told, in one letter a day. No brake stops it. */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "core/deficiency.h"
#include "src/app/cases.h"
#include "src/app/coordinator.h"
#include "src/app/matters.h"
#include "store/brakes.h"
#include "store/inbox.h"

enum { MOST_LEFT = 20 }; /* mails in one letter; it says how many more there are */

static const char *title_of(const struct pass *p, struct arena *a, const char *id)
{
	const struct item *item = id ? registry_item(&p->registry, id) : NULL;
	const char *title = item ? letter_title(a, item) : NULL;

	return title ? title : id;
}

static const char *post(const struct pass *p, const char *id)
{
	const struct role *role = id ? registry_role(&p->registry, id) : NULL;

	return role && role->title ? role->title : id;
}

static const char *nobody(const struct pass *p)
{
	return p->lang == VIEW_SV ? "ingen" : "nobody";
}

/* Who answers in the place of a role today. */
static const char *acting(const struct pass *p, const char *id)
{
	const struct role *role = id ? registry_role_on(&p->registry, id, p->today) : NULL;

	return role ? role->title : nobody(p);
}

static struct letter_line *line(struct arena *a, struct letter_lines *list, size_t most)
{
	if (!list->at)
		list->at = arena_alloc(a, most * sizeof(*list->at));
	list->at[list->n] = (struct letter_line){ .line = NULL };
	return &list->at[list->n++];
}

static void matter_words(const struct pass *p, struct arena *a, const struct matter *m, size_t most,
                         struct letter_words *w)
{
	struct letter_line *l;

	switch (m->kind) {
	case MATTER_ESCALATED:
		l = line(a, &w->unanswered, most);
		l->line = title_of(p, a, m->item);
		l->who = post(p, m->role);
		l->whom = post(p, m->other);
		l->day = m->text;
		break;
	case MATTER_CAPPED:
		l = line(a, &w->capped, most);
		l->line = title_of(p, a, m->item);
		l->who = post(p, m->role);
		break;
	case MATTER_BOUNCED:
		l = line(a, &w->bounced, most);
		l->line = m->text;
		l->who = post(p, m->role);
		l->whom = acting(p, m->role);
		break;
	case MATTER_VACANT:
		l = line(a, &w->vacant, most);
		l->who = post(p, m->role);
		l->whom = m->other ? post(p, m->other) : nobody(p);
		break;
	case MATTER_FIRST:
		w->first_letters = m->text;
		break;
	case MATTER_LEFT: /* of the mail as it is now: left_words() */
		break;
	case MATTER_KIND_COUNT:
		break;
	}
}

/* Mails that wait for a person still. What is in them does not leave the house. */
static int left_words(struct pass *p, struct arena *a, const struct matters *all, struct letter_words *w,
                      struct err *e)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		struct inbox_row row;

		if (all->at[i].kind != MATTER_LEFT || n++ >= MOST_LEFT)
			continue;
		if (store_inbox_facts(p->store, a, strtoll(all->at[i].key, NULL, 10), &row, e))
			return -1;
		struct letter_line *l = line(a, &w->left_mails, MOST_LEFT);
		l->line = all->at[i].key;
		l->who = row.sender ? row.sender : nobody(p);
		l->whom = row.letter ? row.letter : "–";
		l->said = row.reason ? view_reason(a, row.reason, p->lang) : "–";
	}
	w->some_left = n > 0;
	if (n > MOST_LEFT)
		w->more = arena_fmt(a, "%zu", n - MOST_LEFT);
	return 0;
}

static void words(const struct pass *p, struct arena *a, const struct matters *all,
                  const struct letter *letter, const struct role *to, struct letter_words *w)
{
	letter_common_words(p, a, letter, case_body(p), to, w);
	w->coordinator = true;
	w->single = all->n == 1;
	w->count = arena_fmt(a, "%zu", all->n);
	w->from_short = letter_day_short(p, a, p->today);
	for (size_t i = 0; i < all->n; i++)
		matter_words(p, a, &all->at[i], all->n, w);
	w->some_late = w->unanswered.n > 0;
	w->some_bounced = w->bounced.n > 0;
	w->some_vacant = w->vacant.n > 0;
	w->some_capped = w->capped.n > 0;
}

int coordinator_write(struct pass *p, struct arena *a, const struct role *to, const char *name,
                      struct letter *letter, struct letter_words *w, struct change *c,
                      struct err *e)
{
	const char *message_id;
	struct letter_mail m = {
		.template_name = name, .letter = letter, .to_name = to->title, .to = to->address,
	};

	if (letter_write(p, a, &m, w, c, &message_id, e))
		return -1;
	change_letter(c, a, letter);
	change_record(c, a, "coordinator-told", letter->ref,
	              arena_fmt(a, "what=%s\nmessage_id=%s\n", name, message_id));
	return 0;
}

int coordinator_letter(struct pass *p, struct arena *a, const struct role *to, struct letter *out,
                       struct err *e)
{
	int serial;

	if (store_letter_serial(p->store, date_ymd(p->today).y, &serial, e))
		return -1;
	*out = (struct letter){
		.role = to->id, .body = case_body(p)->id, .address = to->address, .opened = p->today,
		.event_day = DAY_NONE, .kind = LETTER_NOTICE,
	};
	letter_mint(p, a, serial + 1, out);
	return 0;
}

static int tell(struct pass *p, struct arena *a, const struct matters *all, const struct role *to,
                struct err *e)
{
	struct change c = { .at = p->now };
	struct letter_words w = { .single = false };
	struct letter letter;

	if (coordinator_letter(p, a, to, &letter, e))
		return -1;
	words(p, a, all, &letter, to, &w);
	if (left_words(p, a, all, &w, e))
		return -1;
	if (coordinator_write(p, a, to, "coordinator", &letter, &w, &c, e))
		return -1;
	for (size_t i = 0; i < all->n; i++)
		change_matter_told(&c, a, &(struct matter_told){ all->at[i].id, letter.ref });
	return store_apply(p->store, &c, e);
}

const struct role *coordinator_of(struct pass *p)
{
	const struct role *to = deficiency_coordinator(&p->registry, p->today);

	if (!to || !case_body(p)) {
		log_event(LOG_ERROR, "coordinator-untold", "why=\"the register has no coordinator in force with "
		          "an address: set kontakt_roll in kommun.csv\"");
		return NULL;
	}
	return to;
}

int pass_tell_coordinator(struct pass *p, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct matters all;

	if (store_matters_untold(p->store, &a, p->today, &all, e))
		return -1;
	if (!all.n)
		return 0;
	if (pass_load_all(p, e))
		return -1;
	struct workcal cal = registry_workcal(&p->registry);
	const struct role *to = workday_is(&cal, p->today) ? coordinator_of(p) : NULL;
	return to ? tell(p, &a, &all, to, e) : 0;
}
