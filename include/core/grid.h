/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_GRID_H
#define OVERSYN_CORE_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/*
 * A table as a spreadsheet shows it: rows of cells that are text, each row with
 * the number that stands at its left. What a file that somebody sent back holds,
 * before anybody asks what it means. Empty rows are left out, so numbers may jump.
 */
enum {
	GRID_MAX_BYTES = 2 << 20, /* of a file */
	GRID_MAX_ROWS = 10000,
	GRID_MAX_COLUMNS = 100,
	GRID_MAX_CELL = 4000,     /* bytes */
	GRID_MAX_TEXT = 4 << 20,  /* bytes of all cells: shared texts can be many times a file */
	GRID_MAX_COMPLAINTS = 20, /* more than anybody mends at once */
};

/*
 * What is wrong with a file or a cell in it, in the words of who must mend it:
 * Swedish, English. {} is the value that was found. The first so many make the
 * whole file unreadable; the others are about one cell.
 */
#define GRID_FAULTS(X) \
	X(TOO_LARGE, "filen är för stor: ta bort det som inte hör till förteckningen", \
	  "the file is too large: remove what does not belong to the inventory") \
	X(NO_TEXT, "filen går inte att läsa som text: spara den som CSV UTF-8 eller som .xlsx", \
	  "the file cannot be read as text: save it as CSV UTF-8 or as .xlsx") \
	X(OTHER_FORMAT, "filen är ingen tabell i CSV eller .xlsx: spara den som ett av dem", \
	  "the file is no table in CSV or .xlsx: save it as one of them") \
	X(OLD_EXCEL, "filen är en äldre Excelfil (.xls) eller skyddad med lösenord: spara den som .xlsx " \
	             "eller CSV utan lösenord", \
	  "the file is an Excel file of the old kind (.xls) or protected with a password: save it as " \
	  ".xlsx or CSV without one") \
	X(MACROS, "filen innehåller makron och öppnas därför inte: spara den som .xlsx eller CSV", \
	  "the file holds macros and is therefore not opened: save it as .xlsx or CSV") \
	X(LINKS, "filen hämtar uppgifter från andra filer: spara den som CSV", \
	  "the file takes data from other files: save it as CSV") \
	X(OLD_DAYS, "filen räknar datum från 1904 (en inställning i Excel): spara den som CSV", \
	  "the file counts days from 1904 (a setting of Excel): save it as CSV") \
	X(DAMAGED, "filen är skadad: spara den på nytt och skicka den igen", \
	  "the file is damaged: save it anew and send it again") \
	X(NO_TABLE, "filen har ingen rad med kolumnerna tillgång_id och namn: skicka tillbaka den fil du fick", \
	  "the file has no row with the columns tillgång_id and namn: send back the file that you got") \
	X(NO_MARK, "raden överst, som börjar med oversyn, saknas: hämta tillbaka den från den fil du fick", \
	  "the row at the top that begins with oversyn is missing: fetch it back from the file you got") \
	X(OTHER_FILE, "filen hör till ett annat brev ({}): skicka den som svar på det brevet", \
	  "the file belongs to another letter ({}): send it as an answer to that one") \
	X(OLDER, "förteckningen har ändrats sedan filen skickades: gör ändringarna i den nya filen", \
	  "the inventory has changed since the file was sent: make the changes in the new one") \
	X(SEVERAL, "mejlet har flera filer: skicka en fil i taget, som svar på samma mejl", \
	  "the mail has several files: send them one at a time, as answers to the same mail") \
	X(LATE, "granskningen är redan klar: svara ÅNGRA först om du vill göra om den, annars ta med " \
	        "ändringen nästa gång", \
	  "the review is done already: answer UNDO first if you want to do it again, else bring the change " \
	  "next time") \
	X(EMPTIED, "filen har inga poster kvar: skicka tillbaka den med raderna", \
	  "the file has no entries left: send it back with its rows") \
	X(QUOTE, "ett citattecken saknas eller är ett för mycket: ta bort det", \
	  "a quotation mark is missing or one too many: remove it") \
	X(FORMULA, "”{}” läses som en formel: skriv värdet i stället", \
	  "“{}” is read as a formula: write the value instead") \
	X(BROKEN, "”{}” är vad en formel som gått sönder lämnar: skriv värdet i stället", \
	  "“{}” is what a broken formula leaves: write the value instead") \
	X(CONTROL, "cellen innehåller ett tecken som inte syns: skriv värdet på nytt", \
	  "the cell holds a character that does not show: write the value anew") \
	X(TOO_LONG, "cellen är för lång: korta texten", "the cell is too long: shorten it") \
	X(UNKNOWN_COLUMN, "kolumnen ”{}” finns inte i förteckningen: ta bort den", \
	  "the inventory has no column “{}”: remove it") \
	X(DOUBLE_COLUMN, "kolumnen ”{}” finns två gånger: ta bort den ena", \
	  "the column “{}” stands twice: remove one") \
	X(UNKNOWN_ID, "”{}” finns inte i den här förteckningen: lämna id tomt för en ny post", \
	  "“{}” is not in this inventory: leave the id empty for a new entry") \
	X(DOUBLE_ID, "”{}” finns på en rad till: ta bort den ena, eller lämna id tomt för en ny post", \
	  "“{}” stands on another row too: remove one, or leave the id empty for a new entry") \
	X(EMPTY, "cellen får inte vara tom: fyll i den", "the cell must not be empty: fill it in") \
	X(NO_ROLE, "”{}” är ingen roll i registret: skriv rollens id, titel eller e-postadress", \
	  "“{}” is no role in the register: write a role's id, title or mail address") \
	X(NO_DATE, "”{}” är inget datum: skriv det som 2027-01-31", \
	  "“{}” is no date: write it as 2027-01-31") \
	X(FUTURE, "”{}” har inte varit än: skriv den dag då det skedde", \
	  "“{}” has not been yet: write the day when it was done") \
	X(LEVEL, "”{}” är ingen nivå: K, R och T är 0, 1, 2 eller 3, tomt om inget ändras", \
	  "“{}” is no level: K, R and T are 0, 1, 2 or 3, empty where nothing changes") \
	X(SECURITY, "nivå 4 gäller rikets säkerhet och får inte stå här: ta bort den och tala med " \
	            "säkerhetschefen, inte i mejl", \
	  "level 4 concerns national security and must not stand here: remove it and talk to the " \
	  "security manager, not by mail")

enum grid_fault {
	GRID_READ = 0,
#define X(name, sv, en) GRID_##name,
	GRID_FAULTS(X)
#undef X
	GRID_FAULT_COUNT
};

struct grid_complaint {
	enum grid_fault fault;
	int row, column;   /* as the spreadsheet counts, from 1; 0: the whole file, row */
	const char *value; /* what stands there: short, one line; NULL: not to be shown */
};

struct grid_row {
	int number; /* from 1 */
	const char **cell; /* n of them, tidied, never NULL */
	size_t n;
};

struct grid {
	struct grid_row *rows;
	size_t n, cap;
	size_t bytes; /* of its cells */
	struct grid_complaint *complaints;
	size_t n_complaints, cap_complaints; /* the first GRID_MAX_COMPLAINTS */
};

/* Adds a row (its cells are tidied into the arena); one that is empty is left
 * out. False, with a complaint, beyond what is allowed. */
bool grid_add(struct arena *a, struct grid *g, int number, const char *const *cell, size_t n);
void grid_complain(struct arena *a, struct grid *g, enum grid_fault fault, int row, int column,
                   const char *value);
/* Whether a text is one that a spreadsheet takes for a formula, or runs. */
bool grid_formula(const char *cell);

/* Reads text with separators, in any encoding of base/charset.h; semicolon, tab
 * or comma, whichever makes a table of it. Starts from an empty grid. */
void grid_read_text(struct arena *a, const char *bytes, size_t len, struct grid *out);

/* "Rad 5, kolumn B: …"; swedish or English. */
const char *grid_complaint_text(struct arena *a, const struct grid_complaint *c, bool swedish) MUST_USE;
const char *grid_fault_name(enum grid_fault fault); /* "UNKNOWN_ID"; for tests and programs */

#endif
