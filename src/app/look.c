/* SPDX-License-Identifier: EUPL-1.2 */
/* The commands that only look: due, why, header, status, verify. */
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/files.h"
#include "app/foreign.h"
#include "core/header.h"
#include "core/revision.h"
#include "src/app/look-joint.h"
#include "store/deficiencies.h"
#include "store/edits.h"
#include "store/reports.h"

static dayno today_of(const struct options *o)
{
	return o->on != DAY_NONE ? o->on : zone_wall(o->now).day;
}

static int why_edits(const struct options *o, struct store *s, const struct registry *r, struct arena *a,
                     const char *item, struct buf *out, struct err *e)
{
	struct item_edit *edits;
	size_t n;

	if (store_edits(s, a, item, &edits, &n, e))
		return -1;
	view_why_edits(r, edits, n, o->lang, out);
	return 0;
}

static int open_register(const struct options *o, struct house *h, struct registry *r, struct err *e)
{
	if (house_open(o, STORE_READ, h, e))
		return -1;
	registry_init(r);
	if (!store_load(h->store, r, e))
		return 0;
	registry_release(r);
	house_close(h);
	return -1;
}

static bool wanted(const struct options *o, const struct due *d, dayno today)
{
	if (o->within >= 0)
		return d->due != DAY_NONE && d->due <= today + o->within;
	return d->status != DUE_NONE || o->json;
}

int command_due(const struct options *o, struct err *e)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	dayno today = today_of(o);
	struct registry r;
	struct table t;
	struct house h;

	if (open_register(o, &h, &r, e))
		return -1;
	view_due_head(&t, o->lang);
	for (size_t i = 0; i < r.n_items; i++) {
		struct due d;

		due_compute(&r, &r.items[i], today, &a, &d);
		if (!wanted(o, &d, today))
			continue;
		if (o->json)
			view_due_json(&r.items[i], &d, &out);
		else
			view_due_row(&t, &r.items[i], &d, o->lang);
	}
	if (!o->json)
		table_write(&t, &out);
	fputs(out.data, stdout);
	table_release(&t);
	registry_release(&r);
	house_close(&h);
	return 0;
}

int command_why(const struct options *o, struct err *e)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct registry r;
	struct house h;
	int failed = 0;

	if (open_register(o, &h, &r, e))
		return -1;
	const struct item *item = registry_item(&r, o->args[0]);
	if (item) {
		struct due d;

		due_compute(&r, item, today_of(o), &a, &d);
		view_why(&r, item, &d, today_of(o), o->lang, &out);
		failed = why_edits(o, h.store, &r, &a, item->id, &out, e)
		         || look_joint_why(h.store, &r, item, today_of(o), o->lang, &out, e);
		fputs(out.data, stdout);
	} else {
		failed = err_set(e, ERR_USAGE, "there is no item %s in the register", o->args[0]);
	}
	registry_release(&r);
	house_close(&h);
	return failed;
}

static int first_pages(const struct options *o, struct arena *a, const char **text, struct err *e)
{
	struct buf bytes AUTO(buf_release) = BUF_INIT;
	const char *path = o->args[0], *fault;
	struct foreign f;

	if (file_read(path, FILE_LIMIT, &bytes, e) || foreign_open(o, &f, e))
		return -1;
	int ok = foreign_document(&f, a, &bytes, text, &fault, e);
	foreign_close(&f);
	if (ok > 0 && !(*text)[strspn(*text, " \t\r\n\f")]) {
		fault = "the file is empty: name one that holds the document's first page";
		ok = 0;
	}
	if (!ok)
		return err_set(e, ERR_FOUND, "%s: %s", strcmp(path, "-") ? path : "standard input", fault);
	return ok < 0 ? -1 : 0;
}

int command_header(const struct options *o, struct err *e)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *text;
	struct registry r;
	struct header h;
	struct due d;

	if (first_pages(o, &a, &text, e))
		return -1;
	registry_init(&r);
	registry_index(&r);
	header_read(&r.arena, text, &h);
	due_compute(&r, &h.item, today_of(o), &r.arena, &d);
	if (o->json)
		view_header_json(&h, &d, &out);
	else
		view_header_table(&h, &d, o->lang, &out);
	fputs(out.data, stdout);
	registry_release(&r);
	return 0;
}

/* Every row stands on the one before it: where a head that was kept is still a row's,
 * nothing before it has changed. */
static int find_head(struct store *s, const char *head, struct err *e)
{
	int64_t seq;
	int found = store_record_at(s, head, &seq, e);

	return found > 0 ? 0 : found < 0 ? -1
	       : err_set(e, ERR_FOUND, "no row of the record has the hash %s: rows have been taken away or made "
	                 "anew since it was noted, or it was copied with a fault", head);
}

/* A part of one would be found nowhere, and sound the alarm. */
static int whole_head(const char *said, char out[DIGEST_HEX], struct err *e)
{
	size_t n = strspn(said, "0123456789abcdefABCDEF");

	if (said[n] || n != DIGEST_HEX - 1)
		return err_set(e, ERR_USAGE, "\"%s\" is no whole head: one has %d characters, 0 to 9 and a to f", said,
		               DIGEST_HEX - 1);
	for (size_t i = 0; i < n; i++)
		out[i] = (char)(said[i] >= 'A' && said[i] <= 'F' ? said[i] - 'A' + 'a' : said[i]);
	out[n] = '\0';
	return 0;
}

int command_verify(const struct options *o, struct err *e)
{
	char head[DIGEST_HEX], kept[DIGEST_HEX] = "";
	struct house h;
	int64_t rows;

	if (o->n_args && whole_head(o->args[0], kept, e))
		return -1;
	if (house_open(o, STORE_READ, &h, e))
		return -1;
	int failed = store_record_verify(h.store, &rows, head, e);
	if (!failed && o->n_args)
		failed = find_head(h.store, kept, e);
	if (!failed && o->json) {
		struct buf out AUTO(buf_release) = BUF_INIT;
		struct json *j = json_new();

		json_int(j, "rows", rows);
		json_str(j, "head", head);
		json_write(j, &out);
		fputs(out.data, stdout);
	} else if (!failed) {
		printf(o->lang == VIEW_SV ? rows == 1 ? "protokollet håller: %lld rad, huvud %s\n"
		                                     : "protokollet håller: %lld rader, huvud %s\n"
		                         : rows == 1 ? "the record holds: %lld row, head %s\n"
		                                     : "the record holds: %lld rows, head %s\n", (long long)rows, head);
	}
	house_close(&h);
	return failed;
}

static void counts_json(const struct body_counts *c, int asked, struct buf *out)
{
	struct json *j = json_new();

	json_str(j, "body", c->body);
	json_int(j, "invited", c->invited);
	json_int(j, "signed", c->signed_off);
	json_int(j, "decided", c->decided);
	json_int(j, "overdue", c->overdue_sent);
	json_int(j, "asked", asked);
	json_int(j, "awaiting", c->awaiting);
	json_int(j, "open", c->open + c->changes + c->wrong_person);
	json_write(j, out);
}

static int asked_of(const struct registry *r, const struct questions *q, const char *body)
{
	int n = 0;

	for (size_t i = 0; i < q->n; i++) {
		const struct item *item = registry_item(r, q->at[i].item);

		/* Asked again is the same question. */
		if (i && !strcmp(q->at[i].item, q->at[i - 1].item))
			continue;
		n += item && !strcmp(item->body ? item->body : "alla", body);
	}
	return n;
}

static void counts_row(struct table *t, struct arena *a, const struct body_counts *c, int asked)
{
	const int cells[] = {
		c->invited, c->signed_off, c->decided, c->overdue_sent, asked, c->awaiting,
		c->open + c->changes + c->wrong_person,
	};

	table_cell(t, c->body);
	for (size_t i = 0; i < ARRAY_LEN(cells); i++)
		table_cell(t, arena_fmt(a, "%d", cells[i]));
}

int body_table(struct store *s, const struct registry *r, enum view_lang lang, bool json,
               struct buf *out, struct err *e)
{
	static const char *const heads[2][8] = {
		{ "Nämnd", "Inbjudna", "Kvitterade", "Beslutade", "Försenade", "Frågade", "Väntar beslut", "Öppna" },
		{ "Body", "Invited", "Signed", "Decided", "Overdue", "Asked", "Awaiting", "Open" },
	};
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct body_counts *counts, sum = { .body = lang == VIEW_SV ? "Summa" : "Total" };
	struct questions questions;
	struct table t;
	int asked_sum = 0;
	size_t n;

	if (store_body_counts(s, &a, &counts, &n, e) || store_questions(s, &a, &questions, e))
		return -1;
	table_init(&t, ARRAY_LEN(heads[0]));
	for (size_t i = 0; i < ARRAY_LEN(heads[0]); i++)
		table_cell(&t, heads[lang == VIEW_SV ? 0 : 1][i]);
	for (size_t i = 0; i < n; i++) {
		const struct body_counts *c = &counts[i];
		int asked = asked_of(r, &questions, c->body);

		if (json)
			counts_json(c, asked, out);
		else
			counts_row(&t, &a, c, asked);
		asked_sum += asked;
		sum.invited += c->invited;
		sum.signed_off += c->signed_off;
		sum.decided += c->decided;
		sum.overdue_sent += c->overdue_sent;
		sum.awaiting += c->awaiting;
		sum.open += c->open + c->changes + c->wrong_person;
	}
	if (!json) {
		counts_row(&t, &a, &sum, asked_sum);
		table_write(&t, out);
	}
	table_release(&t);
	return 0;
}

/* Counts alone: what was reported is for few. */
static int deficiency_counts(struct store *s, enum view_lang lang, bool json, struct buf *out,
                             struct err *e)
{
	struct deficiency_counts n;

	if (store_deficiency_counts(s, &n, e))
		return -1;
	if (json) {
		struct json *j = json_new();

		json_int(j, "deficiencies_open", n.open);
		json_int(j, "deficiencies_closed", n.closed);
		json_int(j, "deficiencies_mistaken", n.mistaken);
		json_write(j, out);
	} else if (n.open + n.closed + n.mistaken) {
		buf_fmt(out, lang == VIEW_SV ? "\nBrister: %d öppna, %d stängda, %d felaktigt anmälda\n"
		                             : "\nDeficiencies: %d open, %d closed, %d reported by mistake\n",
		        n.open, n.closed, n.mistaken);
	}
	return 0;
}

static void asked_json(const struct inquiry *q, const struct body *body, struct buf *out)
{
	struct json *j = json_new();

	json_str(j, "inquiry", q->adjustment ? "adjustment" : "decision");
	json_str(j, "item", q->item);
	json_str(j, "body", body ? body->id : NULL);
	json_day(j, "meeting", q->meeting);
	json_day(j, "asked", q->day);
	json_int(j, "times", q->times);
	json_write(j, out);
}

static void asked_row(struct table *t, struct arena *a, const struct inquiry *q, const struct body *body,
                      bool sv)
{
	char meeting[DATE_TEXT], last[DATE_TEXT];

	table_cell(t, q->item);
	table_cell(t, body ? body->id : NULL);
	table_cell(t, q->adjustment ? (sv ? "justering" : "minutes") : (sv ? "beslut" : "decision"));
	table_cell(t, date_text(q->meeting, meeting));
	table_cell(t, date_text(q->day, last));
	table_cell(t, arena_fmt(a, "%d", q->times));
}

/* What secretaries have been asked and not answered. */
static int asked_table(struct store *s, const struct registry *r, enum view_lang lang, bool json,
                       struct buf *out, struct err *e)
{
	static const char *const heads[2][6] = {
		{ "Objekt", "Nämnd", "Sekreteraren frågad om", "Sammanträde", "Senast", "Gånger" },
		{ "Item", "Body", "Secretary asked about", "Meeting", "Last", "Times" },
	};
	struct arena a AUTO(arena_release) = ARENA_INIT;
	bool sv = lang == VIEW_SV, any = false;
	struct inquiries asked;
	struct table t;

	if (store_inquiries(s, &a, &asked, e))
		return -1;
	table_init(&t, ARRAY_LEN(heads[0]));
	for (size_t i = 0; i < ARRAY_LEN(heads[0]); i++)
		table_cell(&t, heads[sv ? 0 : 1][i]);
	for (size_t i = 0; i < asked.n; i++) {
		const struct inquiry *q = &asked.at[i];
		const struct item *item = registry_item(r, q->item);
		const struct body *body = item ? revision_body(r, item, q->about, q->meeting) : NULL;

		if (!q->times || q->outcome != OUTCOME_NONE)
			continue;
		any = true;
		if (json)
			asked_json(q, body, out);
		else
			asked_row(&t, &a, q, body, sv);
	}
	if (any && !json) {
		buf_chr(out, '\n');
		table_write(&t, out);
	}
	table_release(&t);
	return 0;
}

static void report_json(const struct report *r, struct buf *out)
{
	struct json *j = json_new();

	json_str(j, "report", report_kind_name(r->kind));
	json_day(j, "period", r->period);
	json_day(j, "day", r->day);
	json_str(j, "letter", *r->letter ? r->letter : NULL);
	json_write(j, out);
}

/* When the last letters of the week and the quarter went, and that passes are made. */
static int reports(struct store *s, struct arena *a, dayno today, enum view_lang lang, bool json,
                   struct buf *out, struct err *e)
{
	static const char *const words[2][REPORT_KIND_COUNT] = {
		{ "Senaste veckobrev", "Senaste kvartalsstatus" },
		{ "Last letter of the week", "Last status of the quarter" },
	};
	char at[INSTANT_TEXT], day[DATE_TEXT];
	struct pulse pulse;

	if (store_pulse_read(s, &pulse, e))
		return -1;
	if (!json && pulse.last != INSTANT_NONE)
		buf_fmt(out, lang == VIEW_SV ? "\nSenaste körning: %s\n" : "\nLast pass: %s\n",
		        zone_text(pulse.last, at));
	for (int k = 0; k < REPORT_KIND_COUNT; k++) {
		struct report r;
		int found = store_report_last(s, a, (enum report_kind)k, today, &r, e);

		if (found < 0)
			return -1;
		if (json)
			report_json(&r, out);
		else if (found)
			buf_fmt(out, "%s: %s, %s\n", words[lang == VIEW_EN][k], date_text(r.day, day), r.letter);
	}
	return 0;
}

int command_status(const struct options *o, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct registry r;
	struct house h;

	if (open_register(o, &h, &r, e))
		return -1;
	int failed = body_table(h.store, &r, o->lang, o->json, &out, e) ||
	             deficiency_counts(h.store, o->lang, o->json, &out, e);
	if (!failed)
		failed = trainings_table(h.store, &r, today_of(o), o->lang, o->json, &out, e);
	if (!failed && !o->json)
		failed = look_joint_table(h.store, &r, today_of(o), o->lang, &out, e);
	failed = failed || asked_table(h.store, &r, o->lang, o->json, &out, e);
	failed = failed || reports(h.store, &a, today_of(o), o->lang, o->json, &out, e);
	fputs(out.data, stdout);
	registry_release(&r);
	house_close(&h);
	return failed ? -1 : 0;
}
