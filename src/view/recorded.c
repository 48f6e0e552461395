/* SPDX-License-Identifier: EUPL-1.2 */
/* What is recorded in English, codes and reasons, for those who read Swedish. */
#include <string.h>

#include "internal.h"

static const struct {
	const char *code, *word;
} codes[] = {
#define C(code, word) { code, word },
#include "code-words.inc"
#undef C
};

static const struct {
	const char *en, *sv;
} reasons[] = {
#define R(en, sv) { en, sv },
#include "reason-words.inc"
#undef R
};

enum { MOST_PARTS = 4 }; /* that a '*' stands for in one reason */

const char *view_code(const char *code, enum view_lang lang)
{
	for (size_t i = 0; code && lang == VIEW_SV && i < ARRAY_LEN(codes); i++)
		if (!strcmp(codes[i].code, code))
			return codes[i].word;
	return code;
}

/* Whether the text is as the pattern; then what each '*' stands for. */
static bool fits(struct arena *a, const char *pattern, const char *text, const char *part[MOST_PARTS])
{
	size_t n = strcspn(pattern, "*");

	if (strncmp(pattern, text, n) != 0)
		return false;
	for (size_t i = 0; i < MOST_PARTS && pattern[n]; i++) {
		pattern += n + 1;
		text += n;
		n = strcspn(pattern, "*");
		const char *next = arena_dupn(a, pattern, n);
		size_t left = strlen(text);
		const char *end = pattern[n] ? strstr(text, next) : left < n ? NULL : text + left - n;
		if (!end || strncmp(end, next, n) != 0)
			return false;
		part[i] = arena_dupn(a, text, (size_t)(end - text));
		text = end;
	}
	return !strcmp(pattern, text);
}

const char *view_reason(struct arena *a, const char *reason, enum view_lang lang)
{
	const char *part[MOST_PARTS] = { "", "", "", "" };
	struct buf out AUTO(buf_release) = BUF_INIT;

	for (size_t i = 0; reason && lang == VIEW_SV && i < ARRAY_LEN(reasons); i++) {
		size_t k = 0;

		if (!fits(a, reasons[i].en, reason, part))
			continue;
		for (const char *at = reasons[i].sv; *at; at++)
			if (*at == '*')
				buf_str(&out, view_reason(a, part[k++], lang));
			else
				buf_chr(&out, *at);
		return arena_dup(a, out.data);
	}
	return reason;
}
