/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/findings.h"
#include "core/import.h"
#include "tests/tap.h"

/* A register in which nothing is wrong. */
static const struct {
	enum import_kind kind;
	const char *csv;
} well_kept[] = {
	{ IMPORT_MUNICIPALITY,
	  "nyckel;värde\nnamn;Tall\ne-postdomän;t.example\nfunktionsbrevlåda_påminnelser;o@t.example\n"
	  "kontakt_roll;kd\nkontakt_telefon;0123-45 67\nlänk_personuppgifter;https://t.example/gdpr\n"
	  "sommaruppehåll;06-28/08-08\n" },
	{ IMPORT_BODIES,
	  "namnd_id;namn;slag;nämndsekreterare;ordförande\n"
	  "KF;Kommunfullmäktige;fullmäktige;s@t.example;o@t.example\n"
	  "KS;Kommunstyrelsen;styrelse;s@t.example;o@t.example\n" },
	{ IMPORT_UNITS, "förvaltning_id;namn;betjänar_nämnder\nKLF;Ledning;KS\n" },
	{ IMPORT_ROLES,
	  "roll_id;titel;e-post;organisation;slag\nkd;Kommundirektör;kd@t.example;KLF;chef\n"
	  "chef;Chef;chef@t.example;KLF;chef\nitchef;It-chef;it@t.example;KLF;chef\n"
	  "dso;Dataskyddsombud;dso@t.example;KLF;dataskyddsombud\n" },
	{ IMPORT_INVENTORIES,
	  "förteckning_id;namn;nämnd;ansvarig_roll;intervall;senast_granskad\n"
	  "F1;Förteckning över informationstillgångar;KS;chef;Årligen;2026-06-01\n"
	  "F2;Register över personuppgiftsbehandlingar (art. 30);KS;chef;Årligen;2026-06-01\n" },
	{ IMPORT_DOCUMENTS,
	  "dok_id;titel;beslutsinstans;beslutsdatum;diarienummer;ansvar_organ;dokumentansvarig_roll;"
	  "uppföljning\n"
	  "S1;Riktlinjer för informationssäkerhet;KS;2026-01-01;KS 1;KS;chef;Vart fjärde år\n"
	  "S2;Policy för it-säkerhet;KS;2026-01-01;KS 2;KS;chef;Vart fjärde år\n" },
	{ IMPORT_DOCUMENTS,
	  "dok_id;titel;beslutsinstans;beslutsdatum;diarienummer;ansvar_organ;dokumentansvarig_roll;"
	  "uppföljning;gäller_till\n"
	  "S3;Tillfällig plan;chef;2026-01-01;KS 3;KS;chef;Vart fjärde år;2027-03-31\n" },
	{ IMPORT_ROUTINES,
	  "rutin_id;namn;nämnd;ansvarig_roll;intervall;senast_granskad\n"
	  "R1;Rutin för rapportering av brister;alla;chef;Årligen;2026-06-01\n"
	  "R2;Rutin för uppföljning av system;alla;chef;Årligen;2026-06-01\n" },
	{ IMPORT_ASSETS,
	  "tillgång_id;namn;nämnd;systemägare;intervall;K;R;T;senast_klassad;senast_genomgången\n"
	  "T1;E-post;KS;chef;Årligen;1;1;1;2026-01-01;2026-06-01\n" },
	{ IMPORT_MEETINGS,
	  "organ;datum;tid\nKF;2027-02-22;18.00\nKS;2027-01-12;13.00\nKS;2027-05-11;13.00\n" },
};

static void read_csv(enum import_kind kind, const char *csv, struct registry *r)
{
	struct complaints c = COMPLAINTS_INIT;

	import_csv(kind, "f.csv", csv, strlen(csv), r, &c);
	ck_assert_msg(c.n == 0, "%s", c.text.data);
	complaints_release(&c);
}

static void unfold(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++) {
		bool line = from[0] == '\\' && from[1] == 'n';
		*to++ = line ? '\n' : *from;
		from += line;
	}
	*to = '\0';
}

static void list(const struct registry *r, struct buf *out)
{
	struct findings f;

	findings_init(&f);
	findings_gather(r, date_of(2027, 1, 11), &f);
	for (size_t i = 0; i < f.n; i++)
		buf_fmt(out, "%s%s %s", out->len ? ", " : "", finding_kind_name(f.at[i].kind),
		        f.at[i].subject);
	findings_release(&f);
}

static int bad;

static void case_row(int line, char **field, int n)
{
	struct buf found AUTO(buf_release) = BUF_INIT;
	struct registry r;

	ck_assert_msg(n == 3, "line %d has %d fields", line, n);
	registry_init(&r);
	for (size_t i = 0; i < ARRAY_LEN(well_kept); i++)
		read_csv(well_kept[i].kind, well_kept[i].csv, &r);
	unfold(field[1]);
	read_csv((enum import_kind)import_kind_by_name(field[0]), field[1], &r);
	registry_index(&r);
	list(&r, &found);
	const char *want = strcmp(field[2], "-") ? field[2] : "";
	if (strcmp(found.data, want) != 0) {
		bad++;
		printf("# line %d: found %s\n#   expected %s\n", line, found.data, want);
	}
	registry_release(&r);
}

START_TEST(each_kind_is_found_and_nothing_else)
{
	bad = 0;
	tap_table("tests/cases/findings.txt", case_row);
	ck_assert_int_eq(bad, 0);
}
END_TEST

/* Every kind stands in the table: one that nothing can cause is a kind too many. */
START_TEST(each_kind_has_its_case)
{
	size_t len;
	char *table = tap_slurp(tap_path("tests/cases/findings.txt"), &len);
	char *model = tap_slurp(tap_path("tests/cases/tallvinge-findings.txt"), &len);

	for (int k = 0; k < FINDING_KIND_COUNT; k++) {
		const char *name = finding_kind_name((enum finding_kind)k);

		/* The command's own, and that of an empty register, below. */
		if (k == FINDING_TEMPLATE_BROKEN || k == FINDING_SETTING_MISSING)
			continue;
		ck_assert_msg(strstr(table, name) || strstr(model, name), "no case for %s", name);
	}
	free(model);
	free(table);
}
END_TEST

static struct buf model_wants = BUF_INIT;

static void model_row(int line, char **field, int n)
{
	ck_assert_msg(n == 2, "line %d has %d fields", line, n);
	buf_fmt(&model_wants, "%s%s", model_wants.len ? ", " : "", field[0]);
}

/* The model's built-in faults, all of them, and no other. */
START_TEST(the_model_municipality_has_its_findings)
{
	static const char *const files[] = {
		"arshjul-2027.csv", "forteckningar.csv", "forvaltningar.csv",
		"helgdagar-2026-2031.csv", "informationstillgangar.csv", "kommun.csv", "namnder.csv",
		"roller.csv", "rutiner.csv", "sammantraden-2027.csv", "styrdokument.csv",
	};
	struct buf found AUTO(buf_release) = BUF_INIT;
	struct registry r;
	size_t len;

	registry_init(&r);
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		char path[64];

		snprintf(path, sizeof(path), "config/model/%s", files[i]);
		char *csv = tap_slurp(tap_path(path), &len);
		read_csv((enum import_kind)import_kind_by_file(path), csv, &r);
		free(csv);
	}
	registry_index(&r);
	list(&r, &found);
	tap_table("tests/cases/tallvinge-findings.txt", model_row);
	ck_assert_str_eq(found.data, model_wants.data);
	buf_release(&model_wants);
	registry_release(&r);
}
END_TEST

/* What letters cannot do without. */
START_TEST(an_empty_register_lacks_its_settings)
{
	struct buf found AUTO(buf_release) = BUF_INIT;
	struct registry r;

	registry_init(&r);
	registry_index(&r);
	list(&r, &found);
	ck_assert_ptr_nonnull(strstr(found.data, "setting-missing namn"));
	ck_assert_ptr_nonnull(strstr(found.data, "setting-missing e-postdomän"));
	ck_assert_ptr_null(strstr(found.data, "guideline-missing"));
	registry_release(&r);
}
END_TEST

START_TEST(coverage_counts_what_is_watched)
{
	struct registry r;
	struct findings f;

	registry_init(&r);
	for (size_t i = 0; i < ARRAY_LEN(well_kept); i++)
		read_csv(well_kept[i].kind, well_kept[i].csv, &r);
	registry_index(&r);
	findings_init(&f);
	findings_gather(&r, date_of(2027, 1, 11), &f);
	ck_assert_uint_eq(f.n_coverage, 2);
	const struct coverage *ks = &f.coverage[0], *all = &f.coverage[1];
	ck_assert_str_eq(ks->body->id, "KS");
	ck_assert_uint_eq(ks->items, 6);
	ck_assert_uint_eq(ks->dated, 6);
	ck_assert_uint_eq(ks->assets, 1);
	ck_assert_uint_eq(ks->classified, 1);
	ck_assert(ks->inventory && ks->processing && ks->controller);
	ck_assert_ptr_null(all->body);
	ck_assert_uint_eq(all->items, 2);
	findings_release(&f);
	registry_release(&r);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("findings");
	TCase *t = tcase_create("findings");

	tcase_add_test(t, each_kind_is_found_and_nothing_else);
	tcase_add_test(t, each_kind_has_its_case);
	tcase_add_test(t, the_model_municipality_has_its_findings);
	tcase_add_test(t, an_empty_register_lacks_its_settings);
	tcase_add_test(t, coverage_counts_what_is_watched);
	suite_add_tcase(s, t);
	return tap_run(s);
}
