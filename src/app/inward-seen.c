/* SPDX-License-Identifier: EUPL-1.2 */
/* In: a mail that has come before, and one of which only a piece has come. */
#include <string.h>

#include "core/trust.h"
#include "src/app/inward.h"

static const char *body_of(const char *bytes, size_t len, size_t *n)
{
	for (size_t i = 0; i + 1 < len; i++) {
		size_t at = bytes[i] != '\n' ? 0 : bytes[i + 1] == '\n' ? i + 2 :
			bytes[i + 1] == '\r' && i + 2 < len && bytes[i + 2] == '\n' ? i + 3 : 0;

		if (at) {
			*n = len - at;
			return bytes + at;
		}
	}
	*n = 0;
	return bytes;
}

/* On its way a mail gets other headers; what is said in it stays. */
static bool same_body(const struct inbox_row *a, const struct inbox_row *b)
{
	size_t n, m;
	const char *x = body_of(a->bytes, a->len, &n), *y = body_of(b->bytes, b->len, &m);

	return n == m && memcmp(x, y, n) == 0;
}

/* A Message-ID alone says nothing: a client may use one twice, and anybody can
 * write one. The same person must say the same of the same letter. */
static bool same_mail(const struct incoming *in, const struct inbox_row *first, enum verdict verdict)
{
	const char *letter = in->has_letter ? in->letter.ref : "";

	return first->verdict && !strcmp(first->verdict, verdict_name(verdict))
	       && first->sender && in->mail.from && trust_same_address(first->sender, in->mail.from)
	       && !strcmp(first->letter ? first->letter : "", letter) && same_body(first, &in->row);
}

int inward_seen(struct pass *p, struct arena *a, const struct incoming *in, enum verdict verdict,
                const char **status, const char **reason, struct err *e)
{
	struct inbox_row first;
	/* the very same bytes: from another folder, or a mailbox that was made anew */
	int found = store_inbox_twin(p->store, a, &in->row, &first, e);
	bool same = found > 0;

	if (!found && in->mail.message_id)
		found = store_inbox_same(p->store, a, in->mail.message_id, &first, e);
	if (found <= 0)
		return found;
	if (!same) {
		if (store_inbox_get(p->store, a, first.id, &first, e))
			return -1;
		same = same_mail(in, &first, verdict);
	}
	*status = same ? "kept" : "coordinator";
	*reason = same ? arena_fmt(a, "the same message has come before, as number %lld", (long long)first.id)
	               : arena_fmt(a, "its Message-ID is that of number %lld, which says something else",
	                           (long long)first.id);
	return 1;
}

int inward_set_aside(struct pass *p, struct arena *a, struct incoming *in, struct err *e)
{
	const char *reason = arena_fmt(a, "it is too large, or did not come to its end: its first %zu bytes "
	                               "are here%s, and the whole of it is where handled mail is", in->row.len,
	                               in->row.cut_of ? arena_fmt(a, " of %lld", (long long)in->row.cut_of) : "");

	return inward_for_person(p, a, in, VERDICT_NONE, reason, e);
}
