/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/core/reply-rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

char *unescape(struct arena *a, const char *s)
{
	char *out = arena_dup(a, strcmp(s, "(empty)") == 0 ? "" : s), *to = out;

	for (const char *at = out; *at; at++) {
		if (at[0] == '\\' && at[1] == 'n') {
			*to++ = '\n';
			at++;
		} else {
			*to++ = *at;
		}
	}
	*to = '\0';
	return out;
}

/* What the letter was, from the last row that begins with @. */
static struct {
	enum letter_kind letter;
	bool yes, klart;
	int rows;
	char from[64], body[64];
} asked;

struct reply_context context(void)
{
	/* What a letter with several rows says of them. */
	static const char letter[] =
		"| Nr | Det här gäller |\n"
		"| 1 | Rutin för låntagaruppgifter (KFN 2023/15) | 2026-03-13 |\n"
		"| 2 | Kulturskolans elevregister | 2027-02-02 |\n"
		"| 3 | Kulturskolans elevregister, arkiv (KFN 2024/2) | 2027-02-02 |\n";

	return (struct reply_context){
		.received = date_of(2027, 1, 12), .letter = asked.letter, .yes_approves = asked.yes,
		.done_offered = asked.klart, .sent = asked.rows > 1 ? letter : NULL, .rows = asked.rows ? asked.rows : 1,
		.body = *asked.body ? asked.body : NULL, .from = *asked.from ? asked.from : NULL,
	};
}

void context_row(int line, const char *row)
{
	char words[128], *save, *word;

	snprintf(words, sizeof(words), "%s", row + 1);
	memset(&asked, 0, sizeof(asked));
	word = strtok_r(words, " ", &save);
	int letter = word ? letter_kind_by_name(word) : -1;
	ck_assert_msg(letter >= 0, "line %d: no letter is called %s", line, word ? word : "nothing");
	asked.letter = (enum letter_kind)letter;
	while ((word = strtok_r(NULL, " ", &save))) {
		if (strcmp(word, "yes") == 0)
			asked.yes = true;
		else if (strcmp(word, "klart") == 0)
			asked.klart = true;
		else if (strcmp(word, "rows") == 0 && (word = strtok_r(NULL, " ", &save)))
			asked.rows = atoi(word);
		else if (strcmp(word, "body") == 0 && (word = strtok_r(NULL, "", &save)))
			snprintf(asked.body, sizeof(asked.body), "%s", word);
		else if (strcmp(word, "from") == 0 && (word = strtok_r(NULL, " ", &save)))
			snprintf(asked.from, sizeof(asked.from), "%s", word);
		else
			ck_abort_msg("line %d: what is %s?", line, word ? word : "from");
	}
}
