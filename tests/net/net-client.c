/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A hand on src/net/ for shell tests:
 *
 *	net-client fetch LIMIT [done]      prints each mail; `done` puts it away
 *	net-client done UIDVALIDITY UID
 *	net-client wait SECONDS LIMIT      fetches, waits for mail, fetches again
 *	net-client send FROM FILE TO...    one connection, one mail per TO
 *	net-client many FROM FILE TO...    these mails, all at once, over as many
 *	                                   connections as NET_CONNECTIONS says
 *	net-client give FROM FILE TO...    the same by the program NET_SENDMAIL
 *
 * The server stands in the environment: NET_HOST, NET_PORT, NET_TLS (tls,
 * starttls, none), NET_CA, NET_PIN, NET_AUTH, NET_USER, NET_PASSWORD, NET_TIMEOUT, NET_MAILBOX,
 * NET_CONNECTIONS, NET_HANDLED, NET_HELO, NET_MESSAGE_ID. NET_MEANWHILE is a shell command that is
 * run once, when the first mail has been read. What was fetched ends with the peak
 * of this process's memory.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/buf.h"
#include "core/address.h"
#include "net/transport.h"

static const char *env(const char *name, const char *otherwise)
{
	const char *value = getenv(name);

	return value && *value ? value : otherwise;
}

static struct server server(void)
{
	const char *tls = env("NET_TLS", "tls");

	return (struct server){
		.host = env("NET_HOST", "localhost"),
		.port = (uint16_t)atoi(env("NET_PORT", "0")),
		.tls = !strcmp(tls, "none") ? TLS_NONE : !strcmp(tls, "starttls") ? TLS_STARTTLS :
			TLS_IMPLICIT,
		.ca_file = env("NET_CA", NULL),
		.pin = env("NET_PIN", NULL),
		.auth = auth_way_of(env("NET_AUTH", "auto")),
		.user = env("NET_USER", NULL),
		.password = env("NET_PASSWORD", NULL),
		.timeout_s = atoi(env("NET_TIMEOUT", "5")),
		.connections = atoi(env("NET_CONNECTIONS", "0")),
	};
}

static int complain(const struct err *e)
{
	printf("error %d: %s\n", (int)e->kind, e->text);
	return (int)e->kind;
}

struct taking {
	struct receiver *r;
	bool done;
};

static int take(void *ctx, const struct fetched *m, struct err *e)
{
	struct taking *t = ctx;

	printf("mail %s %u %u received=%lld len=%zu%s\n", m->source, m->uidvalidity, m->uid,
	       (long long)m->received, m->len, m->cut ? " cut" : "");
	fwrite(m->bytes, 1, m->len, stdout);
	printf("\n--end--\n");
	fflush(stdout);
	if (getenv("NET_MEANWHILE") && system(getenv("NET_MEANWHILE")))
		return err_set(e, ERR_FOUND, "NET_MEANWHILE failed");
	unsetenv("NET_MEANWHILE");
	return t->done ? receiver_done(t->r, m->uidvalidity, m->uid, m->name, e) : 0;
}

static int fetch(struct taking *t, const char *limit, struct err *e)
{
	struct rusage used;
	int bad = receiver_fetch(t->r, (size_t)strtoul(limit, NULL, 10), take, t, e);

	getrusage(RUSAGE_SELF, &used);
	printf("peak %ld\n", used.ru_maxrss);
	fflush(stdout);
	return bad;
}

/* An event loop, with nothing else in it. 1: look; 0: time is up. */
static int wait_for_mail(struct receiver *r, int seconds, struct err *e)
{
	int64_t until = net_now_ms(NULL) + seconds * INT64_C(1000);

	for (int64_t now; (now = net_now_ms(NULL)) < until; ) {
		struct watch w;
		int look = receiver_watch(r, now, &w, e);
		if (look)
			return look;
		struct pollfd p = { .fd = w.fd, .events = POLLIN };
		int64_t at = w.until < until ? w.until : until;
		printf("%s\n", w.fd < 0 ? "by the clock" : "listening");
		fflush(stdout);
		poll(&p, 1, (int)(at - now));
	}
	return 0;
}

static int wait_and_fetch(struct taking *t, char **argv, struct err *e)
{
	if (fetch(t, argv[3], e))
		return -1;
	int look = wait_for_mail(t->r, atoi(argv[2]), e);
	if (look < 0)
		return -1;
	printf("%s\n", look ? "look" : "time is up");
	return look ? fetch(t, argv[3], e) : 0;
}

static int receive(int argc, char **argv)
{
	struct server s = server();
	struct err e = ERR_INIT;
	struct taking t = { 0 };
	int bad;

	if (receiver_imap(&s, env("NET_MAILBOX", "INBOX"), env("NET_HANDLED", "Handled"), &t.r, &e))
		return complain(&e);
	if (!strcmp(argv[1], "fetch")) {
		t.done = argc > 3;
		bad = fetch(&t, argv[2], &e);
	} else if (!strcmp(argv[1], "wait")) {
		bad = wait_and_fetch(&t, argv, &e);
	} else {
		bad = receiver_done(t.r, (uint32_t)strtoul(argv[2], NULL, 10),
		                    (uint32_t)strtoul(argv[3], NULL, 10), NULL, &e);
	}
	receiver_free(t.r);
	return bad ? complain(&e) : 0;
}

static void slurp(const char *path, struct buf *out)
{
	char piece[4096];
	size_t n;
	FILE *f = fopen(path, "rb");

	if (!f) {
		perror(path);
		exit(2);
	}
	while ((n = fread(piece, 1, sizeof(piece), f)) > 0)
		buf_add(out, piece, n);
	fclose(f);
}

static int print_result(void *ctx, size_t i, const struct submit_result *r)
{
	char **to = ctx;

	printf("%s %s: %s\n", to[i], submit_verdict_name(r->verdict), r->answer);
	return r->verdict == SUBMIT_HELD || r->verdict == SUBMIT_BUSY;
}

static void send_at_once(struct sender *sender, int argc, char **argv, const struct buf *bytes)
{
	size_t n = (size_t)argc - 4;
	struct submission *m = calloc(n, sizeof(*m));

	if (!m)
		exit(2);
	for (size_t i = 0; i < n; i++)
		m[i] = (struct submission){ .from = argv[2], .to = argv[4 + i], .bytes = bytes->data,
			.len = bytes->len, .message_id = env("NET_MESSAGE_ID", NULL) };
	sender_submit_many(sender, m, n, print_result, argv + 4);
	free(m);
}

static int send_mails(int argc, char **argv)
{
	struct server s = server();
	struct err e = ERR_INIT;
	struct sender *sender;
	struct buf bytes AUTO(buf_release) = BUF_INIT;

	if (!strcmp(argv[1], "give") ? sender_sendmail(env("NET_SENDMAIL", NULL), NULL, &sender, &e)
	    : sender_smtp(&s, env("NET_HELO", "client.example"), &sender, &e))
		return complain(&e);
	slurp(argv[3], &bytes);
	bool many = !strcmp(argv[1], "many");
	if (many)
		send_at_once(sender, argc, argv, &bytes);
	for (int i = 4; !many && i < argc; i++) {
		struct submit_result r;
		sender_submit(sender, argv[2], argv[i], bytes.data, bytes.len, env("NET_MESSAGE_ID", NULL), &r);
		printf("%s %s: %s\n", argv[i], submit_verdict_name(r.verdict), r.answer);
	}
	sender_free(sender);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc >= 3 && !strcmp(argv[1], "fetch"))
		return receive(argc, argv);
	if (argc == 4 && (!strcmp(argv[1], "done") || !strcmp(argv[1], "wait")))
		return receive(argc, argv);
	if (argc >= 5 && (!strcmp(argv[1], "send") || !strcmp(argv[1], "many") || !strcmp(argv[1], "give")))
		return send_mails(argc, argv);
	fprintf(stderr, "usage: see the head of tests/net/net-client.c\n");
	return 2;
}
