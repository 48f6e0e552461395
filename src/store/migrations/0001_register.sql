-- SPDX-License-Identifier: EUPL-1.2
-- The register: what a municipality's CSV files say, in their own words. No
-- due date stands here: rules are read again from the words at every load, so
-- that a due date can always be recomputed. Civil dates are ISO 8601 text;
-- date(x) of a valid date is x itself, so the checks refuse 31 February.
-- References wait for the commit: files of one folder name each other.

CREATE TABLE meta (
	key TEXT PRIMARY KEY,
	value BLOB NOT NULL
) STRICT;

CREATE TABLE setting (
	name TEXT PRIMARY KEY,
	value TEXT
) STRICT;

CREATE TABLE unit (
	id TEXT PRIMARY KEY CHECK (id <> ''),
	name TEXT,
	head_title TEXT,
	head_address TEXT
) STRICT;

CREATE TABLE body (
	id TEXT PRIMARY KEY CHECK (id <> ''),
	name TEXT,
	prefix TEXT,
	kind TEXT NOT NULL CHECK (kind IN ('council', 'board', 'committee', 'group')),
	unit TEXT REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED,
	chair TEXT,
	secretary TEXT,
	term_from TEXT CHECK (term_from IS date(term_from)),
	term_to TEXT CHECK (term_to IS date(term_to)),
	note TEXT
) STRICT;

CREATE TABLE unit_body (
	unit TEXT NOT NULL REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED,
	n INTEGER NOT NULL,
	body TEXT NOT NULL REFERENCES body (id) DEFERRABLE INITIALLY DEFERRED,
	PRIMARY KEY (unit, n)
) STRICT;

-- org is a unit's or a body's id, so no reference can be declared for it.
CREATE TABLE role (
	id TEXT PRIMARY KEY CHECK (id <> ''),
	title TEXT,
	address TEXT,
	org TEXT,
	superior TEXT REFERENCES role (id) DEFERRABLE INITIALLY DEFERRED,
	deputy TEXT REFERENCES role (id) DEFERRABLE INITIALLY DEFERRED,
	kind TEXT NOT NULL CHECK (kind IN ('chief', 'elected', 'secretary', 'officer', 'other')),
	valid_from TEXT CHECK (valid_from IS date(valid_from)),
	valid_to TEXT CHECK (valid_to IS date(valid_to)),
	note TEXT
) STRICT;

-- reviewed is what the register says; completed is what reviews here found.
-- They are kept apart, so that an old file imported again undoes no review.
CREATE TABLE item (
	id TEXT PRIMARY KEY CHECK (id <> ''),
	title TEXT,
	kind TEXT NOT NULL
		CHECK (kind IN ('inventory', 'processing', 'asset', 'routine', 'document')),
	subkind TEXT,
	body TEXT REFERENCES body (id) DEFERRABLE INITIALLY DEFERRED,
	responsible TEXT REFERENCES role (id) DEFERRABLE INITIALLY DEFERRED,
	decided_by TEXT,
	parent TEXT REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
	registry_no TEXT,
	paragraph TEXT,
	replaces TEXT,
	decided TEXT CHECK (decided IS date(decided)),
	revised TEXT CHECK (revised IS date(revised)),
	reviewed TEXT CHECK (reviewed IS date(reviewed)),
	valid_from TEXT CHECK (valid_from IS date(valid_from)),
	decided_ask INTEGER NOT NULL CHECK (decided_ask IN (0, 1)),
	rule_text TEXT,
	validity TEXT,
	needs_decision INTEGER NOT NULL CHECK (needs_decision IN (0, 1)),
	retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
	name_protected INTEGER NOT NULL CHECK (name_protected IN (0, 1)),
	shown TEXT,
	note TEXT,
	known_on TEXT NOT NULL CHECK (known_on IS date(known_on)),
	completed TEXT CHECK (completed IS date(completed))
) STRICT;

CREATE TABLE meeting (
	body TEXT NOT NULL REFERENCES body (id) DEFERRABLE INITIALLY DEFERRED,
	day TEXT NOT NULL CHECK (day IS date(day)),
	hour INTEGER NOT NULL CHECK (hour BETWEEN -1 AND 23),
	minute INTEGER NOT NULL CHECK (minute BETWEEN -1 AND 59),
	stop TEXT CHECK (stop IS date(stop)),
	preparation TEXT CHECK (preparation IS date(preparation)),
	summons TEXT CHECK (summons IS date(summons)),
	adjusted_by TEXT CHECK (adjusted_by IS date(adjusted_by)),
	note TEXT,
	PRIMARY KEY (body, day)
) STRICT;

-- item '' is an event for all items that name it: NULL would not be unique.
CREATE TABLE event (
	name TEXT NOT NULL,
	day TEXT NOT NULL CHECK (day IS date(day)),
	item TEXT NOT NULL,
	happened INTEGER NOT NULL CHECK (happened IN (0, 1)),
	text TEXT,
	PRIMARY KEY (name, day, item)
) STRICT;

CREATE TABLE day_off (
	day TEXT PRIMARY KEY CHECK (day IS date(day)),
	working INTEGER NOT NULL CHECK (working IN (0, 1)),
	name TEXT
) STRICT;

CREATE TABLE recess (
	first TEXT PRIMARY KEY CHECK (first IS date(first)),
	last TEXT NOT NULL CHECK (last IS date(last) AND last >= first)
) STRICT;
