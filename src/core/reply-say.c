/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "src/core/reply-internal.h"

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/* Answers that one line may give to several numbers. */
static bool alike(const struct answer *a, const struct answer *b)
{
	return a->n && b->n && a->verdict == b->verdict && a->outcome == b->outcome && a->until == b->until
	       && same_text(a->text, b->text) && same_text(a->delegate, b->delegate);
}

/* What is to become of a document says more than that it is to be changed. */
static const char *change(enum reply_outcome o, bool english)
{
	switch ((unsigned)o) {
	case OUTCOME_EDITORIAL:
		return english ? "EDITORIAL CHANGE:" : "REDAKTIONELL ÄNDRING:";
	case OUTCOME_REVISE:
		return english ? "REVISE:" : "REVIDERAS:";
	case OUTCOME_ENDED:
		return english ? "REPEAL:" : "UPPHÄVS:";
	}
	return english ? "CHANGES:" : "ÄNDRING:";
}

static const char *verb(const struct answer *x, bool english)
{
	switch (x->verdict) {
	case VERDICT_APPROVE:
		return english ? "APPROVED" : "GODKÄNNS";
	case VERDICT_REJECT:
		return english ? "NOT APPROVED" : "GODKÄNNS INTE";
	case VERDICT_CHANGES:
		return change(x->outcome, english);
	case VERDICT_EXTENSION:
		return english ? "EXTENSION:" : "ANSTÅND:";
	case VERDICT_WRONG_PERSON:
	case VERDICT_FORWARDED: /* to say who else is all that either does */
		return english ? "WRONG PERSON:" : "FEL PERSON:";
	case VERDICT_UNDO:
		return english ? "UNDO" : "ÅNGRA";
	case VERDICT_NONE:
	case VERDICT_DECISION:
	case VERDICT_QUESTION:
	case VERDICT_UNCLEAR:
	case VERDICT_COUNT:
		break;
	}
	return NULL;
}

/* What stands behind the verb's colon; NULL: it cannot be said. */
static const char *object(const struct answer *x, bool text, char day[DATE_TEXT])
{
	if (x->verdict == VERDICT_EXTENSION)
		return x->until == DAY_NONE ? NULL : date_text(x->until, day);
	if (x->verdict == VERDICT_CHANGES)
		return text && x->text && !strchr(x->text, '\n') ? x->text : "";
	if (x->verdict == VERDICT_WRONG_PERSON || x->verdict == VERDICT_FORWARDED)
		return text && x->delegate ? x->delegate : "";
	return "";
}

const char *reply_say(struct arena *a, const struct answer *answers, size_t n, bool english,
                      bool text)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		const struct answer *x = &answers[i];
		char day[DATE_TEXT];
		const char *word = verb(x, english), *what = object(x, text, day);

		if (!word || !what)
			return NULL;
		if (out.len)
			buf_chr(&out, '\n');
		if (x->n)
			buf_fmt(&out, "%d", x->n);
		while (i + 1 < n && alike(x, &answers[i + 1]))
			buf_fmt(&out, ", %d", answers[++i].n);
		buf_fmt(&out, "%s%s%s%s", x->n ? " " : "", word, word[strlen(word) - 1] == ':' ? " " : "",
		        what);
	}
	return n ? arena_dup(a, out.data) : NULL;
}

size_t reply_choices(struct arena *a, const struct reply *r, bool english, bool text,
                     const char *out[REPLY_CHOICES])
{
	struct answer *other = arena_alloc(a, (r->n_proposed + 1) * sizeof(*other));
	bool doubt = false;
	size_t n = 0;

	if (r->n_answers || !r->n_proposed)
		return 0;
	out[n] = reply_say(a, r->proposed, r->n_proposed, english, text);
	n += out[n] != NULL;
	for (size_t i = 0; i < r->n_proposed; i++) {
		other[i] = r->proposed[i];
		if (other[i].until != DAY_NONE && other[i].or_days) {
			other[i].until += other[i].or_days;
			doubt = true;
		}
	}
	if (!n || !doubt)
		return n;
	out[n] = reply_say(a, other, r->n_proposed, english, text);
	return n + (out[n] != NULL);
}
