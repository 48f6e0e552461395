/* SPDX-License-Identifier: EUPL-1.2 */
#include "lines.h"

#include <string.h>
#include <strings.h>

void lines_init(struct lines *l, const char *bytes, size_t len)
{
	*l = (struct lines){ .at = bytes, .end = bytes + len, .next_line = 1, .text = BUF_INIT };
	if (len >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3))
		l->at += 3;
}

void lines_release(struct lines *l)
{
	buf_release(&l->text);
}

/* Takes a physical line from `skip` on, with its end. */
static void take(struct lines *l, size_t skip)
{
	const char *from = l->at + skip;

	while (l->at < l->end && *l->at != '\r' && *l->at != '\n')
		l->at++;
	if (l->at > from)
		buf_add(&l->text, from, (size_t)(l->at - from));
	if (l->at < l->end)
		l->at += *l->at == '\r' && l->at + 1 < l->end && l->at[1] == '\n' ? 2 : 1;
	l->next_line++;
}

bool lines_next(struct lines *l)
{
	buf_clear(&l->text);
	if (l->at >= l->end)
		return false;
	l->line = l->next_line;
	take(l, 0);
	while (l->at < l->end && (*l->at == ' ' || *l->at == '\t'))
		take(l, 1);
	return true;
}

bool line_is(const char *line, const char *name)
{
	size_t n = strlen(name);

	return !strncasecmp(line, name, n) && (line[n] == ':' || line[n] == ';');
}

const char *line_value(const char *line)
{
	bool quoted = false;

	for (; *line; line++) {
		if (*line == '"')
			quoted = !quoted;
		else if (*line == ':' && !quoted)
			return line + 1 + strspn(line + 1, " ");
	}
	return NULL;
}

const char *line_parameter(const char *line, const char *name, size_t *len)
{
	size_t n = strlen(name);
	bool quoted = false;

	for (; *line && (quoted || *line != ':'); line++) {
		if (*line == '"') {
			quoted = !quoted;
		} else if (!quoted && *line == ';' && !strncasecmp(line + 1, name, n)
		           && line[1 + n] == '=') {
			const char *value = line + 1 + n + 1;
			bool quotes = *value == '"';
			value += quotes;
			*len = strcspn(value, quotes ? "\"" : ";:");
			return value;
		}
	}
	return NULL;
}
