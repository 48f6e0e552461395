/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/attr.h"
#include "base/text.h"
#include "header-internal.h"

enum {
	ISO_DATE = 10,     /* letters of 2024-06-17 */
	SHORT_DATE = 6,    /* of 240617 */
	PARAGRAPHS = 4,    /* digits of a paragraph's number */
	FAR_MORE = 60,     /* a two-figure year above this is of the last century */
};

static const char *word_at(const struct words *w, size_t i)
{
	return i < w->n ? w->at[i] : "";
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool one_of(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(word, list[i]) == 0)
			return true;
	}
	return false;
}

static bool changes_mode(const char *word)
{
	static const char *const words[] = {
		"ändrad", "ändrat", "ändring", "ändringar", "ändrades", "reviderad", "reviderat", "rev",
		"revidering", "revideringar", "reviderades", "reviderats", "senast", "uppdaterad",
	};

	return one_of(word, words, ARRAY_LEN(words));
}

static bool put_day(long y, long m, long d, struct found_date *out)
{
	if (y < 1900 || y > 2200 || !date_valid((int)y, (int)m, (int)d))
		return false;
	out->first = out->last = date_of((int)y, (int)m, (int)d);
	out->month_only = false;
	return true;
}

/* At most `most` digits from *at, which moves past them; -1 when there are none. */
static long number(const char **at, size_t most)
{
	long n = 0;
	size_t digits = 0;

	for (; digit(**at); (*at)++) {
		if (++digits > most)
			return -1;
		n = n * 10 + (**at - '0');
	}
	return digits ? n : -1;
}

/* "2024-6-7": nothing is missing, only the zeroes. */
static bool unpadded(const char *word, struct found_date *out)
{
	long y = number(&word, 4), m, d;

	if (*word++ != '-')
		return false;
	m = number(&word, 2);
	if (m < 0 || *word++ != '-')
		return false;
	d = number(&word, 2);
	return d > 0 && !*word && put_day(y, m, d, out);
}

/* "17/6-2024". */
static bool slash_dash(const char *word, struct found_date *out)
{
	long d = number(&word, 2), m, y;

	if (*word++ != '/')
		return false;
	m = number(&word, 2);
	if (m < 0 || *word++ != '-')
		return false;
	y = number(&word, 4);
	return !*word && d > 0 && put_day(y, m, d, out);
}

/* "17 juni, 2024": a comma that no grammar asks for. */
static size_t comma_date(const struct words *w, size_t i, struct found_date *out)
{
	const char *word = word_at(w, i);
	int month = word_month(word_at(w, i + 1)), year = word_year(word_at(w, i + 3));
	long day = digit(*word) ? number(&word, 2) : -1;

	if (!month || !year || strcmp(word_at(w, i + 2), ",") != 0 || *word)
		return 0;
	return put_day(year, month, day, out) ? 4 : 0;
}

size_t decision_date(const struct words *w, size_t i, struct found_date *out)
{
	size_t n = words_date(w, i, out);

	if (n)
		return n;
	if (unpadded(word_at(w, i), out) || slash_dash(word_at(w, i), out))
		return 1;
	return comma_date(w, i, out);
}

/* Letters that a scanner reads for figures. */
static char figure(char c)
{
	return c == 'o' ? '0' : c == 'l' || c == 'i' ? '1' : c == 's' ? '5' : c == 'b' ? '8' : c;
}

/* "2o24-06-17", "2024-o6-17": a date but for a letter. */
static bool misread(const char *word, dayno *proposal)
{
	char fixed[ISO_DATE + 1] = "";
	size_t n = strlen(word), digits = 0;
	struct found_date date;

	if (n != ISO_DATE || word[4] != '-' || word[7] != '-')
		return false;
	for (size_t i = 0; i < n; i++) {
		fixed[i] = figure(word[i]);
		digits += digit(word[i]);
	}
	if (digits < 5 || strspn(fixed, "0123456789-") != n)
		return false;
	*proposal = unpadded(fixed, &date) ? date.last : DAY_NONE;
	return true;
}

/* "051128" is a day of 2005 to whoever wrote it, but half a year is missing. */
static bool short_date(const char *word, dayno *proposal)
{
	long y, m, d, n;
	const char *at = word;
	struct found_date date;

	if (strlen(word) != SHORT_DATE && !(strlen(word) == 8 && word[2] == '-' && word[5] == '-'))
		return false;
	if (strlen(word) == 8) {
		y = number(&at, 2);
		at++;
		m = number(&at, 2);
		at++;
		d = number(&at, 2);
	} else {
		n = number(&at, SHORT_DATE);
		if (n < 0 || *at)
			return false;
		y = n / 10000;
		m = n / 100 % 100;
		d = n % 100;
	}
	if (y < 0 || *at || !put_day(y + (y > FAR_MORE ? 1900 : 2000), m, d, &date))
		return false;
	*proposal = date.last;
	return true;
}

bool decision_broken(const struct words *w, size_t i, dayno *proposal)
{
	const char *word = word_at(w, i), *next = word_at(w, i + 1);
	struct found_date date;

	*proposal = DAY_NONE;
	if (decision_date(w, i, &date))
		return false;
	if (misread(word, proposal) || short_date(word, proposal))
		return true;
	/* "2024-06-" and "17": the scanner saw a gap. */
	if (strlen(word) >= 5 && text_ends(word, "-") && digit(*word) && digit(*next))
		return true;
	*proposal = words_proposal(word);
	return words_broken_date(w, i);
}

static void put_date(struct decision *d, dayno day, bool revising)
{
	if (!revising && d->decided == DAY_NONE)
		d->decided = day;
	else if (day > d->revised) /* of many amendments the last counts */
		d->revised = day;
}

/* "§ 144", "§§ 12-14", "paragraf 92"; words taken, 0 when there is none. */
static size_t paragraph_at(struct arena *a, const struct words *w, size_t i, const char **out)
{
	static const char *const names[] = { "paragraf", "par", "paragrafen", "§", "§§", "/§" };
	const char *number = word_at(w, i + 1);

	if (!one_of(word_at(w, i), names, ARRAY_LEN(names)))
		return 0;
	if (!digit(*number))
		return 1;
	if (!*out)
		*out = arena_fmt(a, "§ %s", number);
	return 2;
}

/* "2009-11-23, 140": transcripts lose the sign. */
static size_t lost_sign(struct arena *a, const struct words *w, size_t i, const char **out)
{
	const char *number = word_at(w, i + 1);
	size_t digits = strspn(number, "0123456789");

	if (strcmp(word_at(w, i), ",") != 0 || !digits || digits >= PARAGRAPHS || number[digits])
		return 0;
	if (i + 2 < w->n && strcmp(w->at[i + 2], ",") != 0)
		return 0;
	if (!*out)
		*out = arena_fmt(a, "§ %s", number);
	return 2;
}

/* A paragraph's sign stands by itself, whatever it is glued to. */
static const char *apart(struct arena *a, const char *value)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	for (; *value; value++) {
		bool slash = *value == '/' && text_starts(value + 1 + strspn(value + 1, " "), "§");
		if (slash) {
			buf_chr(&out, ' ');
		} else if (text_starts(value, "§")) {
			buf_str(&out, out.len && text_ends(out.data, "§") ? "" : " ");
			buf_str(&out, "§");
			value += strlen("§") - 1;
			if (!text_starts(value + 1, "§"))
				buf_chr(&out, ' ');
		} else {
			buf_chr(&out, *value);
		}
	}
	return value_spaced(a, out.data);
}

/* "Mitt kontor, 2024-06-17" → "Mitt kontor". */
static const char *text_before(struct arena *a, const char *tidy)
{
	size_t n = 0;

	while (tidy[n] && !digit(tidy[n]) && !text_starts(tidy + n, "§"))
		n++;
	while (n && strchr(" ,;(/-", tidy[n - 1]))
		n--;
	const char *text = arena_dupn(a, tidy, n);
	return text_ends(text, " den") ? arena_dupn(a, text, n - strlen(" den")) : text;
}

/* "BUN 2024-05-06 § 33": whoever stands in capitals before a date decided. */
static const char *short_name(struct arena *a, const char *before)
{
	size_t points = 0;

	for (const char *at = before; *at; points++) {
		if (!text_capital(at))
			return NULL;
		text_next(&at);
	}
	return points >= 2 && points <= 5 && strcmp(before, "DNR") != 0 ? arena_dup(a, before) : NULL;
}

/* One word or more of a decision; how many were read. */
static size_t read_word(struct arena *a, const char *tidy, const struct words *w, size_t i,
                        struct decision *d, bool *revising)
{
	struct found_date date;
	const char *ignored = "";
	const char **paragraph = *revising ? &ignored : &d->paragraph;
	dayno proposal;
	size_t n = decision_date(w, i, &date);

	if (n) {
		put_date(d, date.last, *revising);
		return n + lost_sign(a, w, i + n, paragraph);
	}
	n = paragraph_at(a, w, i, paragraph);
	if (n)
		return n;
	if (changes_mode(w->at[i])) {
		*revising = true;
	} else if (words_placeholder(w->at[i]) || strcmp(w->at[i], "[") == 0) {
		d->placeholder = true;
	} else if (decision_broken(w, i, &proposal)) {
		bool three = word_month(word_at(w, i + 1)) != 0;
		n = three ? 3 : text_ends(w->at[i], "-") ? 2 : 1;
		if (!d->broken) {
			d->broken = words_join(a, w, i, i + n);
			d->proposal = proposal;
		}
		return n;
	} else if (!*revising && !d->body) {
		d->body = body_at(a, tidy, w, i);
	}
	return 1;
}

struct decision decision_read(struct arena *a, const char *value)
{
	const char *tidy = apart(a, value);
	struct words w = words_of(a, tidy);
	struct decision d = {
		.decided = DAY_NONE, .revised = DAY_NONE, .proposal = DAY_NONE,
		.before = text_before(a, value),
	};
	bool revising = false;

	for (size_t i = 0; i < w.n;)
		i += read_word(a, tidy, &w, i, &d, &revising);
	if (!d.body && (d.decided != DAY_NONE || d.paragraph))
		d.body = short_name(a, d.before);
	return d;
}
