/* SPDX-License-Identifier: EUPL-1.2 */
/* doctor: the letter that it writes to ourselves. */
#include <string.h>
#include <sys/random.h>

#include "base/digest.h"
#include "core/ref.h"
#include "doctor.h"
#include "mail/message.h"

static int mint(char token[TOKEN_TEXT], struct err *e)
{
	uint8_t random[16];

	if (getrandom(random, sizeof(random), 0) != sizeof(random))
		return err_set(e, ERR_OUTSIDE, "the system gives no random bytes");
	digest_base32(random, sizeof(random), token);
	return 0;
}

/* Our address in that form, as answers would have it. */
static const char *in_form(struct arena *a, const char *address, enum doctor_form form, const char *token)
{
	const char *at = strchr(address, '@');

	if (form == FORM_PLAIN)
		return address;
	return arena_fmt(a, "%.*s%c%s%s", (int)(at - address), address, form == FORM_PLUS ? '+' : '-', token, at);
}

int self_mail_write(struct doctor *d, struct self_mail *m, enum doctor_form form, struct buf *out,
                    struct err *e)
{
	static const char text[] =
		"Översyn provar om brev till den egna adressen kommer fram (oversyn doctor). Brevet läggs undan av "
		"sig självt och kan raderas.\n\nÖversyn tries whether mail to its own address arrives (oversyn "
		"doctor). This letter is put away by itself and may be deleted.\n";
	const struct settings *s = &d->registry.settings;

	if (mint(m->token, e))
		return -1;
	m->address = in_form(&d->arena, s->address, form, m->token);
	m->message_id = arena_fmt(&d->arena, "%s.0@%s", m->token, s->domain);
	const struct mail_out mail = {
		.from_name = arena_fmt(&d->arena, "Översyn, %s", s->name),
		.from = s->address,
		.to = m->address,
		.subject = "Översyn: prov av den egna adressen / test of our own address",
		.message_id = m->message_id,
		.date = doctor_now(d),
		.language = "sv",
		.text = text,
		.html = arena_fmt(&d->arena, "<p>%s</p>", text),
		.self_test = m->token,
	};
	return mail_compose(&mail, out, e);
}
