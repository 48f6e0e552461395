/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What other people's iTIP makes of ours: libicalss, which sorts the mail of calendar
 * programs, says of each object what it is beside what came before. Nothing of ours
 * is in here, nor is libicalss in what we ship.
 *
 * itip-receiver ADDRESS FILE…   a calendar object per FILE, in the order they came
 *     prints their classes with commas between; what is obsolete or out of sequence
 *     is not taken, as RFC 5546 has it
 */
#include <libical/ical.h>
#include <libical/icalss.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	icalproperty_xlicclass is;
	const char *name;
	bool taken;
} classes[] = {
	{ ICAL_XLICCLASS_PUBLISHNEW, "publish", false },
	{ ICAL_XLICCLASS_PUBLISHUPDATE, "publish-update", false },
	{ ICAL_XLICCLASS_REQUESTNEW, "new", true },
	{ ICAL_XLICCLASS_REQUESTUPDATE, "update", true },
	{ ICAL_XLICCLASS_REQUESTRESCHEDULE, "reschedule", true },
	{ ICAL_XLICCLASS_REQUESTDELEGATE, "delegate", false },
	{ ICAL_XLICCLASS_REQUESTNEWORGANIZER, "new-organizer", false },
	{ ICAL_XLICCLASS_REQUESTFORWARD, "forward", false },
	{ ICAL_XLICCLASS_REQUESTSTATUS, "status", false },
	{ ICAL_XLICCLASS_REPLYACCEPT, "accept", false },
	{ ICAL_XLICCLASS_REPLYDECLINE, "decline", false },
	{ ICAL_XLICCLASS_REPLYDELEGATE, "reply-delegate", false },
	{ ICAL_XLICCLASS_REPLYCRASHERACCEPT, "crasher-accept", false },
	{ ICAL_XLICCLASS_REPLYCRASHERDECLINE, "crasher-decline", false },
	{ ICAL_XLICCLASS_ADDINSTANCE, "add", false },
	{ ICAL_XLICCLASS_CANCELEVENT, "cancel", true },
	{ ICAL_XLICCLASS_CANCELINSTANCE, "cancel-instance", false },
	{ ICAL_XLICCLASS_CANCELALL, "cancel-all", false },
	{ ICAL_XLICCLASS_REFRESH, "refresh-asked", false },
	{ ICAL_XLICCLASS_COUNTER, "counter", false },
	{ ICAL_XLICCLASS_DECLINECOUNTER, "decline-counter", false },
	{ ICAL_XLICCLASS_MALFORMED, "malformed", false },
	{ ICAL_XLICCLASS_OBSOLETE, "obsolete", false },
	{ ICAL_XLICCLASS_MISSEQUENCED, "missequenced", false },
	{ ICAL_XLICCLASS_UNKNOWN, "unknown", false },
};

static char *read_all(const char *path)
{
	FILE *f = fopen(path, "r");
	char *text = NULL;
	size_t n = 0;

	if (!f || getdelim(&text, &n, '\0', f) < 0) {
		fprintf(stderr, "itip-receiver: cannot read %s\n", path);
		exit(2);
	}
	fclose(f);
	return text;
}

static size_t class_of(icalcomponent *c, icalcomponent *had, const char *user)
{
	icalproperty_xlicclass is = icalclassify(c, had, user);
	size_t n = sizeof(classes) / sizeof(*classes), i = 0;

	while (i + 1 < n && classes[i].is != is)
		i++;
	return i;
}

int main(int argc, char **argv)
{
	icalcomponent *has = NULL;

	if (argc < 3)
		return 2;
	for (int i = 2; i < argc; i++) {
		char *text = read_all(argv[i]);
		icalcomponent *c = icalparser_parse_string(text);

		free(text);
		if (!c)
			return 2;
		size_t k = class_of(c, has, argv[1]);
		printf("%s%s", i > 2 ? "," : "", classes[k].name);
		if (classes[k].taken) {
			if (has)
				icalcomponent_free(has);
			has = c;
		} else {
			icalcomponent_free(c);
		}
	}
	putchar('\n');
	if (has)
		icalcomponent_free(has);
	return 0;
}
