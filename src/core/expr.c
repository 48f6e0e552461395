/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/expr.h"

#include <string.h>

#include "base/text.h"
#include "expr-internal.h"

enum {
	ASKED_WORDS = 80,  /* code points of a text shown in a question */
	SUBJECT_WORDS = 6, /* of what is reviewed, before its verb */
};

/* The text at hand: as written, and with words that mean the same said one way.
 * s.n is where the sentence being read ends. */
struct text {
	struct words said, s;
	const size_t *origin;
	size_t from; /* where the sentence begins */
};

static void ask_broken_date(struct reading *rd, const char *word)
{
	dayno meant = words_proposal(word);
	char day[DATE_TEXT];
	const char *shown = text_cut(rd->a, word, ASKED_WORDS);

	if (meant == DAY_NONE)
		expr_ask(rd, arena_fmt(rd->a, "ogiltigt datum: %s", shown));
	else
		expr_ask(rd, arena_fmt(rd->a, "ogiltigt datum: %s, menas %s?", shown,
		                       date_text(meant, day)));
}

/* Asks about words i..to, as they were written. */
static void ask_words(struct reading *rd, const struct text *t, size_t i, size_t to)
{
	char *words = words_join(rd->a, &t->said, t->origin[i], t->origin[to]);

	if (*words)
		expr_ask(rd, arena_fmt(rd->a, "vad som menas med ”%s”",
		                       text_cut(rd->a, words, ASKED_WORDS)));
	else
		expr_ask(rd, "värde saknas");
}

static bool ends_sentence(const char *word)
{
	return strcmp(word, ".") == 0 || strcmp(word, ";") == 0;
}

/* A word that by itself neither makes nor changes a rule. */
static bool plain(const char *word)
{
	return word_of_kind(word, WORD_JOIN) || word_of_kind(word, WORD_MODAL) ||
	       word_of_kind(word, WORD_REVIEW) || word_of_kind(word, WORD_VALIDITY) ||
	       word_of_kind(word, WORD_FILLER);
}

/* Whether the words at i are about reviews or about validity: the verb before
 * them tells, else the one after, else the label. */
static enum expr_field field_at(struct reading *rd, const struct text *t, size_t i,
                                enum expr_field label)
{
	rd->reviewing = false;
	if (label == EXPR_DATE || label == EXPR_DEADLINE)
		return label;
	for (size_t k = i; k > t->from; k--) {
		rd->reviewing = word_of_kind(t->s.at[k - 1], WORD_REVIEW);
		if (rd->reviewing)
			return EXPR_REVIEW;
		if (word_of_kind(t->s.at[k - 1], WORD_VALIDITY))
			return EXPR_VALIDITY;
	}
	for (size_t k = i; k < t->s.n && !word_of_kind(t->s.at[k], WORD_JOIN); k++) {
		rd->reviewing = word_of_kind(t->s.at[k], WORD_REVIEW);
		if (rd->reviewing)
			return EXPR_REVIEW;
		if (word_of_kind(t->s.at[k], WORD_VALIDITY))
			return EXPR_VALIDITY;
	}
	return label;
}

/* What stands in brackets is a value, or the form's own words: then it is
 * asked for. The word after the closing bracket. */
static size_t read_brackets(struct reading *rd, const struct words *w, size_t i)
{
	struct found f = { .n = 0 };
	size_t n = phrase_match(w, i + 1, &f);

	if (n && words_is(w, i + 1 + n, "]")) {
		expr_make(rd, &f);
		return i + n + 2;
	}
	n = words_broken_date(w, i + 1);
	if (n)
		ask_broken_date(rd, words_join(rd->a, w, i + 1, i + 1 + n));
	else
		expr_ask(rd, "värde saknas");
	while (i < w->n && strcmp(w->at[i], "]") != 0)
		i++;
	return i < w->n ? i + 1 : i;
}

static void note_joint(struct reading *rd, const char *word)
{
	if (strcmp(word, "eller") == 0 || strcmp(word, "alternativt") == 0 ||
	    strcmp(word, "/") == 0 || strcmp(word, "-") == 0)
		rd->joined = rd->either = true;
	if (strcmp(word, "och") == 0 || strcmp(word, "samt") == 0 ||
	    strcmp(word, "respektive") == 0 || strcmp(word, "liksom") == 0)
		rd->joined = true;
	if (strcmp(word, "dock") == 0 || strcmp(word, "men") == 0)
		rd->backstop = true;
}

/* Does a rule begin at word i, once words that change nothing are left out? */
static bool begins(const struct words *w, size_t i)
{
	struct found f = { .n = 0 };

	for (; i < w->n; i++) {
		if (phrase_match(w, i, &f))
			return !f.weak && f.make != MAKE_NOTHING;
		if (!plain(w->at[i]))
			return false;
	}
	return false;
}

/* Words that are not understood, from i to *end. */
struct unknown {
	size_t end;
	bool said_who; /* who does it, or what is reviewed: nothing that a calendar needs */
};

/* They end where a rule can begin: after "och" or a comma. What is reviewed ends
 * at its verb. */
static struct unknown unknown_at(const struct text *t, size_t i, bool first)
{
	bool who = word_of_kind(t->s.at[i], WORD_WHO);
	bool see = word_of_kind(t->s.at[i], WORD_SEE) && strcmp(t->s.at[i], "enligt") != 0;
	struct found f = { .n = 0 };

	for (size_t k = i + 1; k < t->s.n; k++) {
		const char *word = t->s.at[k];
		bool verb = word_of_kind(word, WORD_REVIEW) || word_of_kind(word, WORD_MODAL);
		if (first && !see && verb && k - i <= SUBJECT_WORDS)
			return (struct unknown){ k, true };
		if (word_of_kind(word, WORD_JOIN) && begins(&t->s, k + 1))
			return (struct unknown){ k, who };
		if (who && phrase_match(&t->s, k, &f) && !f.weak)
			return (struct unknown){ k, true };
	}
	return (struct unknown){ t->s.n, who };
}

/* Words that may turn what the sentence says: "inte", "cirka", "sista fredagen". */
static bool turns(const struct words *w, size_t i, size_t end)
{
	for (; i < end; i++) {
		if (word_of_kind(w->at[i], WORD_TURN) || word_of_kind(w->at[i], WORD_TIME))
			return true;
	}
	return false;
}

static size_t read_unknown(struct reading *rd, const struct text *t, size_t i)
{
	bool see = word_of_kind(t->s.at[i], WORD_SEE);
	struct unknown u = unknown_at(t, i, rd->out->n == rd->first);

	if (!see && turns(&t->s, i, u.end))
		rd->doubt = "";
	else if (see && strcmp(t->s.at[i], "enligt") != 0)
		expr_ask(rd, "hänvisning");
	else if (!u.said_who)
		ask_words(rd, t, rd->out->n == rd->first ? t->from : i, u.end);
	return u.end;
}

/* "Vid behov revideras", in a sentence that has told of another review. */
static bool conditional(const struct text *t, size_t i, size_t after)
{
	if (after >= t->s.n || !word_of_kind(t->s.at[after], WORD_REVIEW))
		return false;
	for (size_t k = t->from; k < i; k++) {
		if (word_of_kind(t->s.at[k], WORD_REVIEW))
			return true;
	}
	return false;
}

/* "Ej aktuellt" is all that the text says: only then is it a rule. */
static bool alone(const struct text *t, size_t i, size_t after)
{
	static const char *const quiet[] = { ",", "är", "för", "-" };

	for (size_t k = t->from; k < t->s.n; k++) {
		bool known = k >= i && k < after;
		for (size_t q = 0; q < sizeof(quiet) / sizeof(*quiet); q++)
			known = known || strcmp(t->s.at[k], quiet[q]) == 0;
		if (!known)
			return false;
	}
	return true;
}

static void make(struct reading *rd, const struct text *t, size_t i, size_t n, struct found *f)
{
	if (f->make == MAKE_ON_DEMAND && conditional(t, i, i + n))
		rd->conditional = true;
	else if (f->make == MAKE_NONE && !alone(t, i, i + n))
		rd->doubt = "";
	else
		expr_make(rd, f);
	if (f->make != MAKE_NOTHING)
		rd->joined = rd->either = rd->backstop = false;
}

/* A weak phrase holds only where no word that we do not know follows it. */
static bool holds(const struct words *w, size_t after, const struct found *f)
{
	struct found next = { .n = 0 };

	return !f->weak || after >= w->n || plain(w->at[after]) || words_is(w, after, "[") ||
	       words_is(w, after, "]") || phrase_match(w, after, &next) != 0 ||
	       words_broken_date(w, after) != 0;
}

/* Reads what stands at word i; the word after it. */
static size_t read_one(struct reading *rd, const struct text *t, size_t i, enum expr_field label)
{
	const struct words *w = &t->s;
	struct found f = { .n = 0 };

	rd->field = field_at(rd, t, i, label);
	if (words_is(w, i, "["))
		return read_brackets(rd, w, i);
	size_t broken = words_broken_date(w, i), n = phrase_match(w, i, &f);
	if (broken > n) {
		ask_broken_date(rd, words_join(rd->a, w, i, i + broken));
		return i + broken;
	}
	if (n && holds(w, i + n, &f)) {
		make(rd, t, i, n, &f);
		return i + n;
	}
	if (!n && plain(w->at[i])) {
		note_joint(rd, w->at[i]);
		return i + 1;
	}
	return read_unknown(rd, t, i);
}

/* What the sentence said is not so: it is asked about instead. */
static void take_back(struct reading *rd, const struct text *t, struct rule_facts before)
{
	rd->out->n = rd->first;
	rd->out->facts = before;
	if (*rd->doubt)
		expr_ask(rd, rd->doubt);
	else
		ask_words(rd, t, t->from, t->s.n);
}

static void read_sentence(struct reading *rd, const struct text *t, enum expr_field label)
{
	struct rule_facts before = rd->out->facts;

	rd->first = rd->out->n;
	rd->doubt = NULL;
	rd->vague = rd->conditional = rd->yearly = rd->from_decided = false;
	rd->joined = rd->either = rd->backstop = false;
	for (size_t i = t->from; i < t->s.n && !rd->doubt;) {
		if (words_is(&t->s, i, "?"))
			rd->doubt = "";
		i = read_one(rd, t, i, label);
	}
	if (rd->from_decided)
		rd->doubt = "";
	expr_settle(rd);
	if (rd->doubt)
		take_back(rd, t, before);
}

static bool same_rule(const struct rule *a, const struct rule *b)
{
	return a->kind == b->kind && a->n == b->n && a->unit == b->unit &&
	       a->from_decided == b->from_decided && a->month == b->month && a->day == b->day &&
	       a->week == b->week && a->date == b->date && strcmp(a->event, b->event) == 0 &&
	       (!a->ask || strcmp(a->ask, b->ask) == 0);
}

/* What two sentences say alike is said once. */
static void drop_repeats(struct rules *r, size_t first)
{
	size_t kept = first;

	for (size_t i = first; i < r->n; i++) {
		bool seen = false;
		for (size_t k = first; k < kept && !seen; k++)
			seen = same_rule(&r->at[k], &r->at[i]);
		if (!seen)
			r->at[kept++] = r->at[i];
	}
	r->n = kept;
}

static bool dashes_only(const struct words *w)
{
	for (size_t i = 0; i < w->n; i++) {
		if (w->at[i][strspn(w->at[i], "-")] != '\0')
			return false;
	}
	return w->n > 0;
}

static bool same_facts(const struct rule_facts *a, const struct rule_facts *b)
{
	return a->valid_from == b->valid_from && a->decided == b->decided &&
	       a->reviewed == b->reviewed && a->revised == b->revised;
}

static void read_sentences(struct reading *rd, struct text *t, enum expr_field label)
{
	size_t all = t->s.n;

	for (size_t i = 0; i < all; i = t->s.n + 1) {
		t->from = i;
		for (t->s.n = i; t->s.n < all && !ends_sentence(t->s.at[t->s.n]);)
			t->s.n++;
		read_sentence(rd, t, label);
	}
	t->s.n = all;
}

void expr_read(struct arena *a, const char *text, enum expr_field field, struct rules *out)
{
	struct rule_facts before = out->facts;
	size_t first = out->n;

	if (text_blank(text))
		return;
	struct words said = words_sentences(a, text);
	struct same_words same = words_same(a, &said);
	struct text t = { .said = said, .s = same.w, .origin = same.origin };
	struct reading rd = { .a = a, .out = out, .text = text_tidy(a, text) };
	if (dashes_only(&said)) {
		rules_add(a, out, (struct rule){
			.kind = RULE_NONE, .date = DAY_NONE, .text = rd.text,
		});
		return;
	}
	read_sentences(&rd, &t, field);
	if (t.s.cut)
		expr_ask(&rd, "en kortare regel: texten är för lång");
	if (out->n == first && same_facts(&before, &out->facts))
		ask_words(&rd, &t, 0, t.s.n);
	drop_repeats(out, first);
}

const char *expr_event(const char *folded)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct words said = words_of(&a, folded);
	struct words w = words_same(&a, &said).w;
	const char *name = NULL;
	bool yearly;

	return phrase_event(&w, 0, &name, &yearly) == w.n && w.n ? name : NULL;
}
