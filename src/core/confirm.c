/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/confirm.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

static const char *const state_word[] = {
#define X(name, word) [CONFIRM_##name] = word,
	CONFIRM_STATES(X)
#undef X
};

const char *confirm_state_name(enum confirm_state s)
{
	return state_word[s];
}

int confirm_state_by_name(const char *name)
{
	for (int i = 0; name && i < CONFIRM_STATE_COUNT; i++)
		if (!strcmp(state_word[i], name))
			return i;
	return -1;
}

const char *confirm_step_name(enum confirm_step s)
{
	static const char *const name[] = {
		[CONFIRM_APPLY] = "apply", [CONFIRM_DROP] = "drop", [CONFIRM_AGAIN] = "again",
		[CONFIRM_USED] = "used", [CONFIRM_EXPIRED] = "expired", [CONFIRM_STRANGER] = "stranger",
	};

	return name[s];
}

/* Numbered answers and anything that says more than yes or no are none. */
enum confirm_step confirm_next(const struct confirmation *c, bool same_person, instant received,
                               const struct reply *reply)
{
	bool whole = reply->n_answers == 1 && !reply->answers[0].n && !reply->answers[0].text;

	if (!same_person)
		return CONFIRM_STRANGER;
	if (c->state != CONFIRM_ASKED)
		return CONFIRM_USED;
	if (received > c->expires)
		return CONFIRM_EXPIRED;
	if (whole && reply->verdict == VERDICT_APPROVE)
		return CONFIRM_APPLY;
	return whole && reply->verdict == VERDICT_REJECT ? CONFIRM_DROP : CONFIRM_AGAIN;
}

static int verdict_by_name(const char *name)
{
	for (int i = 0; i < VERDICT_COUNT; i++)
		if (!strcmp(verdict_name((enum verdict)i), name))
			return i;
	return -1;
}

/* ---- as text: number, review, version, verdict, day, text; "\t" between them ---- */

static void write_text(struct buf *b, const char *text)
{
	for (; text && *text; text++) {
		if (*text == '\n')
			buf_str(b, "\\n");
		else if (*text == '\t')
			buf_str(b, "\\t");
		else if (*text == '\\')
			buf_str(b, "\\\\");
		else
			buf_chr(b, *text);
	}
}

char *confirm_write(struct arena *a, const struct held *h, size_t n)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	char day[DATE_TEXT];

	for (size_t i = 0; i < n; i++) {
		const struct answer *x = &h[i].answer;

		buf_fmt(&b, "%d\t%s\t%s\t%s\t%s\t", x->n, h[i].review, h[i].version,
		        verdict_name(x->verdict), x->until == DAY_NONE ? "-" : date_text(x->until, day));
		write_text(&b, x->text);
		buf_chr(&b, '\n');
	}
	return arena_dup(a, b.data ? b.data : "");
}

static char *next_field(char **at, char end)
{
	char *field = *at, *stop = field ? strchr(field, end) : NULL;

	if (!stop) {
		*at = NULL;
		return NULL;
	}
	*stop = '\0';
	*at = stop + 1;
	return field;
}

static char *plain(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++) {
		if (*from == '\\' && from[1]) {
			from++;
			*to++ = *from == 'n' ? '\n' : *from == 't' ? '\t' : *from;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return *text ? text : NULL;
}

static bool read_one(char *line, struct held *h)
{
	char *n = next_field(&line, '\t'), *review = next_field(&line, '\t');
	char *version = next_field(&line, '\t'), *verdict = next_field(&line, '\t');
	char *day = next_field(&line, '\t');
	if (!n || !day || !line)
		return false;
	int number = atoi(n), v = verdict_by_name(verdict);
	if (number < 1 || v < 0)
		return false;
	*h = (struct held){ .review = review, .version = version };
	h->answer = (struct answer){
		.n = number, .verdict = (enum verdict)v, .until = DAY_NONE, .date = DAY_NONE,
		.text = plain(line),
	};
	return !strcmp(day, "-") || date_parse(day, &h->answer.until);
}

struct held *confirm_read(struct arena *a, const char *text, size_t *n)
{
	char *at = arena_dup(a, text ? text : "");
	struct held *h = NULL;
	size_t cap = 0;

	*n = 0;
	while (at && *at) {
		char *line = next_field(&at, '\n');

		h = arena_grow(a, h, *n, &cap, sizeof(*h));
		if (!line || !read_one(line, &h[*n])) {
			*n = 0;
			return NULL;
		}
		++*n;
	}
	return h;
}
