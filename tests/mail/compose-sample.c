/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Writes the sample letter with a real invitation, or one of the values it was
 * made of, so that check-compose.sh can let other people's programs read it:
 *
 *	compose-sample letter|cancel|files|subject|text|html|calendar|file
 */
#include <stdio.h>
#include <string.h>

#include "cal/invite.h"
#include "tests/mail/sample.h"

static const struct invite invitation = {
	.uid = "gr-7f3a9c52e1b84d0f@tallvinge.example",
	.sequence = 1,
	.stamp = 1799650800,
	.created = 1799046900,
	.day = 20892, /* 2027-03-15 */
	.hour = 9,
	.minutes = 60,
	.summary = "Granska: förteckningen, socialnämnden; senast 15 mars",
	.description = "Svara på mejlet, inte här.\nAtt tacka ja är inget godkännande.",
	.organizer_name = "Tallvinge kommun",
	.organizer = "granskning@tallvinge.example",
	.attendee_name = "Åsa Öberg",
	.attendee = "asa.oberg@tallvinge.example",
	.language = "sv",
};

static const char table[] = "\xef\xbb\xbf" "id;namn\r\nT1;Mejl å kalender\r\n";

static int make(const char *what, struct buf *out, struct err *e)
{
	struct buf calendar AUTO(buf_release) = BUF_INIT;
	struct mail_out m = sample_letter();
	int bad = !strcmp(what, "cancel") ? invite_cancel(&invitation, &calendar, e)
	                                  : invite_request(&invitation, &calendar, e);

	if (bad)
		return -1;
	m.calendar = calendar.data;
	m.calendar_method = !strcmp(what, "cancel") ? "CANCEL" : "REQUEST";
	const struct mail_attachment files[] = {
		{ "forteckning-F01.csv", "text/csv; charset=utf-8", table, sizeof(table) - 1 },
		{ "forteckning-F10.csv", "text/csv; charset=utf-8", table, sizeof(table) - 1 },
	};
	if (!strcmp(what, "files")) {
		m.files = files;
		m.n_files = 2;
		m.calendar = NULL;
		return mail_compose(&m, out, e);
	}
	if (!strcmp(what, "file")) {
		buf_str(out, table);
		return 0;
	}
	if (!strcmp(what, "letter") || !strcmp(what, "cancel"))
		return mail_compose(&m, out, e);
	buf_str(out, !strcmp(what, "subject")  ? m.subject
	             : !strcmp(what, "text")   ? m.text
	             : !strcmp(what, "html")   ? m.html
	                                       : m.calendar);
	return 0;
}

int main(int argc, char **argv)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct err e = ERR_INIT;

	if (argc != 2 || make(argv[1], &out, &e)) {
		fprintf(stderr, "compose-sample: %s\n", e.text);
		return 1;
	}
	return fwrite(out.data, 1, out.len, stdout) == out.len ? 0 : 1;
}
