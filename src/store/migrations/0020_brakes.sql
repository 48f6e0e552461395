-- SPDX-License-Identifier: EUPL-1.2
-- What keeps letters from flooding, and from going where nobody is.

-- How many mails have gone out about a review, to whomever.
ALTER TABLE review ADD COLUMN mails INTEGER NOT NULL DEFAULT 0 CHECK (mails >= 0);
UPDATE review SET mails = (SELECT count(*) FROM notice WHERE review = review.id)
	+ (SELECT count(*) FROM told WHERE review = review.id);

-- An address that a mail server has said does not exist. The role that has it stays,
-- and is vacant from that day until it has another, or somebody says that mail
-- reaches it again. In lower case.
CREATE TABLE dead_address (
	address TEXT PRIMARY KEY CHECK (address = lower(address)),
	day TEXT NOT NULL CHECK (day IS date(day)),
	source TEXT NOT NULL,
	said TEXT,
	cleared TEXT CHECK (cleared IS date(cleared))
) STRICT;

CREATE TRIGGER dead_address_insert_wakes AFTER INSERT ON dead_address
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER dead_address_update_wakes AFTER UPDATE ON dead_address
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER dead_address_delete_wakes AFTER DELETE ON dead_address
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;

-- Who answered for an item, or chaired a body, when a pass last looked: somebody else
-- gets a letter that hands it over. No chair at all is ''. No trigger: it is written
-- by the pass itself.
CREATE TABLE held (
	what TEXT NOT NULL CHECK (what IN ('item', 'chair')),
	id TEXT NOT NULL,
	role TEXT NOT NULL,
	since TEXT CHECK (since IS date(since)), -- when it was handed over; NULL: it never was
	PRIMARY KEY (what, id)
) STRICT, WITHOUT ROWID;

-- What the coordinator is to be told, each once, in a letter a day.
CREATE TABLE matter (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind <> ''),
	key TEXT NOT NULL,
	day TEXT NOT NULL CHECK (day IS date(day)),
	item TEXT,
	role TEXT,
	other TEXT,
	text TEXT,
	letter TEXT REFERENCES letter (ref),
	UNIQUE (kind, key)
) STRICT;
CREATE INDEX matter_untold ON matter (id) WHERE letter IS NULL;
CREATE INDEX matter_letter ON matter (letter) WHERE letter IS NOT NULL;

-- The brake: when a pass last ran, and whether it has stopped.
--   wanted    letters that the pass that stopped wanted to send; of `released`, those
--             that may still go
CREATE TABLE brake (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	passed TEXT CHECK (passed IS date(passed)),
	state TEXT NOT NULL CHECK (state IN ('off', 'on', 'released')),
	wanted INTEGER NOT NULL DEFAULT 0
) STRICT;
