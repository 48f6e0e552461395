/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/text.h"

#include <endian.h>
#include <string.h>

enum { REPLACEMENT = 0xFFFD };

/*
 * One code point of at most `len` bytes into *cp; returns its length, 0 if
 * the bytes are no UTF-8. The bounds on the second byte are those of Unicode
 * table 3-7: they keep out overlong forms and surrogates.
 */
static size_t decode(const unsigned char *s, size_t len, uint32_t *cp)
{
	if (!len)
		return 0;
	if (s[0] < 0x80) {
		*cp = s[0];
		return 1;
	}
	size_t n = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
	if (s[0] < 0xC2 || s[0] > 0xF4 || len < n)
		return 0;
	unsigned char low = s[0] == 0xE0 ? 0xA0 : s[0] == 0xF0 ? 0x90 : 0x80;
	unsigned char high = s[0] == 0xED ? 0x9F : s[0] == 0xF4 ? 0x8F : 0xBF;
	if (s[1] < low || s[1] > high)
		return 0;
	uint32_t c = n == 2 ? s[0] & 0x1FU : n == 3 ? s[0] & 0x0FU : s[0] & 0x07U;
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return 0;
		c = (c << 6) | (s[i] & 0x3FU);
	}
	*cp = c;
	return n;
}

bool text_is_utf8(const char *s, size_t len)
{
	const unsigned char *at = (const unsigned char *)s;
	uint32_t cp;
	uint64_t eight;

	for (size_t n; len; at += n, len -= n) {
		for (; len >= sizeof(eight); at += sizeof(eight), len -= sizeof(eight)) {
			memcpy(&eight, at, sizeof(eight));
			if (eight & 0x8080808080808080U)
				break;
		}
		for (; len && *at < 0x80; at++, len--)
			;
		n = decode(at, len, &cp);
		if (!n)
			return !len;
	}
	return true;
}

/* How many of eight, at once: the first that is none of them sets its high bit, since
 * nothing is carried or borrowed below it; those above it may do so for no reason. */
static size_t eight_printable(const char *s)
{
	const uint64_t one = 0x0101010101010101U;
	uint64_t eight;

	memcpy(&eight, s, sizeof(eight));
	eight = le64toh(eight); /* the first is the lowest */
	uint64_t others = (eight | (eight + one) | (eight - ' ' * one)) & 0x80 * one;
	return others ? (size_t)__builtin_ctzll(others) / 8 : sizeof(eight);
}

size_t text_printable(const char *s, size_t len)
{
	size_t n = 0;

	while (len - n >= sizeof(uint64_t)) {
		size_t more = eight_printable(s + n);

		n += more;
		if (more < sizeof(uint64_t))
			return n;
	}
	while (n < len && s[n] >= ' ' && s[n] < 0x7f)
		n++;
	return n;
}

/* A byte that is no UTF-8 becomes U+FFFD, so that whoever forgot to check
 * still comes to the end; the NUL stops every sequence that is cut short. */
uint32_t text_next(const char **s)
{
	const unsigned char *at = (const unsigned char *)*s;
	uint32_t cp = 0;

	if (*at < 0x80) {
		*s += *at != 0;
		return *at;
	}
	size_t n = decode(at, 4, &cp);
	*s += n ? n : 1;
	return n ? cp : REPLACEMENT;
}

void text_put(struct buf *out, uint32_t cp)
{
	if (cp < 0x80) {
		buf_chr(out, (char)cp);
		return;
	}
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = REPLACEMENT;
	int more = cp < 0x800 ? 1 : cp < 0x10000 ? 2 : 3;
	uint32_t lead = more == 1 ? 0xC0 : more == 2 ? 0xE0 : 0xF0;
	char *to = buf_extend(out, (size_t)more + 1);
	*to++ = (char)(lead | cp >> (6 * more));
	while (more--)
		*to++ = (char)(0x80U | ((cp >> (6 * more)) & 0x3FU));
}

static bool combining(uint32_t cp)
{
	return cp >= 0x300 && cp <= 0x36F;
}

static bool space(uint32_t cp)
{
	return (cp >= 9 && cp <= 13) || cp == ' ' || cp == 0x85 || cp == 0xA0 || cp == 0x1680 ||
	       (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F ||
	       cp == 0x205F || cp == 0x3000;
}

static bool invisible(uint32_t cp)
{
	return cp == 0xAD || cp == 0xFEFF || (cp >= 0x200B && cp <= 0x200F) ||
	       (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x2064) ||
	       (cp >= 0x2066 && cp <= 0x2069);
}

size_t text_width(const char *s)
{
	size_t n = 0;

	for (uint32_t cp; (cp = text_next(&s));)
		n += !combining(cp);
	return n;
}

/* Row per mark: the letters it joins, and what they become, pairwise. */
static const struct {
	uint32_t mark;
	const char *from, *to;
} compositions[] = {
	{0x30A, "aAuU", "åÅůŮ"},
	{0x308, "aAeEiIoOuUyY", "äÄëËïÏöÖüÜÿŸ"},
	{0x301, "aAeEiIoOuUyYcClLnNrRsSzZ", "áÁéÉíÍóÓúÚýÝćĆĺĹńŃŕŔśŚźŹ"},
	{0x300, "aAeEiIoOuU", "àÀèÈìÌòÒùÙ"},
};

static uint32_t compose(uint32_t base, uint32_t mark)
{
	for (size_t i = 0; i < ARRAY_LEN(compositions); i++) {
		if (compositions[i].mark != mark)
			continue;
		const char *from = compositions[i].from, *to = compositions[i].to;
		for (uint32_t f, t; (f = text_next(&from)) && (t = text_next(&to));)
			if (f == base)
				return t;
	}
	return 0;
}

static uint32_t lower(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
	if (cp >= 0xC0 && cp <= 0xDE)
		return cp == 0xD7 ? cp : cp + 32;
	if (cp < 0x100 || cp > 0x17E || cp == 0x131 || cp == 0x138 || cp == 0x149)
		return cp;
	if (cp == 0x130)
		return 'i';
	if (cp == 0x178)
		return 0xFF;
	bool odd_is_upper = (cp >= 0x139 && cp <= 0x148) || cp >= 0x179;
	return (cp & 1U) == odd_is_upper ? cp + 1 : cp;
}

/* What is being cleaned, as far as it is written. */
struct cleaned {
	struct buf *out;
	bool fold;
	bool gap;      /* white space has come since */
	uint32_t last; /* the last letter, as it came: a mark may follow and join it; 0: none yet */
	size_t at;     /* where it stands */
};

static void put_letter(struct cleaned *c, uint32_t cp)
{
	if (c->gap && c->last)
		buf_chr(c->out, ' ');
	c->gap = false;
	c->last = cp;
	c->at = c->out->len;
	text_put(c->out, c->fold ? lower(cp) : cp);
}

/* So many visible ASCII characters and spaces, most of what there is. */
static void put_ascii(struct cleaned *c, const char *s, size_t n)
{
	size_t before = c->out->len;
	char *from = buf_extend(c->out, n + 1), *to = from; /* one for a gap before them */

	for (size_t i = 0; i < n; i++) {
		if (s[i] == ' ') {
			c->gap = true;
			continue;
		}
		if (c->gap && c->last)
			*to++ = ' ';
		c->gap = false;
		c->last = (unsigned char)s[i];
		*to++ = c->fold && s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] + 32) : s[i];
	}
	buf_cut(c->out, before + (size_t)(to - from));
	if (to > from)
		c->at = c->out->len - 1;
}

static void put_any(struct cleaned *c, uint32_t cp)
{
	if (invisible(cp))
		return;
	uint32_t joined = c->last && !c->gap && combining(cp) ? compose(c->last, cp) : 0;
	if (joined) {
		buf_cut(c->out, c->at);
		put_letter(c, joined);
	} else if (space(cp)) {
		c->gap = true;
	} else {
		put_letter(c, cp);
	}
}

static void clean(const char *s, bool fold, struct buf *out)
{
	struct cleaned c = { .out = out, .fold = fold };
	size_t left = strlen(s);

	buf_reserve(out, left + 1);
	for (const char *end = s + left; s < end;) {
		size_t n = text_printable(s, (size_t)(end - s));
		if (n)
			put_ascii(&c, s, n);
		s += n;
		if (s < end)
			put_any(&c, text_next(&s));
	}
}

static char *cleaned(struct arena *a, const char *s, bool fold)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	clean(s, fold, &out);
	return arena_dupn(a, out.data, out.len);
}

char *text_fold(struct arena *a, const char *s)
{
	return cleaned(a, s, true);
}

void text_fold_to(struct buf *out, const char *s)
{
	clean(s, true, out);
}

char *text_tidy(struct arena *a, const char *s)
{
	return cleaned(a, s, false);
}

bool text_starts(const char *s, const char *prefix)
{
	/* most differ in their first letter, and it is asked of every letter of a mail */
	while (*prefix && *s == *prefix) {
		s++;
		prefix++;
	}
	return !*prefix;
}

bool text_starts_any(const char *s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (*s == *list[i] && text_starts(s, list[i]))
			return true;
	return false;
}

bool text_ends(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);

	return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

bool text_blank(const char *s)
{
	if (!s)
		return true;
	for (uint32_t cp; (cp = text_next(&s));)
		if (!space(cp) && !invisible(cp))
			return false;
	return true;
}

char *text_cut(struct arena *a, const char *s, size_t n)
{
	const char *at = s, *before = s, *keep = s; /* keep: where n - 1 characters end */
	size_t width = 0;

	for (uint32_t cp; (cp = text_next(&at)); before = at) {
		if (!combining(cp) && ++width == n)
			keep = before;
		if (width > n)
			return n ? arena_fmt(a, "%.*s…", (int)(keep - s), s) : arena_dup(a, "");
	}
	return arena_dup(a, s);
}

/* The plain letter of U+00C0 … U+017F, in order; '.' stands for a letter that
 * needs two, '-' for what is no letter. */
static const char plain[] =
	"AAAAAA.CEEEEIIIIDNOOOOO-OUUUUY..aaaaaa.ceeeeiiiidnooooo-ouuuuy.y"
	"AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi..JjKkkLlLlLlLlLl"
	"NnNnNnnNnOoOoOo..RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

static const struct {
	uint32_t cp;
	const char *letters;
} doubles[] = {
	{0xC6, "AE"}, {0xE6, "ae"}, {0xDE, "Th"}, {0xDF, "ss"}, {0xFE, "th"},
	{0x132, "IJ"}, {0x133, "ij"}, {0x152, "OE"}, {0x153, "oe"},
};

char *text_ascii(struct arena *a, const char *s)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	_Static_assert(sizeof(plain) == 0x180 - 0xC0 + 1, "a letter per code point");
	for (uint32_t cp; (cp = text_next(&s));) {
		uint32_t small = cp | 32U;
		if ((cp >= '0' && cp <= '9') || (cp < 0x80 && small >= 'a' && small <= 'z'))
			buf_chr(&out, (char)cp);
		if (cp < 0xC0 || cp > 0x17F)
			continue;
		char c = plain[cp - 0xC0];
		if (c != '.' && c != '-')
			buf_chr(&out, c);
		for (size_t i = 0; i < ARRAY_LEN(doubles); i++)
			if (doubles[i].cp == cp)
				buf_str(&out, doubles[i].letters);
	}
	return arena_dupn(a, out.data, out.len);
}
