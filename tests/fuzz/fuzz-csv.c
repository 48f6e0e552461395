/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/csv.h"
#include "tests/fuzz/fuzz.h"

/* A row that is written again as csv_put() writes it reads as the same row. */
static void round_trip(const struct csv *c)
{
	struct buf line AUTO(buf_release) = BUF_INIT;
	struct csv again AUTO(csv_release) = { .field = NULL };
	struct err e = ERR_INIT;

	/* A file of ours starts with a BOM: a field's own would be taken for it. */
	buf_str(&line, "\xef\xbb\xbf");
	for (size_t i = 0; i < c->n; i++) {
		if (i > 0)
			buf_str(&line, ";");
		csv_put(&line, c->field[i]);
	}
	buf_str(&line, "\r\n");
	csv_init(&again, line.data, line.len);
	MUST(csv_row(&again, &e) == 1);
	MUST(again.n == c->n);
	for (size_t i = 0; i < c->n; i++)
		MUST(strcmp(again.field[i], c->field[i]) == 0);
	MUST(csv_row(&again, &e) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct csv c AUTO(csv_release) = { .field = NULL };
	struct err e = ERR_INIT;
	size_t rows = 0;
	int got;

	csv_init(&c, (const char *)data, size);
	while ((got = csv_row(&c, &e)) != 0) {
		/* Every answer uses up bytes: reading ends. */
		MUST(++rows <= size);
		if (got > 0)
			round_trip(&c);
		else
			MUST(e.kind == ERR_FOUND && e.text[0] && c.fault);
		e = (struct err)ERR_INIT;
	}
	return 0;
}
