/* SPDX-License-Identifier: EUPL-1.2 */
/* The commands about copies of the database: backup, restore. */
#include <inttypes.h>
#include <stdio.h>

#include "app/commands.h"
#include "store/copy.h"

static void say(const struct options *o, const struct record_head *h, const char *file, const char *kept)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	if (o->json) {
		struct json *j = json_new();

		json_str(j, "file", file);
		json_int(j, "rows", h->rows);
		json_str(j, "head", h->hash);
		json_str(j, "kept", kept);
		json_write(j, &out);
	} else {
		bool sv = o->lang == VIEW_SV;

		const char *rows = sv ? h->rows == 1 ? "rad" : "rader" : h->rows == 1 ? "row" : "rows";

		buf_fmt(&out, sv ? "%s är hel: protokollet håller: %" PRId64 " %s, huvud %s\n"
		                 : "%s is whole: the record holds: %" PRId64 " %s, head %s\n", file, h->rows, rows, h->hash);
		if (kept)
			buf_fmt(&out, sv ? "det som låg där förut är %s\n" : "what was there before is %s\n", kept);
	}
	fputs(out.data, stdout);
}

int command_backup(const struct options *o, struct err *e)
{
	struct record_head head;
	struct house h;

	if (house_open(o, STORE_READ, &h, e))
		return -1;
	int failed = store_backup(h.store, o->args[0], &head, e);
	if (!failed)
		say(o, &head, o->args[0], NULL);
	house_close(&h);
	return failed;
}

int command_restore(const struct options *o, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct record_head head;
	struct config c;
	const char *kept;

	/* what is in the database's place may be no database any more */
	if (config_read(o->config, o->db, &c, e))
		return -1;
	int failed = store_restore(c.database, o->args[0], o->now, &a, &head, &kept, e);
	if (!failed) {
		say(o, &head, c.database, kept);
		if (!o->json)
			puts(o->lang == VIEW_SV
			     ? "utkorgen hålls, och inga påminnelser skrivs: se RESTORING i oversyn(8), sedan "
			       "'oversyn outbox release'"
			     : "the outbox is held, and nothing that is due is written: see RESTORING in oversyn(8), "
			       "then 'oversyn outbox release'");
	}
	config_release(&c);
	return failed;
}
