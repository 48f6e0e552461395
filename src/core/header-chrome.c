/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "header-internal.h"

enum {
	MUNICIPALITY_WORDS = 3,
	MENU_WORDS = 6,   /* a web page's menu has short lines */
	ENTRY_DIGITS = 3, /* of a page number */
};

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool starts_any(const char *folded, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (text_starts(folded, list[i]))
			return true;
	}
	return false;
}

/* What web pages put around a document. */
static bool web_chrome(const char *folded)
{
	static const char *const starts[] = {
		"lyssna", "skriv ut", "startsida", "start /", "start >", "start ›", "hem /", "hem >",
		"hem ›", "till innehåll", "hoppa till", "du är här", "gå till innehåll", "dela sidan",
		"dela på", "sidan uppdater", "sidan senast", "sidinformation", "sidansvarig",
		"kakor", "cookies", "vi använder kakor", "vi använder cookies",
		"tyck till om", "hjälpte ", "var informationen", "tillbaka till",
		"innehållet uppdater", "senast uppdaterad den", "ladda ner", "ladda ned", "visa meny",
		"stäng meny",
	};
	static const char *const whole[] = { "meny", "sök", "dela", "hem", "startsidan", "tillbaka" };

	for (size_t i = 0; i < ARRAY_LEN(whole); i++) {
		if (strcmp(folded, whole[i]) == 0)
			return true;
	}
	return starts_any(folded, starts, ARRAY_LEN(starts)) && text_words(folded) <= 2 * MENU_WORDS;
}

/* "1 (12)", "1/12", "1 av 12", "Sida 1", "- 3 -"; a bare number may be a value. */
static bool page_number(const char *folded)
{
	static const char *const words[] = { "sida", "sidan", "sid", "s", "av", "of", "page" };
	size_t numbers = 0;

	if (!folded[strspn(folded, "0123456789")])
		return false;
	while (*folded) {
		size_t n = strspn(folded, " .:()/-[]|");
		folded += n;
		n = strspn(folded, "0123456789");
		if (n > ENTRY_DIGITS)
			return false;
		numbers += n > 0;
		folded += n;
		if (n || !*folded)
			continue;
		for (size_t i = 0; i < ARRAY_LEN(words) && !n; i++) {
			size_t len = strlen(words[i]);
			if (text_starts(folded, words[i]) && (!folded[len] || strchr(" .:", folded[len])))
				n = len;
		}
		if (!n)
			return false;
		folded += n;
	}
	return numbers > 0 && numbers <= 2;
}

/* "631 86 Tallvinge", "Box 12", "0123-45 60 00". */
static bool address(const char *folded)
{
	static const char *const starts[] = {
		"postadress", "besöksadress", "adress", "telefon", "tel ", "tel:", "tel.", "växel",
		"fax", "e-post", "epost", "e-mail", "mejl", "mail:", "webb", "hemsida", "internet",
		"org.nr", "org. nr", "org nr", "orgnr", "organisationsnummer", "org-nr", "bankgiro",
		"plusgiro", "bg ", "www.", "http", "box ", "leveransadress", "fakturaadress",
	};
	size_t digits = 0, letters = 0;

	if (starts_any(folded, starts, ARRAY_LEN(starts)))
		return true;
	if (digit(folded[0]) && digit(folded[1]) && digit(folded[2]) && folded[3] == ' ' &&
	    digit(folded[4]) && digit(folded[5]) && folded[6] == ' ' && !digit(folded[7]) &&
	    text_words(folded) <= MENU_WORDS)
		return true;
	for (const char *at = folded; *at; at++) {
		digits += digit(*at);
		letters += !digit(*at) && !strchr(" -+()/", *at);
	}
	if (strchr(folded, '@') && text_words(folded) <= 2)
		return true;
	return digits >= 7 && !letters && folded[0] == '0' && digit(folded[1]);
}

/* "Tallvinge kommun", "Tallvinge kommuns författningssamling", "Region Ek". */
static bool sender(struct arena *a, const char *folded)
{
	static const char *const ends[] = {
		"kommun", "kommuns författningssamling", "kommunala författningssamling",
		"kommuns styrdokument", "kommunförbund", "stad", "kommunalförbund",
		"kommun författningssamling", "författningssamling", "kommuns styrande dokument",
		"kommunkoncern",
	};

	if (text_words(folded) > MUNICIPALITY_WORDS || kind_of(a, folded) ||
	    strpbrk(folded, ":,") || strstr(folded, " i ") || strstr(folded, " för "))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		size_t n = strlen(ends[i]), all = strlen(folded);
		if (text_ends(folded, ends[i]) && (all == n || folded[all - n - 1] == ' '))
			return true;
	}
	return text_starts(folded, "region ") && text_words(folded) == 2;
}

bool page_chrome(struct arena *a, const char *tidy)
{
	static const char *const starts[] = {
		"utskriftsdatum", "utskriven", "utskrift ", "publicerad ", "protokollsutdrag", "©",
		"copyright",
	};
	const char *folded = text_fold(a, tidy);
	struct label label;

	if (starts_any(folded, starts, ARRAY_LEN(starts)) || web_chrome(folded))
		return true;
	if (page_number(folded) || address(folded) || sender(a, folded))
		return true;
	/* "Sida 1 (7)   Tallvinge" in one cell; "Bilaga 2 § 45" is where it was printed. */
	if (text_starts(folded, "sida ") && digit(folded[strlen("sida ")]))
		return true;
	return text_starts(folded, "bilaga ") && digit(folded[strlen("bilaga ")]) &&
	       text_words(folded) <= MENU_WORDS && !label_known(a, tidy, &label);
}

/* "Uppföljning ........ 7": a row of dots and the number of a page. */
static bool contents_entry(const char *folded)
{
	size_t end = strlen(folded), n = end;

	while (n && digit(folded[n - 1]))
		n--;
	if (n == end || end - n > ENTRY_DIGITS || !n)
		return false;
	size_t dots = 0;
	for (; n && strchr(" .", folded[n - 1]); n--)
		dots += folded[n - 1] == '.';
	for (; n >= 3 && memcmp(folded + n - 3, "…", 3) == 0; n -= 3)
		dots += 3;
	return dots >= 3 && n && digit(folded[n - 1]) == 0;
}

/* "1 Inledning 3" among the lines that follow "Innehåll". */
static bool contents_line(const char *folded)
{
	size_t end = strlen(folded), n = end;

	while (n && digit(folded[n - 1]))
		n--;
	return n && end > n && end - n <= ENTRY_DIGITS && (folded[n - 1] == ' ' || folded[n - 1] == '.');
}

static bool contents_heading(const char *folded)
{
	static const char *const headings[] = {
		"innehåll", "innehållsförteckning", "innehåll:", "innehållsförteckning:",
	};

	for (size_t i = 0; i < ARRAY_LEN(headings); i++) {
		if (strcmp(folded, headings[i]) == 0)
			return true;
	}
	return text_starts(folded, "innehåll") && contents_line(folded) && text_words(folded) <= 2;
}

/* "§ 330", a number or a version may stand after a row of dots. */
static bool dotted_value(struct arena *a, const char *tidy)
{
	struct label label;

	return label_known(a, tidy, &label) &&
	       (label.class == LABEL_PARAGRAPH || label.class == LABEL_IGNORED);
}

static bool numbered_chapter(const char *folded)
{
	const char *at = folded;

	if (text_starts(at, "kapitel 1 ") || strcmp(at, "kapitel 1") == 0 ||
	    text_starts(at, "1 kap") || text_starts(at, "§ 1 ") || text_starts(at, "1 § "))
		return true;
	if (*at != '1')
		return false;
	at++;
	at += text_starts(at, ".1") ? 2 : 0;
	at += *at == '.';
	/* "1 Om planen", not "1 mars 2027" nor "1 ggr per år". */
	return *at == ' ' && text_words(at + 1) <= MENU_WORDS && !strpbrk(at, "0123456789:§");
}

bool page_heading(struct arena *a, const char *tidy)
{
	static const char *const headings[] = {
		"inledning", "bakgrund", "syfte", "syfte och mål", "allmänt", "definitioner", "mål",
		"inledande bestämmelser", "bakgrund och syfte", "syfte och bakgrund", "förord",
		"sammanfattning", "allmänna bestämmelser", "syfte och omfattning", "om dokumentet",
		"vision", "ändamål", "tillämpning", "tillämpningsområde", "utgångspunkter",
		"inledning och syfte", "inledning och bakgrund", "mål och syfte", "uppdrag",
		"om policyn", "om riktlinjen", "om planen", "grundläggande bestämmelser",
	};
	const char *folded = text_fold(a, tidy);

	if (numbered_chapter(folded)) {
		const char *name = tidy + strcspn(tidy, " ") + 1;
		return text_starts(folded, "1 kap") || text_starts(folded, "kapitel") ||
		       strstr(folded, "§") || text_capital(name);
	}
	for (size_t i = 0; i < ARRAY_LEN(headings); i++) {
		if (strcmp(folded, headings[i]) == 0)
			return true;
	}
	return false;
}

void page_drop_chrome(struct arena *a, struct page *page)
{
	bool contents = false;

	for (size_t i = 0; i < page->n; i++) {
		struct cell *cell = &page->at[i];
		const char *folded = text_fold(a, cell->text);
		page->web = page->web || web_chrome(folded);
		if (contents_heading(folded)) {
			contents = cell->used = true;
			continue;
		}
		bool entry = contents_entry(folded) ||
		             (contents && (contents_line(folded) || page_number(folded)));
		contents = contents && entry;
		if ((entry && !dotted_value(a, cell->text)) || page_chrome(a, cell->text))
			cell->used = true;
	}
}
