/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include <gmime/gmime.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

struct walk {
	struct arena *a;
	struct part_facts *out;
	struct buf plain, html;
	int parts;
	int calendar_rank;
	bool inside_message; /* a forwarded message's text is not the sender's */
};

static void doubt(struct walk *w, const char *what)
{
	if (!w->out->doubt)
		w->out->doubt = what;
}

static size_t count(const char *s, const char *word)
{
	size_t n = 0;

	for (; *s; s++)
		n += raw_is(s, word);
	return n;
}

/* Two headers that say different things let two programs see two mails. */
static void check_headers(struct walk *w, GMimeObject *object)
{
	static const char *const once[] = { "Content-Type", "Content-Transfer-Encoding",
	                                    "Content-Disposition" };
	GMimeHeaderList *list = g_mime_object_get_header_list(object);
	int n = list ? g_mime_header_list_get_count(list) : 0;
	int seen[3] = { 0 };

	if (n > MAIL_MAX_HEADERS)
		doubt(w, "a part has too many headers");
	for (int i = 0; i < n && i < MAIL_MAX_HEADERS; i++) {
		GMimeHeader *header = g_mime_header_list_get_header_at(list, i);
		const char *name = g_mime_header_get_name(header);
		const char *value = g_mime_header_get_raw_value(header);
		for (size_t j = 0; j < 3; j++)
			if (name && raw_equal(name, once[j]) && ++seen[j] > 1)
				doubt(w, "a MIME header stands twice");
		if (name && value && raw_equal(name, once[0]) &&
		    (strlen(value) > MAIL_MAX_IDENTITY || count(value, "charset=") > 1 ||
		     count(value, "boundary=") > 1))
			doubt(w, "a Content-Type says two things");
	}
}

static void take_stream(GMimeStream *memory, struct buf *out)
{
	GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));

	if (bytes && bytes->len)
		buf_add(out, bytes->data, bytes->len);
	g_object_unref(memory);
}

static bool decode(GMimePart *part, struct buf *out)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);

	if (!content)
		return false;
	GMimeStream *memory = g_mime_stream_mem_new();
	bool ok = g_mime_data_wrapper_write_to_stream(content, memory) >= 0;
	take_stream(memory, out);
	return ok;
}

/* How the bytes stand in the message, against what it says of them. */
static const char *encoding_doubt(GMimePart *part)
{
	struct buf raw AUTO(buf_release) = BUF_INIT;
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *stream = content ? g_mime_data_wrapper_get_stream(content) : NULL;
	const char *said = g_mime_object_get_header(GMIME_OBJECT(part), "Content-Transfer-Encoding");
	char word[24] = "";

	if (!stream || !said)
		return NULL;
	said += strspn(said, " \t");
	size_t len = strcspn(said, " \t;(");
	memcpy(word, said, len < sizeof(word) ? len : sizeof(word) - 1);
	GMimeStream *memory = g_mime_stream_mem_new();
	g_mime_stream_reset(stream);
	g_mime_stream_write_to_stream(stream, memory);
	g_mime_stream_reset(stream);
	take_stream(memory, &raw);
	return transfer_doubt(word, raw.data, raw.len);
}

static char *part_text(struct walk *w, GMimePart *part, GMimeContentType *type)
{
	struct buf raw AUTO(buf_release) = BUF_INIT;
	const char *unsure = NULL;

	if (!decode(part, &raw))
		doubt(w, "a text part could not be decoded");
	char *text = charset_utf8(w->a, raw.data, raw.len,
	                          g_mime_content_type_get_parameter(type, "charset"), &unsure);
	if (unsure)
		doubt(w, unsure);
	const char *format = g_mime_content_type_get_parameter(type, "format");
	const char *delsp = g_mime_content_type_get_parameter(type, "delsp");
	if (format && raw_equal(format, "flowed"))
		text = flowed_text(w->a, text, delsp && raw_equal(delsp, "yes"));
	return text;
}

/* ---- calendars ---- */

/*
 * Of several calendars the one that is announced as an answer counts, before
 * one without a method, before an attached file. What it says inside decides.
 */
static void read_calendar(struct walk *w, GMimePart *part, GMimeContentType *type, int rank)
{
	const char *announced = g_mime_content_type_get_parameter(type, "method");
	const char *text = part_text(w, part, type);
	char method[24];

	if (!strstr(text, "VCALENDAR") && !strstr(text, "vcalendar")) {
		const char *other = calendar_in_header(w->a, GMIME_OBJECT(part));
		text = other ? other : text;
	}
	calendar_method(text, method, sizeof(method));
	bool says = announced && calendar_answers(announced), answers = calendar_answers(*method ? method : announced ? announced : "");
	if (says != answers && announced && *method)
		doubt(w, "a calendar says another method inside than outside");
	rank += says ? 2 : 0;
	if (answers ? rank > w->calendar_rank : !w->out->calendar) {
		w->out->calendar = text;
		w->out->calendar_answer = answers;
		w->calendar_rank = answers ? rank : 0;
	}
}

/* ---- what hides a text ---- */

static bool holds(const struct buf *b, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = b->data, *end = b->data + b->len; at && (size_t)(end - at) >= len; at++) {
		at = memchr(at, *word, (size_t)(end - at));
		if (!at || (size_t)(end - at) < len)
			return false;
		if (memcmp(at, word, len) == 0)
			return true;
	}
	return false;
}

/* Outlook's own format: not opened, but an answer to a meeting shows. */
static void read_tnef(struct walk *w, GMimePart *part)
{
	struct buf raw AUTO(buf_release) = BUF_INIT;

	w->out->tnef = true;
	doubt(w, "it is in Outlook's own format (winmail.dat): a person must open it");
	if (decode(part, &raw) &&
	    (holds(&raw, "IPM.Schedule.Meeting.Resp.") || holds(&raw, "IPM.Microsoft Schedule.MtgResp")))
		w->out->tnef_meeting = true;
}

static void read_application(struct walk *w, GMimePart *part, GMimeContentType *type,
                             const char *minor)
{
	const char *name = g_mime_part_get_filename(part);
	size_t len = name ? strlen(name) : 0;

	if (raw_equal(minor, "ms-tnef") || raw_equal(minor, "vnd.ms-tnef") ||
	    (name && raw_equal(name, "winmail.dat")))
		read_tnef(w, part);
	else if (raw_equal(minor, "pkcs7-mime") || raw_equal(minor, "x-pkcs7-mime") ||
	         raw_equal(minor, "pgp-encrypted"))
		doubt(w, "it is encrypted, or signed so that its text is not in the open");
	else if (raw_equal(minor, "x-microsoft-rpmsg-message"))
		doubt(w, "it is protected by Microsoft's rights management");
	else if (raw_equal(minor, "ics") || (len > 4 && raw_equal(name + len - 4, ".ics")))
		read_calendar(w, part, type, raw_equal(minor, "ics") ? 2 : 1);
}

static bool is_attachment(GMimeObject *object)
{
	const char *how = g_mime_object_get_disposition(object);

	return how && raw_equal(how, "attachment");
}

static void read_text(struct walk *w, GMimePart *part, GMimeContentType *type, const char *minor)
{
	struct buf *to = raw_equal(minor, "plain") ? &w->plain
	               : raw_equal(minor, "html")  ? &w->html : NULL;
	const char *wrong;

	if (raw_equal(minor, "calendar")) {
		read_calendar(w, part, type, 3);
		return;
	}
	if (raw_equal(minor, "vnd.google.email-reaction+json")) {
		w->out->reaction = true;
		return;
	}
	if (is_attachment(GMIME_OBJECT(part)))
		return;
	if (!to && (raw_equal(minor, "enriched") || raw_equal(minor, "richtext") ||
	            raw_equal(minor, "rtf") || raw_equal(minor, "markdown")))
		doubt(w, "the text is also there in a form that is not read");
	if (!to || to->len >= MAIL_MAX_TEXT)
		return;
	/* A file that is shown in place is still a file. */
	if (g_mime_part_get_filename(part)) {
		if (w->plain.len || w->html.len)
			return;
		doubt(w, "the text is a file");
	}
	if ((wrong = encoding_doubt(part)) != NULL)
		doubt(w, wrong);
	if (to->len)
		buf_chr(to, '\n');
	buf_str(to, part_text(w, part, type));
}

/* Spreadsheets save "Unicode text" as .txt, but most such files are notes: ours
 * says so in its first row, in whichever encoding. */
static bool says_ours(const struct buf *raw)
{
	static const char plain[] = "oversyn ", wide[] = "o\0v\0e\0r\0s\0y\0n\0 ";

	return memmem(raw->data, raw->len, plain, sizeof(plain) - 1) ||
	       memmem(raw->data, raw->len, wide, sizeof(wide) - 1);
}

/* Attached tables are counted, the first is kept. */
static void read_table(struct walk *w, GMimePart *part, enum table_kind kind)
{
	struct buf raw AUTO(buf_release) = BUF_INIT;
	struct mail_file *file = &w->out->file;
	bool whole = decode(part, &raw);

	if (kind == TABLE_PERHAPS && !says_ours(&raw))
		return;
	if (file->n++)
		return;
	if (!whole)
		doubt(w, "an attached table could not be decoded");
	/* One byte more than a table may have says that it has more. */
	file->len = raw.len <= GRID_MAX_BYTES ? raw.len : GRID_MAX_BYTES + 1;
	file->bytes = arena_dupn(w->a, raw.data, file->len);
}

/* ---- what did not arrive ---- */

static const char *whole(struct walk *w, GMimePart *part)
{
	struct buf raw AUTO(buf_release) = BUF_INIT;

	return decode(part, &raw) && raw.len <= MAIL_MAX_FIELD ? arena_dupn(w->a, raw.data, raw.len)
	                                                       : NULL;
}

/* A report inside a message that was sent on is about somebody else's mail. */
static void read_report(struct walk *w, GMimePart *part)
{
	w->out->delivery_status = true;
	if (!w->out->report && !w->inside_message)
		w->out->report = whole(w, part);
}

static void read_returned(struct walk *w, GMimePart *part)
{
	if (!w->out->returned && !w->inside_message)
		w->out->returned = whole(w, part);
}

static void read_returned_message(struct walk *w, GMimeMessage *message)
{
	char *header = g_mime_object_get_headers(GMIME_OBJECT(message), NULL);

	if (header && strlen(header) <= MAIL_MAX_FIELD)
		w->out->returned = arena_dup(w->a, header);
	g_free(header);
}

static void read_leaf(struct walk *w, GMimeObject *object)
{
	GMimeContentType *type = g_mime_object_get_content_type(object);
	const char *major = type ? g_mime_content_type_get_media_type(type) : NULL;
	const char *minor = type ? g_mime_content_type_get_media_subtype(type) : NULL;

	if (!major || !minor || !GMIME_IS_PART(object))
		return;
	GMimePart *part = GMIME_PART(object);
	enum table_kind kind = w->inside_message ? TABLE_NOT
	                     : table_kind(major, minor, g_mime_part_get_filename(part));
	if (kind != TABLE_NOT)
		read_table(w, part, kind);
	if (kind == TABLE_SURE)
		return;
	size_t tables = kind == TABLE_NOT ? 0 : w->out->file.n;
	w->out->file_beside = w->out->file_beside ||
	                      (!tables && !w->inside_message && beside_is_file(object, major, minor));
	if (raw_equal(major, "message") || raw_equal(minor, "rfc822-headers")) {
		if (raw_equal(minor, "delivery-status") || raw_equal(minor, "global-delivery-status"))
			read_report(w, part);
		else if (raw_equal(minor, "rfc822-headers") || raw_equal(minor, "global-headers"))
			read_returned(w, part);
		else if (raw_equal(minor, "disposition-notification") ||
		         raw_equal(minor, "feedback-report"))
			w->out->other_report = true;
		else if (!w->inside_message && (raw_equal(minor, "partial") || raw_equal(minor, "external-body")))
			doubt(w, "a part of the message is somewhere else");
	} else if (w->inside_message) {
		return;
	} else if (raw_equal(major, "text")) {
		read_text(w, part, type, minor);
	} else if (raw_equal(major, "application")) {
		read_application(w, part, type, minor);
	}
}

static void check_report(struct walk *w, GMimeObject *object)
{
	GMimeContentType *type = g_mime_object_get_content_type(object);
	const char *kind = type ? g_mime_content_type_get_parameter(type, "report-type") : NULL;

	if (!kind || !g_mime_content_type_is_type(type, "multipart", "report"))
		return;
	if (raw_equal(kind, "delivery-status"))
		w->out->delivery_status = true;
	else
		w->out->other_report = true;
}

/* As deep as MAIL_MAX_DEPTH, so recursion is bounded. */
static void walk(struct walk *w, GMimeObject *object, int depth)
{
	if (!object || w->parts > MAIL_MAX_PARTS)
		return;
	if (++w->parts > MAIL_MAX_PARTS || depth > MAIL_MAX_DEPTH) {
		doubt(w, "the message has too many parts");
		return;
	}
	check_headers(w, object);
	if (GMIME_IS_MULTIPART(object)) {
		GMimeMultipart *multi = GMIME_MULTIPART(object);
		int n = g_mime_multipart_get_count(multi);
		if (n <= 0)
			doubt(w, "a multipart holds no part");
		check_report(w, object);
		for (int i = 0; i < n && w->parts <= MAIL_MAX_PARTS; i++)
			walk(w, g_mime_multipart_get_part(multi, i), depth + 1);
	} else if (GMIME_IS_MESSAGE_PART(object)) {
		GMimeMessage *message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
		bool was = w->inside_message;
		w->out->n_messages += !was;
		if (message && !was && !w->out->returned)
			read_returned_message(w, message);
		w->inside_message = true;
		if (message)
			walk(w, g_mime_message_get_mime_part(message), depth + 1);
		w->inside_message = was;
	} else {
		read_leaf(w, object);
	}
}

void parts_read(struct arena *a, GMimeObject *top, struct part_facts *out)
{
	struct walk w = { .a = a, .out = out, .plain = BUF_INIT, .html = BUF_INIT };

	*out = (struct part_facts){ .plain = NULL };
	walk(&w, top, 0);
	if (w.plain.len)
		out->plain = arena_dupn(a, w.plain.data, w.plain.len);
	if (w.html.len)
		out->html = arena_dupn(a, w.html.data, w.html.len);
	buf_release(&w.plain);
	buf_release(&w.html);
}
