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

/* ---- as text ---- */

/* "\t" between them, in this order; "-" where there is nothing. A registry number may
 * follow the last, which older programs did not write. */
enum field { NUMBER, REVIEW, VERSION, VERDICT, UNTIL, DATE, PARAGRAPH, OPTION, OUTCOME, ADJUSTED,
             TEXT, FIELDS };

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

static const char *day_word(dayno day, char text[DATE_TEXT])
{
	return day == DAY_NONE ? "-" : date_text(day, text);
}

static const char *word(const char *text)
{
	return text ? text : "-";
}

char *confirm_write(struct arena *a, const struct held *h, size_t n)
{
	struct buf b AUTO(buf_release) = BUF_INIT;
	char until[DATE_TEXT], date[DATE_TEXT];

	for (size_t i = 0; i < n; i++) {
		const struct answer *x = &h[i].answer;

		buf_fmt(&b, "%d\t%s\t%s\t%s\t%s\t%s\t", x->n, h[i].review, h[i].version,
		        verdict_name(x->verdict), day_word(x->until, until), day_word(x->date, date));
		write_text(&b, word(x->paragraph));
		buf_fmt(&b, "\t%s\t%s\t%d\t", word(x->option), word(reply_outcome_name(x->outcome)),
		        (int)x->adjusted);
		write_text(&b, x->text);
		if (x->registry_no) {
			buf_chr(&b, '\t');
			write_text(&b, x->registry_no);
		}
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

static int outcome_by_name(const char *name)
{
	for (int i = OUTCOME_APPROVED; i < OUTCOME_COUNT; i++)
		if (!strcmp(reply_outcome_name((enum reply_outcome)i), name))
			return i;
	return strcmp(name, "-") ? -1 : OUTCOME_NONE;
}

static const char *or_none(char *text)
{
	return strcmp(text, "-") ? plain(text) : NULL;
}

static bool read_day(const char *text, dayno *day)
{
	*day = DAY_NONE;
	return !strcmp(text, "-") || date_parse(text, day);
}

static bool read_one(char *line, struct held *h)
{
	char *f[FIELDS];

	for (int i = 0; i < TEXT; i++)
		if (!(f[i] = next_field(&line, '\t')))
			return false;
	char *no = strchr(line, '\t');
	if (no)
		*no++ = '\0';
	f[TEXT] = line;
	int verdict = verdict_by_name(f[VERDICT]), outcome = outcome_by_name(f[OUTCOME]);
	int n = atoi(f[NUMBER]), adjusted = atoi(f[ADJUSTED]);
	if (n < 1 || verdict < 0 || outcome < 0 || adjusted < 0 || adjusted > ADJUSTED_YES)
		return false;
	*h = (struct held){ .review = f[REVIEW], .version = f[VERSION] };
	h->answer = (struct answer){
		.n = n, .verdict = (enum verdict)verdict, .paragraph = or_none(f[PARAGRAPH]),
		.option = or_none(f[OPTION]), .outcome = (enum reply_outcome)outcome,
		.adjusted = (enum adjusted)adjusted, .text = plain(f[TEXT]),
		.registry_no = no ? plain(no) : NULL,
	};
	return read_day(f[UNTIL], &h->answer.until) && read_day(f[DATE], &h->answer.date);
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
