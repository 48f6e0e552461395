/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/demo.h"
#include "app/embedded.h"
#include "app/files.h"
#include "base/mem.h"
#include "base/text.h"
#include "mail/message.h"
#include "src/app/demo-mail.h"

struct habit { /* a row of replies.txt, or of examples.txt */
	const char *name; /* of the mail that it makes; NULL: none */
	const char *role, *letter, *answer;
	const char *then; /* "9 Godkänns": written so many days after it; NULL: nothing */
	int wait, times; /* times −1: always */
};

struct people {
	struct arena arena;
	const char *dir;
	struct sender *post;
	struct habit *habits;
	size_t n_habits, cap_habits;
	struct pending *pending;
	size_t n_pending, cap_pending;
	int letters, answers, paragraphs;
};

static char *field(struct arena *a, const char **at, const char *end)
{
	const char *bar = memmem(*at, (size_t)(end - *at), " | ", 3);
	const char *stop = bar ? bar : end;
	char *text = arena_dupn(a, *at, (size_t)(stop - *at));

	*at = bar ? bar + 3 : end;
	return text;
}

static char *newlines(char *s)
{
	char *to = s;

	for (const char *from = s; *from; from++) {
		if (from[0] == '\\' && from[1] == 'n') {
			*to++ = '\n';
			from++;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return s;
}

/* role | letter | days later | how often | answer */
static struct habit read_habit(struct arena *a, const char *f, const char *end)
{
	struct habit h = { .role = field(a, &f, end) };

	h.letter = field(a, &f, end);
	h.wait = atoi(field(a, &f, end));
	const char *times = field(a, &f, end);
	h.times = *times == '*' ? -1 : atoi(times);
	h.answer = newlines(field(a, &f, end));
	return h;
}

/* no | role | letter | days later | answer | afterwards | … */
static struct habit read_example(struct arena *a, const char *f, const char *end)
{
	struct habit h = { .name = field(a, &f, end), .times = 1 };

	h.role = field(a, &f, end);
	h.letter = field(a, &f, end);
	h.wait = atoi(field(a, &f, end));
	h.answer = newlines(field(a, &f, end));
	h.then = newlines(field(a, &f, end));
	if (!strcmp(h.then, "-"))
		h.then = NULL;
	return h;
}

static void read_habits(struct people *p, const char *file,
                        struct habit (*row)(struct arena *, const char *, const char *))
{
	const struct embedded_file *f = embedded_find(file);
	const char *at = f ? f->bytes : "";

	for (const char *end; *at; at = *end ? end + 1 : end) {
		end = strchrnul(at, '\n');
		if (*at == '#' || at == end)
			continue;
		struct habit h = row(&p->arena, at, end);

		p->habits = arena_grow(&p->arena, p->habits, p->n_habits, &p->cap_habits, sizeof(h));
		p->habits[p->n_habits++] = h;
	}
}

int people_open(const char *dir, struct people **out, struct err *e)
{
	struct people *p = mem_zalloc(sizeof(*p));

	p->dir = arena_dup(&p->arena, dir);
	read_habits(p, "config/demo/examples.txt", read_example);
	read_habits(p, "config/demo/replies.txt", read_habit);
	const char *in = arena_fmt(&p->arena, "%s/in", dir);
	if (dir_make(in, e) || dir_make(arena_fmt(&p->arena, "%s/letters", dir), e)
	    || dir_make(arena_fmt(&p->arena, "%s/answers", dir), e)
	    || sender_maildir(in, false, &p->post, e)) {
		people_close(p);
		return -1;
	}
	*out = p;
	return 0;
}

void people_close(struct people *p)
{
	if (p->post)
		sender_free(p->post);
	arena_release(&p->arena);
	mem_free(p);
}

int people_letters(const struct people *p)
{
	return p->letters;
}

/* A letter is known by how its subject begins; the words are the templates'. */
static const char *letter_kind(const char *subject)
{
	static const char *const kinds[][2] = {
		{ "Följ upp senast", "deficiency-letter" }, { "Påminnelse: brist", "deficiency-letter" },
		{ "Granska senast", "invitation" }, { "Påminnelse", "reminder" },
		{ "Sista påminnelsen", "last-reminder" }, { "Försenad", "overdue" },
		{ "Hjälp oss", "question" }, { "Mottaget", "receipt" },
		{ "Vi förstod inte", "not-understood" }, { "Behöver din åtgärd", "escalation" },
		{ "För kännedom", "chair" }, { "Svara ", "deputy" }, { "Ny dag", "rescheduled" },
		{ "Besvarat åt dig", "answered-for-you" }, { "Gemensam granskning", "joint" }, { "Behöver inget svar", "withdrawn" },
		{ "Bekräfta", "confirm" }, { "Att känna till ", "coordinator" }, { "Stoppat", "stopped" },
		{ "Du tar över", "hand-over" }, { "Din nämnd", "new-chair" },
		{ "Ett svar som inte", "not-counted" }, { "Inget nytt", "not-recorded" },
		{ "Skriv tillbaka", "paragraph" }, { "Är protokollet", "adjusted" },
		{ "Tillbaka från", "returned" }, { "Översyn är i gång", "weekly" }, { "Status kvartal", "status" },
		{ "Vem granskar", "declined" }, { "Startad", "started" }, { "Ingen ny granskning", "started" },
		{ "Till ", "revision" },
	};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (text_starts(subject, kinds[i][0]))
			return kinds[i][1];
	return "other";
}

static const struct role *role_at(const struct registry *r, const char *address, dayno day)
{
	for (size_t i = 0; i < r->n_roles; i++)
		if (r->roles[i].address && !strcmp(r->roles[i].address, address)
		    && role_valid(&r->roles[i], day))
			return &r->roles[i];
	return NULL;
}

/* The address in Reply-To: who answers a mail writes there. */
static char *reply_to(struct arena *a, const char *bytes)
{
	const char *line = strcasestr(bytes, "\nReply-To: ");

	if (!line)
		return NULL;
	line += strlen("\nReply-To: ");
	const char *end = line + strcspn(line, "\r\n"), *open = memchr(line, '<', (size_t)(end - line));
	if (open) {
		line = open + 1;
		end = line + strcspn(line, ">\r\n");
	}
	return arena_dupn(a, line, (size_t)(end - line));
}

static const char *month_day(struct arena *a, dayno day)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	view_date_short(day, VIEW_SV, &b);
	return arena_dup(a, b.data);
}

/* The meeting that a letter to a secretary asks about, as it shows how to answer. */
static char *meeting_day(struct arena *a, const char *letter)
{
	const char *at = strstr(letter, "BESLUT: ");

	if (!at)
		return arena_dup(a, "");
	at += strlen("BESLUT: ");
	return arena_dupn(a, text_starts(at, "A ") ? at + 2 : at, DATE_TEXT - 1);
}

/* What a secretary writes of the meeting: {date}, the {no} of the next paragraph, and
 * {a} where two proposals were put. */
static const char *minuted(struct people *p, const char *answer, const char *letter)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	for (const char *at = answer; *at;) {
		if (text_starts(at, "{date}")) {
			buf_str(&b, meeting_day(&p->arena, letter));
			at += strlen("{date}");
		} else if (text_starts(at, "{no}")) {
			buf_fmt(&b, "%d", ++p->paragraphs);
			at += strlen("{no}");
		} else if (text_starts(at, "{a}")) {
			buf_str(&b, strstr(letter, "BESLUT: A ") ? "A " : "");
			at += strlen("{a}");
		} else {
			buf_chr(&b, *at++);
		}
	}
	return arena_dup(&p->arena, b.data);
}

static void post(struct people *p, const struct pending *x)
{
	p->pending = arena_grow(&p->arena, p->pending, p->n_pending, &p->cap_pending, sizeof(*x));
	p->pending[p->n_pending++] = *x;
}

/* The answers that begin with @. */
static void special(struct people *p, const char *answer, const struct registry *r, dayno today,
                    const struct mail_facts *m, struct pending *x)
{
	struct arena *a = &p->arena;
	char word[32];
	int days, skip = 0;

	if (text_starts(answer, "@auto ")) {
		x->automatic = true;
		x->text = answer + strlen("@auto ");
		x->subject = arena_fmt(a, "Automatiskt svar: %s", m->subject);
	} else if (text_starts(answer, "@outside ")) {
		x->outside = true;
		x->text = answer + strlen("@outside ");
	} else if (text_starts(answer, "@bare ")) {
		x->quote = NULL;
		x->text = answer + strlen("@bare ");
	} else if (sscanf(answer, "@calendar %31s %n", word, &skip) == 1 && skip) {
		x->calendar = demo_calendar_answer(a, m->calendar, x->from, word, zone_instant(today, 12, 0, 0));
		x->quote = NULL;
		x->subject = answer + skip;
		x->text = "";
	} else if (sscanf(answer, "@from %31s %n", word, &skip) == 1 && skip) {
		const struct role *other = registry_role(r, word);

		x->from = other ? arena_dup(a, other->address) : x->from;
		x->text = answer + skip;
	} else if (sscanf(answer, "@extension %d", &days) == 1) {
		x->text = arena_fmt(a, "ANSTÅND: %s", month_day(a, x->day + days));
	}
}

static void decide(struct people *p, struct habit *h, const struct registry *r, dayno today,
                   const char *address, const struct mail_facts *m, const char *to)
{
	struct arena *a = &p->arena;
	struct pending x = {
		.day = today + h->wait, .name = h->name, .from = arena_dup(a, address), .to = to,
		.subject = arena_fmt(a, "SV: %s", m->subject), .answers_id = arena_dup(a, m->message_id),
		.quote = arena_dup(a, m->text), .text = strcmp(h->answer, "(empty)") ? h->answer : "",
	};
	int days, skip = 0;

	if (h->times > 0)
		h->times--;
	if (!strcmp(h->answer, "@silence"))
		return;
	special(p, h->answer, r, today, m, &x);
	x.text = minuted(p, x.text, m->text);
	post(p, &x);
	if (!h->then || sscanf(h->then, "%d %n", &days, &skip) != 1 || !skip)
		return;
	x = (struct pending){ .day = x.day + days, .from = arena_dup(a, address), .to = to,
	                      .subject = arena_fmt(a, "SV: %s", m->subject), .answers_id = x.answers_id,
	                      .quote = arena_dup(a, m->text), .text = h->then + skip };
	post(p, &x);
}

/* "review": whatever asks for a review's answer. */
static bool is_kind(const char *word, size_t len, const char *kind)
{
	static const char *const asking[] = { "invitation", "reminder", "last-reminder", "overdue" };

	for (size_t i = 0; len == strlen("review") && text_starts(word, "review") && i < ARRAY_LEN(asking); i++)
		if (!strcmp(asking[i], kind))
			return true;
	return strlen(kind) == len && !strncmp(word, kind, len);
}

/* "paragraph", or "paragraph: Risk": with that in its subject. */
static bool is_about(const char *letter, const char *kind, const char *subject)
{
	size_t len = strcspn(letter, ":");

	return !strcmp(letter, "*")
	       || (is_kind(letter, len, kind) && (!letter[len] || strstr(subject, letter + len + 2)));
}

static void consider(struct people *p, const struct registry *r, dayno today, const char *address,
                     const char *bytes, const struct mail_facts *m)
{
	const struct role *role = role_at(r, address, today);
	const char *to = reply_to(&p->arena, bytes), *kind = m->subject ? letter_kind(m->subject) : "other";

	for (size_t i = 0; to && m->subject && m->message_id && m->text && i < p->n_habits; i++) {
		struct habit *h = &p->habits[i];
		bool him = !strcmp(h->role, "*") || (role && !strcmp(h->role, role->id));

		if (!him || !h->times || !is_about(h->letter, kind, m->subject))
			continue;
		decide(p, h, r, today, address, m, to);
		return;
	}
}

static int copy(const char *path, const struct buf *bytes, struct err *e)
{
	FILE *f = fopen(path, "we");
	bool written = f && fwrite(bytes->data, 1, bytes->len, f) == bytes->len;

	return f && !fclose(f) && written ? 0 : err_set(e, ERR_OUTSIDE, "%s cannot be written", path);
}

/* Opening a letter: a copy as .eml, and it moves from new to cur. */
static int open_letter(struct people *p, const struct registry *r, instant now, const char *address,
                       const char *name, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf bytes AUTO(buf_release) = BUF_INIT;
	struct mail_facts m;
	char day[DATE_TEXT];
	dayno today = zone_wall(now).day;
	const char *path = arena_fmt(&a, "%s/out/%s/new/%s", p->dir, address, name);

	if (file_read(path, FILE_LIMIT, &bytes, e))
		return -1;
	mail_parse(&a, bytes.data, bytes.len, NULL, NULL, NULL, &m);
	const char *eml = arena_fmt(&a, "%s/letters/%04d-%s-%s-%.*s.eml", p->dir, ++p->letters,
	                            date_text(today, day), m.subject ? letter_kind(m.subject) : "other",
	                            (int)strcspn(address, "@"), address);
	if (copy(eml, &bytes, e))
		return -1;
	if (rename(path, arena_fmt(&a, "%s/out/%s/cur/%s:2,S", p->dir, address, name)))
		return err_set(e, ERR_OUTSIDE, "%s cannot be moved", path);
	consider(p, r, today, address, bytes.data, &m);
	return 0;
}

static int visible(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

static int open_mailbox(struct people *p, const struct registry *r, instant now, const char *address,
                        struct err *e)
{
	struct buf path AUTO(buf_release) = BUF_INIT;
	struct dirent **names;
	int failed = 0;

	buf_fmt(&path, "%s/out/%s/new", p->dir, address);
	int n = scandir(path.data, &names, visible, alphasort);
	if (n < 0)
		return 0; /* nobody has written to this address yet */
	for (int i = 0; i < n; i++) {
		if (!failed)
			failed = open_letter(p, r, now, address, names[i]->d_name, e);
		free(names[i]);
	}
	free(names);
	return failed;
}

int people_read(struct people *p, const struct registry *r, instant now, struct err *e)
{
	struct buf path AUTO(buf_release) = BUF_INIT;
	struct dirent **names;
	int failed = 0;

	buf_fmt(&path, "%s/out", p->dir);
	int n = scandir(path.data, &names, visible, alphasort);
	for (int i = 0; i < n; i++) {
		if (!failed)
			failed = open_mailbox(p, r, now, names[i]->d_name, e);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
	return failed;
}

/* What somebody writes on a day of their own accord, its first line the subject: whoever
 * holds a role to us, an employee a report of a deficiency. */
static void write_unasked(struct people *p, const struct registry *r, dayno today)
{
	for (size_t i = 0; i < p->n_habits; i++) {
		struct habit *h = &p->habits[i];
		const char *end = strchrnul(h->answer, '\n');
		const struct role *role = registry_role(r, h->role);
		dayno day;

		if (!date_parse(h->letter, &day) || day != today || !h->times)
			continue;
		h->times--;
		struct pending x = {
			.day = today, .from = role ? arena_dup(&p->arena, role->address) : h->role,
			.to = arena_dup(&p->arena, role ? r->settings.address : r->settings.deficiency_address),
			.subject = arena_dupn(&p->arena, h->answer, (size_t)(end - h->answer)),
			.text = *end ? end + 1 : end,
		};
		post(p, &x);
	}
}

static int send_answer(struct people *p, const struct registry *r, const struct pending *x,
                       instant now, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf b AUTO(buf_release) = BUF_INIT;
	struct submit_result result;
	char day[DATE_TEXT];
	const char *id = x->name ? arena_fmt(&a, "example-%s@mail.tallvinge.example", x->name)
	                         : arena_fmt(&a, "answer-%d@mail.tallvinge.example", p->answers + 1);

	demo_mail_write(x, now, id, &b);
	sender_submit(p->post, x->from, r->settings.address, b.data, b.len, id, &result);
	if (result.verdict != SUBMIT_ACCEPTED)
		return err_set(e, ERR_OUTSIDE, "the demo's post: %s", result.answer);
	return copy(arena_fmt(&a, "%s/answers/%04d-%s-%.*s.eml", p->dir, ++p->answers,
	                      date_text(zone_wall(now).day, day), (int)strcspn(x->from, "@"), x->from), &b, e);
}

int people_answer(struct people *p, const struct registry *r, instant now, struct err *e)
{
	dayno today = zone_wall(now).day;

	write_unasked(p, r, today);
	for (size_t i = 0; i < p->n_pending; i++) {
		struct pending *x = &p->pending[i];

		if (x->day == DAY_NONE || x->day > today)
			continue;
		x->day = DAY_NONE;
		if (send_answer(p, r, x, now, e))
			return -1;
	}
	return 0;
}
