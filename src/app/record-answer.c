/* SPDX-License-Identifier: EUPL-1.2 */
/* record answer: what somebody who was asked has said by telephone or on paper. It does what
 * a mail with these words would do, and they get the same receipt. */
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "src/app/answer.h"
#include "src/app/inward.h"

static int cannot(const struct letter *l, struct err *e)
{
	if (l->kind == LETTER_REVIEW || l->kind == LETTER_INVENTORY)
		return 0;
	if (l->kind == LETTER_DECISION)
		return err_set(e, ERR_USAGE, "%s asks what a body decided: record ITEM DATE PARAGRAPH", l->ref);
	return err_set(e, ERR_USAGE, "%s asks for no sign-off%s", l->ref,
	               l->kind == LETTER_DEFICIENCY ? ": a deficiency is ended by 'oversyn deficiency'" : "");
}

static int find(struct pass *p, struct arena *a, const char *ref, struct incoming *in, struct err *e)
{
	int found = store_letter(p->store, a, ref, &in->letter, e);

	if (found <= 0)
		return found < 0 ? -1 : err_set(e, ERR_FOUND, "there is no letter %s: its reference stands in its "
		                                "subject, and 'oversyn outbox' lists them", ref);
	in->has_letter = true;
	if (store_letter_reviews(p->store, a, ref, &in->reviews, e)
	    || store_letter_questions(p->store, a, ref, &in->questions, e))
		return -1;
	if (in->questions.n)
		return err_set(e, ERR_USAGE, "%s asks for facts: put them into the register, and import it", ref);
	if (cannot(&in->letter, e))
		return -1;
	in->mail.from = in->letter.address;
	return inward_load_letter(p, &in->letter, e);
}

/* As they would read it. */
static const char *note_of(const struct pass *p, struct arena *a, enum view_lang lang, enum apply_note note)
{
	struct pass theirs = { .config = p->config, .registry = p->registry, .lang = lang };

	return note == NOTE_NONE || note == NOTE_NOT_CLEAR ? NULL : answer_note(&theirs, a, note);
}

static int nothing(const struct pass *p, struct arena *a, const struct reply *reply, const struct applied *done,
                   struct err *e)
{
	const char *why = note_of(p, a, VIEW_EN, done->note);

	if (why)
		return err_set(e, ERR_FOUND, "nothing was recorded; they would be told: %s", why);
	if (reply->n_answers)
		return err_set(e, ERR_FOUND, "nothing was recorded: %s", done->reason);
	return err_set(e, ERR_FOUND, "nothing was recorded, since %s: write the answer as they would: GODKÄNNS, or "
	               "\"1, 3 GODKÄNNS\", or \"2 ÄNDRING: what is wrong\"", reply->reason);
}

static void say(struct arena *a, const struct pass *p, const struct applied *done, enum view_lang lang,
                struct buf *out)
{
	bool sv = lang == VIEW_SV;

	for (size_t i = 0; i < done->n; i++) {
		const struct applied_item *x = &done->items[i];
		const char *note = note_of(p, a, lang, x->note);

		if (x->verdict != VERDICT_NONE)
			buf_fmt(out, "%s: %d %s %s\n", sv ? "registrerat" : "recorded", x->n, x->item->id,
			        view_code(verdict_name(x->verdict), lang));
		else
			buf_fmt(out, sv ? "inte registrerat: %d %s; de skulle få läsa: %s\n"
			                : "not recorded: %d %s; they would be told: %s\n", x->n,
			        x->item ? x->item->id : "-", note ? note : "-");
	}
}

static int enter(struct pass *p, struct arena *a, struct incoming *in, const char *words, enum view_lang lang,
                 struct buf *out, struct err *e)
{
	struct trust trust = inward_judge(p, a, in);
	struct change c = { .at = p->now };
	struct apply_input input;
	struct applied done;
	struct reply reply;
	const char *sent;

	if (inward_sent_text(p, a, &in->letter, &sent, e))
		return -1;
	const struct reply_context ctx = {
		.received = in->day, .letter = in->letter.kind, .from = in->letter.address,
		.yes_approves = p->config->bare_yes && in->reviews.n == 1, .done_offered = reply_offers(sent, "KLART"),
		.body = inward_body_words(p, a, in), .sent = sent,
		.rows = in->reviews.n ? (int)in->reviews.n : reply_rows(sent),
	};
	if (!trust.identified)
		return err_set(e, ERR_FOUND, "%s went to %s, who answers for nothing of it today: oversyn show %s",
		               in->letter.ref, in->letter.address, in->letter.ref);
	reply_read(a, words, &ctx, &reply);
	if (inward_input(p, a, in, &reply, &trust, &input, e))
		return -1;
	apply_reply(&input, a, &c, &done);
	if (!c.n_records)
		return nothing(p, a, &reply, &done, e);
	change_record(&c, a, "answer-told", in->letter.ref,
	              arena_fmt(a, "address=%s\nverdict=%s\ntold_by=coordinator\n", in->letter.address,
	                        verdict_name(reply.verdict)));
	if (inward_acted(p, a, in, &input, &done, &c, e) || store_apply(p->store, &c, e))
		return -1;
	say(a, p, &done, lang, out);
	return 0;
}

static int record(struct pass *p, const char *ref, const char *words, enum view_lang lang, struct buf *out,
                  struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct incoming in = {
		.told = true, .day = p->today, .row.received = p->now,
		.mail = { .cls = MAIL_REPLY, .date = INSTANT_NONE, .back = DAY_NONE },
	};
	struct err undone = ERR_INIT;

	/* whoever runs passes meanwhile waits: nothing is answered twice */
	if (store_group_begin(p->store, STORE_WHOLE, e))
		return -1;
	int failed = find(p, &a, ref, &in, e) || enter(p, &a, &in, words, lang, out, e) ? -1 : 0;
	if (failed)
		store_group_undo(p->store);
	return store_group_end(p->store, failed ? &undone : e) || failed ? -1 : 0;
}

/* A reference that was typed in small letters. */
static const char *as_written(struct arena *a, const char *ref)
{
	char *out = arena_dup(a, ref);

	for (char *c = out; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	return out;
}

/* What they said may be several lines. */
static const char *said(const struct options *o, struct arena *a)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	for (size_t i = 2; i < o->n_args; i++)
		buf_fmt(&b, "%s%s", i > 2 ? " " : "", o->args[i]);
	return arena_dup(a, b.data);
}

int record_answer(const struct options *o, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct house h;
	struct pass p;

	if (house_open(o, 0, &h, e))
		return -1;
	int failed = pass_open_desk(&p, &h.config, h.store, o->now, e);
	if (!failed) {
		failed = record(&p, as_written(&a, o->args[1]), said(o, &a), o->lang, &out, e);
		pass_close_desk(&p);
	}
	house_close(&h);
	if (!failed)
		fputs(out.data, stdout);
	return failed;
}
