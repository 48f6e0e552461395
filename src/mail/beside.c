/* SPDX-License-Identifier: EUPL-1.2 */
/* What comes with an answer and is not read: files, and words added to the subject. Whoever
 * sends them with an approval may mean something by them. */
#include <gmime/gmime.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

static bool ends(const char *name, const char *with)
{
	size_t n = name ? strlen(name) : 0, m = strlen(with);

	return n > m && raw_equal(name + n - m, with);
}

/* Visiting cards, signatures of programs, and calendars, which are read. */
static bool is_programs_own(const char *minor, const char *name)
{
	static const char *const minors[] = {
		"calendar", "ics", "vcard", "x-vcard", "directory", "pkcs7-signature", "x-pkcs7-signature", "pgp-signature",
		"pgp-keys", "vnd.google.email-reaction+json", "ms-tnef", "vnd.ms-tnef", "applefile",
	};
	static const char *const names[] = { ".ics", ".vcf", ".p7s", ".asc", ".sig" };

	for (size_t i = 0; i < ARRAY_LEN(minors); i++)
		if (raw_equal(minor, minors[i]))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (ends(name, names[i]))
			return true;
	return false;
}

/* The text of a signature refers to its pictures; Outlook numbers them. */
static bool is_in_text(GMimeObject *part, const char *name)
{
	static const char *const openings[] = { "image0", "outlook-", "logo", "signatur" };
	char folded[16] = "";

	for (size_t i = 0; name && name[i] && i + 1 < sizeof(folded); i++)
		folded[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] | 0x20 : name[i]);
	return g_mime_object_get_content_id(part) || text_starts_any(folded, openings, ARRAY_LEN(openings));
}

static bool is_blank(GMimePart *part)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *memory = g_mime_stream_mem_new();
	bool blank = true;

	if (content)
		g_mime_data_wrapper_write_to_stream(content, memory);
	GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));
	for (guint i = 0; bytes && i < bytes->len; i++)
		blank = blank && strchr(" \t\r\n", bytes->data[i]) && bytes->data[i];
	g_object_unref(memory);
	return blank;
}

bool beside_is_file(GMimeObject *object, const char *major, const char *minor)
{
	const char *how = g_mime_object_get_disposition(object);
	const char *name = g_mime_part_get_filename(GMIME_PART(object));

	if (!(how && raw_equal(how, "attachment")) && !name)
		return false;
	if (raw_equal(major, "message") || is_programs_own(minor, name))
		return false;
	if (raw_equal(major, "image") && is_in_text(object, name))
		return false;
	/* Exchange and Apple part a text by files that hold nothing. */
	return !raw_equal(major, "text") || !is_blank(GMIME_PART(object));
}

/* A program may send the letter that is answered along, whole. */
static bool is_copy_of_ours(const struct part_facts *p, const struct mail_facts *f)
{
	for (size_t i = 0; p->n_messages == 1 && p->returned && i < f->n_references; i++)
		if (*f->references[i] && strstr(p->returned, f->references[i]))
			return true;
	return false;
}

/* The subject folded, without "SV:" and its cousins and tags in brackets. */
static char *bare_subject(struct arena *a, const char *subject)
{
	static const char *const prefixes[] = { "re", "sv", "vs", "aw", "antw", "ang", "vb", "fw", "fwd", "svar", "tr", "rv",
	                                        "wg", "vl", "answer" };
	char *s = text_fold(a, subject);

	for (char *open; (open = strchr(s, '[')) != NULL && strchr(open, ']');)
		memset(open, ' ', (size_t)(strchr(open, ']') + 1 - open));
	for (size_t i = 0; i < ARRAY_LEN(prefixes);) {
		s += strspn(s, " ");
		size_t len = strlen(prefixes[i]), more = text_starts(s, prefixes[i]) ? strspn(s + len, " ") : 0;
		if (text_starts(s, prefixes[i]) && (s[len + more] == ':' || !s[len + more])) {
			s += len + more + (s[len + more] == ':');
			i = 0;
		} else {
			i++;
		}
	}
	return s;
}

/* Whether somebody wrote something of their own into the subject. */
static bool subject_says(struct arena *a, const char *subject, const struct fresh_sent *sent)
{
	enum { OURS = 3 }; /* words of ours by which a subject is known */
	struct fresh_words words = { .at = NULL };
	size_t most = 0, at;

	if (!subject || !sent->words.n)
		return false;
	const char *s = bare_subject(a, subject);
	fresh_words_and_signs(a, s, 0, &words);
	for (size_t i = 0; i < words.n; i++) {
		size_t n = fresh_find_run(&words, i, sent, 0, &at);
		most = n > most ? n : most;
	}
	if (most >= OURS)
		return most < words.n;
	return fresh_could_change(s) && !(words.n == 1 && (text_starts(s, "godk") || text_starts(s, "approv")));
}

const char *beside_read(struct arena *a, const struct part_facts *p, const struct mail_facts *f,
                        const struct fresh_sent *sent)
{
	if (p->file_beside)
		return "a file came with it, which nobody here has read";
	if (p->n_messages && !is_copy_of_ours(p, f))
		return "a mail came with it, which nobody here has read";
	return subject_says(a, f->subject, sent) ? "something was written into the subject" : NULL;
}
