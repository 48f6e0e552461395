-- SPDX-License-Identifier: EUPL-1.2
-- Letters and reviews. A letter carries several numbered reviews; a review
-- keeps its letter and its number from the first notice to the last.

CREATE TABLE letter (
	ref TEXT PRIMARY KEY CHECK (ref <> ''),
	token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
	role TEXT NOT NULL REFERENCES role (id),
	body TEXT NOT NULL REFERENCES body (id),
	address TEXT NOT NULL,
	opened TEXT NOT NULL CHECK (opened IS date(opened)),
	event_day TEXT CHECK (event_day IS date(event_day)),
	sequence INTEGER NOT NULL CHECK (sequence >= 0),
	mails INTEGER NOT NULL CHECK (mails >= 0)
) STRICT;

CREATE INDEX letter_opened ON letter (opened);

CREATE TABLE review (
	id TEXT PRIMARY KEY CHECK (id <> ''),
	item TEXT NOT NULL REFERENCES item (id),
	state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'changes-asked', 'wrong-person',
		'awaiting-decision', 'closed', 'cancelled', 'superseded')),
	rung TEXT NOT NULL
		CHECK (rung IN ('none', 'invitation', 'reminder', 'last-reminder', 'overdue')),
	due TEXT NOT NULL CHECK (due IS date(due)),
	act_by TEXT NOT NULL CHECK (act_by IS date(act_by)),
	opened TEXT CHECK (opened IS date(opened)),
	last_notice TEXT CHECK (last_notice IS date(last_notice)),
	extended_until TEXT CHECK (extended_until IS date(extended_until)),
	version TEXT,
	letter TEXT REFERENCES letter (ref),
	n INTEGER NOT NULL,
	signed_on TEXT CHECK (signed_on IS date(signed_on)),
	UNIQUE (letter, n)
) STRICT;

CREATE INDEX review_item ON review (item);

-- At most one open review per item; the same index is what a pass walks.
CREATE UNIQUE INDEX review_open ON review (item)
	WHERE state NOT IN ('closed', 'cancelled', 'superseded');

CREATE TRIGGER review_keeps_item BEFORE UPDATE OF item ON review
WHEN NEW.item IS NOT OLD.item
BEGIN
	SELECT RAISE(ABORT, 'a review belongs to one item for ever');
END;

CREATE TRIGGER review_keeps_letter BEFORE UPDATE OF letter, n ON review
WHEN OLD.letter IS NOT NULL AND (NEW.letter IS NOT OLD.letter OR NEW.n IS NOT OLD.n)
BEGIN
	SELECT RAISE(ABORT, 'a review keeps its letter and its number');
END;

-- A fact about an item that only people know, and that was asked for.
CREATE TABLE question (
	id INTEGER PRIMARY KEY,
	item TEXT NOT NULL REFERENCES item (id),
	letter TEXT NOT NULL REFERENCES letter (ref),
	n INTEGER NOT NULL,
	day TEXT NOT NULL CHECK (day IS date(day)),
	text TEXT NOT NULL
) STRICT;

CREATE INDEX question_item ON question (item, id);
CREATE INDEX question_letter ON question (letter, n);
