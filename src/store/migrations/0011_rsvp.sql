-- SPDX-License-Identifier: EUPL-1.2
-- What calendars answered to a letter's event.

-- The event's UID as it was sent: an answer is found by it. Letters from before
-- are given theirs by the program, which has the secret that it is made from.
-- Its time of day in minutes, where its person has proposed one; length 0: the usual.
ALTER TABLE letter ADD COLUMN uid TEXT;
ALTER TABLE letter ADD COLUMN event_start INTEGER NOT NULL DEFAULT 0
	CHECK (event_start BETWEEN 0 AND 1439);
ALTER TABLE letter ADD COLUMN event_minutes INTEGER NOT NULL DEFAULT 0
	CHECK (event_minutes BETWEEN 0 AND 1440);

CREATE UNIQUE INDEX letter_uid ON letter (uid);

CREATE TRIGGER letter_keeps_uid BEFORE UPDATE OF uid ON letter
WHEN OLD.uid IS NOT NULL AND NEW.uid IS NOT OLD.uid
BEGIN
	SELECT RAISE(ABORT, 'an event keeps its UID');
END;

-- One row per answer, whatever it led to. sequence and stamp are as they count:
-- never above the event's own, nor after the mail came.
CREATE TABLE rsvp (
	id INTEGER PRIMARY KEY,
	letter TEXT NOT NULL REFERENCES letter (ref),
	mail INTEGER NOT NULL UNIQUE REFERENCES inbox (id),
	attendee TEXT,
	who TEXT NOT NULL CHECK (who IN ('invited', 'alias', 'deputy', 'stranger')),
	method TEXT NOT NULL,
	partstat TEXT,
	sequence INTEGER NOT NULL,
	stamp INTEGER NOT NULL,
	sent_by TEXT,
	delegated_to TEXT,
	comment TEXT,
	proposed INTEGER,
	proposed_end INTEGER,
	outcome TEXT NOT NULL CHECK (outcome IN ('recorded', 'old', 'doubtful', 'stranger', 'moved',
		'stays', 'declined', 'delegated', 'sent-again', 'no-sign-off')),
	at INTEGER NOT NULL
) STRICT;

CREATE INDEX rsvp_letter ON rsvp (letter, id);

CREATE TRIGGER rsvp_is_not_changed BEFORE UPDATE ON rsvp
BEGIN
	SELECT RAISE(ABORT, 'what came in is kept as it came');
END;
