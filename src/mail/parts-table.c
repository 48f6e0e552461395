/* SPDX-License-Identifier: EUPL-1.2 */
/* Which part of a message is a table that somebody sent back. */
#include <gmime/gmime.h>
#include <string.h>

#include "base/attr.h"
#include "src/mail/internal.h"

static bool ends(const char *name, const char *with)
{
	size_t n = name ? strlen(name) : 0, m = strlen(with);

	return n > m && raw_equal(name + n - m, with);
}

enum table_kind table_kind(const char *major, const char *minor, const char *file_name)
{
	static const char *const names[] = { ".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".xlsb", ".xltx",
	                                     ".ods" };
	static const char *const types[] = {
		"csv", "comma-separated-values", "tab-separated-values", "x-csv", "vnd.ms-excel",
		"vnd.openxmlformats-officedocument.spreadsheetml.sheet", "vnd.ms-excel.sheet.macroenabled.12",
		"vnd.ms-excel.sheet.binary.macroenabled.12", "vnd.oasis.opendocument.spreadsheet",
	};

	if (!raw_equal(major, "text") && !raw_equal(major, "application"))
		return TABLE_NOT;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (ends(file_name, names[i]))
			return TABLE_SURE;
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (raw_equal(minor, types[i]))
			return TABLE_SURE;
	return ends(file_name, ".txt") ? TABLE_PERHAPS : TABLE_NOT;
}
