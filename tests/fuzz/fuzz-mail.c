/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "mail/message.h"
#include "tests/fuzz/fuzz.h"

static const char sent[] =
	"Hej!\n\nFörteckningen över behandlingar behöver granskas senast 2027-02-26.\n\n"
	"Svara med ett ord överst: GODKÄNNS, ÄNDRING, ANSTÅND eller FEL PERSON.\n";

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static void must_be_text(const char *s)
{
	MUST(!s || text_is_utf8(s, strlen(s)));
}

/* What the reader finds reaches the keeper unchanged. */
static void across_the_pipe(struct arena *a, const struct mail_facts *f)
{
	struct buf bytes AUTO(buf_release) = BUF_INIT;
	struct mail_facts got;

	mail_facts_write(f, &bytes);
	MUST(mail_facts_read(a, bytes.data, bytes.len, &got));
	MUST(got.cls == f->cls && got.date == f->date && got.doubtful == f->doubtful);
	MUST(got.back == f->back && same(got.substitute, f->substitute));
	MUST(same(got.sender, f->sender));
	MUST(same(got.from, f->from) && same(got.subject, f->subject));
	MUST(same(got.text, f->text) && same(got.fresh, f->fresh));
	MUST(same(got.auth_domain, f->auth_domain) && same(got.calendar, f->calendar));
	MUST(got.n_recipients == f->n_recipients && got.n_references == f->n_references);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct mail_facts f;

	/* No mail_warm_up(): what it opens for good would count as leaked. */
	mail_parse(&a, (const char *)data, size, sent, "granskning@tallvinge.example",
	           "mail.tallvinge.example", &f);
	MUST(f.cls < MAIL_CLASS_COUNT);
	must_be_text(f.from);
	must_be_text(f.subject);
	must_be_text(f.text);
	must_be_text(f.fresh);
	/* One line is one line: it ends up in other letters' headers. */
	MUST(!f.subject || !strpbrk(f.subject, "\r\n"));
	MUST(!f.from || !strpbrk(f.from, "\r\n "));
	MUST(!f.sender || !strpbrk(f.sender, "\r\n "));
	MUST(!f.substitute || !strpbrk(f.substitute, "\r\n"));
	MUST(f.back == DAY_NONE || f.cls == MAIL_AUTO_REPLY);
	MUST(!f.message_id || !strpbrk(f.message_id, "\r\n "));
	across_the_pipe(&a, &f);
	return 0;
}
