/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include "app/templates.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/embedded.h"
#include "app/files.h"
#include "base/text.h"

const char *const template_names[] = {
	"invitation", "reminder", "last-reminder", "overdue", "rescheduled",
	"deputy", "escalation", "chair", "receipt", "not-understood", "question",
	"paragraph", "adjusted", "returned", "hand-over", "deficiency", "deficiency-letter",
	"revision", "unfinished", "status",
	"event-moved", "event-stays", "event-again", "declined", "no-sign-off",
	"confirm", "not-counted", "not-recorded", "copy", "opinion", "opinion-receipt", "ended",
	"fact-receipt", "coordinator", "stopped", "new-chair",
	"inventory-changes", "inventory-refused", "inventory-mass", "inventory-done",
	"classification-raised",
	"command-help", "command-status", "command-list", "command-show", "command-start",
	"command-started", "weekly", "outbox",
	"answered-for-you", "withdrawn", "joint",
};
const size_t template_count = ARRAY_LEN(template_names);

static const char *const languages[] = { "sv", "en" };

const struct embedded_file *embedded_find(const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < embedded_count; i++)
		if (embedded_files[i].name_len == len && !memcmp(embedded_files[i].name, name, len))
			return &embedded_files[i];
	return NULL;
}

/* Where a language's texts come from. */
struct source {
	const char *dir; /* the site's own; NULL: none */
	const char *language;
	struct buf *parts; /* each part that was asked for, on a line; NULL: not kept */
};

static int count_lines(const char *text, const char *at)
{
	int line = 1;

	for (; text < at; text++)
		line += *text == '\n';
	return line;
}

/* Checked by line, so that the line can be said: no character goes over its end. */
static int check_text(const char *path, const struct buf *b, struct err *e)
{
	const char *limit = b->data + b->len, *nul = memchr(b->data, '\0', b->len);

	if (nul)
		return err_set(e, ERR_USAGE, "%s:%d: a NUL byte: this is no text", path,
		               count_lines(b->data, nul));
	for (const char *at = b->data, *end; at < limit; at = end + 1) {
		end = memchr(at, '\n', (size_t)(limit - at));
		if (!end)
			end = limit;
		if (!text_is_utf8(at, (size_t)(end - at)))
			return err_set(e, ERR_USAGE, "%s:%d: not UTF-8 (ISO 8859-1 or Windows-1252?): "
			               "save the file as UTF-8", path, count_lines(b->data, at));
	}
	return 0;
}

/* As editors write it: perhaps with a byte order mark, perhaps with CR LF. */
static int site_text(struct arena *a, const char *path, const char **text, struct err *e)
{
	struct buf b AUTO(buf_release) = BUF_INIT;

	if (file_read(path, FILE_LIMIT, &b, e))
		return -1;
	if (!b.len)
		return err_set(e, ERR_USAGE, "%s:1: the file is empty", path);
	if (check_text(path, &b, e))
		return -1;
	char *to = arena_dup(a, text_starts(b.data, "\xef\xbb\xbf") ? b.data + 3 : b.data);
	*text = to;
	for (const char *from = to; *from; from++)
		if (from[0] != '\r' || from[1] != '\n')
			*to++ = *from;
	*to = '\0';
	return 0;
}

static int find_text(const struct source *s, struct arena *a, const char *name, const char **shown,
                     const char **text, struct err *e)
{
	*shown = s->dir ? arena_fmt(a, "%s/%s/%s.md", s->dir, s->language, name) : NULL;
	if (*shown && file_exists(*shown))
		return site_text(a, *shown, text, e);
	*shown = arena_fmt(a, "%s/%s.md", s->language, name);
	const struct embedded_file *f = embedded_find(arena_fmt(a, "templates/%s", *shown));
	if (!f)
		return err_set(e, ERR_FOUND, "there is no template %s", *shown);
	*text = f->bytes;
	return 0;
}

static int find_part(void *where, struct arena *a, const char *part, const char **shown,
                     const char **text, struct err *e)
{
	const struct source *s = where;

	if (s->parts)
		buf_fmt(s->parts, "%s\n", part);
	return find_text(s, a, part, shown, text, e);
}

int templates_letter(const char *dir, const char *language, const char *name,
                     const struct tset *values, struct rendered *out, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct source s = { .dir = dir, .language = language };
	const struct template_parts parts = { .find = find_part, .where = &s };
	const char *shown, *text;

	if (find_text(&s, &a, name, &shown, &text, e))
		return -1;
	return template_letter(shown, text, &parts, values, language, out, e);
}

struct kept_template {
	const char *name;
	struct letter_template *letter;
};

static int keep(struct templates *t, const struct source *from, const char *name,
                struct letter_template **out, struct err *e)
{
	struct arena *a = &t->arena;
	struct source *s = arena_alloc(a, sizeof(*s));
	const struct template_parts parts = { .find = find_part, .where = s };
	const char *shown, *text;

	*s = *from;
	if (find_text(s, a, name, &shown, &text, e)
	    || letter_template_read(a, shown, text, &parts, out, e))
		return -1;
	t->at = arena_grow(a, t->at, t->n, &t->cap, sizeof(*t->at));
	t->at[t->n++] = (struct kept_template){ arena_dup(a, name), *out };
	return 0;
}

static struct letter_template *find_kept(const struct templates *t, const char *name)
{
	for (size_t i = 0; i < t->n; i++)
		if (!strcmp(t->at[i].name, name))
			return t->at[i].letter;
	return NULL;
}

int templates_render(struct templates *t, instant pass, const char *dir, const char *language,
                     const char *name, const struct tset *values, struct rendered *out,
                     struct err *e)
{
	const struct source from = { .dir = dir, .language = language };

	if (t->pass != pass) {
		arena_release(&t->arena);
		*t = (struct templates){ .pass = pass };
	}
	struct letter_template *letter = find_kept(t, name);
	if (!letter && keep(t, &from, name, &letter, e))
		return -1;
	return letter_template_render(letter, values, language, out, e);
}

static int check_one(struct source *s, const char *name, const struct tset *sample, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct rendered r AUTO(rendered_release) = RENDERED_INIT;
	const struct template_parts parts = { .find = find_part, .where = s };
	const char *shown, *text;

	if (find_text(s, &a, name, &shown, &text, e)
	    || template_check(shown, text, &parts, sample, e))
		return -1;
	return template_letter(shown, text, &parts, sample, s->language, &r, e);
}

int templates_check_one(const char *dir, const char *language, const char *name,
                        const struct tset *sample, struct err *e)
{
	return check_one(&(struct source){ .dir = dir, .language = language }, name, sample, e);
}

static bool on_a_line(const char *lines, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = lines; at && *at; at = strchr(at, '\n') + 1)
		if (!strncmp(at, name, len) && at[len] == '\n')
			return true;
	return false;
}

/* Whether a letter is made of DIR/LANG/NAME.md; other files are not ours. */
static bool is_used(const struct source *s, const char *file)
{
	char name[64];

	if (!text_ends(file, ".md"))
		return true;
	snprintf(name, sizeof(name), "%.*s", (int)(strlen(file) - 3), file);
	for (size_t t = 0; t < template_count; t++)
		if (!strcmp(name, template_names[t]))
			return true;
	return on_a_line(s->parts->data, name);
}

static size_t find_strays(const struct source *s, templates_found *found, void *to)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	const char *folder = arena_fmt(&a, "%s/%s", s->dir, s->language);
	struct dirent **file;
	size_t n_found = 0;
	int n = scandir(folder, &file, NULL, alphasort);

	for (int i = 0; i < n; i++) {
		struct err e = ERR_INIT;

		if (!is_used(s, file[i]->d_name)) {
			(void)err_set(&e, ERR_USAGE, "%s/%s: no letter is made of a template of this name",
			              folder, file[i]->d_name);
			found(to, &e);
			n_found++;
		}
		free(file[i]);
	}
	if (n >= 0)
		free(file);
	return n_found;
}

size_t templates_check(const char *dir, const struct tset *sample, templates_found *found, void *to)
{
	size_t n = 0;

	for (size_t l = 0; l < ARRAY_LEN(languages); l++) {
		struct buf parts AUTO(buf_release) = BUF_INIT;
		struct source s = { .dir = dir, .language = languages[l], .parts = &parts };

		for (size_t t = 0; t < template_count; t++) {
			struct err e = ERR_INIT;

			if (!check_one(&s, template_names[t], sample, &e))
				continue;
			found(to, &e);
			n++;
		}
		if (dir && !n)
			n += find_strays(&s, found, to);
	}
	return n;
}
