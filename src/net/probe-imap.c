/* SPDX-License-Identifier: EUPL-1.2 */
#include <libetpan/acl.h>
#include <string.h>

#include "base/attr.h"
#include "base/mem.h"
#include "imap.h"
#include "internal.h"
#include "probe.h"

static void take_offers(struct arena *a, struct imap *m, struct probe *out)
{
	static const char *const WORDS[] = { "IDLE", "MOVE", "UIDPLUS", "ACL" };

	out->idle = imap_has(m, "IDLE");
	out->move = imap_has(m, "MOVE");
	out->uidplus = imap_has(m, "UIDPLUS");
	out->offers = "IMAP4rev1";
	for (size_t i = 0; i < ARRAY_LEN(WORDS); i++)
		if (imap_has(m, WORDS[i]))
			probe_offer(a, out, WORDS[i]);
}

/* RFC 4314; NULL where the server does not say. */
static const char *rights_in(struct arena *a, struct imap *m, const char *mailbox)
{
	struct mailimap_acl_myrights_data *r = NULL;
	const char *rights = NULL;
	char words[200];

	if (!imap_has(m, "ACL"))
		return NULL;
	imap_bound(m, 0, IMAP_ANSWER_BYTES);
	if (mailimap_acl_myrights(m->session, mailbox, &r) == MAILIMAP_NO_ERROR && r && r->rights)
		rights = arena_dup(a, server_words(r->rights, words));
	if (r)
		mailimap_acl_myrights_data_free(r);
	return rights;
}

/* Whether \Deleted, or anything, is among the flags that stay. Where the server does
 * not say, all of them do (RFC 3501 §6.3.1). */
static bool may_delete(const struct mailimap_selection_info *info)
{
	if (!info || !info->sel_perm_flags)
		return true;
	for (clistiter *at = clist_begin(info->sel_perm_flags); at; at = clist_next(at)) {
		const struct mailimap_flag_perm *p = clist_content(at);

		if (p->fl_type == MAILIMAP_FLAG_PERM_ALL
		    || (p->fl_flag && p->fl_flag->fl_type == MAILIMAP_FLAG_DELETED))
			return true;
	}
	return false;
}

static int select_it(struct arena *a, struct imap *m, const char *mailbox, struct probe *out)
{
	struct err e = ERR_INIT;

	imap_bound(m, 0, IMAP_ANSWER_BYTES);
	if (mailimap_select(m->session, mailbox) != MAILIMAP_NO_ERROR) {
		imap_fail(m, "opening the mailbox", &e);
		probe_stop(a, out, PROBE_MAILBOX, e.text);
		return -1;
	}
	const struct mailimap_selection_info *info = m->session->imap_selection_info;
	out->waiting = info ? info->sel_exists : 0;
	out->read_only = info && info->sel_perm == MAILIMAP_MAILBOX_READONLY;
	out->deletes = may_delete(info);
	if (!info || !info->sel_uidvalidity) {
		probe_stop(a, out, PROBE_MAILBOX, "it has no UIDVALIDITY: mails there cannot be told apart");
		return -1;
	}
	return 0;
}

/* Whether the folder is there: STATUS opens nothing. */
static bool is_there(struct imap *m, const char *folder)
{
	struct mailimap_status_att_list *what = mailimap_status_att_list_new_empty();
	struct mailimap_mailbox_data_status *status = NULL;

	if (!what || mailimap_status_att_list_add(what, MAILIMAP_STATUS_ATT_MESSAGES) != MAILIMAP_NO_ERROR)
		return false;
	imap_bound(m, 0, IMAP_ANSWER_BYTES);
	int r = mailimap_status(m->session, folder, what, &status);
	mailimap_status_att_list_free(what);
	if (status)
		mailimap_mailbox_data_status_free(status);
	return r == MAILIMAP_NO_ERROR;
}

static void look_at_handled(struct arena *a, struct imap *m, const char *handled, bool make,
                            struct probe *out)
{
	struct err e = ERR_INIT;

	out->handled = PROBE_FOLDER_THERE;
	if (!is_there(m, handled) && !stream_trouble(m->stream)) {
		out->handled = PROBE_FOLDER_ABSENT;
		if (!make)
			return;
		imap_bound(m, 0, IMAP_ANSWER_BYTES);
		if (mailimap_create(m->session, handled) == MAILIMAP_NO_ERROR)
			out->handled = PROBE_FOLDER_MADE;
	}
	if (out->handled == PROBE_FOLDER_ABSENT || stream_trouble(m->stream)) {
		imap_fail(m, "making the folder for handled mail", &e);
		probe_stop(a, out, PROBE_HANDLED, e.text);
		return;
	}
}

static void visit(struct arena *a, struct imap *m, const char *handled, bool make, struct probe *out)
{
	struct err e = ERR_INIT;

	if (imap_greet(m, &e)) {
		enum probe_step step = probe_way(m->seen, m->server.tls != TLS_NONE);
		bool mute = step == PROBE_TLS && m->server.tls == TLS_STARTTLS && !m->heard;

		probe_stop(a, out, mute ? PROBE_GREETING : step, e.text);
		return;
	}
	if (!probe_token(a, &m->server, &m->token, out))
		return;
	out->way = m->known || !m->server.user ? NULL
	           : m->server.auth == AUTH_XOAUTH2 ? "XOAUTH2" : "LOGIN";
	take_offers(a, m, out);
	if (imap_log_in(m, &e)) {
		probe_stop(a, out, PROBE_LOGIN, e.text);
		return;
	}
	take_offers(a, m, out); /* many say more to whom they know */
	/* libetpan asks for no rights once a mailbox is open */
	out->rights = rights_in(a, m, m->mailbox);
	out->handled_rights = rights_in(a, m, handled);
	if (!select_it(a, m, m->mailbox, out))
		look_at_handled(a, m, handled, make, out);
}

void probe_imap(struct arena *a, const struct server *server, const char *mailbox,
                const char *handled, bool make, struct probe *out)
{
	struct stream_seen seen = { .from = INSTANT_NONE, .until = INSTANT_NONE };
	struct imap m = { .seen = &seen, .token = TOKEN_INIT };

	*out = (struct probe){ .step = PROBE_DONE, .from = INSTANT_NONE, .until = INSTANT_NONE,
		.token_date = INSTANT_NONE };
	server_copy(&m.server, server, 993, 143);
	out->port = m.server.port;
	m.mailbox = mem_strdup(mailbox);
	visit(a, &m, handled, make, out);
	probe_take(a, &seen, out);
	imap_release(&m);
}
