/* SPDX-License-Identifier: EUPL-1.2 */
#include "news.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool word_is(const char *at, const char *word)
{
	size_t n = strlen(word);

	return strncasecmp(at, word, n) == 0 && strchr(" \r", at[n]);
}

static void expunged(struct news *n, uint32_t number)
{
	if (!number || number > n->exists)
		return;
	n->exists--;
	if (number <= n->seen)
		n->seen--;
}

static void exists(struct news *n, uint32_t number)
{
	n->exists = number;
	if (n->seen > number) /* they went without a word */
		n->seen = number;
}

static void untagged(struct news *n, const char *at)
{
	char *rest;

	if (word_is(at, "BYE"))
		n->bye = true;
	if (*at < '0' || *at > '9')
		return;
	unsigned long number = strtoul(at, &rest, 10);
	if (*rest++ != ' ' || number > UINT32_MAX)
		return;
	if (word_is(rest, "EXISTS"))
		exists(n, (uint32_t)number);
	else if (word_is(rest, "EXPUNGE"))
		expunged(n, (uint32_t)number);
}

void news_line(struct news *n, const char *line)
{
	size_t tag = strlen(n->tag);

	if (line[0] == '*' && line[1] == ' ')
		untagged(n, line + 2);
	else if (line[0] == '+')
		n->go_ahead = true;
	else if (tag && strncmp(line, n->tag, tag) == 0 && line[tag] == ' ')
		n->answered = true;
}

void news_await(struct news *n, unsigned int number)
{
	snprintf(n->tag, sizeof(n->tag), "w%u", number);
	n->go_ahead = n->answered = false;
}
