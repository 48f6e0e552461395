/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"
#include "src/mail/internal.h"

/*
 * Two texts that look the same and are not: a reader sees "Godkänns", the
 * grammar something else, or the other way round. It matters inside words.
 */
enum script { NEITHER, LATIN, ALIKE };

static enum script script_of(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7))
		return LATIN;
	if ((c >= 0x370 && c <= 0x52F) || (c >= 0x13A0 && c <= 0x13FF) || /* Greek to Cherokee */
	    (c >= 0xA640 && c <= 0xA69F) || (c >= 0xFF21 && c <= 0xFF5A) || /* fullwidth */
	    (c >= 0x1D400 && c <= 0x1D7FF) || (c >= 0x250 && c <= 0x2AF) ||
	    (c >= 0x530 && c <= 0x58F))
		return ALIKE;
	return NEITHER;
}

static bool invisible(uint32_t c)
{
	return c == 0xAD || c == 0xFEFF || (c >= 0x200B && c <= 0x200F) || c == 0x34F ||
	       (c >= 0x2060 && c <= 0x2064) || c == 0x115F || c == 0x1160 || c == 0x3164 ||
	       c == 0x180E || (c >= 0xE0000 && c <= 0xE0FFF);
}

static bool turns(uint32_t c) /* the direction of what follows */
{
	return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

const char *fresh_letters(const char *utf8)
{
	enum script before = NEITHER;
	bool latin = false, alike = false, hidden = false;

	for (uint32_t c; (c = text_next(&utf8)) != 0;) {
		if (turns(c))
			return "the direction of the text is turned around";
		if (invisible(c)) {
			hidden = before != NEITHER;
			continue;
		}
		if (c >= 0x300 && c <= 0x36F) /* a mark belongs to its letter */
			continue;
		enum script now = script_of(c);
		if (hidden && now != NEITHER)
			return "an invisible character stands inside a word";
		hidden = false;
		latin = now != NEITHER && (latin || now == LATIN);
		alike = now != NEITHER && (alike || now == ALIKE);
		if (latin && alike)
			return "a word mixes letters that only look alike";
		before = now;
	}
	return NULL;
}
