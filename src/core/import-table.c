/* SPDX-License-Identifier: EUPL-1.2 */
#include "import-internal.h"

/*
 * The columns of every register: to add one, add its line here. Names are
 * folded (lower case, NFC), as they are compared. `anm` is a free note and
 * may be left out everywhere.
 */
#define TO(member) offsetof(struct row, member)
#define MUST(name, cell, member) {name, true, CELL_##cell, TO(member)}
#define MAY(name, cell, member) {name, false, CELL_##cell, TO(member)}
#define UNUSED(name) {name, false, CELL_UNUSED, 0}

/* What every register may say of its rows. */
#define ITEM_MAY \
	MAY("ersätter", TEXT, item.replaces), \
	MAY("granskat", FACT, reviewed), \
	MAY("reviderat", FACT, item.revised), \
	MAY("giltig_från", FACT, item.valid_from), \
	MAY("namn_skyddat", YESNO, hidden), \
	MAY("godkänns_av", LIST, list), \
	MAY("kvorum", TEXT, word), \
	MAY("författare", REF, item.author), \
	MAY("status", TEXT, status), \
	MAY("anm", TEXT, item.note)

#define OTHER_MAY \
	UNUSED("ersätter"), UNUSED("granskat"), UNUSED("reviderat"), UNUSED("namn_skyddat")

static const struct column town[] = {
	MUST("nyckel", NAME, key),
	MUST("värde", TEXT, value),
	UNUSED("anm"),
};

static const struct column bodies[] = {
	MUST("namnd_id", ID, body.id),
	MUST("namn", NAME, body.name),
	MUST("slag", NAME, word),
	MAY("diarieprefix", TEXT, body.prefix),
	MAY("förvaltning", REF, body.unit),
	MAY("ordförande", ADDRESS, body.chair),
	MAY("nämndsekreterare", ADDRESS, body.secretary),
	MAY("mandat_från", DATE, body.term_from),
	MAY("mandat_till", DATE, body.term_to),
	MAY("uppgår_i", REF, body.successor),
	MAY("upphör", DATE, body.ceases),
	MAY("stopp_dagar", COUNT, body.stop_days),
	MAY("antal_ledamöter", COUNT, count),
	MAY("antal_ersättare", COUNT, count),
	MAY("möten_*", COUNT, count),
	MAY("anm", TEXT, body.note),
	UNUSED("giltig_från"),
	OTHER_MAY,
};

static const struct column units[] = {
	MUST("förvaltning_id", ID, unit.id),
	MUST("namn", NAME, unit.name),
	MAY("chef_titel", TEXT, unit.head_title),
	MAY("chef_epost", ADDRESS, unit.head_address),
	MAY("betjänar_nämnder", LIST, list),
	MAY("anställda", COUNT, count),
	MAY("chefer", COUNT, count),
	UNUSED("anm"),
	UNUSED("giltig_från"),
	OTHER_MAY,
};

static const struct column roles[] = {
	MUST("roll_id", ID, role.id),
	MUST("titel", NAME, role.title),
	MUST("e-post", REACHED, role.address),
	MUST("organisation", REF, role.org),
	MAY("överordnad", REF, role.superior),
	MAY("ersättare", REF, role.deputy),
	MAY("alias", ADDRESSES, role.alias),
	MAY("slag", TEXT, word),
	MAY("giltig_från", DATE, role.from),
	MAY("giltig_till", DATE, role.to),
	MAY("frånvarande_från", DATE, absence.from),
	MAY("frånvarande_till", DATE, absence.to),
	MAY("anm", TEXT, role.note),
	OTHER_MAY,
};

static const struct column assets[] = {
	MUST("tillgång_id", ID, item.id),
	MUST("namn", NAME, item.title),
	MUST("nämnd", BODY, item.body),
	MAY("slag", TEXT, item.subkind),
	MAY("k", LEVEL, item.levels[0]),
	MAY("r", LEVEL, item.levels[1]),
	MAY("t", LEVEL, item.levels[2]),
	MAY("personuppgifter", YESNO, yes),
	MAY("känsliga_pu", YESNO, yes),
	MAY("samhällsviktig", YESNO, yes),
	MAY("informationsägare", REF, owner),
	MAY("systemägare", REF, system_owner),
	MAY("systemförvaltare", REF, system_manager),
	MAY("senast_klassad", FACT, item.classified),
	MAY("senast_genomgången", FACT, item.reviewed),
	MUST("intervall", WORDS, item.rule_text),
	MAY("avtal_till", DATE, contract_end),
	MAY("diarienummer", TEXT, item.registry_no),
	UNUSED("drift"),
	UNUSED("leverantör"),
	UNUSED("delas_med"),
	ITEM_MAY,
};

static const struct column inventories[] = {
	MUST("förteckning_id", ID, item.id),
	MUST("namn", NAME, item.title),
	MUST("nämnd", BODY, item.body),
	MUST("ansvarig_roll", REF, item.responsible),
	MAY("nämndsekreterare", REF, owner),
	MAY("diarienummer", TEXT, item.registry_no),
	MUST("intervall", WORDS, item.rule_text),
	MAY("senast_granskad", FACT, item.reviewed),
	MAY("nämndens_hantering", TEXT, handling),
	MAY("antal_poster", COUNT, count),
	ITEM_MAY,
};

static const struct column routines[] = {
	MUST("rutin_id", ID, item.id),
	MUST("namn", NAME, item.title),
	MAY("slag", TEXT, item.subkind),
	MUST("nämnd", BODY, item.body),
	MAY("beslutad_av", TEXT, item.decided_by),
	MUST("ansvarig_roll", REF, item.responsible),
	MAY("diarienummer", TEXT, item.registry_no),
	MAY("beslutsdatum", FACT, item.decided),
	MAY("paragraf", TEXT, item.paragraph),
	MAY("senast_granskad", FACT, item.reviewed),
	MUST("intervall", WORDS, item.rule_text),
	MAY("kopplad_till", REF, item.parent),
	ITEM_MAY,
};

static const struct column documents[] = {
	MUST("dok_id", ID, item.id),
	MUST("titel", NAME, item.title),
	MAY("dokumenttyp", TEXT, item.subkind),
	MAY("beslutsinstans", TEXT, item.decided_by),
	MAY("beslutsdatum", FACT, item.decided),
	MAY("paragraf", TEXT, item.paragraph),
	MAY("diarienummer", TEXT, item.registry_no),
	MUST("ansvar_organ", BODY, item.body),
	MUST("dokumentansvarig_roll", REF, item.responsible),
	MUST("uppföljning", WORDS, item.rule_text),
	MAY("gäller_till", DATE, until),
	MAY("giltighetstid", WORDS, item.validity),
	MAY("kopplad_till", REF, item.parent),
	UNUSED("lagstadgat"),
	ITEM_MAY,
};

static const struct column trainings[] = {
	MUST("utbildning_id", ID, training.id),
	MUST("namn", NAME, training.title),
	MAY("gäller", TEXT, word),
	MAY("organisation", REF, training.org),
	MUST("intervall", WORDS, training.rule_text),
	MAY("senast_intygad", FACT, training.reviewed),
	MAY("giltig_från", DATE, training.from),
	MAY("diarienummer", TEXT, training.registry_no),
	MAY("status", TEXT, status),
	MAY("anm", TEXT, training.note),
	OTHER_MAY,
};

static const struct column meetings[] = {
	MUST("organ", ID, meeting.body),
	MUST("datum", MUST_DATE, meeting.day),
	MAY("veckodag", WEEKDAY, weekday),
	MAY("tid", TIME, meeting.hour),
	MAY("stopp_handlingar", DATE, meeting.stop),
	MAY("beredning", DATE, meeting.preparation),
	MAY("kallelse", DATE, meeting.summons),
	MAY("justerat_senast", DATE, meeting.adjusted_by),
	MAY("status", TEXT, status),
	MAY("flyttat_från", DATE, moved_from),
	MAY("anm", TEXT, meeting.note),
	UNUSED("isovecka"),
};

static const struct column holidays[] = {
	MUST("datum", MUST_DATE, off.day),
	MAY("veckodag", WEEKDAY, weekday),
	MUST("namn", NAME, off.name),
	MUST("arbetsdag", YESNO, yes),
	UNUSED("slag"),
	UNUSED("isovecka"),
	UNUSED("anm"),
};

static const struct column events[] = {
	MUST("månad", MONTH, event.day),
	MUST("händelse", NAME, event.text),
	MUST("kopplad_händelse", NAME, list),
	UNUSED("organ"),
	UNUSED("anm"),
};

static const struct column exceptions[] = {
	MUST("objekt", ID, exception.item),
	MUST("frist", MUST_DATE, exception.day),
	MUST("åtgärd", NAME, word),
	MAY("till", DATE, exception.to),
	MUST("skäl", NAME, exception.reason),
	UNUSED("anm"),
};

#define KIND(columns, add) {columns, ARRAY_LEN(columns), add}

const struct kind import_kinds[IMPORT_KIND_COUNT] = {
	[IMPORT_MUNICIPALITY] = KIND(town, import_town),
	[IMPORT_BODIES] = KIND(bodies, import_body),
	[IMPORT_UNITS] = KIND(units, import_unit),
	[IMPORT_ROLES] = KIND(roles, import_role),
	[IMPORT_ASSETS] = KIND(assets, import_asset),
	[IMPORT_INVENTORIES] = KIND(inventories, import_inventory),
	[IMPORT_ROUTINES] = KIND(routines, import_routine),
	[IMPORT_DOCUMENTS] = KIND(documents, import_document),
	[IMPORT_TRAININGS] = KIND(trainings, import_training),
	[IMPORT_MEETINGS] = KIND(meetings, import_meeting),
	[IMPORT_HOLIDAYS] = KIND(holidays, import_holiday),
	[IMPORT_EVENTS] = KIND(events, import_event),
	[IMPORT_EXCEPTIONS] = KIND(exceptions, import_exception),
	[IMPORT_HEADER] = {NULL, 0, NULL}, /* no CSV: core/header.h */
};
