/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"
#include "calendar-internal.h"
#include "lines.h"

/* What an answer says beside "yes" and "no". Read from the lines and not
 * through libical: its getters open files by a zone's name. */

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* "MAILTO:Asa%2Bx@k.example?subject=…" → "asa+x@k.example"; "" when it is no
 * address of visible ASCII. */
static void copy_address(const char *from, size_t len, char *to, size_t size)
{
	size_t n = 0, ats = 0;

	to[0] = '\0';
	while (len && strchr(" \"<", *from)) {
		from++;
		len--;
	}
	if (len > 7 && !strncasecmp(from, "mailto:", 7)) {
		from += 7;
		len -= 7;
	}
	for (size_t i = 0; i < len && !strchr("?\">, ", from[i]); i++) {
		char c = from[i];
		if (c == '%' && i + 2 < len && hex(from[i + 1]) >= 0 && hex(from[i + 2]) >= 0) {
			c = (char)(hex(from[i + 1]) * 16 + hex(from[i + 2]));
			i += 2;
		}
		if (n + 1 >= size || c <= ' ' || c >= 0x7f || strchr("<>\"(),;:\\", c)) {
			to[0] = '\0';
			return;
		}
		ats += c == '@';
		to[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	to[n] = '\0';
	if (ats != 1 || to[0] == '@' || to[n - 1] == '@')
		to[0] = '\0';
}

static void copy_parameter(const char *line, const char *name, char *to, size_t size)
{
	size_t len;
	const char *v = line_parameter(line, name, &len);

	if (v)
		copy_address(v, len, to, size);
}

/* Outlook writes "\n" where nothing was said. */
static void take_comment(const char *v, size_t len, struct calendar_reply *out)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf b AUTO(buf_release) = BUF_INIT;

	for (size_t i = 0; i < len; i++) {
		bool escaped = v[i] == '\\' && i + 1 < len;
		i += escaped;
		bool line_end = escaped && (v[i] == 'n' || v[i] == 'N');
		buf_chr(&b, line_end || (unsigned char)v[i] < ' ' ? ' ' : v[i]);
	}
	if (!text_is_utf8(b.data, b.len))
		return;
	const char *text = text_cut(&a, text_tidy(&a, b.data), 120);
	if (!*text || out->comment[0])
		return;
	memcpy(out->comment, text, strlen(text) + 1);
}

static void take_attendee(const char *line, struct calendar_reply *out)
{
	const char *v = line_value(line);

	if (++out->attendees > 1) {
		out->attendee[0] = out->sent_by[0] = out->delegated_to[0] = '\0';
		return;
	}
	if (v)
		copy_address(v, strlen(v), out->attendee, sizeof(out->attendee));
	copy_parameter(line, "SENT-BY", out->sent_by, sizeof(out->sent_by));
	copy_parameter(line, "DELEGATED-TO", out->delegated_to, sizeof(out->delegated_to));
	size_t len;
	const char *said = line_parameter(line, "X-RESPONSE-COMMENT", &len); /* Google */
	if (said)
		take_comment(said, len, out);
}

static void take_time(const char *line, instant *to, struct calendar_reply *out)
{
	bool all_day = false;

	if (*to != INSTANT_NONE)
		return;
	if (calendar_time(line, to, &all_day))
		out->all_day = out->all_day || all_day;
	else
		out->unknown_zone = true;
}

void calendar_take_fact(const char *line, struct calendar_reply *out)
{
	bool ignored;

	if (line_is(line, "ATTENDEE"))
		take_attendee(line, out);
	else if (line_is(line, "COMMENT") && line_value(line))
		take_comment(line_value(line), strlen(line_value(line)), out);
	else if (line_is(line, "ORGANIZER") && line_value(line))
		copy_address(line_value(line), strlen(line_value(line)), out->organizer,
		             sizeof(out->organizer));
	else if (line_is(line, "DTSTART"))
		take_time(line, &out->start, out);
	else if (line_is(line, "DTEND"))
		take_time(line, &out->end, out);
	else if (line_is(line, "DTSTAMP") && out->stamp == INSTANT_NONE)
		(void)calendar_time(line, &out->stamp, &ignored);
}
