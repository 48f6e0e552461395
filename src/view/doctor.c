/* SPDX-License-Identifier: EUPL-1.2 */
/* `oversyn doctor`: what was tried, what came of it, and what to mend. */
#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "internal.h"
#include "view/doctor.h"

static const struct {
	const char *says[2], *mend[2]; /* by enum view_lang */
} words[DOCTOR_KIND_COUNT] = {
#define W(kind, sv, sv_mend, en, en_mend) \
	[DOCTOR_##kind] = { { [VIEW_SV] = sv, [VIEW_EN] = en }, \
	                    { [VIEW_SV] = sv_mend, [VIEW_EN] = en_mend } },
#include "doctor-words.inc"
#undef W
};

static const char *const checks[DOCTOR_CHECK_COUNT][2] = {
	[DOCTOR_CONFIGURATION] = { "konfiguration", "configuration" },
	[DOCTOR_DATABASE] = { "databas", "database" },
	[DOCTOR_DISK] = { "utrymme", "disk" },
	[DOCTOR_PASS] = { "pass", "pass" },
	[DOCTOR_REGISTER] = { "register", "register" },
	[DOCTOR_TEMPLATES] = { "mallar", "templates" },
	[DOCTOR_FILES] = { "öppna filer", "open files" },
	[DOCTOR_READER] = { "läsare", "reader" },
	[DOCTOR_COURIER] = { "kurir", "courier" },
	[DOCTOR_SECRET] = { "lösenord", "password" },
	[DOCTOR_NAME] = { "namn", "name" },
	[DOCTOR_CONNECTION] = { "anslutning", "connection" },
	[DOCTOR_TLS] = { "TLS", "TLS" },
	[DOCTOR_CERTIFICATE] = { "certifikat", "certificate" },
	[DOCTOR_OFFERS] = { "förmågor", "abilities" },
	[DOCTOR_TOKEN] = { "token", "token" },
	[DOCTOR_LOGIN] = { "inloggning", "login" },
	[DOCTOR_SIZE] = { "storlek", "size" },
	[DOCTOR_THROTTLE] = { "takt", "pace" },
	[DOCTOR_PROGRAM] = { "program", "program" },
	[DOCTOR_FOLDER] = { "mapp", "folder" },
	[DOCTOR_MAILBOX] = { "brevlåda", "mailbox" },
	[DOCTOR_RIGHTS] = { "rättigheter", "rights" },
	[DOCTOR_HANDLED] = { "hanterade", "handled" },
	[DOCTOR_WAITING] = { "väntande", "waiting" },
	[DOCTOR_RESOLVER] = { "namnserver", "resolver" },
	[DOCTOR_CLOCK] = { "klocka", "clock" },
	[DOCTOR_TOKEN_CLOCK] = { "tokenserverns klocka", "token clock" },
	[DOCTOR_PLUS] = { "plusadress", "plus address" },
	[DOCTOR_CATCH_ALL] = { "samladress", "catch-all" },
	[DOCTOR_PLAIN] = { "egen adress", "own address" },
	[DOCTOR_ADDRESSING] = { "adressering", "addressing" },
};

static const char *label(struct arena *a, enum doctor_door door, enum doctor_check check,
                         enum view_lang lang)
{
	static const char *const doors[][2] = {
		[DOOR_NONE] = { "", "" }, [DOOR_OUT] = { "ut: ", "out: " }, [DOOR_IN] = { "in: ", "in: " },
	};

	return arena_fmt(a, "%s%s", doors[door][lang], checks[check][lang]);
}

static const char *status(enum doctor_status s, enum view_lang lang)
{
	static const char *const says[][2] = {
		[STATUS_OK] = { "ok", "ok" },
		[STATUS_NOTE] = { "notera", "note" },
		[STATUS_WARNING] = { "varning", "warning" },
		[STATUS_FAULT] = { "FEL", "FAULT" },
		[STATUS_SKIPPED] = { "ej prövat", "skipped" },
	};

	return says[s][lang];
}

static const char *member(struct arena *a, const struct doctor_line *l, enum view_lang lang,
                          const char *name, size_t n)
{
	const struct {
		const char *name, *value;
	} members[] = {
		{ "name", l->name },
		{ "other", l->other },
		{ "said", l->said },
		{ "day", view_iso(a, l->day) },
		{ "n", arena_fmt(a, "%lld", (long long)l->n) },
		{ "most", arena_fmt(a, "%lld", (long long)l->most) },
		{ "after", label(a, l->after_door, l->after, lang) },
	};

	for (size_t i = 0; i < ARRAY_LEN(members); i++)
		if (strlen(members[i].name) == n && strncmp(members[i].name, name, n) == 0)
			return members[i].value ? clean_line(a, members[i].value) : "–";
	assert(false && "a brace that names no member");
	return "–";
}

/* The words with the line's members in place of the braces; NULL: there are none. */
static const char *fill(struct arena *a, const struct doctor_line *l, enum view_lang lang,
                        const char *pattern)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	if (!*pattern)
		return NULL;
	while (*pattern) {
		size_t n = strcspn(pattern, "{");

		buf_add(&out, pattern, n);
		pattern += n;
		if (!*pattern)
			break;
		n = strcspn(++pattern, "}");
		buf_str(&out, member(a, l, lang, pattern, n));
		pattern += n + (pattern[n] == '}');
	}
	return arena_dup(a, out.data);
}

static void padded(const char *text, size_t width, struct buf *out)
{
	size_t w = text_width(text);

	buf_str(out, text);
	for (; w < width; w++)
		buf_chr(out, ' ');
}

/* One by one, for some take their time: so the widths are those of the longest words. */
void view_doctor(const struct doctor_line *l, enum view_lang lang, struct buf *out)
{
	enum { STATUS_WIDTH = 10, CHECK_WIDTH = 19 };
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *mend = fill(&a, l, lang, words[l->kind].mend[lang]);

	padded(status(doctor_status_of(l->kind), lang), STATUS_WIDTH, out);
	padded(label(&a, l->door, l->check, lang), CHECK_WIDTH, out);
	buf_fmt(out, " %s.", fill(&a, l, lang, words[l->kind].says[lang]));
	if (mend)
		buf_fmt(out, " %s: %s.", word(lang, "Gör så här", "Mend"), mend);
	buf_chr(out, '\n');
}

void view_doctor_json(const struct doctor_line *l, enum view_lang lang, struct buf *out)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct json *j = json_new();
	char check[40], after[40], kind[40];

	json_str(j, "check", doctor_check_name(l->door, l->check, check));
	json_str(j, "status", doctor_status_name(doctor_status_of(l->kind)));
	json_str(j, "kind", doctor_kind_name(l->kind, kind));
	json_str(j, "what", fill(&a, l, lang, words[l->kind].says[lang]));
	json_str(j, "mend", fill(&a, l, lang, words[l->kind].mend[lang]));
	json_str(j, "name", l->name);
	json_str(j, "other", l->other);
	json_str(j, "said", l->said);
	json_int(j, "n", l->n);
	json_int(j, "most", l->most);
	json_day(j, "day", l->day);
	json_str(j, "after", l->kind == DOCTOR_AFTER ? doctor_check_name(l->after_door, l->after, after) : NULL);
	json_write(j, out);
}
