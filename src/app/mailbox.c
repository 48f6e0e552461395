/* SPDX-License-Identifier: EUPL-1.2 */
/* The commands that look at mail: outbox, inbox, show, read. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/files.h"
#include "app/reader.h"
#include "base/text.h"

static void list_start(struct table *t, const char *const *heads, size_t n)
{
	table_init(t, n);
	for (size_t i = 0; i < n; i++)
		table_cell(t, heads[i]);
}

static void list_end(struct table *t, struct buf *out, bool json)
{
	if (!json)
		table_write(t, out);
	fputs(out->data, stdout);
	table_release(t);
}

static void outbox_json(const struct outbox_row *r, struct buf *out)
{
	struct json *j = json_new();
	char at[INSTANT_TEXT];

	json_int(j, "id", r->id);
	json_str(j, "message_id", r->message_id);
	json_str(j, "to", r->to);
	json_str(j, "letter", r->letter);
	json_str(j, "kind", r->kind);
	json_str(j, "subject", r->subject);
	json_str(j, "status", r->status);
	json_int(j, "attempts", r->attempts);
	json_str(j, "created", zone_text(r->created, at));
	json_str(j, "answer", r->answer);
	json_write(j, out);
}

int command_outbox(const struct options *o, struct err *e)
{
	static const char *const heads[] = { "Status", "Kind", "To", "Letter", "Subject" };
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct outbox_row *rows;
	struct house h;
	struct table t;
	size_t n;

	bool release = o->n_args == 1 && !strcmp(o->args[0], "release");
	if (o->n_args && !release)
		return err_set(e, ERR_USAGE, "outbox %s: the outbox is listed, or released: outbox release", o->args[0]);
	if (house_open(o, release ? 0 : STORE_READ, &h, e))
		return -1;
	int failed = release ? store_outbox_release(h.store, o->now, &n, e)
	                     : store_outbox_list(h.store, &a, &rows, &n, e);
	if (!failed && release) {
		printf("%zu mails released\n", n);
	} else if (!failed) {
		list_start(&t, heads, ARRAY_LEN(heads));
		for (size_t i = 0; i < n; i++) {
			if (o->json) {
				outbox_json(&rows[i], &out);
				continue;
			}
			table_cell(&t, rows[i].status);
			table_cell(&t, rows[i].kind);
			table_cell(&t, rows[i].to);
			table_cell(&t, rows[i].letter);
			table_cell(&t, rows[i].subject);
		}
		list_end(&t, &out, o->json);
	}
	house_close(&h);
	return failed;
}

static void inbox_json(const struct inbox_row *r, struct buf *out)
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
	json_write(j, out);
}

int command_inbox(const struct options *o, struct err *e)
{
	static const char *const heads[] = { "No", "Received", "From", "Letter", "Status", "Class", "Verdict", "Review", "Reason" };
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct inbox_row *rows;
	struct house h;
	struct table t;
	size_t n;

	bool undecided = o->n_args == 1 && !strcmp(o->args[0], "open");
	if (o->n_args && !undecided)
		return err_set(e, ERR_USAGE, "inbox %s: the inbox is listed, or what is still to be decided: "
		               "inbox open", o->args[0]);
	if (house_open(o, STORE_READ, &h, e))
		return -1;
	int failed = store_inbox_list(h.store, &a, undecided, &rows, &n, e);
	if (!failed) {
		list_start(&t, heads, ARRAY_LEN(heads));
		for (size_t i = 0; i < n; i++) {
			char at[INSTANT_TEXT];

			if (o->json) {
				inbox_json(&rows[i], &out);
				continue;
			}
			table_cell(&t, arena_fmt(&a, "%lld", (long long)rows[i].id));
			table_cell(&t, zone_text(rows[i].received, at));
			table_cell(&t, rows[i].sender);
			table_cell(&t, rows[i].letter);
			table_cell(&t, rows[i].status);
			table_cell(&t, rows[i].class_name);
			table_cell(&t, rows[i].verdict);
			table_cell(&t, rows[i].review);
			table_cell(&t, rows[i].reason);
		}
		list_end(&t, &out, o->json);
	}
	house_close(&h);
	return failed;
}

static void show_reviews(const struct reviews *reviews, struct buf *out)
{
	for (size_t i = 0; i < reviews->n; i++) {
		const struct review *r = &reviews->at[i];
		char opened[DATE_TEXT], due[DATE_TEXT], act_by[DATE_TEXT], on[DATE_TEXT];

		buf_fmt(out, "review %s: %s; letter %s no %d; opened %s, act by %s, due %s, last rung %s%s%s\n",
		        r->id, review_state_name(r->state), r->letter, r->n, date_text(r->opened, opened),
		        date_text(r->act_by, act_by), date_text(r->due, due), rung_name(r->rung),
		        r->signed_on == DAY_NONE ? "" : ", signed ", date_text(r->signed_on, on));
	}
}

static int show_record(struct store *s, struct arena *a, const char *subject, struct buf *out, struct err *e)
{
	struct record_row *rows;
	size_t n;

	if (store_record_list(s, a, subject, &rows, &n, e))
		return -1;
	for (size_t i = 0; i < n; i++) {
		char at[INSTANT_TEXT];

		buf_fmt(out, "record %lld %s %s\n", (long long)rows[i].seq, zone_text(rows[i].at, at), rows[i].kind);
		for (const char *line = rows[i].facts, *end; line && *line; line = *end ? end + 1 : end) {
			end = strchrnul(line, '\n');
			buf_fmt(out, "    %.*s\n", (int)(end - line), line);
		}
	}
	return 0;
}

static int show_all(struct store *s, struct arena *a, const char *ref, struct buf *out, struct err *e)
{
	struct outbox_row *mails;
	struct reviews reviews;
	struct letter letter;
	size_t n;
	int found = store_letter(s, a, ref, &letter, e);

	if (found < 0 || (found ? store_letter_reviews(s, a, ref, &reviews, e)
	                        : store_item_reviews(s, a, ref, &reviews, e)))
		return -1;
	if (found) {
		char day[DATE_TEXT];

		buf_fmt(out, "letter %s: to %s (%s), for %s, opened %s\n", letter.ref, letter.address,
		        letter.role, letter.body, date_text(letter.opened, day));
		if (store_letter_mails(s, a, ref, &mails, &n, e))
			return -1;
		for (size_t i = 0; i < n; i++)
			buf_fmt(out, "mail %s: %s, %s\n", mails[i].message_id, mails[i].kind, mails[i].status);
	}
	show_reviews(&reviews, out);
	for (size_t i = 0; i < reviews.n; i++)
		if (show_record(s, a, reviews.at[i].id, out, e))
			return -1;
	return show_record(s, a, ref, out, e);
}

int command_show(const struct options *o, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct house h;

	if (o->n_args != 1)
		return err_set(e, ERR_USAGE, "show what? A letter's reference, an item's or a review's id");
	if (house_open(o, STORE_READ, &h, e))
		return -1;
	int failed = show_all(h.store, &a, o->args[0], &out, e);
	if (!failed && !out.len)
		failed = err_set(e, ERR_USAGE, "nothing is known about %s", o->args[0]);
	fputs(out.data, stdout);
	house_close(&h);
	return failed;
}

/* ---- read ---- */

/* What an answer says beside its verdict and its text. */
static void details_json(struct json *j, const struct answer *said)
{
	json_day(j, "until", said->until);
	json_str(j, "delegate", said->delegate);
	json_day(j, "date", said->date);
	json_str(j, "paragraph", said->paragraph);
	json_str(j, "option", said->option);
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

static void understood_json(const struct mail_facts *m, const struct calendar_reply *cal,
                            const struct reply *reply, const char *const *reasons, size_t n,
                            struct buf *out)
{
	struct json *j = json_new();

	json_str(j, "class", mail_class_name(m->cls));
	json_str(j, "verdict", verdict_name(reply->verdict));
	json_str(j, "text", reply->text);
	details_json(j, &reply->said);
	json_str(j, "proposal", !reply->n_answers && reply->said.verdict ? verdict_name(reply->said.verdict) : NULL);
	json_str(j, "partstat", *cal->partstat ? cal->partstat : NULL);
	answers_json(j, reply);
	json_str(j, "review", NULL);
	json_bool(j, "trusted", false);
	json_list(j, "reasons", reasons, n);
	json_write(j, out);
}

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

int command_read(const struct options *o, struct err *e)
{
	struct buf bytes AUTO(buf_release) = BUF_INIT, ours AUTO(buf_release) = BUF_INIT,
	           out AUTO(buf_release) = BUF_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct reading reading, sent = { .mail = { .text = NULL } };
	struct mail_known known;
	struct reply reply = { .verdict = VERDICT_NONE, .said = { .until = DAY_NONE, .date = DAY_NONE } };
	int letter = o->letter ? letter_kind_by_name(o->letter) : LETTER_ANY;

	if (letter < 0)
		return err_set(e, ERR_USAGE, "--letter %s: write review, inventory, question, decision, confirm, "
		               "handover, notice, or the name of a letter's template", o->letter);
	if (o->n_args != 1)
		return err_set(e, ERR_USAGE, "read which mail? A file, or \"-\" for standard input");
	if (site_known(o, &a, &known, e) || file_read(o->args[0], FILE_LIMIT, &bytes, e)
	    || (o->sent && (file_read(o->sent, FILE_LIMIT, &ours, e) || parse_apart(&a, &ours, &known, &sent, e))))
		return -1;
	known.sent = sent.mail.text;
	if (parse_apart(&a, &bytes, &known, &reading, e))
		return -1;
	const struct mail_facts *m = &reading.mail;
	struct reply_context ctx = {
		.received = zone_wall(m->date != INSTANT_NONE ? m->date : o->now).day,
		.letter = (enum letter_kind)letter,
		.done_offered = reply_offers(sent.mail.text, "KLART"),
		.from = m->from,
	};
	if (m->cls == MAIL_REPLY)
		reply_read(&a, m->doubtful || !m->fresh ? "" : m->fresh, &ctx, &reply);
	if (m->cls == MAIL_REPLY && m->doubtful)
		reply = (struct reply){ .verdict = VERDICT_UNCLEAR, .said = reply.said, .reason = m->doubt };
	const char *reasons[] = {
		m->why ? m->why : "no sign of a machine", reply.reason ? reply.reason : "its text is not looked at",
		m->auth_why ? m->auth_why : "nobody vouches for the sender's domain",
		"trust is not judged without a database",
	};
	if (o->json) {
		understood_json(m, &reading.calendar, &reply, reasons, ARRAY_LEN(reasons), &out);
		fputs(out.data, stdout);
		return 0;
	}
	printf("class    %s\nverdict  %s\ntext     %s\n", mail_class_name(m->cls), verdict_name(reply.verdict),
	       reply.text ? reply.text : "–");
	for (size_t i = 0; i < ARRAY_LEN(reasons); i++)
		printf("because  %s\n", reasons[i]);
	return 0;
}
