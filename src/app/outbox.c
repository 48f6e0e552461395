/* SPDX-License-Identifier: EUPL-1.2 */
/* The command `outbox`: mail on its way out. */
#include "src/app/outbox.h"

#include <stdio.h>
#include <string.h>

#include "app/commands.h"

static void row_json(const struct outbox_row *r, struct buf *out)
{
	struct json *j = json_new();
	char at[INSTANT_TEXT];
	bool waits = strchr("qdhus", r->status[0]) != NULL; /* queued deferred held uncertain sending */

	json_int(j, "id", r->id);
	json_str(j, "message_id", r->message_id);
	json_str(j, "to", r->to);
	json_str(j, "letter", r->letter);
	json_str(j, "kind", r->kind);
	json_str(j, "subject", r->subject);
	json_str(j, "status", r->status);
	json_int(j, "attempts", r->attempts);
	json_str(j, "created", zone_text(r->created, at));
	json_str(j, "since", waits ? zone_text(r->since, at) : NULL);
	json_str(j, "tried", r->tried == INSTANT_NONE ? NULL : zone_text(r->tried, at));
	json_str(j, "next_try", waits && r->status[0] != 'h' ? zone_text(r->next_try, at) : NULL);
	json_str(j, "answer", r->answer);
	json_write(j, out);
}

static void row_cells(struct arena *a, const struct outbox_row *r, bool open, enum view_lang lang, struct table *t)
{
	char at[INSTANT_TEXT];

	table_cell(t, arena_fmt(a, "%lld", (long long)r->id));
	table_cell(t, view_code(r->status, lang));
	table_cell(t, view_code(r->kind, lang));
	table_cell(t, r->to);
	table_cell(t, r->letter);
	if (!open) {
		table_cell(t, r->subject);
		return;
	}
	table_cell(t, arena_fmt(a, "%d", r->attempts));
	table_cell(t, r->status[0] == 'h' || r->status[0] == 'f' ? NULL : arena_dup(a, zone_text(r->next_try, at)));
	table_cell(t, r->answer);
}

static bool is_open(const struct outbox_row *r)
{
	return strcmp(r->status, "accepted") != 0 && strcmp(r->status, "cancelled") != 0;
}

static void write_rows(struct arena *a, const struct outbox_row *rows, size_t n, bool open,
                       const struct options *o, struct buf *out)
{
	static const char *const all_heads[2][6] = {
		{ "Nr", "Status", "Slag", "Till", "Brev", "Ämne" },
		{ "No", "Status", "Kind", "To", "Letter", "Subject" },
	};
	static const char *const open_heads[2][8] = {
		{ "Nr", "Status", "Slag", "Till", "Brev", "Försök", "Nästa försök", "Svar" },
		{ "No", "Status", "Kind", "To", "Letter", "Tries", "Next try", "Answer" },
	};
	const char *const *heads = open ? open_heads[o->lang] : all_heads[o->lang];
	size_t columns = open ? ARRAY_LEN(open_heads[0]) : ARRAY_LEN(all_heads[0]);
	struct table t;

	table_init(&t, columns);
	for (size_t i = 0; i < columns; i++)
		table_cell(&t, heads[i]);
	for (size_t i = 0; i < n; i++) {
		if (open && !is_open(&rows[i]))
			continue;
		if (o->json)
			row_json(&rows[i], out);
		else
			row_cells(a, &rows[i], open, o->lang, &t);
	}
	if (!o->json)
		table_write(&t, out);
	table_release(&t);
}

static void gate_words(struct arena *a, const struct outbox_gate *g, enum view_lang lang, struct buf *out)
{
	bool sv = lang == VIEW_SV;
	char at[INSTANT_TEXT];

	if (g->held)
		buf_fmt(out, sv ? "hålls sedan %s: %s\n" : "held since %s: %s\n", zone_text(g->held_since, at),
		        view_reason(a, g->reason, lang));
	if (g->until != INSTANT_NONE)
		buf_fmt(out, sv ? "e-postservern lämnas i fred till %s: %s\n"
		              : "the mail server is left in peace until %s: %s\n", zone_text(g->until, at), g->answer);
}

static int list(struct store *s, bool open, const struct options *o, struct buf *out, struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	struct outbox_row *rows;
	struct outbox_gate gate;
	size_t n;

	if (store_outbox_list(s, &a, &rows, &n, e) || store_outbox_gate(s, &a, &gate, e))
		return -1;
	if (!o->json)
		gate_words(&a, &gate, o->lang, out);
	write_rows(&a, rows, n, open, o, out);
	return 0;
}

/* The one mail that a number, a Message-ID or a letter's reference names. */
static int find(struct store *s, struct arena *a, const char *name, int64_t *id, struct err *e)
{
	struct outbox_row *rows;
	size_t n, len = strlen(name);

	if (len > 2 && name[0] == '<' && name[len - 1] == '>')
		name = arena_fmt(a, "%.*s", (int)len - 2, name + 1);
	if (store_letter_mails(s, a, name, &rows, &n, e))
		return -1;
	if (!n)
		return err_set(e, ERR_USAGE, "there is no outgoing mail %s: 'oversyn outbox' lists them", name);
	if (n > 1)
		return err_set(e, ERR_USAGE, "%s names %zu mails: give their numbers, as 'oversyn outbox' lists them",
		               name, n);
	*id = rows[0].id;
	return 0;
}

static int act_on(struct store *s, enum outbox_act act, const struct options *o, struct buf *out,
                  struct err *e)
{
	struct arena a AUTO(arena_release) = ARENA_INIT;
	size_t n = o->n_args - 1;
	int64_t *ids = arena_alloc(&a, n * sizeof(*ids));

	for (size_t i = 0; i < n; i++)
		if (find(s, &a, o->args[i + 1], &ids[i], e))
			return -1;
	if (store_outbox_act(s, act, ids, n, o->now, e))
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct outbox_row *row;
		size_t found;

		if (store_letter_mails(s, &a, arena_fmt(&a, "%lld", (long long)ids[i]), &row, &found, e))
			return -1;
		if (o->json)
			row_json(row, out);
		else
			buf_fmt(out, o->lang == VIEW_SV ? "mejl %lld till %s: %s\n" : "mail %lld to %s is %s\n",
			        (long long)row->id, row->to, view_code(row->status, o->lang));
	}
	return 0;
}

static int act_on_all(struct store *s, enum outbox_act act, const struct options *o, struct buf *out,
                      struct err *e)
{
	static const char *const done[][2] = {
		[OUTBOX_RETRY] = { "försöks genast", "to be tried at once" }, [OUTBOX_HOLD] = { "hålls", "held" },
		[OUTBOX_RELEASE] = { "släppta", "released" },
	};
	size_t n;

	if (store_outbox_act_all(s, act, "held by hand", o->now, &n, e))
		return -1;
	if (o->json) {
		struct json *j = json_new();

		json_str(j, "did", outbox_act_name(act));
		json_int(j, "mails", (long long)n);
		json_write(j, out);
	} else {
		buf_fmt(out, o->lang == VIEW_SV ? "%zu mejl %s%s\n" : n == 1 ? "%zu mail %s%s\n" : "%zu mails %s%s\n", n, done[act][o->lang],
		        act == OUTBOX_HOLD ? (o->lang == VIEW_SV ? "; inget går ut innan utkorgen släpps"
		                                                 : "; nothing goes out before it is released") : "");
	}
	return 0;
}

static bool act_of(const char *word, enum outbox_act *out)
{
	for (enum outbox_act act = OUTBOX_RETRY; act <= OUTBOX_CANCEL; act++)
		if (!strcmp(outbox_act_name(act), word)) {
			*out = act;
			return true;
		}
	return false;
}

int command_outbox(const struct options *o, struct err *e)
{
	struct buf out AUTO(buf_release) = BUF_INIT;
	enum outbox_act act = OUTBOX_RETRY;
	struct house h;

	bool acts = o->n_args && act_of(o->args[0], &act), open = o->n_args && !acts;
	if (house_open(o, acts ? 0 : STORE_READ, &h, e))
		return -1;
	int failed = !acts ? list(h.store, open, o, &out, e)
	             : o->n_args > 1 ? act_on(h.store, act, o, &out, e) : act_on_all(h.store, act, o, &out, e);
	fputs(out.data, stdout);
	house_close(&h);
	return failed;
}
