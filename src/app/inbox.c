/* SPDX-License-Identifier: EUPL-1.2 */
/* inbox: mail that came in, all of it, what waits for a person, or one whole. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "src/app/mail-show.h"
#include "store/inbox.h"

static struct json *as_object(const struct inbox_row *r)
{
	struct json *j = json_new();
	char at[INSTANT_TEXT];

	json_int(j, "id", r->id);
	json_str(j, "received", zone_text(r->received, at));
	json_str(j, "source", r->source);
	json_str(j, "sha256", r->sha256);
	json_str(j, "status", r->status);
	json_str(j, "class", r->class_name);
	json_str(j, "verdict", r->verdict);
	json_str(j, "review", r->review);
	json_str(j, "from", r->sender);
	json_str(j, "letter", r->letter);
	json_str(j, "reason", r->reason);
	json_str(j, "settled", r->settled_why);
	return j;
}

static void as_row(struct arena *a, const struct inbox_row *r, enum view_lang lang, struct table *t)
{
	char at[INSTANT_TEXT];

	table_cell(t, arena_fmt(a, "%lld", (long long)r->id));
	table_cell(t, zone_text(r->received, at));
	table_cell(t, r->sender);
	table_cell(t, r->letter);
	table_cell(t, view_code(r->status, lang));
	table_cell(t, view_code(r->class_name, lang));
	table_cell(t, view_code(r->verdict, lang));
	table_cell(t, r->review);
	table_cell(t, view_reason(a, r->reason, lang));
}

static void list(struct arena *a, const struct inbox_row *rows, size_t n, const struct options *o, struct buf *out)
{
	static const char *const heads[2][9] = {
		{ "Nr", "Kom", "Från", "Brev", "Status", "Klass", "Tolkning", "Granskning", "Skäl" },
		{ "No", "Received", "From", "Letter", "Status", "Class", "Verdict", "Review", "Reason" },
	};
	struct table t;

	table_init(&t, ARRAY_LEN(heads[0]));
	for (size_t i = 0; i < ARRAY_LEN(heads[0]); i++)
		table_cell(&t, heads[o->lang][i]);
	for (size_t i = 0; i < n; i++) {
		if (o->json)
			json_write(as_object(&rows[i]), out);
		else
			as_row(a, &rows[i], o->lang, &t);
	}
	if (!o->json)
		table_write(&t, out);
	table_release(&t);
}

/* ---- one of them ---- */

/* What the coordinator can do about a mail, beside ticking it off. */
enum left {
	LEFT_NOTHING, /* it answers no letter */
	LEFT_WRITE,   /* to its sender: what it is about wants no answer any more */
	LEFT_ENTER,   /* an answer, once it is known */
	LEFT_GO_ON,   /* from what it says, which has been entered */
};

/* By the review that it is about, or, where it is about none, by all of the letter. */
static int what_is_left(struct store *s, struct arena *a, const struct inbox_row *r, enum left *out, struct err *e)
{
	struct reviews reviews = { .n = 0 };

	*out = r->letter ? LEFT_WRITE : LEFT_NOTHING;
	if (r->letter && store_letter_reviews(s, a, r->letter, &reviews, e))
		return -1;
	for (size_t i = 0; i < reviews.n; i++) {
		enum review_state state = reviews.at[i].state;

		if (r->review && strcmp(reviews.at[i].id, r->review) != 0)
			continue;
		if (r->review && (state == REVIEW_CHANGES || state == REVIEW_MISDIRECTED))
			*out = LEFT_GO_ON;
		else if (state != REVIEW_AWAITING && !review_terminal(state))
			*out = LEFT_ENTER;
	}
	return 0;
}

static void to_do(const struct inbox_row *r, enum left left, bool sv, struct buf *out)
{
	switch (left) {
	case LEFT_NOTHING:
		break;
	case LEFT_WRITE:
		buf_str(out, sv ? "att göra: svara dem från din egen mejl\n" : "to do: answer them from your own mailbox\n");
		break;
	case LEFT_ENTER:
		buf_fmt(out, sv ? "att göra: svara dem från din egen mejl; har du hört av den som ansvarar vad som gäller: "
		                  "oversyn record answer %s SVARET\n"
		                : "to do: answer them from your own mailbox; where you have it from who is responsible: "
		                  "oversyn record answer %s WORDS\n", r->letter);
		break;
	case LEFT_GO_ON:
		buf_str(out, sv ? "att göra: gå vidare som det står under \"What is left to the coordinator\" i oversyn(8)\n"
		                : "to do: go on as oversyn(8) says, \"What is left to the coordinator\"\n");
		break;
	}
	buf_fmt(out, sv ? "att göra: när det är klart: oversyn inbox settle %lld VAD SOM GJORDES\n"
	                : "to do: once it is done: oversyn inbox settle %lld WHAT WAS DONE\n", (long long)r->id);
}

static void in_words(struct arena *a, const struct inbox_row *r, enum left left, enum view_lang lang, struct buf *out)
{
	bool open = (!strcmp(r->status, "coordinator") || !strcmp(r->status, "poison")) && !r->settled_why;
	const char *understood = r->verdict ? r->verdict : r->class_name;
	bool sv = lang == VIEW_SV;

	buf_fmt(out, sv ? "från %s; svarar på %s" : "from %s; answers %s",
	        r->sender ? r->sender : sv ? "någon okänd" : "nobody known",
	        r->letter ? r->letter : sv ? "inget brev" : "no letter");
	if (r->review)
		buf_fmt(out, sv ? ", granskning %s" : ", review %s", r->review);
	buf_fmt(out, sv ? "\n%s, tolkat som %s: %s\n" : "\n%s, understood as %s: %s\n", view_code(r->status, lang),
	        understood ? view_code(understood, lang) : sv ? "ingenting" : "nothing",
	        r->reason ? view_reason(a, r->reason, lang) : sv ? "inget skäl angivet" : "no reason given");
	if (r->settled_why)
		buf_fmt(out, sv ? "klart: %s\n" : "settled: %s\n", mail_without_controls(a, r->settled_why, sv));
	if (open)
		to_do(r, left, sv, out);
}

static int one(struct store *s, struct reader *reader, struct arena *a, const struct inbox_row *r,
               const struct options *o, struct buf *out, struct err *e)
{
	struct reading reading;

	if (!o->json) {
		enum left left;
		if (what_is_left(s, a, r, &left, e) || mail_show(reader, a, r, o->lang == VIEW_SV, out, e))
			return -1;
		in_words(a, r, left, o->lang, out);
		return 0;
	}
	int ok = mail_read_again(reader, a, r, &reading, e);
	if (ok < 0)
		return -1;
	struct json *j = as_object(r);
	json_str(j, "subject", ok ? reading.mail.subject : NULL);
	json_str(j, "text", ok ? reading.mail.text : NULL);
	json_write(j, out);
	return 0;
}

static int inbox_one(const struct options *o, int id, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct reader *reader = NULL;
	struct inbox_row row;
	struct house h;

	if (house_open(o, STORE_READ, &h, e))
		return -1;
	int failed = store_inbox_get(h.store, &a, id, &row, e) || reader_start(&reader, e)
	             || one(h.store, reader, &a, &row, o, &out, e) ? -1 : 0;
	if (reader)
		reader_stop(reader);
	fputs(out.data, stdout);
	house_close(&h);
	return failed;
}

/* ---- what was done about one ---- */

/* That the mail is seen to does not end what it asked for. */
static int still_open(struct store *s, struct arena *a, int id, bool sv, struct buf *out, struct err *e)
{
	struct reviews reviews = { .n = 0 };
	struct inbox_row row;

	if (store_inbox_facts(s, a, id, &row, e) || (row.letter && store_letter_reviews(s, a, row.letter, &reviews, e)))
		return -1;
	buf_fmt(out, sv ? "mejl %d är avbockat\n" : "mail %d is settled\n", id);
	for (size_t i = 0; i < reviews.n; i++) {
		const struct review *r = &reviews.at[i];

		if (r->state == REVIEW_CHANGES || r->state == REVIEW_MISDIRECTED)
			buf_fmt(out, sv ? "granskning %s väntar fortfarande på dig: %s\n" : "review %s still waits for you: %s\n",
			        r->id, view_code(review_state_name(r->state), sv ? VIEW_SV : VIEW_EN));
	}
	return 0;
}

static int inbox_settle(const struct options *o, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf out AUTO(buf_release) = BUF_INIT;
	const char *why = options_rest(o, 2, &a);
	struct house h;
	int id;

	if (o->n_args < 2 || options_number(o->args[1], INT_MAX, &id) || !why)
		return err_set(e, ERR_USAGE, "inbox settle NO WHAT WAS DONE: the number that 'oversyn inbox open' "
		               "shows, and one line about it");
	if (house_open(o, 0, &h, e))
		return -1;
	int failed = store_inbox_settle(h.store, id, why, o->now, e)
	             || still_open(h.store, &a, id, o->lang == VIEW_SV, &out, e) ? -1 : 0;
	fputs(out.data, stdout);
	house_close(&h);
	return failed;
}

int command_inbox(const struct options *o, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct inbox_row *rows;
	struct house h;
	size_t n;
	int id;

	bool undecided = o->n_args == 1 && !strcmp(o->args[0], "open");
	if (o->n_args && !strcmp(o->args[0], "settle"))
		return inbox_settle(o, e);
	if (o->n_args == 1 && !options_number(o->args[0], INT_MAX, &id))
		return inbox_one(o, id, e);
	if (o->n_args && !undecided)
		return err_set(e, ERR_USAGE, "inbox %s: the inbox is listed, or what is still to be decided: "
		               "inbox open; inbox NO shows one; inbox settle NO says what was done about one", o->args[0]);
	if (house_open(o, STORE_READ, &h, e))
		return -1;
	int failed = store_inbox_list(h.store, &a, undecided, &rows, &n, e);
	if (!failed)
		list(&a, rows, n, o, &out);
	fputs(out.data, stdout);
	house_close(&h);
	return failed;
}
