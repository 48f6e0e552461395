/* SPDX-License-Identifier: EUPL-1.2 */
#include "src/core/apply-internal.h"

static const char *of_note(enum apply_note note)
{
	switch (note) {
	case NOTE_ALREADY:
		return "news about a review that has ended or waits for others";
	case NOTE_TOO_LATE:
		return "more time is asked for than an extension gives: the superior's to grant";
	case NOTE_NOT_YOURS:
		return "the sender does not answer for that item that day";
	case NOTE_OTHER:
		return "the adjusted minutes are said to hold another decision than was reported";
	case NOTE_UNDO_LATE:
		return "an answer is to be undone, but its time for that has passed";
	case NOTE_UNDO_DECIDED:
		return "an answer is to be undone that a body has decided on";
	case NOTE_UNDO_NEWER:
		return "an answer is to be undone, but its review has ended or been followed by another";
	case NOTE_UNDO_CHANGED:
		return "an answer is to be undone, but the item has changed since";
	case NOTE_UNDO_OVERTAKEN:
		return "an answer is to be undone, but somebody else has answered since";
	case NOTE_NONE:
	case NOTE_NO_SUCH_ITEM:
	case NOTE_NO_DATE:
	case NOTE_CHANGED:
	case NOTE_NOT_CLEAR:
	case NOTE_WHICH:
	case NOTE_NO_PARAGRAPH:
	case NOTE_NO_OPTION:
	case NOTE_NO_MEETING:
	case NOTE_NOT_YET:
	case NOTE_TOO_EARLY:
	case NOTE_UNADJUSTED:
	case NOTE_ELSEWHERE:
	case NOTE_NO_ANSWER:
	case NOTE_AUTHOR:
	case NOTE_COUNTED:
	case NOTE_CONFIRM_UNCLEAR:
	case NOTE_CONFIRM_USED:
	case NOTE_CONFIRM_EXPIRED:
	case NOTE_CONFIRM_DROPPED:
	case NOTE_TABLE_DROPPED:
		break;
	}
	return NULL;
}

const char *apply_reason(const struct applied_item *x)
{
	switch (x->verdict == VERDICT_UNDO ? x->undone : x->verdict) {
	case VERDICT_CHANGES:
		if (x->outcome == OUTCOME_EDITORIAL)
			return "it holds, but its wording is to be mended: see that it is done";
		return x->verdict == VERDICT_UNDO ? "changes were asked for, and are not any more"
		                                  : "changes are asked for: make them, or say why not";
	case VERDICT_REJECT:
		return x->verdict == VERDICT_UNDO ? "a refusal was taken back" : "it is refused: ask what is wrong";
	case VERDICT_WRONG_PERSON:
	case VERDICT_FORWARDED:
		return x->verdict == VERDICT_UNDO ? "the item was said to be another's, and is not any more"
		                                  : "somebody else should answer: correct who is responsible";
	case VERDICT_DECISION:
		return x->outcome == OUTCOME_REFERRED_BACK
		       ? "its body has referred it back: see that the work is done again"
		       : x->outcome == OUTCOME_REVISE ? "its body has given a mandate to revise it: see that the work begins"
		       : x->outcome == OUTCOME_ENDED ? "its body has repealed it, or wants it repealed: correct the register"
		       : x->outcome == OUTCOME_REJECTED ? "its body has rejected it: see what is to be done" : NULL;
	case VERDICT_NONE:
	case VERDICT_APPROVE:
	case VERDICT_EXTENSION:
	case VERDICT_UNDO:
	case VERDICT_QUESTION:
	case VERDICT_UNCLEAR:
	case VERDICT_COUNT:
		break;
	}
	return of_note(x->note);
}
