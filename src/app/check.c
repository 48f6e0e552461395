/* SPDX-License-Identifier: EUPL-1.2 */
/* check: findings on register, rules, templates and configuration. */
#include <stdio.h>
#include <string.h>

#include "app/commands.h"
#include "app/letter.h"
#include "app/templates.h"
#include "core/findings.h"

/* A template that cannot be rendered is a finding like another; the subject
 * is the file. */
static void found_broken(void *to, const struct err *e)
{
	struct findings *f = to;
	const char *end = strchr(e->text, ':');

	for (size_t i = 0; i < f->n; i++) /* many letters share a part */
		if (f->at[i].kind == FINDING_TEMPLATE_BROKEN && !strcmp(f->at[i].other, e->text))
			return;
	findings_add(f, &(struct finding){
		.kind = FINDING_TEMPLATE_BROKEN,
		.subject = arena_dupn(&f->arena, e->text, end ? (size_t)(end - e->text) : strlen(e->text)),
		.other = arena_dup(&f->arena, e->text), .day = DAY_NONE, .until = DAY_NONE,
	});
}

static void check_templates(const struct config *c, struct findings *f)
{
	struct tset sample;

	letter_sample_values(&f->arena, &sample);
	(void)templates_check(c->templates, &sample, found_broken, f);
}

static void print(const struct findings *f, const struct options *o)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	if (!o->json) {
		view_findings(f, o->lang, &out);
		if (out.len)
			buf_chr(&out, '\n');
		view_coverage(f, o->lang, &out);
	}
	for (size_t i = 0; o->json && i < f->n; i++)
		view_finding_json(&f->at[i], o->lang, &out);
	for (size_t i = 0; o->json && i < f->n_coverage; i++)
		view_coverage_json(&f->coverage[i], &out);
	fputs(out.data, stdout);
}

/* Notes are for reading: nothing is wrong. */
static size_t wrong(const struct findings *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += finding_severity(f->at[i].kind) != SEVERITY_NOTE;
	return n;
}

int command_check(const struct options *o, struct err *e)
{
	struct findings f;
	struct registry r;
	struct house h;

	if (house_open(o, STORE_READ, &h, e))
		return -1;
	findings_init(&f);
	registry_init(&r);
	int failed = store_load(h.store, &r, e);
	if (!failed) {
		check_templates(&h.config, &f);
		findings_gather(&r, zone_wall(o->now).day, &f);
		print(&f, o);
		if (wrong(&f))
			failed = err_set(e, ERR_FOUND, "%zu findings", wrong(&f));
	}
	registry_release(&r);
	findings_release(&f);
	house_close(&h);
	return failed ? -1 : 0;
}
