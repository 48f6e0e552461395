/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include "app/templates.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/embedded.h"
#include "app/files.h"
#include "base/text.h"

const char *const template_names[] = {
	"invitation", "reminder", "last-reminder", "overdue", "rescheduled", "receipt", "not-understood", "question",
};
const size_t template_count = ARRAY_LEN(template_names);

static const char *const languages[] = { "sv", "en" };

const struct embedded_file *embedded_find(const char *name)
{
	for (size_t i = 0; i < embedded_count; i++)
		if (!strcmp(embedded_files[i].name, name))
			return &embedded_files[i];
	return NULL;
}

static int one_file(struct arena *a, const char *dir, const char *language, const char *name,
                    const char **text, struct err *e)
{
	if (dir) {
		struct buf b AUTO(buf_release) = BUF_INIT;
		const char *path = arena_fmt(a, "%s/%s/%s.md", dir, language, name);

		if (file_exists(path)) {
			if (file_read(path, FILE_LIMIT, &b, e))
				return -1;
			if (!text_is_utf8(b.data, b.len) || strlen(b.data) != b.len)
				return err_set(e, ERR_USAGE, "%s is not UTF-8 text", path);
			*text = arena_dup(a, b.data);
			return 0;
		}
	}
	const struct embedded_file *f =
		embedded_find(arena_fmt(a, "templates/%s/%s.md", language, name));
	if (!f)
		return err_set(e, ERR_USAGE, "there is no template %s/%s.md", language, name);
	*text = f->bytes;
	return 0;
}

int templates_load(struct arena *a, const char *dir, const char *language, const char *name,
                   const char **text, struct err *e)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	const char *at;

	if (one_file(a, dir, language, name, &at, e))
		return -1;
	for (const char *end; *at; at = *end ? end + 1 : end) {
		char part[64];

		end = strchrnul(at, '\n');
		if (sscanf(at, "{{> %63[a-z-]}}", part) == 1) {
			const char *inner;

			if (one_file(a, dir, language, part, &inner, e))
				return err_wrap(e, "%s/%s.md", language, name);
			buf_str(&out, inner);
			continue;
		}
		buf_add(&out, at, (size_t)(end - at));
		buf_chr(&out, '\n');
	}
	*text = arena_dup(a, out.data);
	return 0;
}

static int check_one(struct arena *a, const char *dir, const char *language, const char *name,
                     const struct tset *values, struct err *e)
{
	struct rendered r AUTO(rendered_release) = RENDERED_INIT;
	const char *text;

	if (templates_load(a, dir, language, name, &text, e))
		return -1;
	return template_letter(arena_fmt(a, "%s/%s.md", language, name), text, values, language, &r, e);
}

int templates_check(const char *dir, const struct tset *sample, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;

	for (size_t l = 0; l < ARRAY_LEN(languages); l++)
		for (size_t t = 0; t < template_count; t++)
			if (check_one(&a, dir, languages[l], template_names[t], sample, e))
				return -1;
	return 0;
}
