/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "core/reply.h"

static const char *const kinds[] = {
#define X(id, word) [LETTER_##id] = word,
	LETTER_KINDS(X)
#undef X
};

const char *letter_kind_name(enum letter_kind k)
{
	return k < LETTER_KIND_COUNT ? kinds[k] : "any";
}

int letter_kind_by_name(const char *name)
{
	static const struct {
		const char *name;
		enum letter_kind kind;
	} templates[] = {
		{ "invitation", LETTER_REVIEW }, { "reminder", LETTER_REVIEW }, { "last-reminder", LETTER_REVIEW },
		{ "overdue", LETTER_REVIEW }, { "deputy", LETTER_REVIEW }, { "returned", LETTER_REVIEW }, { "unfinished", LETTER_REVIEW }, { "escalation", LETTER_REVIEW }, { "extension", LETTER_REVIEW },
		{ "receipt", LETTER_REVIEW }, { "not-understood", LETTER_REVIEW }, { "routine", LETTER_REVIEW },
		{ "document", LETTER_REVIEW }, { "asset", LETTER_INVENTORY },
		{ "inventory-invitation", LETTER_INVENTORY }, { "fact", LETTER_QUESTION }, { "fact-receipt", LETTER_QUESTION },
		{ "paragraph", LETTER_DECISION }, { "secretary", LETTER_DECISION }, { "adjusted", LETTER_DECISION }, { "revision", LETTER_DECISION },
		{ "board", LETTER_DECISION }, { "confirmation", LETTER_CONFIRM }, { "yes-no", LETTER_CONFIRM },
		{ "hand-over", LETTER_HANDOVER }, { "information", LETTER_NOTICE }, { "chair", LETTER_NOTICE },
		{ "status", LETTER_NOTICE }, { "event-moved", LETTER_REVIEW }, { "event-stays", LETTER_REVIEW },
		{ "event-again", LETTER_REVIEW }, { "declined", LETTER_REVIEW }, { "no-sign-off", LETTER_REVIEW },
		{ "deficiency-letter", LETTER_DEFICIENCY }, { "weekly", LETTER_COMMAND },
		{ "outbox", LETTER_COMMAND },
		{ "command-help", LETTER_COMMAND }, { "command-status", LETTER_COMMAND },
		{ "command-list", LETTER_COMMAND }, { "command-show", LETTER_COMMAND },
		{ "command-start", LETTER_CONFIRM }, { "command-started", LETTER_COMMAND },
		{ "deficiency-letter", LETTER_DEFICIENCY }, { "opinion-receipt", LETTER_COPY },
		{ "opinion", LETTER_REVIEW },
	};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (strcmp(name, kinds[i]) == 0)
			return (int)i;
	for (size_t i = 0; i < ARRAY_LEN(templates); i++)
		if (strcmp(name, templates[i].name) == 0)
			return (int)templates[i].kind;
	return -1;
}

static bool letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

bool reply_offers(const char *sent, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = sent; at && (at = strstr(at, word)) != NULL; at += len)
		if ((at == sent || !letter(at[-1])) && !letter(at[len]))
			return true;
	return false;
}

int reply_rows(const char *sent)
{
	int rows = 0;

	for (const char *at = sent; at; at = strchr(at, '\n')) {
		char row[16];

		at += *at == '\n';
		snprintf(row, sizeof(row), "| %d |", rows + 1);
		if (text_starts(at, row))
			rows++;
	}
	return rows;
}

const char *reply_outcome_name(enum reply_outcome o)
{
	static const char *const names[] = {
#define X(id, word) [OUTCOME_##id] = word,
		REPLY_OUTCOMES(X)
#undef X
	};

	return o < OUTCOME_COUNT ? names[o] : NULL;
}

const char *verdict_name(enum verdict v)
{
	static const char *const name[] = {
#define X(id, word) [VERDICT_##id] = word,
		VERDICTS(X)
#undef X
	};

	return v < VERDICT_COUNT ? name[v] : "unclear";
}

const char *mail_class_name(enum mail_class c)
{
	static const char *const name[] = {
#define X(id, word) [MAIL_##id] = word,
		MAIL_CLASSES(X)
#undef X
	};

	return c < MAIL_CLASS_COUNT ? name[c] : "other";
}
