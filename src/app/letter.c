/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/letter.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/templates.h"
#include "base/text.h"
#include "cal/invite.h"
#include "core/inventory.h"
#include "mail/mailto.h"
#include "mail/message.h"

static void row_values(struct arena *a, const struct letter_row *r, struct tset *out)
{
	*out = (struct tset){ .outer = NULL };
#define X(name) tset_text(a, out, #name, r->name);
	LETTER_ROW_TEXTS(X)
#undef X
}

static void lines_value(struct arena *a, const char *name, const struct letter_lines *l,
                        struct tset *out)
{
	struct tset *lines = arena_alloc(a, l->n * sizeof(*lines));

	for (size_t i = 0; i < l->n; i++) {
		lines[i] = (struct tset){ .outer = NULL };
#define X(name) tset_text(a, &lines[i], #name, l->at[i].name);
		LETTER_LINE_TEXTS(X)
#undef X
	}
	tset_list(a, out, name, lines, l->n);
}

void letter_values(struct arena *a, const struct letter_words *w, struct tset *out)
{
	struct tset *rows = arena_alloc(a, w->n_rows * sizeof(*rows));
	struct tset *choices = arena_alloc(a, w->n_choices * sizeof(*choices));

	*out = (struct tset){ .outer = NULL };
#define X(name) tset_text(a, out, #name, w->name);
	LETTER_TEXTS(X)
#undef X
#define X(name) tset_flag(a, out, #name, w->name);
	LETTER_FLAGS(X)
#undef X
#define X(name) lines_value(a, #name, &w->name, out);
	LETTER_LISTS(X)
#undef X
	for (size_t i = 0; i < w->n_rows; i++)
		row_values(a, &w->rows[i], &rows[i]);
	for (size_t i = 0; i < w->n_choices; i++)
		row_values(a, &w->choices[i], &choices[i]);
	tset_list(a, out, "items", rows, w->n_rows);
	tset_list(a, out, "answers", rows, w->n_rows);
	tset_list(a, out, "choices", choices, w->n_choices);
}

/* A name as its own value; a link where a template may make one of it. */
#define SAMPLE(name) (text_ends(#name, "link") ? "mailto:" #name : #name)

void letter_sample_values(struct arena *a, struct tset *out)
{
	struct letter_row row = {
#define X(name) .name = SAMPLE(name),
		LETTER_ROW_TEXTS(X)
#undef X
	};
	struct letter_line line = {
#define X(name) .name = SAMPLE(name),
		LETTER_LINE_TEXTS(X)
#undef X
	};
	struct letter_words w = {
#define X(name) .name = { .at = &line, .n = 1 },
		LETTER_LISTS(X)
#undef X
#define X(name) .name = SAMPLE(name),
		LETTER_TEXTS(X)
#undef X
#define X(name) .name = true,
		LETTER_FLAGS(X)
#undef X
		.rows = &row,
		.n_rows = 1,
		.choices = &row,
		.n_choices = 1,
	};
	letter_values(a, &w, out);
}
#undef SAMPLE

/* A digest of the secret and a purpose: tokens, refs and UIDs cannot be
 * guessed from one another. */
static void derive(const struct pass *p, const char *purpose, const char *what,
                   uint8_t out[DIGEST_SIZE])
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	buf_str(&b, purpose);
	buf_chr(&b, ':');
	buf_str(&b, what);
	digest_hmac(p->key, b.data, b.len, out);
}

void letter_token(const struct pass *p, const struct letter *l, char out[TOKEN_TEXT])
{
	uint8_t d[DIGEST_SIZE];

	if (*l->token) {
		memcpy(out, l->token, TOKEN_TEXT);
		return;
	}
	derive(p, "token", l->ref, d);
	digest_base32(d, TOKEN_SIZE, out);
}

void letter_confirm_token(const struct pass *p, const struct letter *l, int64_t mail,
                          char out[TOKEN_TEXT])
{
	struct buf what AUTO(buf_release) = BUF_INIT;
	uint8_t d[DIGEST_SIZE];

	buf_fmt(&what, "%s:%" PRId64, l->ref, mail);
	derive(p, "confirm", what.data, d);
	digest_base32(d, TOKEN_SIZE, out);
}

/* "oversyn+TOKEN@…" and "oversyn-TOKEN@…" are addresses of ours, "TOKEN.2@…" a
 * Message-ID. Local parts may have been folded to another case on the way. */
const char *letter_token_in(struct arena *a, const char *address_or_id)
{
	const char *text = text_fold(a, address_or_id), *at = strchr(text, '@');
	size_t len = TOKEN_TEXT - 1;

	if (!at)
		return NULL;
	size_t local = (size_t)(at - text);
	if (local > len && text[len] == '.' && !memchr(text, '+', len))
		return arena_dupn(a, text, len);
	if (local > len && strchr("+-", at[-(ptrdiff_t)len - 1]))
		return arena_dupn(a, at - len, len);
	return NULL;
}

char *letter_token_hash(struct arena *a, const char *token)
{
	uint8_t d[DIGEST_SIZE];
	char *hex = arena_alloc(a, DIGEST_HEX);

	digest_sha256(token, strlen(token), d);
	digest_hex(d, sizeof(d), hex);
	return hex;
}

const char *letter_uid(const struct pass *p, struct arena *a, const char *ref)
{
	uint8_t d[DIGEST_SIZE];
	char hex[DIGEST_HEX];

	derive(p, "uid", ref, d);
	digest_hex(d, 16, hex);
	return arena_fmt(a, "%s@%s", hex, p->registry.settings.domain);
}

/* A reference that nobody can make up: "GR-27-0042-K7QD". */
static void reference(const struct pass *p, const char *purpose, const char *prefix, int year,
                      int serial, char out[REF_TEXT])
{
	uint8_t d[DIGEST_SIZE];
	char check[8], plain[REF_TEXT];

	snprintf(plain, sizeof(plain), "%.8s-%02d-%04d", prefix, year % 100, serial);
	derive(p, purpose, plain, d);
	digest_base32(d, 4, check);
	for (char *c = check; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	snprintf(out, REF_TEXT, "%.18s-%.4s", plain, check);
}

void letter_mint_case(const struct pass *p, struct arena *a, struct deficiency *out)
{
	char token[TOKEN_TEXT];
	struct letter receipt = { .mails = 0 };

	reference(p, "deficiency", "BR", out->year, out->n, out->ref);
	memcpy(receipt.ref, out->ref, sizeof(receipt.ref));
	letter_token(p, &receipt, token);
	out->token_hash = letter_token_hash(a, token);
}

void letter_mint(const struct pass *p, struct arena *a, int serial, struct letter *out)
{
	const char *prefix = p->registry.settings.ref_prefix;

	reference(p, "ref", prefix ? prefix : "GR", date_ymd(p->today).y, serial, out->ref);
	*out->token = '\0'; /* another letter's would be */
	letter_token(p, out, out->token);
	out->token_hash = letter_token_hash(a, out->token);
	out->uid = letter_uid(p, a, out->ref);
}

const char *letter_title(struct arena *a, const struct item *item)
{
	if (item->name_protected)
		return arena_fmt(a, "%s %s", item_kind_word(item->kind), item->id);
	return item->title;
}

const char *letter_day_long(const struct pass *p, struct arena *a, dayno day)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	if (day == DAY_NONE)
		return NULL;
	view_date_long(day, p->lang, &b);
	return arena_dup(a, b.data);
}

const char *letter_day_short(const struct pass *p, struct arena *a, dayno day)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	if (day == DAY_NONE)
		return NULL;
	view_date_short(day, p->lang, &b);
	if (date_ymd(day).y != date_ymd(p->today).y) /* "13 mars" would be read as this year's */
		buf_fmt(&b, " %d", date_ymd(day).y);
	return arena_dup(a, b.data);
}

void letter_decision_words(struct arena *a, dayno day, struct letter_words *w)
{
	char date[DATE_TEXT];

	w->decision = true;
	w->decision_example = arena_fmt(a, "%s § 00", date_text(day, date));
}

/* Where an answer goes, so that it names what it answers. */
static const char *reply_address(const struct pass *p, struct arena *a, const char *token)
{
	const char *address = p->registry.settings.address, *at = strchr(address, '@');

	if (p->config->addressing == ADDRESSING_NONE || !at)
		return address;
	return arena_fmt(a, "%.*s%c%s%s", (int)(at - address), address,
	                 p->config->addressing == ADDRESSING_PLUS ? '+' : '-', token, at);
}

/* What links to answer a letter have in common: all but the words. */
static void answer_begin(const struct pass *p, struct arena *a, const struct letter *l,
                         const char *token, struct buf *out)
{
	char subject[64];

	snprintf(subject, sizeof(subject), "%s [%s]", p->lang == VIEW_SV ? "Svar" : "Answer", l->ref);
	mailto_link(reply_address(p, a, token), subject, "", out);
}

static const char *answer_with(struct arena *a, struct buf *begin, const char *words)
{
	size_t len = begin->len;

	mailto_body(0, words, begin);
	const char *link = arena_dupn(a, begin->data, begin->len);
	buf_cut(begin, len);
	return link;
}

const char *letter_answer_link(const struct pass *p, struct arena *a, const struct letter *l,
                               const char *words)
{
	struct buf begin AUTO(buf_release) = BUF_INIT;
	char token[TOKEN_TEXT];

	letter_token(p, l, token);
	answer_begin(p, a, l, token, &begin);
	return answer_with(a, &begin, words);
}

const char *letter_example_day(const struct pass *p, struct arena *a, dayno act_by)
{
	struct workcal cal = registry_workcal(&p->registry);
	dayno from = act_by > p->today ? act_by : p->today,
	      to = from + p->registry.settings.extension_days, work = workday_on_or_before(&cal, to);

	return letter_day_short(p, a, work > from ? work : to);
}

static void link_words(const struct pass *p, struct arena *a, const struct letter *l,
                       struct letter_words *w)
{
	bool sv = p->lang == VIEW_SV;
	const struct settings *s = &p->registry.settings;
	struct buf begin AUTO(buf_release) = BUF_INIT;
	char token[TOKEN_TEXT];

	letter_token(p, l, token);
	answer_begin(p, a, l, token, &begin);
	w->example_date = letter_example_day(p, a, DAY_NONE);
	w->extension_days = arena_fmt(a, "%d", s->extension_days);
	w->approve_link = answer_with(a, &begin, sv ? "GODKÄNNS" : "APPROVED");
	w->changes_link = answer_with(a, &begin, sv ? "ÄNDRING: " : "CHANGES: ");
	w->editorial_link = answer_with(a, &begin, sv ? "REDAKTIONELL ÄNDRING: " : "EDITORIAL CHANGE: ");
	w->revise_link = answer_with(a, &begin, sv ? "REVIDERAS: " : "REVISE: ");
	w->repeal_link = answer_with(a, &begin, sv ? "UPPHÄVS: " : "REPEAL: ");
	w->extension_link = answer_with(a, &begin, sv ? "ANSTÅND: " : "EXTENSION: ");
	w->wrong_link = answer_with(a, &begin, sv ? "FEL PERSON: " : "WRONG PERSON: ");
}

void letter_confirm_links(const struct pass *p, struct arena *a, const struct letter *l,
                          const char *token, struct letter_words *w)
{
	bool sv = p->lang == VIEW_SV;
	struct buf begin AUTO(buf_release) = BUF_INIT;

	answer_begin(p, a, l, token, &begin);
	w->yes_link = answer_with(a, &begin, sv ? "JA" : "YES");
	w->no_link = answer_with(a, &begin, sv ? "NEJ" : "NO");
}

void letter_command_links(const struct pass *p, struct arena *a, const struct letter *l,
                          struct letter_words *w)
{
	bool sv = p->lang == VIEW_SV;
	struct buf begin AUTO(buf_release) = BUF_INIT;
	char token[TOKEN_TEXT];

	letter_token(p, l, token);
	answer_begin(p, a, l, token, &begin);
	w->status_link = answer_with(a, &begin, "STATUS");
	w->late_link = answer_with(a, &begin, sv ? "LISTA FÖRSENADE" : "LIST OVERDUE");
	w->waiting_link = answer_with(a, &begin, sv ? "LISTA VÄNTANDE" : "LIST WAITING");
}

static const struct role *contact_of(const struct pass *p)
{
	const char *id = p->registry.settings.contact_role;

	return id ? registry_role(&p->registry, id) : NULL;
}

const char *letter_coordinator(const struct pass *p, struct arena *a, bool starts)
{
	const struct role *contact = contact_of(p);

	if (p->lang != VIEW_SV)
		return starts ? "The coordinator" : "the coordinator";
	return contact ? view_post(a, contact->title, starts, p->lang) : p->registry.settings.name;
}

void letter_common_words(const struct pass *p, struct arena *a, const struct letter *l,
                         const struct body *body, const struct role *to, struct letter_words *w)
{
	const struct settings *s = &p->registry.settings;
	const struct role *contact = contact_of(p);

	w->municipality = s->name;
	w->body = body->name;
	w->role = to ? to->title : l->address;
	w->ref = l->ref;
	w->contact_role = contact ? contact->title : s->name;
	w->contact_address = contact && contact->address ? contact->address : s->address;
	w->contact_phone = s->contact_phone;
	w->privacy_link = s->privacy_link;
	w->emergency_phone = s->emergency_phone;
	link_words(p, a, l, w);
}

static int invitation(const struct pass *p, struct arena *a, const struct letter_mail *m,
                      const char *text, struct buf *out, struct err *e)
{
	const struct settings *s = &p->registry.settings;
	struct event_time at = event_time_of(m->letter);
	struct invite i = {
		.uid = m->letter->uid,
		.sequence = m->letter->sequence,
		.stamp = p->now,
		.created = zone_instant(m->letter->opened, 8, 0, 0),
		.day = at.day,
		.hour = at.start / 60,
		.minute = at.start % 60,
		.minutes = at.minutes,
		.summary = m->calendar_summary,
		.description = m->calendar_text ? m->calendar_text : mail_below_mark(a, text),
		.organizer_name = arena_fmt(a, "Översyn, %s", s->name),
		.organizer = s->address,
		.attendee_name = m->to_name,
		.attendee = m->letter->address,
		.partstat = m->partstat,
		.language = p->config->language,
	};
	return m->calendar == CALENDAR_CANCEL ? invite_cancel(&i, out, e) : invite_request(&i, out, e);
}

static int compose(const struct pass *p, struct arena *a, const struct letter_mail *m,
                   const char *token, const struct rendered *r, const char *message_id,
                   const char *calendar, struct buf *out, struct err *e)
{
	const struct settings *s = &p->registry.settings;

	struct mail_out mail = {
		.from_name = arena_fmt(a, "Översyn, %s", s->name),
		.from = s->address,
		.to_name = m->to_name,
		.to = m->to,
		.reply_to = reply_address(p, a, m->token ? m->token : token),
		.subject = r->subject.data,
		.message_id = message_id,
		.references = m->answers_id && !m->token ? m->answers_id
		              : m->token || m->letter->mails > 1 ? arena_fmt(a, "%s.1@%s", token, s->domain) : NULL,
		.date = p->now,
		.language = p->config->language,
		.is_answer = m->is_answer,
		.text = r->text.data,
		.html = r->html.data,
		.calendar = calendar,
		.calendar_method = m->calendar == CALENDAR_CANCEL ? "CANCEL" : "REQUEST",
		.files = m->files,
		.n_files = m->n_files,
		.versions = m->versions,
		.n_versions = m->n_versions,
	};
	return mail_compose(&mail, out, e);
}

struct mail_attachment letter_inventory(const struct registry *all, struct arena *a, const char *id,
                                        dayno day, const char *ref)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	inventory_write(all, registry_item(all, id), day, ref, &b);
	return (struct mail_attachment){
		.name = arena_fmt(a, "forteckning-%.12s.csv", text_ascii(a, id)),
		.type = "text/csv; charset=utf-8",
		.bytes = arena_dupn(a, b.data, b.len),
		.len = b.len,
	};
}

int letter_write(const struct pass *p, struct arena *a, struct letter_mail *m,
                 const struct letter_words *w, struct change *c, const char **message_id,
                 struct err *e)
{
	struct rendered r AUTO(rendered_release) = RENDERED_INIT;
	struct buf calendar AUTO(buf_release) = BUF_INIT, bytes AUTO(buf_release) = BUF_INIT;
	struct tset values;
	char token[TOKEN_TEXT];

	letter_values(a, w, &values);
	if (templates_render(p->config->letters, p->now, p->config->templates, p->config->language,
	                     m->template_name, &values, &r, e))
		return -1;
	if (!m->token)
		m->letter->mails++;
	letter_token(p, m->letter, token);
	const char *id = arena_fmt(a, "%s.%d@%s", m->token ? m->token : token,
	                           m->token ? m->nth : m->letter->mails, p->registry.settings.domain);
	if (m->calendar != CALENDAR_NO && invitation(p, a, m, r.text.data, &calendar, e))
		return -1;
	if (compose(p, a, m, token, &r, id, m->calendar != CALENDAR_NO ? calendar.data : NULL, &bytes, e))
		return err_wrap(e, "letter %s", m->letter->ref);
	struct outmail mail = {
		.message_id = id,
		.to = arena_dup(a, m->to),
		.letter = m->letter->ref,
		.kind = m->template_name,
		.subject = arena_dup(a, r.subject.data),
		.len = bytes.len,
		.created = p->now,
	};
	mail.bytes = arena_own(a, buf_steal(&bytes));
	change_mail(c, a, &mail);
	*message_id = id;
	return 0;
}
