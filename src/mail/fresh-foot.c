/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "src/mail/internal.h"

/*
 * What a mail system or a virus scanner writes around a text, recognised
 * sentence by sentence: a line goes only if all that stands in it is known.
 */
static const char *const banners[] = {
	/* Swedish */
	"detta e-postmeddelande kommer från", "detta e-postmeddelande skickades från",
	"detta e-postmeddelande är skickat från", "detta e-postmeddelande har skickats från",
	"det här e-postmeddelandet kommer", "det här e-postmeddelandet har skickats från",
	"detta mejl kommer från", "detta mejl kommer utifrån", "detta mail kommer från",
	"detta mail kommer utifrån", "detta mejl är skickat från", "detta mail är skickat från",
	"detta mejl har skickats från", "detta mail har skickats från", "det här mejlet kommer från",
	"det här mejlet kommer utifrån", "det här mejlet är skickat från",
	"det här mailet kommer från", "detta meddelande kommer från",
	"detta meddelande har skickats från", "detta meddelande skickades från",
	"detta meddelande är skickat från", "meddelandet kommer från en", "mejlet kommer från en",
	"mailet kommer från en", "detta är ett externt mejl", "detta är ett externt mail", "detta är ett externt e-post", "detta är ett externt meddelande", "detta är e-post från en extern",
	"externt mejl", "externt mail", "externt avsändare", "externt e-post", "externt meddelande", "extern avsändare",
	"extern e-post", "e-post från extern", "avsändaren är extern", "avsändaren finns utanför", "följ inte länkar",
	"du får inte ofta e-post från", "du får inte ofta e-postmeddelanden från",
	"läs om varför det här är viktigt", "läs om varför detta är viktigt",
	"ta reda på varför det här är viktigt",
	/* English */
	"caution: external", "external email", "external e-mail", "external mail", "external sender",
	"external message", "this email originated", "this e-mail originated",
	"this message originated", "this email is from an external",
	"this message is from an external", "this email was sent from outside",
	"this message was sent from outside", "this email comes from outside",
	"this email came from outside", "you don't often get email from",
	"you do not often get email from", "learn why this is important",
	"some people who received this message don't often",
	/* the neighbours */
	"denne e-posten kommer fra", "denne e-posten er sendt fra", "denne meldingen kommer fra",
	"ekstern avsender", "denne mail kommer fra", "denne mail er sendt fra", "ekstern afsender",
	"ekstern e-mail", "tämä viesti on tullut", "tämä viesti tulee", "ulkoinen lähettäjä",
	"diese e-mail stammt von", "diese e-mail kommt von", "externe e-mail", "externer absender",
};

/* What they advise: so may somebody begin who means a list, and not the mail. */
static const char *const advice[] = {
	/* Swedish */
	"klicka inte på", "klicka aldrig på", "öppna inte", "öppna aldrig", "lämna inte ut",
	"lämna aldrig ut", "var försiktig med", "var extra försiktig",
	"var försiktig när", "var uppmärksam på", "var vaksam",
	"vissa personer som fick det här meddelandet", "den här avsändaren",
	"tänk efter innan du klickar",
	/* English */
	"do not click", "don't click", "do not open", "never click", "be careful with", "be cautious",
	"please be cautious", "exercise caution", "please exercise caution", "think before you click",
	"report suspicious", "this sender",
	/* the neighbours */
	"ikke klikk på", "klik ikke på", "älä avaa", "älä klikkaa", "klicken sie nicht",
};

/* The things of which there are many in mail. */
static const char *const mail_things[] = {
	"länkar", "bilagor", "bifogade", "avsändaren", "mejl", "mail", "e-post", "meddelande", "lösenord",
	"links", "attachments", "the sender", "sender's", "message", "lenker", "vedlegg", "linkkejä", "liitteitä",
	"anhänge", "inloggningsuppgifter", "personuppgifter via", "betalningsuppgifter", "okänd",
};

static const char *const scanners[] = {
	"virustorjunta",
	"detta e-postmeddelande har sökts igenom", "detta e-postmeddelande har genomsökts",
	"detta e-postmeddelande är fritt från virus", "detta e-postmeddelande har kontrollerats",
	"det här e-postmeddelandet har kontrollerats", "det här e-postmeddelandet har sökts igenom",
	"e-postmeddelandet har genomsökts", "detta meddelande har kontrollerats",
	"detta meddelande har genomsökts", "detta mejl är granskat och godkänt av",
	"detta mail är granskat och godkänt av", "detta mejl har kontrollerats", "detta mejl har skannats",
	"detta mail har kontrollerats", "denna e-post är kontrollerad", "denna e-post har kontrollerats",
	"inga virus hittades", "inget virus hittades", "this email has been checked",
	"this e-mail has been checked", "this email has been scanned", "this message has been scanned",
	"this email was scanned", "this message was scanned", "no virus found", "no viruses found",
	"checked by avg", "scanned by", "avast logo", "avast antivirus", "denne e-mail er",
	"denne mail er blevet kontrolleret", "denne e-posten er kontrollert", "e-posten er skannet",
	"diese e-mail wurde", "tämä sähköposti on tarkistettu",
};

/* Says nothing alone, but may stand beside what is known. */
static const char *const glue[] = {
	"obs", "obs!", "varning", "varning!", "observera", "viktigt", "viktigt!", "caution", "warning",
	"note", "notice", "important", "avast", "achtung", "advarsel", "huomio", "extern", "external",
	"externt", "information", "säkerhetsinformation",
};

static const char *const stamps[] = { "virusfritt", "virusfri", "virus-free", "virenfrei" };

static const char *const links[] = { "http", "www.", "<http", "[http" };

enum { SENTENCE = 300, BLOCK_LINES = 10, BLOCK = 900 };
enum { SHORT = 3, LONG = 6 }; /* bytes by which a beginning is known; none of the lists has less */

/* The lists are long, and most sentences stand on none of them: first letters first. */
static bool equals(const char *s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (*s == *list[i] && !strcmp(s, list[i]))
			return true;
	return false;
}

/* Whether one of them begins with these bytes, of which there are some. */
static bool begins_one(const char *s, size_t len, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (*s == *list[i] && !strncmp(list[i], s, len))
			return true;
	return false;
}

static bool is_link(const char *s)
{
	return text_starts_any(s, links, ARRAY_LEN(links)) && !strchr(s, ' ');
}

enum known { UNKNOWN, BESIDE, KNOWN };

static enum known sentence(const char *s)
{
	if (!*s || strlen(s) > SENTENCE)
		return *s ? UNKNOWN : BESIDE;
	if (is_link(s) || equals(s, glue, ARRAY_LEN(glue)))
		return BESIDE;
	if (equals(s, stamps, ARRAY_LEN(stamps)))
		return KNOWN;
	if (text_starts_any(s, scanners, ARRAY_LEN(scanners)))
		return fresh_is_phrase(s, PHRASES_SCANNER) ? KNOWN : UNKNOWN;
	bool advises = text_starts_any(s, advice, ARRAY_LEN(advice));
	if (!(advises || text_starts_any(s, banners, ARRAY_LEN(banners))) || !fresh_is_phrase(s, PHRASES_GATEWAY))
		return UNKNOWN;
	return advises && !fresh_holds(s, mail_things, ARRAY_LEN(mail_things)) ? BESIDE : KNOWN;
}

/* Where a sentence ends: a mark before a space or the end, or brackets. */
static size_t sentence_end(const char *s)
{
	size_t i = 0;

	for (;; i++) {
		i += strcspn(s + i, "[]|*.!:");
		if (!s[i] || strchr("[]|*", s[i]) || !s[i + 1] || s[i + 1] == ' ')
			return i;
	}
}

/* Whether such a sentence could still become one that is known when words are added. */
static bool may_become_known(const char *s, size_t len)
{
	return len <= SENTENCE && (begins_one(s, len, scanners, ARRAY_LEN(scanners)) ||
	                           begins_one(s, len, stamps, ARRAY_LEN(stamps)) ||
	                           begins_one(s, len, banners, ARRAY_LEN(banners)) ||
	                           begins_one(s, len, advice, ARRAY_LEN(advice)) ||
	                           begins_one(s, len, glue, ARRAY_LEN(glue)));
}

static size_t place_of(const char *s, size_t n)
{
	size_t hash = 0;

	for (size_t i = 0; i < n; i++)
		hash = hash * 31 + (unsigned char)s[i];
	return hash % FRESH_PLACES;
}

static void note(uint64_t *bits, size_t place)
{
	bits[place / 64] |= (uint64_t)1 << place % 64;
}

static bool is_noted(const uint64_t *bits, size_t place)
{
	return bits[place / 64] >> place % 64 & 1;
}

static void note_beginnings(struct fresh_beginnings *b, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool is_short = strnlen(list[i], LONG) < LONG;
		note(is_short ? b->shorter : b->longer, place_of(list[i], is_short ? SHORT : LONG));
	}
}

/* Most sentences of a letter begin as none of the lists does: they are known for strangers by
 * that, whatever follows. */
static bool is_stranger(const struct fresh_beginnings *b, const char *s)
{
	return strnlen(s, LONG) == LONG && !is_noted(b->longer, place_of(s, LONG)) &&
	       !is_noted(b->shorter, place_of(s, SHORT));
}

enum block { BLOCK_UNKNOWN, BLOCK_UNFINISHED, BLOCK_BESIDE, BLOCK_KNOWN };

/* BLOCK_UNFINISHED: not known, but with further lines it may be. */
static enum block block_of(struct arena *a, const struct fresh_beginnings *b, const char *folded)
{
	bool any = false;

	while (*folded) {
		folded += strspn(folded, " .!:[]|*>-_=#");
		while (text_starts(folded, "⚠") || text_starts(folded, "\xef\xb8\x8f"))
			folded += 3;
		folded += strspn(folded, " ");
		if (!*folded)
			break;
		if (is_stranger(b, folded))
			return BLOCK_UNKNOWN;
		size_t end = sentence_end(folded), len = end;
		char *one = arena_dupn(a, folded, len);
		while (len && one[len - 1] == ' ')
			one[--len] = '\0';
		enum known k = sentence(one);
		if (k == UNKNOWN)
			return folded[end] || !may_become_known(one, len) ? BLOCK_UNKNOWN : BLOCK_UNFINISHED;
		any = any || k == KNOWN;
		folded += end;
	}
	return any ? BLOCK_KNOWN : BLOCK_BESIDE;
}

void fresh_know_banners(struct arena *a, const struct mail_known *known, struct fresh_known *out)
{
	out->n_banners = known->n_banners;
	out->banners = arena_alloc(a, known->n_banners * sizeof(*out->banners));
	for (size_t i = 0; i < known->n_banners; i++)
		fresh_words(a, text_fold(a, known->banners[i]), 0, &out->banners[i]);
	note_beginnings(&out->beginnings, banners, ARRAY_LEN(banners));
	note_beginnings(&out->beginnings, advice, ARRAY_LEN(advice));
	note_beginnings(&out->beginnings, scanners, ARRAY_LEN(scanners));
	note_beginnings(&out->beginnings, stamps, ARRAY_LEN(stamps));
	note_beginnings(&out->beginnings, glue, ARRAY_LEN(glue));
	note_beginnings(&out->beginnings, links, ARRAY_LEN(links));
}

/* Words of a warning that the site named, whole, from the start of a line to
 * the end of one; how many lines it takes, or 0. */
static size_t site_banner(struct arena *a, const struct fresh_lines *l, size_t i, const struct fresh_words *want)
{
	struct fresh_words got = { .at = NULL };
	size_t k = 0;

	while (want->n && i + k < l->n && got.n < want->n) {
		fresh_words(a, l->folded[i + k], i + k, &got);
		k++;
	}
	if (!want->n || got.n != want->n)
		return 0;
	for (size_t w = 0; w < want->n; w++)
		if (got.at[w].hash != want->at[w].hash)
			return 0;
	return k;
}

static size_t banner_lines(struct arena *a, const struct fresh_lines *l, size_t i, const struct fresh_known *known)
{
	struct buf joined AUTO(buf_release) = BUF_INIT;
	size_t best = 0;

	for (size_t b = 0; b < known->n_banners; b++) {
		size_t k = site_banner(a, l, i, &known->banners[b]);
		best = k > best ? k : best;
	}
	const char *block = l->folded[i];
	for (size_t k = 1; k <= BLOCK_LINES && strlen(block) < BLOCK; k++) {
		enum block is = block_of(a, &known->beginnings, block);
		if (is == BLOCK_KNOWN)
			best = k > best ? k : best;
		if (is == BLOCK_UNKNOWN || i + k >= l->n || !*l->folded[i + k])
			break;
		if (k == 1)
			buf_str(&joined, block);
		const char *next = l->folded[i + k];
		buf_chr(&joined, ' ');
		buf_str(&joined, next + strspn(next, "> "));
		block = joined.data;
	}
	return best;
}

/* "[EXTERNT] Godkänns": the tag goes, the rest stays. */
static void cut_tag(struct arena *a, struct fresh_lines *l, size_t i)
{
	static const char *const tags[] = { "[extern]", "[externt]", "[external]", "[ext]",
	                                    "[externt mejl]", "[extern avsändare]",
	                                    "[external email]", "[external sender]" };
	const char *folded = l->folded[i];
	const char *close = strchr(l->at[i], ']');

	if (!close || !text_starts_any(folded, tags, ARRAY_LEN(tags)))
		return;
	l->at[i] = close + 1 + strspn(close + 1, " \t:");
	l->folded[i] = text_fold(a, l->at[i]);
}

void fresh_drop_banners(struct arena *a, struct fresh_lines *l, const struct fresh_known *known,
                        bool *drop)
{
	enum { FAR = 400 }; /* below that only quotes of quotes stand */

	for (size_t i = 0; i < l->n && i < FAR;) {
		size_t k = *l->folded[i] ? banner_lines(a, l, i, known) : 0;
		for (size_t j = 0; j < k; j++)
			drop[i + j] = true;
		if (!k)
			cut_tag(a, l, i);
		i += k ? k : 1;
	}
}
