/* SPDX-License-Identifier: EUPL-1.2 */
#include <gmime/gmime.h>
#include <string.h>

#include "base/text.h"
#include "src/mail/internal.h"

struct walk {
	struct arena *a;
	struct part_facts *out;
	struct buf plain, html;
	int parts;
	bool inside_message; /* a forwarded message's text is not the sender's */
	bool encrypted;
};

static void doubt(struct walk *w, const char *what)
{
	if (!w->out->doubt)
		w->out->doubt = what;
}

/* Two headers that say different things let two programs see two mails. */
static void check_headers(struct walk *w, GMimeObject *object)
{
	static const char *const once[] = { "Content-Type", "Content-Transfer-Encoding",
	                                    "Content-Disposition" };
	GMimeHeaderList *list = g_mime_object_get_header_list(object);
	int n = list ? g_mime_header_list_get_count(list) : 0;
	int seen[3] = { 0 };

	for (int i = 0; i < n && i < MAIL_MAX_HEADERS; i++) {
		const char *name = g_mime_header_get_name(g_mime_header_list_get_header_at(list, i));
		for (size_t j = 0; j < 3; j++)
			if (name && raw_equal(name, once[j]) && ++seen[j] > 1)
				doubt(w, "a MIME header stands twice");
	}
}

static bool decode(GMimePart *part, struct buf *out)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);

	if (!content)
		return false;
	GMimeStream *memory = g_mime_stream_mem_new();
	bool ok = g_mime_data_wrapper_write_to_stream(content, memory) >= 0;
	GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));
	if (ok && bytes && bytes->len)
		buf_add(out, bytes->data, bytes->len);
	g_object_unref(memory);
	return ok;
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

static void read_calendar(struct walk *w, GMimePart *part, GMimeContentType *type)
{
	const char *method = g_mime_content_type_get_parameter(type, "method");
	char *text = part_text(w, part, type);
	static const char *const answers[] = { "REPLY", "COUNTER", "DECLINECOUNTER" };

	if (w->out->calendar)
		return;
	w->out->calendar = text;
	char said[24] = "";
	const char *line = strstr(text, "METHOD:");
	if (!method && line && (line == text || line[-1] == '\n')) {
		line += strlen("METHOD:");
		size_t len = strcspn(line, "\r\n ");
		if (len < sizeof(said))
			memcpy(said, line, len);
		method = said;
	}
	for (size_t i = 0; method && i < sizeof(answers) / sizeof(*answers); i++)
		if (raw_equal(method, answers[i]))
			w->out->calendar_answer = true;
}

static bool is_attachment(GMimeObject *object)
{
	const char *how = g_mime_object_get_disposition(object);

	return how && raw_equal(how, "attachment");
}

static void read_leaf(struct walk *w, GMimeObject *object)
{
	GMimeContentType *type = g_mime_object_get_content_type(object);
	const char *major = type ? g_mime_content_type_get_media_type(type) : NULL;
	const char *minor = type ? g_mime_content_type_get_media_subtype(type) : NULL;

	if (!major || !minor || !GMIME_IS_PART(object))
		return;
	GMimePart *part = GMIME_PART(object);
	if (raw_equal(major, "message")) {
		if (raw_equal(minor, "delivery-status") || raw_equal(minor, "global-delivery-status"))
			w->out->delivery_status = true;
		if (raw_equal(minor, "disposition-notification") ||
		    raw_equal(minor, "feedback-report"))
			w->out->other_report = true;
	} else if (raw_equal(major, "text") && !w->inside_message) {
		struct buf *to = raw_equal(minor, "plain") ? &w->plain
		               : raw_equal(minor, "html")  ? &w->html : NULL;
		if (raw_equal(minor, "calendar"))
			read_calendar(w, part, type);
		else if (raw_equal(minor, "vnd.google.email-reaction+json"))
			w->out->reaction = true;
		else if (to && !is_attachment(object) && to->len < MAIL_MAX_TEXT) {
			if (to->len)
				buf_chr(to, '\n');
			buf_str(to, part_text(w, part, type));
		}
	} else if (raw_equal(major, "application") && !w->inside_message) {
		if (raw_equal(minor, "pkcs7-mime") || raw_equal(minor, "x-pkcs7-mime") ||
		    raw_equal(minor, "ms-tnef") || raw_equal(minor, "x-microsoft-rpmsg-message") ||
		    raw_equal(minor, "pgp-encrypted"))
			w->encrypted = true;
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
		check_report(w, object);
		for (int i = 0; i < n && w->parts <= MAIL_MAX_PARTS; i++)
			walk(w, g_mime_multipart_get_part(multi, i), depth + 1);
	} else if (GMIME_IS_MESSAGE_PART(object)) {
		GMimeMessage *message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
		bool was = w->inside_message;
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
	if (w.encrypted && !out->plain && !out->html)
		doubt(&w, "the message is encrypted or in a format of its own");
	buf_release(&w.plain);
	buf_release(&w.html);
}
