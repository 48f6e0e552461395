/* SPDX-License-Identifier: EUPL-1.2 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/commands.h"
#include "app/embedded.h"
#include "app/files.h"
#include "app/foreign.h"
#include "base/text.h"
#include "core/amendment.h"
#include "core/import.h"
#include "core/merge.h"
#include "core/moves.h"
#include "core/training.h"

/* One import: everything is read first, and kept only if all of it is right. */
struct import {
	struct registry registry;
	struct first_page {
		const char *path, *id, *responsible;
	} *pages; /* documents that were read from their first pages */
	size_t n_pages, cap_pages;
	struct complaints complaints;
	struct foreign foreign;
	struct import_calendar *calendars; /* read, but not yet understood: that takes all bodies */
	size_t n_calendars, cap_calendars;
	struct buf notes; /* what is said of them */
	struct amendment *amendments; /* what answers made of the register */
	size_t n_amendments, kept;
	size_t files;
	bool read[IMPORT_KIND_COUNT];
	bool refused, left; /* files whose names are no register's */
};

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* A governing document's first page as one new row of the document register: its
 * id is the file's name, and the coordinator completes the rest. */
static int read_header(struct import *im, const char *path, const struct buf *bytes, struct err *e)
{
	struct registry *r = &im->registry;
	const char *text, *fault;
	struct header h;
	int ok = foreign_document(&im->foreign, &r->arena, bytes, &text, &fault, e);

	if (ok < 0)
		return -1;
	if (!ok) {
		complain(&im->complaints, path, 0, 0, "%s", fault);
		return 0;
	}
	header_read(&r->arena, text, &h);
	const char *name = base_name(path), *dot = strrchr(name, '.');
	h.item.id = arena_dupn(&r->arena, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
	if (!h.item.title) {
		complain(&im->complaints, path, 1, 1, "no title was found: is this the first page of a document?");
		return 0;
	}
	if (!header_words(&r->arena, &h))
		buf_fmt(&im->notes, "%s: when it is reviewed could not be taken over: write it in the column uppföljning\n", path);
	registry_add_item(r, &h.item);
	im->pages = arena_grow(&r->arena, im->pages, im->n_pages, &im->cap_pages, sizeof(*im->pages));
	im->pages[im->n_pages++] = (struct first_page){ arena_dup(&r->arena, path), h.item.id, h.responsible };
	return 0;
}

/* The one role of that title; NULL: none, or more than one. */
static const struct role *role_titled(struct arena *a, const struct registry *r, const char *title)
{
	const char *want = text_fold(a, title);
	const struct role *found = NULL;

	for (size_t i = 0; i < r->n_roles; i++) {
		if (!r->roles[i].title || strcmp(text_fold(a, r->roles[i].title), want) != 0)
			continue;
		if (found)
			return NULL;
		found = &r->roles[i];
	}
	return found;
}

/* A page knows less of a document than its row does: a row that is there is not replaced. */
static void fit_pages(struct import *im, const struct registry *before)
{
	struct arena *a = &im->registry.arena;

	for (size_t i = 0; i < im->n_pages; i++) {
		const struct first_page *page = &im->pages[i];
		const struct role *role = page->responsible ? role_titled(a, before, page->responsible) : NULL;

		if (registry_item(before, page->id)) {
			complain(&im->complaints, page->path, 0, 0, "%s is in the register already, and a first page "
			         "knows less than its row: change the row in styrdokument.csv", page->id);
			continue;
		}
		for (size_t k = 0; role && k < im->registry.n_items; k++)
			if (!strcmp(im->registry.items[k].id, page->id))
				im->registry.items[k].responsible = arena_dup(a, role->id);
		buf_fmt(&im->notes, "%s: still to be written in styrdokument.csv: its body%s%s%s\n", page->id,
		        role ? "" : ", and who is responsible", !role && page->responsible ? ": " : "",
		        !role && page->responsible ? page->responsible : "");
	}
}

static int read_calendar(struct import *im, const char *path, const struct buf *bytes, struct err *e)
{
	struct arena *a = &im->registry.arena;
	struct import_calendar cal = { .file = arena_dup(a, path) };
	const char *fault;
	int ok = foreign_meetings(&im->foreign, a, bytes, &cal.read, &fault, e);

	if (ok < 0)
		return -1;
	if (!ok) {
		complain(&im->complaints, path, 0, 0, "%s", fault);
		return 0;
	}
	im->calendars = arena_grow(a, im->calendars, im->n_calendars, &im->cap_calendars, sizeof(cal));
	im->calendars[im->n_calendars++] = cal;
	return 0;
}

static int read_one(struct import *im, enum import_kind kind, const char *path, struct err *e)
{
	struct buf bytes AUTO(buf_release) = BUF_INIT;

	if (file_read(path, FILE_LIMIT, &bytes, e))
		return -1;
	im->files++;
	im->read[kind] = true;
	if (kind == IMPORT_HEADER)
		return read_header(im, path, &bytes, e);
	if (kind == IMPORT_MEETINGS && import_is_calendar(path))
		return read_calendar(im, path, &bytes, e);
	import_csv(kind, path, bytes.data, bytes.len, &im->registry, &im->complaints);
	return 0;
}

static int worth_a_word(const struct dirent *d)
{
	return import_fate_by_file(d->d_name) != IMPORT_IGNORED;
}

/* One that cannot be read hides nothing of the others. */
static int read_register(struct import *im, enum import_kind kind, const char *path, struct err *e)
{
	struct err why = ERR_INIT;

	if (!read_one(im, kind, path, &why))
		return 0;
	if (why.kind != ERR_USAGE) {
		*e = why;
		return -1;
	}
	size_t named = text_starts(why.text, path) ? strlen(path) + strspn(why.text + strlen(path), ": ") : 0;
	complain(&im->complaints, path, 0, 0, "%s", why.text + named);
	import_doubt(&im->complaints, kind);
	return 0;
}

/* What looks like a register is a fault like any other: a register that is not there
 * would be as wrong as a row that is not. */
static int read_named(struct import *im, const char *path, struct err *e)
{
	switch (import_fate_by_file(path)) {
	case IMPORT_TAKEN:
		return read_register(im, (enum import_kind)import_kind_by_file(path), path, e);
	case IMPORT_REFUSED:
		complain(&im->complaints, path, 0, 0, "no register has this name: rename it, or move it out of the folder");
		im->refused = true;
		break;
	case IMPORT_LEFT:
		buf_fmt(&im->notes, "%s: left alone, for it is no table with a register's name\n", path);
		im->left = true;
		break;
	case IMPORT_IGNORED:
		break;
	}
	return 0;
}

static int read_folder(struct import *im, const char *folder, struct err *e)
{
	struct dirent **names;
	int n = scandir(folder, &names, worth_a_word, alphasort), failed = 0;

	if (n < 0)
		return err_set(e, ERR_USAGE, "the folder %s cannot be read", folder);
	for (int i = 0; i < n; i++) {
		struct buf path AUTO(buf_release) = BUF_INIT;

		buf_fmt(&path, "%s/%s", folder, names[i]->d_name);
		if (!failed)
			failed = read_named(im, path.data, e);
		free(names[i]);
	}
	free(names);
	if (!failed && !im->files && !im->complaints.n)
		return err_set(e, ERR_USAGE, "%s holds no register: kommun.csv, namnder.csv, roller.csv …", folder);
	for (int kind = 0; im->refused && kind < IMPORT_KIND_COUNT; kind++)
		if (!im->read[kind]) /* it may be that one */
			import_doubt(&im->complaints, (enum import_kind)kind);
	if (im->left)
		import_file_names(&im->notes);
	return failed;
}

static int no_kind(const char *word, struct err *e)
{
	struct buf kinds AUTO(buf_release) = BUF_INIT;
	int kind = import_kind_by_file(word);

	for (int i = 0; i < IMPORT_KIND_COUNT; i++)
		buf_fmt(&kinds, "%s%s", i ? ", " : "", import_kind_name((enum import_kind)i));
	if (kind >= 0)
		return err_set(e, ERR_USAGE, "%s is neither a folder nor a kind of register (%s): did you mean import %s %s?",
		               word, kinds.data, import_kind_name((enum import_kind)kind), word);
	return err_set(e, ERR_USAGE, "%s is neither a folder nor a kind of register (%s)", word, kinds.data);
}

static int read_all(struct import *im, const struct options *o, struct err *e)
{
	if (o->n_args == 1 && file_is_dir(o->args[0]))
		return read_folder(im, o->args[0], e);
	int kind = import_kind_by_name(o->args[0]);
	if (kind < 0)
		return no_kind(o->args[0], e);
	if (o->n_args == 1)
		return err_set(e, ERR_USAGE, "import %s: which file?", o->args[0]);
	for (size_t i = 1; i < o->n_args; i++)
		if (read_one(im, (enum import_kind)kind, o->args[i], e))
			return -1;
	return 0;
}

/* Calendars name bodies in words, so that all bodies must be known by then. What names one
 * that was refused would be said to name none. */
static int add_calendars(struct import *im, const struct registry *before, const struct options *o,
                         struct err *e)
{
	struct registry known;
	const struct body *body = NULL;
	int failed = 0;

	if (!im->n_calendars)
		return o->body ? err_set(e, ERR_USAGE, "--body is for calendars (.ics) of meetings") : 0;
	if (import_is_doubtful(&im->complaints, IMPORT_BODIES))
		return 0;
	registry_init(&known);
	registry_merge(&known, before);
	registry_merge(&known, &im->registry);
	registry_settle(&known);
	if (o->body && !(body = registry_body(&known, o->body)))
		failed = err_set(e, ERR_USAGE, "--body %s: the register has no body with this id", o->body);
	else
		import_calendars(im->calendars, im->n_calendars, body, &known, &im->registry,
		                 &im->complaints, &im->notes);
	registry_release(&known);
	return failed;
}

/* References are checked against what the database will hold afterwards: what
 * it holds now, overlaid with what these files say. */
static int check_together(struct import *im, struct store *s, const struct registry *before, dayno today,
                          struct registry *after, struct err *e)
{
	registry_merge(after, before);
	size_t n = after->n_items;
	registry_merge(after, &im->registry);
	if (store_add_ours(s, &after->arena, after->items + n, after->n_items - n, e))
		return -1;
	after->settings = im->registry.settings.name ? im->registry.settings : before->settings;
	registry_settle(after);
	training_expand(after, today);
	registry_index(after);
	import_check(after, &im->complaints);
	return 0;
}

static void say(const char *lines, enum view_lang lang, FILE *to)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	view_import(lines, lang, &out);
	fputs(out.data, to);
}

static int complain_of_all(struct import *im, enum view_lang lang, struct err *e)
{
	struct buf count AUTO(buf_release) = BUF_INIT, said AUTO(buf_release) = BUF_INIT;

	complaints_sort(&im->complaints);
	if (im->refused)
		import_file_names(&im->complaints.text);
	say(im->complaints.text.data, lang, stderr);
	buf_fmt(&count, "%zu fault%s in %zu file%s: nothing was imported", im->complaints.n,
	        im->complaints.n == 1 ? "" : "s", im->files, im->files == 1 ? "" : "s");
	view_import(count.data, lang, &said);
	return err_set(e, ERR_FOUND, "%s", said.data);
}

/* What answers recorded is not taken back by a file that has not heard of it. */
static int keep_answers(struct import *im, struct store *s, const struct registry *before, bool overwrite,
                        struct err *e)
{
	if (store_amendments(s, &im->registry.arena, &im->amendments, &im->n_amendments, e))
		return -1;
	registry_settle(&im->registry); /* what two files say is stored once */
	im->kept = amendment_import(im->amendments, im->n_amendments, before, overwrite, &im->registry,
	                            &im->complaints, &im->notes);
	if (im->kept)
		buf_str(&im->notes, "what an answer recorded is kept until the file says the same, or something new where it "
		        "is known what it said before; --overwrite takes what the file says\n");
	return 0;
}

static void tell(struct import *im, const struct import_report *report, enum view_lang lang)
{
	buf_str(&im->notes, report->text.data);
	buf_fmt(&im->notes, "%zu added, %zu changed, %zu as before", report->added, report->changed, report->same);
	if (im->kept)
		buf_fmt(&im->notes, "; %zu value%s kept as answered", im->kept, im->kept == 1 ? "" : "s");
	buf_chr(&im->notes, '\n');
	say(im->notes.data, lang, stdout);
}

/* What the import would do to due dates, without doing it. */
static void preview(const struct import *im, const struct registry *before, const struct registry *after,
                    const struct options *o)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct moves moves;

	moves_between(before, after, zone_wall(o->now).day, &a, &moves);
	if (o->json)
		view_moves_json(&moves, &out);
	else
		view_moves(&moves, o->lang, &out);
	if (!o->json)
		say(im->notes.data, o->lang, stdout);
	fputs(out.data, stdout);
}

static int keep_inner(struct import *im, struct house *h, const struct options *o, struct import_report *report,
                      struct err *e)
{
	struct registry before, after;

	registry_init(&before);
	registry_init(&after);
	int failed = store_load(h->store, &before, e);
	if (!failed)
		failed = add_calendars(im, &before, o, e);
	if (!failed)
		fit_pages(im, &before);
	import_check_twice(&im->registry, &im->complaints);
	if (!failed)
		failed = keep_answers(im, h->store, &before, o->overwrite, e);
	if (!failed)
		failed = check_together(im, h->store, &before, zone_wall(o->now).day, &after, e);
	if (!failed && im->complaints.n)
		failed = complain_of_all(im, o->lang, e);
	else if (!failed && o->dry_run)
		preview(im, &before, &after, o);
	else if (!failed)
		failed = store_import_amended(h->store, &im->registry, im->amendments, im->n_amendments, o->now,
		                              report, e);
	registry_release(&after);
	registry_release(&before);
	return failed;
}

/* Nothing else writes between the look at what is stored and the writing. */
static int keep(struct import *im, struct house *h, const struct options *o, struct err *e)
{
	struct import_report report = { .text = BUF_INIT };
	struct err again = ERR_INIT;

	if (o->dry_run)
		return keep_inner(im, h, o, &report, e);
	if (store_group_begin(h->store, STORE_PARTS, e))
		return -1;
	int failed = keep_inner(im, h, o, &report, e);
	if (store_group_end(h->store, failed ? &again : e))
		failed = -1;
	if (!failed)
		tell(im, &report, o->lang);
	buf_release(&report.text);
	return failed;
}

int command_import(const struct options *o, struct err *e)
{
	struct import im = { .complaints = COMPLAINTS_INIT, .notes = BUF_INIT };
	struct house h;
	int failed;

	registry_init(&im.registry);
	failed = foreign_open(o, &im.foreign, e);
	if (!failed)
		failed = read_all(&im, o, e);
	foreign_close(&im.foreign);
	if (!failed)
		failed = house_open(o, o->dry_run ? STORE_READ : STORE_CREATE, &h, e);
	if (!failed) {
		failed = keep(&im, &h, o, e);
		house_close(&h);
	}
	buf_release(&im.notes);
	complaints_release(&im.complaints);
	registry_release(&im.registry);
	return failed;
}

int import_embedded_model(struct registry *r, struct err *e)
{
	struct complaints c = COMPLAINTS_INIT;

	for (size_t i = 0; i < embedded_count; i++) {
		const struct embedded_file *f = &embedded_files[i];

		if (!text_starts(f->name, "config/model/"))
			continue;
		int kind = import_kind_by_file(base_name(f->name));
		if (kind >= 0)
			import_csv((enum import_kind)kind, f->name, f->bytes, f->len, r, &c);
	}
	registry_index(r);
	import_check(r, &c);
	int failed = c.n ? err_set(e, ERR_FOUND, "%s", c.text.data) : 0;
	complaints_release(&c);
	return failed;
}

int import_embedded(struct store *s, const char *name, instant now, struct err *e)
{
	struct import im = { .complaints = COMPLAINTS_INIT, .notes = BUF_INIT, .files = 1 };
	struct import_report report = { .text = BUF_INIT };
	const struct embedded_file *f = embedded_find(name);
	int kind = import_kind_by_file(base_name(name));
	struct registry before, after;

	if (!f || kind < 0)
		return err_set(e, ERR_USAGE, "%s is no register that travels in the program", name);
	registry_init(&im.registry);
	registry_init(&before);
	registry_init(&after);
	import_csv((enum import_kind)kind, name, f->bytes, f->len, &im.registry, &im.complaints);
	int failed = store_load(s, &before, e);
	if (!failed)
		failed = keep_answers(&im, s, &before, false, e);
	if (!failed)
		failed = check_together(&im, s, &before, zone_wall(now).day, &after, e);
	if (!failed) {
		failed = im.complaints.n ? err_set(e, ERR_FOUND, "%s", im.complaints.text.data)
		                         : store_import_amended(s, &im.registry, im.amendments, im.n_amendments, now,
		                                                &report, e);
	}
	registry_release(&after);
	registry_release(&before);
	registry_release(&im.registry);
	complaints_release(&im.complaints);
	buf_release(&report.text);
	return failed;
}
