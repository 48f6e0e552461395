/* SPDX-License-Identifier: EUPL-1.2 */
/* Columns godkänns_av and kvorum: who approves an item together. */
#include <string.h>

#include "base/text.h"
#include "import-internal.h"

#define AT(member) offsetof(struct row, member)

/* "kd, sakchef" into "kd sakchef"; how many there are. */
static size_t import_roles(struct reader *r, const char *list, const char **out)
{
	struct buf ids AUTO(buf_release) = BUF_INIT;
	size_t count = 0;

	while (list && *list) {
		size_t n = strcspn(list, ",");
		const char *id = text_tidy(&r->into->arena, arena_dupn(&r->into->arena, list, n));
		list += n + (list[n] == ',');
		if (!*id)
			continue;
		if (strchr(id, ' ') || strlen(id) > KEY_LONGEST)
			import_bad_at(r, AT(list), "godkänns_av: %s is no id: write ids of roles with "
			              "commas between", import_quote(r, id));
		else if (ids.len && strstr(arena_fmt(&r->into->arena, " %s ", ids.data),
		                           arena_fmt(&r->into->arena, " %s ", id)))
			import_bad_at(r, AT(list), "godkänns_av names %s twice: a role approves once",
			              import_quote(r, id));
		buf_fmt(&ids, "%s%s", count++ ? " " : "", id);
	}
	if (!count)
		return 0;
	*out = arena_dup(&r->into->arena, ids.data);
	for (size_t i = 0; i < r->n_columns; i++)
		if (r->column[i] >= 0 && r->of->columns[r->column[i]].to == AT(list))
			import_place(r, *out, i);
	return count;
}

void import_quorum(struct reader *r)
{
	static const char *const words[][2] = {
		[QUORUM_ONE] = {"en", "1"}, [QUORUM_TWO] = {"två", "2"}, [QUORUM_ALL] = {"alla", "alla"},
	};
	struct item *i = &r->row.item;
	const char *word = r->row.word ? text_fold(&r->into->arena, r->row.word) : "";
	size_t n = import_roles(r, r->row.list, &i->approvers);

	i->quorum = i->approvers ? QUORUM_ALL : QUORUM_NONE;
	if (!r->row.word)
		return;
	enum quorum asked = QUORUM_NONE;
	for (size_t k = QUORUM_ONE; k < ARRAY_LEN(words); k++)
		if (!strcmp(word, words[k][0]) || !strcmp(word, words[k][1]))
			asked = (enum quorum)k;
	if (asked == QUORUM_NONE)
		import_bad_at(r, AT(word), "kvorum: %s is none: write en, två or alla",
		              import_quote(r, r->row.word));
	else if (!r->row.list)
		import_bad_at(r, AT(word), "kvorum without godkänns_av: write the roles that approve, "
		              "or empty it");
	else if (asked == QUORUM_TWO && n == 1)
		import_bad_at(r, AT(list), "godkänns_av has one role and kvorum asks for two: add a "
		              "role, or write en");
	i->quorum = asked;
}

