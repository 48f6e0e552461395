/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>

#include "doctor.h"
#include "view/doctor.h"

void doctor_say(struct doctor *d, struct doctor_line line)
{
	struct buf out AUTO(buf_release) = BUF_INIT;

	if (!line.day)
		line.day = DAY_NONE;
	if (doctor_status_of(line.kind) == STATUS_FAULT) {
		d->faults++;
		if (!d->door[line.door].faulty)
			d->door[line.door].check = line.check;
		d->door[line.door].faulty = true;
	}
	if (d->o->json)
		view_doctor_json(&line, d->o->lang, &out);
	else
		view_doctor(&line, d->o->lang, &out);
	fputs(out.data, stdout);
	fflush(stdout); /* some of it takes its time */
}

void doctor_after(struct doctor *d, enum doctor_door door, enum doctor_check check,
                  enum doctor_door after_door, enum doctor_check after)
{
	doctor_say(d, doctor_line(.door = door, .check = check, .kind = DOCTOR_AFTER,
	                          .after_door = after_door, .after = after));
}

instant doctor_now(const struct doctor *d)
{
	return d->o->now + (net_now_ms(NULL) - d->started) / 1000;
}

struct mail_door *doctor_door(struct doctor *d, enum doctor_door door)
{
	return door == DOOR_OUT ? &d->config.out : &d->config.in;
}

/* What each stage is without: it says so itself where it cannot be tried. */
static void (*const stages[])(struct doctor *d) = {
	doctor_configuration, doctor_limits, doctor_database, doctor_register, doctor_templates,
	doctor_out, doctor_in, doctor_resolver, doctor_self,
};

int command_doctor(const struct options *o, struct err *e)
{
	struct doctor d = { .o = o, .arena = ARENA_INIT, .started = net_now_ms(NULL) };

	registry_init(&d.registry);
	for (size_t i = 0; i < ARRAY_LEN(stages); i++)
		stages[i](&d);
	if (d.store)
		store_close(d.store);
	registry_release(&d.registry);
	if (d.configured)
		config_release(&d.config);
	arena_release(&d.arena);
	return d.faults ? err_set(e, ERR_FOUND, d.faults == 1 ? "%zu fault" : "%zu faults", d.faults) : 0;
}
