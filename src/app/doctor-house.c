/* SPDX-License-Identifier: EUPL-1.2 */
/* doctor: what is ours and on this machine. */
#include <config.h>

#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/courier.h"
#include "app/files.h"
#include "app/letter.h"
#include "app/reader.h"
#include "app/templates.h"
#include "core/address.h"
#include "doctor.h"
#include "store/health.h"

/* How it is with the file, which was read into the configuration or not. */
static enum doctor_kind configuration(const char *file, bool was_read)
{
	struct stat st;
	bool there = stat(file, &st) == 0;

	if (file_exists(file) && access(file, R_OK) != 0)
		return DOCTOR_CONFIG_UNREADABLE;
	if (!was_read)
		return there && S_ISREG(st.st_mode) ? DOCTOR_CONFIG_BROKEN : DOCTOR_CONFIG_MISSING;
	if (!there)
		return DOCTOR_CONFIG_ABSENT;
	return st.st_mode & S_IWOTH ? DOCTOR_CONFIG_OPEN
	       : st.st_mode & S_IWGRP ? DOCTOR_CONFIG_GROUP : DOCTOR_CONFIG_READ;
}

void doctor_configuration(struct doctor *d)
{
	const char *file = d->o->config ? d->o->config : SYSCONFDIR "/oversyn/oversyn.conf";
	struct err e = ERR_INIT;

	d->configured = !config_read(d->o->config, d->o->db, &d->config, &e);
	enum doctor_kind kind = configuration(file, d->configured);
	doctor_say(d, doctor_line(.check = DOCTOR_CONFIGURATION, .kind = kind,
	                          .name = kind == DOCTOR_CONFIG_BROKEN ? NULL : file,
	                          .said = d->configured ? NULL : e.text));
}

/* ---- limits ---- */

static void reader(struct doctor *d)
{
	struct err e = ERR_INIT;
	struct reader *reader;

	if (reader_start(&reader, &e)) {
		doctor_say(d, doctor_line(.check = DOCTOR_READER, .kind = DOCTOR_READER_BROKEN, .said = e.text));
		return;
	}
	reader_stop(reader);
	doctor_say(d, doctor_line(.check = DOCTOR_READER, .kind = DOCTOR_READER_CONFINED));
}

static void courier(struct doctor *d)
{
	struct err e = ERR_INIT;
	struct courier *courier;
	struct sender *out;
	struct receiver *in;

	courier_new(-1, &courier);
	bool bad = courier_open(courier, NULL, NULL, NULL, &out, &in, &e) != 0;
	courier_free(courier);
	doctor_say(d, doctor_line(.check = DOCTOR_COURIER,
	                          .kind = bad ? DOCTOR_COURIER_BROKEN : DOCTOR_COURIER_CONFINED,
	                          .said = bad ? e.text : NULL));
}

void doctor_limits(struct doctor *d)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) == 0)
		doctor_say(d, doctor_line(.check = DOCTOR_FILES, .kind = doctor_files(files.rlim_cur),
		                          .n = (int64_t)files.rlim_cur));
	reader(d);
	courier(d);
}

/* ---- database ---- */

static const char *folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	return !slash ? "." : slash == path ? "/" : arena_dupn(a, path, (size_t)(slash - path));
}

static void room(struct doctor *d, uint64_t bytes)
{
	struct statvfs fs;

	if (statvfs(folder_of(&d->arena, d->config.database), &fs))
		return;
	uint64_t free = (uint64_t)fs.f_bavail * fs.f_frsize;
	doctor_say(d, doctor_line(.check = DOCTOR_DISK, .kind = doctor_disk(free, bytes),
	                          .n = (int64_t)(free >> 20), .most = (int64_t)(bytes >> 20)));
}

static enum doctor_kind rights(struct doctor *d)
{
	const char *path = d->config.database;
	struct stat st;

	if (access(path, R_OK | W_OK) || access(folder_of(&d->arena, path), W_OK | X_OK))
		return DOCTOR_DATABASE_FIXED;
	return stat(path, &st) == 0 && (st.st_mode & S_IROTH) ? DOCTOR_DATABASE_OPEN : DOCTOR_DATABASE_WELL;
}

void doctor_database(struct doctor *d)
{
	struct store_health health;
	struct err e = ERR_INIT;

	if (!d->configured) {
		doctor_after(d, DOOR_NONE, DOCTOR_DATABASE, DOOR_NONE, DOCTOR_CONFIGURATION);
		return;
	}
	if (store_open(d->config.database, STORE_READ, &d->store, &e) || store_health(d->store, &d->arena, &health, &e)) {
		doctor_say(d, doctor_line(.check = DOCTOR_DATABASE, .kind = DOCTOR_DATABASE_BROKEN, .said = e.text));
		if (d->store)
			store_close(d->store);
		d->store = NULL;
		return;
	}
	doctor_say(d, doctor_line(.check = DOCTOR_DATABASE, .kind = rights(d), .name = d->config.database,
	                          .n = health.schema, .most = (int64_t)(health.bytes >> 10)));
	room(d, health.bytes);
	doctor_say(d, doctor_line(.check = DOCTOR_PASS, .name = health.shut,
	                          .kind = health.shut ? DOCTOR_PASS_SHUT
	                                  : health.pass_runs ? DOCTOR_PASS_RUNS : DOCTOR_PASS_NONE));
}

/* ---- the register's settings ---- */

static bool lacks(struct doctor *d, const char *value, const char *key)
{
	if (value)
		return false;
	doctor_say(d, doctor_line(.check = DOCTOR_REGISTER, .kind = DOCTOR_REGISTER_LACKS, .name = key));
	return true;
}

static bool misspelt(struct doctor *d, const char *address, const char *key)
{
	struct err e = ERR_INIT;

	if (!address || !address_check(address, &e))
		return false;
	doctor_say(d, doctor_line(.check = DOCTOR_REGISTER, .kind = DOCTOR_REGISTER_ADDRESS, .name = key,
	                          .said = e.text));
	return true;
}

void doctor_register(struct doctor *d)
{
	const struct settings *s = &d->registry.settings;
	struct err e = ERR_INIT;

	if (!d->store) {
		doctor_after(d, DOOR_NONE, DOCTOR_REGISTER, DOOR_NONE,
		             d->configured ? DOCTOR_DATABASE : DOCTOR_CONFIGURATION);
		return;
	}
	if (store_load_settings(d->store, &d->registry, &e)) {
		doctor_say(d, doctor_line(.check = DOCTOR_REGISTER, .kind = DOCTOR_REGISTER_BROKEN, .said = e.text));
		return;
	}
	bool bad = lacks(d, s->name, "namn");
	bad |= lacks(d, s->domain, "e-postdomän");
	bad |= lacks(d, s->address, "funktionsbrevlåda_påminnelser");
	bad |= misspelt(d, s->address, "funktionsbrevlåda_påminnelser");
	bad |= misspelt(d, s->deficiency_address, "funktionsbrevlåda_brister");
	d->registered = !bad;
	if (bad)
		return;
	const char *at = strchr(s->address, '@');
	bool home = at && !strcasecmp(at + 1, s->domain);
	doctor_say(d, doctor_line(.check = DOCTOR_REGISTER,
	                          .kind = home ? DOCTOR_REGISTER_SET : DOCTOR_REGISTER_ELSEWHERE,
	                          .name = home ? s->name : s->address, .other = home ? s->address : s->domain));
}

/* ---- templates ---- */

static void keep_first(void *to, const struct err *found)
{
	struct err *e = to;

	if (e->kind == ERR_NONE)
		*e = *found;
}

void doctor_templates(struct doctor *d)
{
	struct err first = ERR_INIT;
	struct tset sample;

	if (!d->configured) {
		doctor_after(d, DOOR_NONE, DOCTOR_TEMPLATES, DOOR_NONE, DOCTOR_CONFIGURATION);
		return;
	}
	letter_sample_values(&d->arena, &sample);
	size_t bad = templates_check(d->config.templates, &sample, keep_first, &first);
	doctor_say(d, doctor_line(.check = DOCTOR_TEMPLATES,
	                          .kind = bad ? DOCTOR_TEMPLATES_BROKEN : DOCTOR_TEMPLATES_WELL,
	                          .n = (int64_t)(bad ? bad : template_count), .said = bad ? first.text : NULL));
}

/* ---- the name server, where signatures are checked here ---- */

void doctor_resolver(struct doctor *d)
{
	struct dns_answer answer;
	struct courier *courier;

	if (!d->configured || d->config.profile != AUTH_DKIM)
		return;
	if (!d->registered) {
		doctor_after(d, DOOR_NONE, DOCTOR_RESOLVER, DOOR_NONE, DOCTOR_REGISTER);
		return;
	}
	const char *domain = d->registry.settings.domain;
	courier_new(-1, &courier);
	courier_dns_txt(courier, &d->arena, d->config.resolver, DNS_SECONDS, domain, &answer);
	courier_free(courier);
	doctor_say(d, doctor_line(.check = DOCTOR_RESOLVER,
	                          .kind = answer.verdict == DNS_FAILED ? DOCTOR_RESOLVER_MUTE
	                                                               : DOCTOR_RESOLVER_ANSWERS,
	                          .name = domain, .said = answer.why));
}
