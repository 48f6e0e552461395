/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/limits.h"

#include "base/text.h"

enum limit limits_answer(const struct settings *s, const struct answer_counts *n, bool question)
{
	if (n->message > 0)
		return LIMIT_MESSAGE;
	if (question && n->letter >= s->letter_questions)
		return LIMIT_LETTER;
	if (n->sender >= s->sender_answers)
		return LIMIT_SENDER;
	return n->all >= s->day_answers ? LIMIT_ALL : LIMIT_NONE;
}

const char *limit_reason(enum limit l)
{
	switch (l) {
	case LIMIT_NONE:
		break;
	case LIMIT_MESSAGE:
		return "not answered: the same message was answered before";
	case LIMIT_LETTER:
		return "not answered: so many questions back about one letter have not helped, call the sender";
	case LIMIT_SENDER:
		return "not answered: the sender has had as many answers as may go out in a day, is it a machine?";
	case LIMIT_ALL:
		return "not answered: as many answers as may go out in a day have gone out, look for a loop";
	}
	return NULL;
}

const char *limit_key(struct arena *a, enum limit l, const char *message_id, const char *letter,
                      const char *sender)
{
	switch (l) {
	case LIMIT_NONE:
		break;
	case LIMIT_MESSAGE:
		return arena_fmt(a, "message:%s", message_id ? message_id : "");
	case LIMIT_LETTER:
		return arena_fmt(a, "letter:%s", letter ? letter : "");
	case LIMIT_SENDER:
		return arena_fmt(a, "sender:%s", text_fold(a, sender ? sender : ""));
	case LIMIT_ALL:
		return "all";
	}
	return NULL;
}
