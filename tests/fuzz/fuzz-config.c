/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/config.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf text AUTO(buf_release) = BUF_INIT;
	struct config c;
	struct err e = ERR_INIT;

	buf_add(&text, data, size);
	if (config_parse("oversyn.conf", &text, NULL, &c, &e)) {
		MUST(e.kind == ERR_USAGE && e.text[0]);
		return 0;
	}
	/* What is accepted can be used: every place is filled and in its range. */
	MUST(c.database && c.language && c.out.maildir && c.in.maildir);
	MUST(c.ceiling >= 1 && c.document_pages >= 1);
	MUST(c.out.kind != TRANSPORT_IMAP && c.in.kind != TRANSPORT_SMTP);
	MUST(c.out.kind == TRANSPORT_MAILDIR || c.out.server.host);
	MUST(c.in.kind == TRANSPORT_MAILDIR || c.in.server.host);
	MUST(!c.out.server.user || c.out.password_file || c.out.password_credential ||
		     c.out.password_command);
	config_release(&c);
	return 0;
}
