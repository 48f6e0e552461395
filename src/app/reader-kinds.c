/* SPDX-License-Identifier: EUPL-1.2 */
/* The kinds of request: how each is asked, done and answered, side by side. */
#include <string.h>

#include "app/reader.h"
#include "reader-wire.h"

/* ---- mail, with the calendar's answer in it ---- */

/* A table is a length of its own, so that what follows it is still to be read. */
static void packed_table(const struct grid *g, struct buf *out)
{
	struct buf bytes AUTO(buf_release) = BUF_INIT;

	table_pack(g, &bytes);
	pack_number(out, bytes.len, 8);
	buf_add(out, bytes.data, bytes.len);
}

static bool unpack_table(struct unpack *u, struct grid *out)
{
	uint64_t len = unpack_number(u, 8);
	struct unpack table = { .a = u->a, .at = u->at };

	if (u->bad || len > u->left)
		return false;
	table.left = len;
	u->at += len;
	u->left -= len;
	return table_unpack(&table, out);
}

void wire_answer_mail(struct arena *a, const struct wire_asked *q, struct buf *out)
{
	struct calendar_reply cal;
	struct mail_known known;
	struct mail_facts mail;
	struct grid table;

	if (!q->field[1] || !mail_known_read(a, q->field[1], q->len[1], &known))
		return; /* an empty answer, which is none */
	known.shelf = q->shelf;
	mail_read(a, q->field[0], q->len[0], &known, &mail);
	calendar_reply_read(mail.calendar ? mail.calendar : "", mail.calendar ? strlen(mail.calendar) : 0, &cal);
	calendar_reply_pack(&cal, out);
	table_read(a, mail.file.bytes ? mail.file.bytes : "", mail.file.len, &table);
	pack_number(out, mail.file.n, 4);
	packed_table(&table, out);
	mail_facts_write(&mail, out);
}

static bool unpack_reading(struct unpack *u, void *to)
{
	struct reading *out = to;

	if (!calendar_reply_unpack(u, &out->calendar))
		return false;
	out->n_tables = unpack_count(u, MAIL_MAX_PARTS);
	return unpack_table(u, &out->table) && mail_facts_read(u->a, u->at, u->left, &out->mail);
}

struct ticket *reader_parse_ask(struct reader *r, const char *bytes, size_t len,
                                const struct mail_known *known)
{
	struct buf packed = BUF_INIT;

	mail_known_write(known, &packed);
	const char *const field[WIRE_FIELDS] = { bytes, packed.data };
	const struct wire_request q = { .kind = WIRE_MAIL, .len = { len, packed.len } };

	return reader_send(r, &q, field, &packed);
}

int reader_parse_hear(struct reader *r, struct ticket *t, struct arena *a, struct reading *out,
                      struct err *e)
{
	return reader_hear(r, t, unpack_reading, a, out, e);
}

int reader_parse(struct reader *r, struct arena *a, const char *bytes, size_t len,
                 const struct mail_known *known, struct reading *out, struct err *e)
{
	return reader_parse_hear(r, reader_parse_ask(r, bytes, len, known), a, out, e);
}

/* ---- documents ---- */

void wire_answer_document(struct arena *a, const struct wire_asked *q, struct buf *out)
{
	struct document d;

	document_read(a, q->field[0], q->len[0], (int)(q->number & INT32_MAX), &d);
	pack_string(out, d.text, DOCUMENT_MAX_TEXT);
	pack_string(out, d.fault, DOCUMENT_MAX_TEXT);
}

static bool unpack_document(struct unpack *u, void *to)
{
	struct document *out = to;

	out->text = unpack_string(u, DOCUMENT_MAX_TEXT);
	out->fault = unpack_string(u, DOCUMENT_MAX_TEXT);
	return !u->bad && !u->left && !out->text != !out->fault;
}

int reader_document(struct reader *r, struct arena *a, const char *bytes, size_t len, int pages,
                    struct document *out, struct err *e)
{
	const char *const field[WIRE_FIELDS] = { bytes };
	const struct wire_request q = {
		.kind = WIRE_DOCUMENT,
		.number = (uint64_t)pages,
		.len = { len, WIRE_ABSENT },
	};

	return reader_ask(r, &q, field, unpack_document, a, out, e);
}

/* ---- calendars of meetings ---- */

void wire_answer_meetings(struct arena *a, const struct wire_asked *q, struct buf *out)
{
	struct calendar_file f;

	meetings_read(a, q->field[0], q->len[0], &f);
	meetings_pack(&f, out);
}

static bool unpack_meetings(struct unpack *u, void *to)
{
	return meetings_unpack(u, to);
}

int reader_meetings(struct reader *r, struct arena *a, const char *bytes, size_t len,
                    struct calendar_file *out, struct err *e)
{
	const char *const field[WIRE_FIELDS] = { bytes };
	const struct wire_request q = {
		.kind = WIRE_MEETINGS,
		.len = { len, WIRE_ABSENT },
	};

	return reader_ask(r, &q, field, unpack_meetings, a, out, e);
}
