/* SPDX-License-Identifier: EUPL-1.2 */
/* oversyn read: how a mail would be understood, step by step, recording nothing. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/files.h"
#include "app/reader.h"
#include "base/text.h"

/* All that is understood of one mail. */
struct understood {
	struct reading reading;
	struct reply reply;
	enum letter_kind letter;
	const char *reasons[5];
};

/* ---- as an object ---- */

/* What an answer says beside its verdict and its text. */
static void details_json(struct json *j, const struct answer *said)
{
	json_day(j, "until", said->until);
	json_str(j, "delegate", said->delegate);
	json_day(j, "date", said->date);
	json_str(j, "paragraph", said->paragraph);
	json_str(j, "option", said->option);
	json_str(j, "registry_no", said->registry_no);
	json_str(j, "outcome", reply_outcome_name(said->outcome));
	if (said->adjusted == ADJUSTED_UNSAID)
		json_str(j, "adjusted", NULL);
	else
		json_bool(j, "adjusted", said->adjusted == ADJUSTED_YES);
}

static void answers_json(struct json *j, const struct reply *reply)
{
	json_open(j, "answers");
	for (size_t i = 0; i < reply->n_answers; i++) {
		json_item(j);
		json_int(j, "n", reply->answers[i].n);
		json_str(j, "verdict", verdict_name(reply->answers[i].verdict));
		json_str(j, "text", reply->answers[i].text);
		details_json(j, &reply->answers[i]);
	}
	json_close(j);
}

static void calendar_json(struct json *j, const struct calendar_reply *c)
{
	char at[INSTANT_TEXT];

	json_str(j, "partstat", *c->partstat ? c->partstat : NULL);
	json_str(j, "attendee", *c->attendee ? c->attendee : NULL);
	json_str(j, "sent_by", *c->sent_by ? c->sent_by : NULL);
	json_str(j, "delegated_to", *c->delegated_to ? c->delegated_to : NULL);
	json_str(j, "proposed", c->start != INSTANT_NONE ? zone_text(c->start, at) : NULL);
	json_str(j, "comment", *c->comment ? c->comment : NULL);
}

static void understood_json(const struct understood *u, struct buf *out)
{
	const struct mail_facts *m = &u->reading.mail;
	const struct reply *reply = &u->reply;
	struct json *j = json_new();

	json_str(j, "class", mail_class_name(m->cls));
	json_str(j, "verdict", verdict_name(reply->verdict));
	json_str(j, "text", reply->text);
	details_json(j, &reply->said);
	json_str(j, "proposal", !reply->n_answers && reply->said.verdict ? verdict_name(reply->said.verdict) : NULL);
	calendar_json(j, &u->reading.calendar);
	answers_json(j, reply);
	json_str(j, "from", m->from);
	json_str(j, "domain", m->auth_domain);
	json_str(j, "fresh", m->fresh);
	json_str(j, "doubt", m->doubtful ? m->doubt : NULL);
	json_day(j, "back", m->back);
	json_str(j, "substitute", m->substitute);
	json_str(j, "review", NULL);
	json_bool(j, "trusted", false);
	json_list(j, "reasons", u->reasons, ARRAY_LEN(u->reasons));
	json_write(j, out);
}

/* ---- for people ---- */

static void step(struct buf *out, const char *name, const char *result, const char *because)
{
	buf_fmt(out, "%-9s %s\n", name, result ? result : "–");
	if (because)
		buf_fmt(out, "%-9s   %s\n", "", because);
}

static void say_calendar(const struct calendar_reply *c, struct buf *out)
{
	char at[INSTANT_TEXT];

	buf_fmt(out, "calendar  %s by %s, SEQUENCE %d\n", *c->partstat ? c->partstat : c->method,
	        *c->attendee ? c->attendee : "nobody named", c->sequence);
	if (*c->sent_by)
		buf_fmt(out, "            sent by %s\n", c->sent_by);
	if (*c->delegated_to)
		buf_fmt(out, "            proposes %s instead\n", c->delegated_to);
	if (c->start != INSTANT_NONE)
		buf_fmt(out, "            proposes %s\n", zone_text(c->start, at));
	if (c->unknown_zone)
		buf_str(out, "            proposes a time in a zone that is not known\n");
	if (*c->comment)
		buf_fmt(out, "            comment: %s\n", c->comment);
	if (c->rescued)
		buf_str(out, "            damaged: read line by line\n");
}

static void say_text(const char *fresh, struct buf *out)
{
	buf_str(out, "text      ");
	if (!fresh || !*fresh)
		buf_str(out, "none above what was quoted, less what we sent ourselves");
	for (const char *c = fresh ? fresh : ""; *c; c++)
		if (*c == '\n')
			buf_str(out, "\n          ");
		else
			buf_chr(out, *c);
	buf_chr(out, '\n');
}

static void say_one(const struct answer *x, struct buf *out)
{
	char day[DATE_TEXT];

	if (x->n)
		buf_fmt(out, "%d ", x->n);
	buf_str(out, verdict_name(x->verdict));
	if (x->until != DAY_NONE)
		buf_fmt(out, ", until %s", date_text(x->until, day));
	if (x->delegate)
		buf_fmt(out, ", instead %s", x->delegate);
	if (x->date != DAY_NONE)
		buf_fmt(out, ", on %s", date_text(x->date, day));
	if (x->paragraph)
		buf_fmt(out, ", %s", x->paragraph);
	if (x->option)
		buf_fmt(out, ", option %s", x->option);
	if (x->outcome != OUTCOME_NONE)
		buf_fmt(out, ", %s", reply_outcome_name(x->outcome));
	if (x->adjusted != ADJUSTED_UNSAID)
		buf_str(out, x->adjusted == ADJUSTED_YES ? ", adjusted" : ", not adjusted yet");
	if (x->text)
		buf_fmt(out, ": %s", x->text);
	buf_chr(out, '\n');
}

static void say_words(const struct understood *u, struct buf *out)
{
	const struct reply *r = &u->reply;

	buf_fmt(out, "letter    %s\n", letter_kind_name(u->letter));
	step(out, "verdict", verdict_name(r->verdict), u->reasons[3]);
	for (size_t i = 0; i < r->n_answers; i++) {
		buf_str(out, "answer    ");
		say_one(&r->answers[i], out);
	}
	if (!r->n_answers && r->said.verdict) {
		buf_str(out, "offered   ");
		say_one(&r->said, out);
	}
}

static void say(const struct understood *u, struct buf *out)
{
	const struct mail_facts *m = &u->reading.mail;
	char day[DATE_TEXT];

	step(out, "class", mail_class_name(m->cls), u->reasons[0]);
	step(out, "from", m->from, u->reasons[1]);
	step(out, "domain", m->auth_domain, u->reasons[2]);
	if (m->back != DAY_NONE)
		buf_fmt(out, "away      back on %s\n", date_text(m->back, day));
	if (m->substitute)
		buf_fmt(out, "stands in %s\n", m->substitute);
	if (*u->reading.calendar.method)
		say_calendar(&u->reading.calendar, out);
	if (m->cls == MAIL_REPLY) {
		say_text(m->fresh, out);
		say_words(u, out);
	}
	step(out, "trust", "not judged", u->reasons[4]);
}

/* A mail may hold what steers a terminal. */
static void disarm(struct buf *out)
{
	for (size_t i = 0; i < out->len; i++) {
		unsigned char c = (unsigned char)out->data[i];
		bool second = c == 0xc2 && (unsigned char)out->data[i + 1] < 0xa0; /* C1, in UTF-8 */

		if ((c < 0x20 && c != '\n') || c == 0x7f)
			out->data[i] = '?';
		else if (second)
			out->data[i] = out->data[i + 1] = '?';
	}
}

/* ---- the command ---- */

static int parse_apart(struct arena *a, const struct buf *bytes, const struct mail_known *known,
                       struct reading *reading, struct err *e)
{
	struct reader *reader;

	if (reader_start(&reader, e))
		return -1;
	int ok = reader_parse(reader, a, bytes->data, bytes->len, known, reading, e);
	reader_stop(reader);
	if (!ok)
		return err_set(e, ERR_FOUND, "the mail stopped the reader: it would be set aside for the coordinator");
	return ok < 0 ? -1 : 0;
}

/* What the configuration says of mail that comes, in the arena; the mail's own
 * date is all that is known of when it came. */
static int site_known(const struct options *o, struct arena *a, struct mail_known *out, struct err *e)
{
	struct buf bytes AUTO(buf_release) = BUF_INIT;
	struct mail_known known;
	struct config c;

	if (config_read(o->config, o->db, &c, e))
		return -1;
	config_known(&c, &known);
	mail_known_write(&known, &bytes);
	bool copied = mail_known_read(a, bytes.data, bytes.len, out);
	config_release(&c);
	return copied ? 0 : err_set(e, ERR_USAGE, "the configuration holds too much, or bytes that are not UTF-8");
}

/* The words, by what the letter asked for and what it offered. */
static void understand(struct arena *a, const struct options *o, const struct mail_facts *ours,
                       struct understood *u)
{
	/* The subject names the body at its end; the rest of the letter may name others. */
	const char *sent = ours->text, *subject = ours->subject;
	const struct mail_facts *m = &u->reading.mail;
	struct reply *reply = &u->reply;
	struct reply_context ctx = {
		.received = zone_wall(m->date != INSTANT_NONE ? m->date : o->now).day,
		.letter = u->letter,
		.done_offered = reply_offers(sent, "KLART"),
		.body = subject ? strrchr(subject, ',') ? strrchr(subject, ',') : subject : NULL,
		.sent = sent,
		.rows = reply_rows(sent),
		.from = m->from,
	};

	*reply = (struct reply){ .verdict = VERDICT_NONE, .said = { .until = DAY_NONE, .date = DAY_NONE } };
	if (m->cls == MAIL_REPLY)
		reply_read(a, m->doubtful || !m->fresh ? "" : m->fresh, &ctx, reply);
	if (m->cls == MAIL_REPLY && m->doubtful)
		*reply = (struct reply){ .verdict = VERDICT_UNCLEAR, .said = reply->said, .reason = m->doubt };
	else if (m->cls == MAIL_REPLY && m->beside && reply->verdict == VERDICT_APPROVE)
		*reply = (struct reply){ .verdict = VERDICT_UNCLEAR, .said = reply->said, .reason = m->beside };
	u->reasons[0] = m->why ? m->why : "no sign of a machine";
	u->reasons[1] = m->doubtful ? m->doubt : m->from ? "one sender" : "no sender, or several";
	u->reasons[2] = m->auth_why ? m->auth_why : "nobody vouches for the sender's domain";
	u->reasons[3] = reply->reason ? reply->reason : "its text is not looked at";
	u->reasons[4] = "that needs the database: token, holder and day";
}

int command_read(const struct options *o, struct err *e)
{
	struct buf bytes AUTO(buf_release) = BUF_INIT, ours AUTO(buf_release) = BUF_INIT,
	           out AUTO(buf_release) = BUF_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reading sent = { .mail = { .text = NULL } };
	struct understood u = { .letter = LETTER_ANY };
	struct mail_known known;
	int letter = o->letter ? letter_kind_by_name(o->letter) : LETTER_ANY;

	if (letter < 0)
		return err_set(e, ERR_USAGE, "--letter %s: write review, inventory, question, decision, confirm, "
		               "handover, deficiency, notice, or the name of a letter's template", o->letter);
	u.letter = (enum letter_kind)letter;
	if (site_known(o, &a, &known, e) || file_read(o->args[0], FILE_LIMIT, &bytes, e)
	    || (o->sent && (file_read(o->sent, FILE_LIMIT, &ours, e) || parse_apart(&a, &ours, &known, &sent, e))))
		return -1;
	known.sent = sent.mail.text ? arena_fmt(&a, "%s\n%s", sent.mail.subject ? sent.mail.subject : "", sent.mail.text)
	                            : NULL;
	if (parse_apart(&a, &bytes, &known, &u.reading, e))
		return -1;
	understand(&a, o, &sent.mail, &u);
	if (o->json) {
		understood_json(&u, &out);
	} else {
		say(&u, &out);
		disarm(&out);
	}
	fputs(out.data, stdout);
	return 0;
}
