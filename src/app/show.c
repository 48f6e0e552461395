/* SPDX-License-Identifier: EUPL-1.2 */
/* show: all that is known of a letter, a review, an item or a case. */
#include <config.h>

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "base/text.h"
#include "src/app/cases.h"
#include "src/app/look-joint.h"
#include "src/app/mail-show.h"
#include "store/edits.h"
#include "store/inbox.h"

/* What was answered, in the answers' own words. */
static int show_said(struct store *s, struct arena *a, const struct review *r, enum view_lang lang, struct buf *out,
                     struct err *e)
{
	bool sv = lang == VIEW_SV;
	struct said *said;
	size_t n;

	if (store_review_said(s, a, r->id, &said, &n, e))
		return -1;
	for (size_t i = 0; i < n; i++) {
		const struct said *x = &said[i];
		char at[INSTANT_TEXT];

		buf_fmt(out, sv ? "svar %s: %s av %s (%s) %s%s%s%s%s\n" : "answer %s: %s by %s (%s) %s%s%s%s%s\n", r->id,
		        view_code(x->verdict, lang), x->role, x->address, zone_text(x->at, at),
		        !x->told ? "" : sv ? ", infört av samordnaren" : ", entered by the coordinator",
		        !x->withdrawn ? "" : sv ? ", ångrat" : ", taken back", x->text ? ": " : "",
		        x->text ? mail_without_controls(a, x->text, sv) : "");
	}
	return 0;
}

static void show_reviews(const struct reviews *reviews, enum view_lang lang, struct buf *out)
{
	bool sv = lang == VIEW_SV;

	for (size_t i = 0; i < reviews->n; i++) {
		const struct review *r = &reviews->at[i];
		char opened[DATE_TEXT], due[DATE_TEXT], act_by[DATE_TEXT], on[DATE_TEXT];

		buf_fmt(out, sv ? "granskning %s: %s; brev %s nr %d; öppnad %s, klart senast %s, förfaller %s, senaste steg %s%s%s; "
		                  "version %.16s\n"
		                : "review %s: %s; letter %s no %d; opened %s, act by %s, due %s, last rung %s%s%s; version %.16s\n",
		        r->id, view_code(review_state_name(r->state), lang), r->letter, r->n, date_text(r->opened, opened),
		        date_text(r->act_by, act_by), date_text(r->due, due), view_code(rung_name(r->rung), lang),
		        r->signed_on == DAY_NONE ? "" : sv ? ", kvitterad " : ", signed ", date_text(r->signed_on, on),
		        r->version ? r->version : view_code("unknown", lang));
	}
}

/* The record in its own words, which are English. */
static int show_record(struct store *s, struct arena *a, const char *subject, enum view_lang lang, struct buf *out,
                       struct err *e)
{
	struct record_row *rows;
	size_t n;

	if (store_record_list(s, a, subject, &rows, &n, e))
		return -1;
	for (size_t i = 0; i < n; i++) {
		char at[INSTANT_TEXT];

		buf_fmt(out, "%s %lld %s %s\n", lang == VIEW_SV ? "protokoll" : "record", (long long)rows[i].seq, zone_text(rows[i].at, at), rows[i].kind);
		for (const char *line = rows[i].facts, *end; line && *line; line = *end ? end + 1 : end) {
			end = strchrnul(line, '\n');
			buf_fmt(out, "    %.*s\n", (int)(end - line), line);
		}
	}
	return 0;
}

static const char *clock_text(instant t, char out[32])
{
	struct wall w = zone_wall(t);
	char day[DATE_TEXT];

	snprintf(out, 32, "%s %02d.%02d", date_text(w.day, day), w.hour, w.minute);
	return out;
}

static void show_event(const struct letter *l, bool sv, struct buf *out)
{
	struct event_time at = event_time_of(l);
	char day[DATE_TEXT];

	if (at.day == DAY_NONE)
		return;
	buf_fmt(out, sv ? "bokning %s %02d.%02d, nummer %d\n" : "event %s %02d.%02d, sequence %d\n", date_text(at.day, day), at.start / 60, at.start % 60,
	        l->sequence);
}

static int show_rsvps(struct store *s, struct arena *a, const char *ref, enum view_lang lang, struct buf *out,
                      struct err *e)
{
	bool sv = lang == VIEW_SV;
	struct rsvps all;

	if (store_letter_rsvps(s, a, ref, INT_MAX, &all, e))
		return -1;
	for (size_t i = all.n; i-- > 0;) {
		const struct rsvp *r = &all.at[i];
		char at[INSTANT_TEXT], start[32];

		buf_fmt(out, sv ? "svar i kalendern %s: %s %s av %s (%s), nummer %d: %s"
		                : "answer in the calendar %s: %s %s by %s (%s), sequence %d: %s", zone_text(r->at, at),
		        r->method, r->partstat ? r->partstat : "-", r->attendee ? r->attendee : sv ? "ingen" : "nobody",
		        view_code(rsvp_who_name(r->who), lang), r->sequence, view_code(rsvp_outcome_name(r->outcome), lang));
		if (r->sent_by)
			buf_fmt(out, sv ? "; genom %s" : "; through %s", r->sent_by);
		if (r->delegated_to)
			buf_fmt(out, sv ? "; lämnar vidare till %s" : "; passes it on to %s", r->delegated_to);
		if (r->start != INSTANT_NONE)
			buf_fmt(out, sv ? "; föreslår %s" : "; proposes %s", clock_text(r->start, start));
		if (r->comment)
			buf_fmt(out, sv ? "; säger \"%s\"" : "; says \"%s\"", r->comment);
		buf_chr(out, '\n');
	}
	return 0;
}

/* What tables did to an asset, or after a letter. */
static int show_edits(struct store *s, struct arena *a, const char *what, enum view_lang lang, struct buf *out,
                      struct err *e)
{
	bool sv = lang == VIEW_SV;
	struct item_edit *edits;
	size_t n;

	if (store_edits(s, a, what, &edits, &n, e))
		return -1;
	for (size_t i = 0; i < n; i++) {
		const struct item_edit *x = &edits[i];
		char day[DATE_TEXT];

		buf_fmt(out, sv ? "ändring %s %s: %s%s i tabellen för %s, av %s i brev %s%s%s\n"
		                : "edit %s %s: %s%s in the table of %s, by %s in letter %s%s%s\n", date_text(x->day, day),
		        x->item->id, view_code(x->fate, lang), !x->retired ? "" : sv ? " och avvecklades" : " and retired",
		        x->inventory, x->role, x->letter,
		        x->columns ? ": " : "", x->columns ? x->columns : "");
	}
	return 0;
}

static int show_all(struct store *s, struct arena *a, const char *ref, dayno today, enum view_lang lang,
                    struct buf *out, struct err *e)
{
	bool sv = lang == VIEW_SV;
	struct outbox_row *mails;
	struct reviews reviews;
	struct letter letter;
	struct deficiency deficiency;
	size_t n;
	int reported = store_deficiency(s, a, ref, &deficiency, e);

	if (reported)
		return reported < 0 || case_show(s, a, &deficiency, lang, out, e) ? -1
		                                                                      : show_record(s, a, ref, lang, out, e);
	int found = store_letter(s, a, ref, &letter, e);

	if (found < 0 || (found ? store_letter_reviews(s, a, ref, &reviews, e)
	                        : store_item_reviews(s, a, ref, &reviews, e)))
		return -1;
	if (found) {
		char day[DATE_TEXT];

		buf_fmt(out, sv ? "brev %s: till %s (%s), för %s, öppnat %s\n"
		                : "letter %s: to %s (%s), for %s, opened %s\n", letter.ref, letter.address,
		        letter.role, letter.body, date_text(letter.opened, day));
		show_event(&letter, sv, out);
		if (show_rsvps(s, a, ref, lang, out, e) || store_letter_mails(s, a, ref, &mails, &n, e))
			return -1;
		for (size_t i = 0; i < n; i++)
			buf_fmt(out, sv ? "mejl %s: %s, %s\n" : "mail %s: %s, %s\n", mails[i].message_id,
			        view_code(mails[i].kind, lang), view_code(mails[i].status, lang));
	}
	show_reviews(&reviews, lang, out);
	for (size_t i = 0; i < reviews.n; i++)
		if (show_said(s, a, &reviews.at[i], lang, out, e))
			return -1;
	if (look_joint_show(s, a, &reviews, today, lang, out, e) || show_edits(s, a, ref, lang, out, e))
		return -1;
	for (size_t i = 0; i < reviews.n; i++)
		if (show_record(s, a, reviews.at[i].id, lang, out, e))
			return -1;
	return show_record(s, a, ref, lang, out, e);
}

int command_show(const struct options *o, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct house h;

	if (house_open(o, STORE_READ, &h, e))
		return -1;
	int failed = show_all(h.store, &a, o->args[0], zone_wall(o->now).day, o->lang, &out, e);
	if (!failed && !out.len)
		failed = err_set(e, ERR_USAGE, "nothing is known about %s", o->args[0]);
	fputs(out.data, stdout);
	house_close(&h);
	return failed;
}
