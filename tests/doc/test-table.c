/* SPDX-License-Identifier: EUPL-1.2 */
#include <config.h>

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "doc/table.h"
#include "tests/tap.h"

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE_RELATION "http://schemas.openxmlformats.org/package/2006/relationships"

/* A workbook, by what differs between the cases; NULL: as Excel writes it. */
struct book {
	const char *types, *workbook, *parts, *strings, *sheet;
	const char *extra; /* the name of one more part */
};

static void put_part(struct archive *zip, const char *name, const char *text)
{
	struct archive_entry *entry = archive_entry_new();

	archive_entry_set_pathname(entry, name);
	archive_entry_set_size(entry, (int64_t)strlen(text));
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	ck_assert_int_eq(archive_write_header(zip, entry), ARCHIVE_OK);
	ck_assert_int_eq(archive_write_data(zip, text, strlen(text)), (la_ssize_t)strlen(text));
	archive_entry_free(entry);
}

static const char *or(const char *text, const char *otherwise)
{
	return text ? text : otherwise;
}

static size_t write_book(const struct book *b, char *bytes, size_t room)
{
	struct buf xml AUTO(buf_release) = BUF_INIT;
	struct archive *zip = archive_write_new();
	size_t len = 0;

	ck_assert_int_eq(archive_write_set_format_zip(zip), ARCHIVE_OK);
	ck_assert_int_eq(archive_write_open_memory(zip, bytes, room, &len), ARCHIVE_OK);
	buf_fmt(&xml, "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
	        "<Override PartName='/xl/workbook.xml' ContentType='%s'/></Types>",
	        or(b->types, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"));
	put_part(zip, "[Content_Types].xml", xml.data);
	put_part(zip, "_rels/.rels", "<Relationships xmlns='" PACKAGE_RELATION "'><Relationship Id='rId1' "
	         "Type='" RELATION "/officeDocument' Target='xl/workbook.xml'/></Relationships>");
	buf_clear(&xml);
	buf_fmt(&xml, "<workbook xmlns='" MAIN "' xmlns:r='" RELATION "'>%s</workbook>",
	        or(b->workbook, "<workbookPr/><sheets><sheet name='Blad1' sheetId='7' r:id='rId1'/></sheets>"));
	put_part(zip, "xl/workbook.xml", xml.data);
	buf_clear(&xml);
	buf_fmt(&xml, "<Relationships xmlns='" PACKAGE_RELATION "'><Relationship Id='rId1' Type='" RELATION
	        "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='rId2' Type='" RELATION
	        "/worksheet' Target='/xl/worksheets/sheet2.xml'/><Relationship Id='rId3' Type='" RELATION
	        "/sharedStrings' Target='sharedStrings.xml'/>%s</Relationships>", or(b->parts, ""));
	put_part(zip, "xl/_rels/workbook.xml.rels", xml.data);
	buf_clear(&xml);
	buf_fmt(&xml, "<sst xmlns='" MAIN "'>%s</sst>", or(b->strings, "<si><t>namn</t></si>"));
	put_part(zip, "xl/sharedStrings.xml", xml.data);
	buf_clear(&xml);
	buf_fmt(&xml, "<worksheet xmlns='" MAIN "'><sheetData>%s</sheetData></worksheet>", or(b->sheet, ""));
	put_part(zip, "xl/worksheets/sheet1.xml", xml.data);
	put_part(zip, "xl/worksheets/sheet2.xml", "<worksheet xmlns='" MAIN "'><sheetData><row><c "
	         "t='inlineStr'><is><t>andra bladet</t></is></c></row></sheetData></worksheet>");
	if (b->extra)
		put_part(zip, b->extra, "x");
	ck_assert_int_eq(archive_write_close(zip), ARCHIVE_OK);
	archive_write_free(zip);
	return len;
}

/* "1: a|b, 3: c" and "!FORMULA 1:2". */
static void tell(const struct grid *g, struct buf *out)
{
	for (size_t i = 0; i < g->n; i++) {
		buf_fmt(out, "%s%d: ", i ? ", " : "", g->rows[i].number);
		for (size_t c = 0; c < g->rows[i].n; c++)
			buf_fmt(out, "%s%s", c ? "|" : "", g->rows[i].cell[c]);
	}
	for (size_t i = 0; i < g->n_complaints; i++)
		buf_fmt(out, "%s!%s %d:%d", out->len ? " " : "", grid_fault_name(g->complaints[i].fault),
		        g->complaints[i].row, g->complaints[i].column);
}

/* Read, packed and unpacked: what arrives in the keeper. */
static void expect(const char *bytes, size_t len, const char *want)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf packed AUTO(buf_release) = BUF_INIT, got AUTO(buf_release) = BUF_INIT;
	struct unpack u = { .a = &a };
	struct grid g, arrived;

	table_read(&a, bytes, len, &g);
	table_pack(&g, &packed);
	u.at = packed.data;
	u.left = packed.len;
	ck_assert(table_unpack(&u, &arrived));
	tell(&arrived, &got);
	ck_assert_str_eq(got.data, want);
	/* Cut off anywhere it is not believed. */
	for (size_t n = 0; n < packed.len; n += 7) {
		u = (struct unpack){ .a = &a, .at = packed.data, .left = n };
		ck_assert(!table_unpack(&u, &arrived));
	}
}

static void expect_book(const struct book *b, const char *want)
{
	char bytes[16384];

	expect(bytes, write_book(b, bytes, sizeof(bytes)), want);
}

START_TEST(cells_of_every_type_are_read_as_they_are_stored)
{
	expect_book(&(struct book){
		.strings = "<si><t>namn</t></si><si><r><t>Bygg</t></r><r><t xml:space='preserve'>lov å</t></r>"
		           "<rPh><t>ignored</t></rPh></si>",
		.sheet = "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='C1' t='s'><v>1</v></c></row>"
		         "<row r='3'><c r='A3'><v>45580</v></c><c r='B3' t='n'><v>3.0</v></c>"
		         "<c r='C3' t='inlineStr'><is><t>inne &amp; ute</t></is></c>"
		         "<c r='D3' t='b'><v>1</v></c><c r='E3' s='4'/></row>"
		         "<row><c><v>1.5</v></c></row><row r='9'><c r='A9'/></row>",
	}, "1: namn||Bygglov å, 3: 45580|3|inne & ute|SANT, 4: 1.5");
}
END_TEST

START_TEST(the_first_sheet_that_is_shown_is_read)
{
	expect_book(&(struct book){
		.workbook = "<sheets><sheet name='Dold' state='hidden' sheetId='1' r:id='rId1'/>"
		            "<sheet name='Blad' sheetId='2' r:id='rId2'/></sheets>",
		.sheet = "<row><c t='inlineStr'><is><t>första</t></is></c></row>",
	}, "1: andra bladet");
}
END_TEST

START_TEST(formulas_are_named_where_they_stand)
{
	expect_book(&(struct book){
		.sheet = "<row r='1'><c r='A1' t='s'><v>0</v></c></row><row r='4'><c r='B4'><f>1+1</f><v>2</v></c>"
		         "<c r='C4' t='e'><v>#REF!</v></c><c r='D4' t='str'><f t='shared' si='0'/><v>x</v></c></row>",
	}, "1: namn, 4: |2|#REF!|x !FORMULA 4:2 !BROKEN 4:3 !FORMULA 4:4");
}
END_TEST

static const struct {
	const char *why;
	struct book book;
	const char *want;
} refused[] = {
	{ "macros by their type",
	  { .types = "application/vnd.ms-excel.sheet.macroEnabled.main+xml" }, "!MACROS 0:0" },
	{ "macros by their relationship",
	  { .parts = "<Relationship Id='rId9' Type='http://schemas.microsoft.com/office/2006/relationships/"
	             "vbaProject' Target='vbaProject.bin'/>" }, "!MACROS 0:0" },
	{ "macros that nothing names", { .extra = "xl/vbaProject.bin" }, "!MACROS 0:0" },
	{ "macro sheets of Excel 4",
	  { .parts = "<Relationship Id='rId9' Type='http://schemas.microsoft.com/office/2006/relationships/"
	             "xlMacrosheet' Target='macrosheets/sheet1.xml'/>" }, "!MACROS 0:0" },
	{ "other files",
	  { .parts = "<Relationship Id='rId9' Type='" RELATION "/externalLink' Target='x.xml'/>" },
	  "!LINKS 0:0" },
	{ "databases",
	  { .parts = "<Relationship Id='rId9' Type='" RELATION "/connections' Target='x.xml'/>" },
	  "!LINKS 0:0" },
	{ "the calendar of old Macintoshes",
	  { .workbook = "<workbookPr date1904='1'/><sheets><sheet sheetId='1' r:id='rId1'/></sheets>" },
	  "!OLD_DAYS 0:0" },
	{ "no sheet", { .workbook = "<sheets/>" }, "!OTHER_FORMAT 0:0" },
	{ "a string that is not there", { .sheet = "<row><c t='s'><v>5</v></c></row>" }, "!DAMAGED 0:0" },
	{ "broken XML", { .sheet = "<row><c>" }, "!DAMAGED 0:0" },
	{ "entities", { .strings = "<!DOCTYPE x>" }, "!DAMAGED 0:0" },
	{ "a column far out", { .sheet = "<row><c r='XFD1' t='s'><v>0</v></c></row>" }, "!TOO_LARGE 0:0" },
};

START_TEST(what_is_more_than_typed_values_is_refused)
{
	expect_book(&refused[_i].book, refused[_i].want);
}
END_TEST

START_TEST(shared_texts_do_not_grow_beyond_bounds)
{
	struct buf strings AUTO(buf_release) = BUF_INIT, sheet AUTO(buf_release) = BUF_INIT;
	size_t room = 1 << 20;
	char *bytes = malloc(room);

	buf_str(&strings, "<si><t>");
	for (int i = 0; i < GRID_MAX_CELL; i++)
		buf_chr(&strings, 'x');
	buf_str(&strings, "</t></si>");
	for (int i = 0; i < 1100; i++)
		buf_str(&sheet, "<row><c t='s'><v>0</v></c></row>");
	struct book b = { .strings = strings.data, .sheet = sheet.data };
	size_t len = write_book(&b, bytes, room);
	expect(bytes, len, "!TOO_LARGE 0:0");
	free(bytes);
}
END_TEST

START_TEST(text_and_other_files_go_their_own_ways)
{
	expect("id;namn\nT1;Ett\n", 15, "1: id|namn, 2: T1|Ett");
	expect("PK\3\4", 4, "!DAMAGED 0:0");
	expect("%PDF-1.4", 8, "!OTHER_FORMAT 0:0");
}
END_TEST

START_TEST(what_a_reader_gone_bad_says_is_not_believed)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct buf out AUTO(buf_release) = BUF_INIT;
	struct unpack u = { .a = &a };
	struct grid g;

	pack_number(&out, 1, 4);
	pack_number(&out, GRID_FAULT_COUNT, 4); /* no such fault */
	pack_number(&out, 0, 4);
	pack_number(&out, 0, 4);
	pack_string(&out, NULL, 10);
	pack_number(&out, 0, 4);
	u.at = out.data;
	u.left = out.len;
	ck_assert(!table_unpack(&u, &g));
	buf_clear(&out);
	pack_number(&out, 0, 4);
	pack_number(&out, 1, 4);
	pack_number(&out, 1, 4);
	pack_number(&out, 1, 4);
	pack_string(&out, NULL, 10); /* a cell is never NULL */
	u = (struct unpack){ .a = &a, .at = out.data, .left = out.len };
	ck_assert(!table_unpack(&u, &g));
}
END_TEST

int main(void)
{
	Suite *s = suite_create("table");
	TCase *t = tcase_create("table");

	tcase_set_timeout(t, 0);
	tcase_add_test(t, cells_of_every_type_are_read_as_they_are_stored);
	tcase_add_test(t, the_first_sheet_that_is_shown_is_read);
	tcase_add_test(t, formulas_are_named_where_they_stand);
	tcase_add_loop_test(t, what_is_more_than_typed_values_is_refused, 0,
	                    (int)(sizeof(refused) / sizeof(*refused)));
	tcase_add_test(t, shared_texts_do_not_grow_beyond_bounds);
	tcase_add_test(t, text_and_other_files_go_their_own_ways);
	tcase_add_test(t, what_a_reader_gone_bad_says_is_not_believed);
	suite_add_tcase(s, t);
	return tap_run(s);
}
