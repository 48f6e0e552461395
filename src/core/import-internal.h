/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_IMPORT_INTERNAL_H
#define OVERSYN_CORE_IMPORT_INTERNAL_H

#include "core/import.h"
#include "core/training.h"

/*
 * How an import is made: import-names.c says of which kind a file is; import-table.c says which columns a kind has and
 * where they go; import-cell.c reads one cell; import-rows.c and
 * import-town.c make values of a row; import.c drives them.
 */

/* What a cell holds, and in brackets the type it is read into. An empty cell
 * and "-" mean unknown where nothing else is said. */
#define CELLS(X) \
	X(ID)       /* identifier, must be there [const char *] */ \
	X(REF)      /* somebody else's identifier [const char *] */ \
	X(BODY)     /* a body's identifier, or "alla" for all: NULL [const char *] */ \
	X(LIST)     /* identifiers with commas between [const char *] */ \
	X(NAME)     /* text that must be there [const char *] */ \
	X(TEXT)     /* text [const char *] */ \
	X(WORDS)    /* the words of a rule: "-" is kept [const char *] */ \
	X(ADDRESS)  /* a mail address [const char *] */ \
	X(REACHED)  /* a mail address that must be there [const char *] */ \
	X(DATE)     /* [dayno] */ \
	X(MUST_DATE) /* a date that must be there [dayno] */ \
	X(FACT)     /* a date, or the placeholder of a form: unknown [dayno] */ \
	X(MONTH)    /* a date or a month, which is its last day; must be there [dayno] */ \
	X(TIME)     /* 08.30 or 08:30 [int hour, minute] */ \
	X(LEVEL)    /* K, R or T: 0–3; -1 unknown [int] */ \
	X(YESNO)    /* ja, nej; -1 unknown [int] */ \
	X(COUNT)    /* a whole number; -1 unknown [int] */ \
	X(WEEKDAY)  /* måndag …; 0 unknown [int] */ \
	X(ADDRESSES) /* mail addresses, split by spaces or commas; kept split by one space [text] */ \
	X(UNUSED)   /* known, kept in the file, not needed yet */

enum cell {
#define X(name) CELL_##name,
	CELLS(X)
#undef X
	CELL_COUNT_OF
};

/* Everything a row of any kind can say; each kind fills its part. */
struct row {
	struct body body;
	struct unit unit;
	struct role role;
	struct item item;
	struct training training;
	struct meeting meeting;
	struct event event;
	struct absence absence;
	struct exception exception;
	struct day_off off;
	const char *word;   /* slag */
	const char *list;   /* ids, with commas */
	const char *key, *value;
	const char *owner, *system_owner, *system_manager;
	const char *status, *handling;
	const char *replaces;
	dayno reviewed, until, contract_end, moved_from;
	int yes, hidden, weekday, count;
};

struct column {
	const char *name; /* folded; a last '*' stands for digits */
	bool must;        /* the file is refused without the column */
	enum cell cell;
	size_t to;        /* offset in struct row */
};

struct reader;

struct kind {
	const struct column *columns;
	size_t n;
	void (*add)(struct reader *r); /* makes a value of a row that was read whole */
};

enum { KEY_LONGEST = 64, CELL_LONGEST = 4000 };

struct seen { /* for finding what is said twice */
	const char *key;
	int line;
};

struct reader {
	enum import_kind kind;
	const char *file;
	struct registry *into;
	struct complaints *c;
	const struct kind *of;
	int *column;       /* of each field: index into of->columns, -1: none */
	bool *named;       /* the first line has a name for it, if only an unknown one */
	size_t n_columns;
	int line;
	bool lacking;      /* the first line was complained about: no row is whole */
	bool bad;          /* something in the row was complained about, or in the first line */
	bool placeholder;  /* the date of decision is one */
	struct row row;
	struct seen *seen;
	size_t n_seen, cap_seen;
};

extern const struct kind import_kinds[IMPORT_KIND_COUNT];

/* Complains about a field of the row (counted from 0) and spoils the row. */
void import_bad(struct reader *r, size_t field, const char *fmt, ...) PRINTF(3, 4);
/* The same about the cell that went to an offset; the row's start if none did. */
void import_bad_at(struct reader *r, size_t to, const char *fmt, ...) PRINTF(3, 4);
/* A value as it may be shown in a complaint: short, one line, no control characters. */
const char *import_quote(struct reader *r, const char *value);

void import_cell(struct reader *r, size_t field, const struct column *column, const char *value);

/* The single readings, which the municipality's keys use too. "" when the
 * value was understood, else what is wrong and what to mend. */
const char *import_date(const char *value, dayno *out);
const char *import_number(const char *value, int *out);

void import_town(struct reader *r);
void import_body(struct reader *r);
void import_unit(struct reader *r);
void import_role(struct reader *r);
void import_asset(struct reader *r);
void import_inventory(struct reader *r);
void import_routine(struct reader *r);
void import_document(struct reader *r);
void import_training(struct reader *r);
void import_meeting(struct reader *r);
void import_holiday(struct reader *r);
void import_event(struct reader *r);
void import_exception(struct reader *r);

/* Who approves the row's item, and how many of them must. */
void import_quorum(struct reader *r);

/* Adds one dated occurrence to the register. */
void import_add_event(struct registry *into, struct event event);

/* Remembers what must not be said twice in a file. */
void import_seen(struct reader *r, const char *key);

/* Remembers where a reference stood, for import_check(). */
void import_place(struct reader *r, const char *id, size_t field);

/* What an id may be of, a bit each. */
enum { OF_BODY = 1, OF_UNIT = 2, OF_ROLE = 4, OF_ITEM = 8 };

struct spoilt {
	const char *id;
	unsigned of;
};

/* Of what kind the rows of a register are; 0: nothing names them. */
unsigned import_of(enum import_kind kind);

struct place {
	const void *id; /* the very pointer that went into the register */
	const char *file;
	int line, column;
};

#endif
