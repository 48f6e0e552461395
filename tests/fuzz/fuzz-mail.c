/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdbool.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "mail/message.h"
#include "tests/fuzz/fuzz.h"

static const char sent[] =
	"Hej!\n\nFörteckningen över behandlingar behöver granskas senast 2027-02-26.\n\n"
	"Svara med ett ord överst: GODKÄNNS, ÄNDRING, ANSTÅND eller FEL PERSON.\n";

static const char *const domains[] = { "tallvinge.example" };
static const struct dkim_key keys[] = {
	{ "tallvinge.example", "s", DKIM_KEY_FOUND, "v=DKIM1; k=ed25519; p=oBkJkcYeAQuAUvGFrIUpNJJaB9pJe97cb/dmDKo83PU=" },
	{ "tallvinge.example", "t", DKIM_KEY_NONE, NULL },
};

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
	MUST(same(got.auth_by, f->auth_by) && same(got.auth_why, f->auth_why) && got.auth_alarm == f->auth_alarm);
	MUST(got.n_wanted == f->n_wanted);
	MUST(got.n_recipients == f->n_recipients && got.n_references == f->n_references);
}

static void known_across_the_pipe(struct arena *a, const struct mail_known *k)
{
	struct buf bytes AUTO(buf_release) = BUF_INIT;
	struct mail_known got;

	mail_known_write(k, &bytes);
	MUST(mail_known_read(a, bytes.data, bytes.len, &got));
	MUST(got.profile == k->profile && got.received == k->received && got.n_keys == k->n_keys);
	MUST(same(got.keys[0].record, k->keys[0].record) && same(got.tenant, k->tenant));
	MUST(got.n_domains == k->n_domains && same(got.domains[0], k->domains[0]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct mail_facts f;

	/* No mail_warm_up(): what it opens for good would count as leaked. */
	const struct mail_known known = {
		.sent = sent,
		.own = "granskning@tallvinge.example",
		.received = 1799742600,
		/* A site has one way; here each mail tries one of them. */
		.profile = (enum auth_profile)(size % AUTH_PROFILES),
		.authserv = "mail.tallvinge.example",
		.tenant = "eurprd01.prod.outlook.com",
		.domains = domains,
		.n_domains = ARRAY_LEN(domains),
		.keys = keys,
		.n_keys = ARRAY_LEN(keys),
	};
	mail_read(&a, (const char *)data, size, &known, &f);
	known_across_the_pipe(&a, &known);
	MUST(f.auth_why && text_is_utf8(f.auth_why, strlen(f.auth_why)) && !strpbrk(f.auth_why, "\r\n"));
	MUST(!f.auth_domain == !f.auth_by);
	/* Nobody here has made a signature, so none can be good. */
	MUST(!f.auth_by || strcmp(f.auth_by, "dkim") != 0);
	MUST(!f.auth_domain || strcmp(f.auth_domain, strrchr(f.from, '@') + 1) == 0);
	MUST(f.n_wanted <= MAIL_MAX_KEYS);
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
