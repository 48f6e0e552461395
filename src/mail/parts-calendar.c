/* SPDX-License-Identifier: EUPL-1.2 */
#include <gmime/gmime.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

/* What a calendar's part shows before the calendar is read. */

bool calendar_answers(const char *method)
{
	static const char *const answers[] = { "REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER" };

	for (size_t i = 0; i < ARRAY_LEN(answers); i++)
		if (raw_equal(method, answers[i]))
			return true;
	return false;
}

void calendar_method(const char *text, char *to, size_t size)
{
	*to = '\0';
	for (const char *line = text; line && *line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (!raw_is(line, "METHOD:") && !raw_is(line, "METHOD;"))
			continue;
		const char *value = strchr(line, ':');
		size_t len = value ? strspn(++value, " ") : 0;
		value += len;
		len = value ? strcspn(value, "\r\n ;") : 0;
		if (!value || !len || len >= size)
			return;
		memcpy(to, value, len);
		to[len] = '\0';
		return;
	}
}

/* Some gateway has written the calendar where the part's header stands. */
const char *calendar_in_header(struct arena *a, GMimeObject *object)
{
	char *all = g_mime_object_get_headers(object, NULL);
	const char *at = all ? strstr(all, "BEGIN:VCALENDAR") : NULL;
	const char *text = at ? arena_dup(a, at) : NULL;

	g_free(all);
	return text && text_is_utf8(text, strlen(text)) ? text : NULL;
}
