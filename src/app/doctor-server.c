/* SPDX-License-Identifier: EUPL-1.2 */
/* doctor: the mail servers, out and in. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/courier.h"
#include "doctor.h"

/* One visit, and what is said of it. */
struct visit {
	struct doctor *d;
	enum doctor_door door;
	const struct mail_door *way;
	const struct probe *p;
	bool secret; /* it could be read */
	instant before, after; /* our clock around it */
	enum doctor_check stopped; /* what kept it from going on */
};

static void say(struct visit *v, enum doctor_check check, enum doctor_kind kind, const char *name,
                const char *other, int64_t n, int64_t most)
{
	bool fault = doctor_status_of(kind) == STATUS_FAULT;

	if (fault)
		v->stopped = check;
	doctor_say(v->d, doctor_line(.door = v->door, .check = check, .kind = kind, .name = name,
	                             .other = other, .said = fault ? v->p->why : NULL, .n = n, .most = most));
}

static void after(struct visit *v, enum doctor_check check)
{
	doctor_after(v->d, v->door, check, v->door, v->stopped);
}

/* Whether the visit came beyond `step`; if not, it says so of the check. */
static bool beyond(struct visit *v, enum probe_step step, enum doctor_check check,
                   enum doctor_kind failed, const char *name)
{
	if (v->p->step == step)
		say(v, check, failed, name, NULL, 0, 0);
	else if (v->p->step < step)
		after(v, check);
	return v->p->step > step;
}

static void certificate(struct visit *v)
{
	static const enum doctor_kind kinds[] = {
		[PROBE_CERT_OTHER_NAME] = DOCTOR_CERT_NAME, [PROBE_CERT_EXPIRED] = DOCTOR_CERT_EXPIRED,
		[PROBE_CERT_EARLY] = DOCTOR_CERT_EARLY, [PROBE_CERT_UNTRUSTED] = DOCTOR_CERT_UNTRUSTED,
		[PROBE_CERT_UNPINNED] = DOCTOR_CERT_UNPINNED, [PROBE_CERT_REFUSED] = DOCTOR_CERT_REFUSED,
	};
	const struct probe *p = v->p;
	instant shown = p->certificate == PROBE_CERT_EARLY ? p->from : p->until;
	int64_t days = 0;
	enum doctor_kind kind = p->certificate == PROBE_CERT_GOOD
	                        ? doctor_certificate(doctor_now(v->d), p->until, &days) : kinds[p->certificate];

	if (doctor_status_of(kind) == STATUS_FAULT)
		v->stopped = DOCTOR_CERTIFICATE;
	doctor_say(v->d, doctor_line(.door = v->door, .check = DOCTOR_CERTIFICATE, .kind = kind,
	                             .name = v->way->server.host,
	                             .other = kind == DOCTOR_CERT_NAME ? p->names : p->issuer,
	                             .said = p->certificate == PROBE_CERT_GOOD ? NULL : p->why,
	                             .n = days, .day = shown == INSTANT_NONE ? DAY_NONE : zone_wall(shown).day));
}

static void tls(struct visit *v)
{
	const struct probe *p = v->p;

	if (p->step <= PROBE_CONNECT) {
		after(v, DOCTOR_TLS);
	} else if (v->way->server.tls == TLS_NONE) {
		say(v, DOCTOR_TLS, DOCTOR_TLS_LOOPBACK, NULL, NULL, 0, 0);
	} else if (p->certificate != PROBE_CERT_UNSEEN) {
		say(v, DOCTOR_TLS, DOCTOR_TLS_SPOKEN, NULL, p->tls, 0, 0);
		certificate(v);
	} else if (p->step == PROBE_TLS) {
		say(v, DOCTOR_TLS, DOCTOR_TLS_FAILED, NULL, NULL, 0, 0);
	} else {
		v->stopped = DOCTOR_OFFERS; /* it never came to STARTTLS */
		after(v, DOCTOR_TLS);
	}
}

static void way_there(struct visit *v)
{
	const struct probe *p = v->p;
	const char *host = v->way->server.host;

	if (beyond(v, PROBE_NAME, DOCTOR_NAME, DOCTOR_NAME_UNKNOWN, host))
		say(v, DOCTOR_NAME, DOCTOR_NAME_FOUND, host, p->addresses, p->ipv4, p->ipv6);
	if (beyond(v, PROBE_CONNECT, DOCTOR_CONNECTION, DOCTOR_NOT_CONNECTED, host))
		say(v, DOCTOR_CONNECTION, DOCTOR_CONNECTED, host, p->address, p->port, 0);
	tls(v);
}

/* Many an IMAP server says more to whom it knows: what it lacks is judged after the login. */
static enum doctor_kind offered(const struct visit *v)
{
	const struct probe *p = v->p;

	if (v->door == DOOR_OUT)
		return p->dsn ? DOCTOR_SPOKEN : DOCTOR_NO_DSN;
	if (!v->secret || p->step <= PROBE_LOGIN)
		return DOCTOR_SPOKEN;
	return p->offers && !p->move && !p->uidplus ? DOCTOR_NO_UIDPLUS
	       : p->idle ? DOCTOR_SPOKEN : DOCTOR_NO_IDLE;
}

static void offers(struct visit *v)
{
	const struct probe *p = v->p;

	if (!beyond(v, PROBE_GREETING, DOCTOR_OFFERS, DOCTOR_NOT_SPOKEN, v->way->server.host))
		return;
	say(v, DOCTOR_OFFERS, offered(v), v->way->server.host, p->offers && *p->offers ? p->offers : NULL, 0, 0);
}

static void login(struct visit *v)
{
	const struct server *s = &v->way->server;
	const struct probe *p = v->p;

	if (s->token_url && v->secret) {
		if (beyond(v, PROBE_TOKEN, DOCTOR_TOKEN, DOCTOR_TOKEN_FAILED, s->token_url))
			say(v, DOCTOR_TOKEN, doctor_token(p->token_s), s->token_url, NULL, p->token_s / 60, 0);
		if (p->token_date != INSTANT_NONE)
			doctor_clock_line(v->d, v->door, DOCTOR_TOKEN_CLOCK, s->token_url, p->token_date, v->before,
			                  v->after);
	}
	if (!v->secret && p->step > PROBE_GREETING)
		doctor_after(v->d, v->door, DOCTOR_LOGIN, v->door, DOCTOR_SECRET);
	else if (beyond(v, PROBE_LOGIN, DOCTOR_LOGIN, DOCTOR_LOGIN_FAILED, s->user))
		say(v, DOCTOR_LOGIN, p->way ? DOCTOR_LOGGED_IN : DOCTOR_LOGIN_NONE, s->user, p->way, 0, 0);
}

static enum doctor_kind secret_fault(const struct mail_door *way)
{
	struct stat st;

	if (!way->password_file)
		return DOCTOR_SECRET_BROKEN;
	if (stat(way->password_file, &st) || access(way->password_file, R_OK))
		return DOCTOR_SECRET_ABSENT;
	return st.st_mode & (S_IRWXG | S_IRWXO) ? DOCTOR_SECRET_OPEN : DOCTOR_SECRET_BROKEN;
}

static bool secret(struct doctor *d, enum doctor_door door)
{
	struct mail_door *way = doctor_door(d, door);
	struct err e = ERR_INIT;

	if (!way->password_file && !way->password_credential && !way->password_command)
		return true;
	bool bad = config_password(&d->config, way, &e) != 0;
	doctor_say(d, doctor_line(.door = door, .check = DOCTOR_SECRET,
	                          .kind = bad ? secret_fault(way) : DOCTOR_SECRET_READ,
	                          .name = way->password_file ? way->password_file
	                                  : way->password_credential ? way->password_credential
	                                  : way->password_command[0],
	                          .said = bad ? e.text : NULL));
	return !bad;
}

/* The visit itself, by the courier. False: there was none, and it has said so. */
static bool pay(struct visit *v, const char *helo, struct probe *p)
{
	struct doctor *d = v->d;
	struct mail_door way = *v->way;
	bool in = v->door == DOOR_IN;
	struct err e = ERR_INIT;
	struct courier *courier;
	struct sender *sender;
	struct receiver *receiver;

	if (!v->secret) /* what comes before the login is worth knowing all the same */
		way.server.user = way.server.password = way.server.token_url = NULL;
	v->before = doctor_now(d);
	courier_new(-1, &courier);
	int bad = courier_open(courier, in ? NULL : &way, helo, in ? &way : NULL, &sender, &receiver, &e);
	if (!bad)
		bad = courier_probe(courier, &d->arena, in, !d->o->no_mail, p, &e);
	courier_free(courier);
	v->after = doctor_now(d);
	v->p = p;
	if (bad)
		doctor_say(d, doctor_line(.door = v->door, .check = DOCTOR_CONNECTION, .kind = DOCTOR_NOT_CONNECTED,
		                          .said = e.text));
	return !bad;
}

static void size(struct visit *v)
{
	int64_t ours = (int64_t)(doctor_letter_size() >> 10);

	if (v->p->step > PROBE_GREETING)
		say(v, DOCTOR_SIZE, doctor_size(v->p->size_most), NULL, NULL, (int64_t)(v->p->size_most >> 10), ours);
	else
		after(v, DOCTOR_SIZE);
}

void doctor_smtp(struct doctor *d)
{
	const struct mail_door *way = &d->config.out;
	const char *helo = d->config.helo ? d->config.helo : d->registry.settings.domain;
	struct visit v = { .d = d, .door = DOOR_OUT, .way = way, .secret = secret(d, DOOR_OUT) };
	struct probe p;

	if (!pay(&v, helo, &p))
		return;
	way_there(&v);
	offers(&v);
	login(&v);
	size(&v);
}

/* ---- IMAP ---- */

static void folder_rights(struct visit *v)
{
	const struct probe *p = v->p;
	char lacking[16];
	const char *where = v->way->mailbox;

	if (p->step <= PROBE_MAILBOX || (p->read_only && !p->rights)) {
		after(v, DOCTOR_RIGHTS);
		return;
	}
	if (p->rights)
		doctor_lacking(p->rights, false, lacking);
	else
		strcpy(lacking, p->move || p->deletes ? "" : "\\Deleted");
	if (!*lacking && p->handled_rights && *doctor_lacking(p->handled_rights, true, lacking))
		where = v->way->handled;
	if (*lacking)
		say(v, DOCTOR_RIGHTS, DOCTOR_RIGHTS_LACK, where, lacking, 0, 0);
	else
		say(v, DOCTOR_RIGHTS, p->rights ? DOCTOR_RIGHTS_ENOUGH : DOCTOR_RIGHTS_UNSAID, where, p->rights, 0, 0);
}

static void folders(struct visit *v)
{
	static const enum doctor_kind made[] = {
		[PROBE_FOLDER_UNSEEN] = DOCTOR_HANDLED_FAILED, [PROBE_FOLDER_THERE] = DOCTOR_HANDLED_THERE,
		[PROBE_FOLDER_MADE] = DOCTOR_HANDLED_MADE, [PROBE_FOLDER_ABSENT] = DOCTOR_HANDLED_ABSENT,
	};
	const struct probe *p = v->p;

	if (beyond(v, PROBE_MAILBOX, DOCTOR_MAILBOX, DOCTOR_MAILBOX_CLOSED, v->way->mailbox))
		say(v, DOCTOR_MAILBOX, p->read_only ? DOCTOR_MAILBOX_FIXED : DOCTOR_MAILBOX_OPENS, v->way->mailbox,
		    NULL, 0, 0);
	folder_rights(v);
	if (beyond(v, PROBE_HANDLED, DOCTOR_HANDLED, DOCTOR_HANDLED_FAILED, v->way->handled))
		say(v, DOCTOR_HANDLED, made[p->handled], v->way->handled, NULL, 0, 0);
	if (p->step > PROBE_MAILBOX)
		say(v, DOCTOR_WAITING, doctor_waiting(p->waiting), NULL, NULL, p->waiting, 0);
}

void doctor_imap(struct doctor *d)
{
	const struct mail_door *way = &d->config.in;
	struct visit v = { .d = d, .door = DOOR_IN, .way = way, .secret = secret(d, DOOR_IN) };
	struct probe p;

	if (!pay(&v, NULL, &p))
		return;
	way_there(&v);
	offers(&v);
	login(&v);
	if (v.secret)
		folders(&v);
	else
		doctor_after(d, DOOR_IN, DOCTOR_MAILBOX, DOOR_IN, DOCTOR_SECRET);
}

/* ---- both doors ---- */

void doctor_clock_line(struct doctor *d, enum doctor_door door, enum doctor_check check,
                       const char *name, instant told, instant from, instant to)
{
	int64_t by = doctor_clock_error(told, from, to);

	doctor_say(d, doctor_line(.door = door, .check = check, .kind = doctor_clock(by), .name = name, .n = by));
}

void doctor_out(struct doctor *d)
{
	const struct mail_door *out = &d->config.out;

	if (!d->configured) {
		doctor_after(d, DOOR_OUT, DOCTOR_CONNECTION, DOOR_NONE, DOCTOR_CONFIGURATION);
		return;
	}
	if (out->kind == TRANSPORT_MAILDIR)
		doctor_folder(d, DOOR_OUT, out->maildir);
	else if (out->kind == TRANSPORT_SENDMAIL)
		doctor_program(d, out->sendmail);
	else
		doctor_smtp(d);
	bool bounded = out->throttle.per_minute || out->throttle.per_day;
	doctor_say(d, doctor_line(.door = DOOR_OUT, .check = DOCTOR_THROTTLE,
	                          .kind = bounded ? DOCTOR_THROTTLED : DOCTOR_UNTHROTTLED,
	                          .n = out->throttle.per_minute, .most = out->throttle.per_day));
}

void doctor_in(struct doctor *d)
{
	if (!d->configured)
		doctor_after(d, DOOR_IN, DOCTOR_CONNECTION, DOOR_NONE, DOCTOR_CONFIGURATION);
	else if (d->config.in.kind == TRANSPORT_MAILDIR)
		doctor_folder(d, DOOR_IN, d->config.in.maildir);
	else
		doctor_imap(d);
}
