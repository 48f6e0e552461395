/* SPDX-License-Identifier: EUPL-1.2 */
/* check: findings on register, rules, templates and configuration. */
#include <stdio.h>

#include "app/commands.h"
#include "app/letter.h"
#include "app/templates.h"
#include "core/findings.h"

/* A template that cannot be rendered is a finding like another. */
static void check_templates(const struct config *c, struct findings *f)
{
	struct err e = ERR_INIT;
	struct tset sample;

	letter_sample_values(&f->arena, &sample);
	if (!templates_check(c->templates, &sample, &e))
		return;
	findings_add(f, &(struct finding){
		.kind = FINDING_TEMPLATE_BROKEN, .subject = c->templates ? c->templates : "templates",
		.other = arena_dup(&f->arena, e.text), .day = DAY_NONE, .until = DAY_NONE,
	});
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
