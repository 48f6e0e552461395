/* SPDX-License-Identifier: EUPL-1.2 */
#include "src/app/mail-show.h"

#include <string.h>

#include "base/text.h"

/* A foreign text for a terminal: no sign that it would act upon. */
static void put_text(struct buf *out, const char *text)
{
	buf_str(out, "    ");
	for (; text && *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '\n')
			buf_str(out, "\n    ");
		else if (c >= 0x20 && c != 0x7F)
			buf_chr(out, (char)c);
		else if (c == '\t')
			buf_chr(out, ' ');
	}
	buf_chr(out, '\n');
}

/* U+0080 to U+009F are terminals' own, too, and some turn round what stands beside them. */
static bool steers(uint32_t c)
{
	return (c >= 0x80 && c <= 0x9F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

const char *mail_without_controls(struct arena *a, const char *text, bool sv)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	if (!text || !text_is_utf8(text, strlen(text)))
		return text ? (sv ? "(ingen text)" : "(not text)")
		            : sv ? "(text saknas: se själva mejlet)" : "(no text: see the mail itself)";
	for (uint32_t c; (c = text_next(&text)) != 0;)
		if (!steers(c))
			text_put(&b, c);
	return arena_dup(a, b.data);
}

int mail_read_again(struct reader *reader, struct arena *a, const struct inbox_row *m,
                    struct reading *out, struct err *e)
{
	struct mail_known known = { .sent = NULL };

	return reader_parse(reader, a, m->bytes, m->len, &known, out, e);
}

int mail_show(struct reader *reader, struct arena *a, const struct inbox_row *m, bool sv, struct buf *out,
              struct err *e)
{
	struct reading reading;
	char at[INSTANT_TEXT];

	buf_fmt(out, sv ? "mejl %lld: kom %s, %s %s%s, uid %u, sha256 %s, %zu byte\n"
	                : "mail %lld: received %s, %s %s%s, uid %u, sha256 %s, %zu bytes\n", (long long)m->id,
	        zone_text(m->received, at), m->source, m->name ? m->name : "", m->name ? "" : "(imap)",
	        m->uid, m->sha256, m->len);
	int ok = mail_read_again(reader, a, m, &reading, e);
	if (!ok)
		buf_str(out, sv ? "    (det stoppar läsaren: öppna det med försiktighet)\n"
		                : "    (it stops the reader: open it with care)\n");
	if (ok <= 0)
		return ok;
	put_text(out, mail_without_controls(a, reading.mail.subject ? reading.mail.subject
	                                      : sv ? "(inget ämne)" : "(no subject)", sv));
	put_text(out, "");
	put_text(out, mail_without_controls(a, reading.mail.text, sv));
	return 0;
}
