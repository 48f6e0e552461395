-- SPDX-License-Identifier: EUPL-1.2
-- What was answered to whom, how often, and what takes an answer back.

-- Of an incoming mail that was handled: what it called itself, who it came from,
-- which letter it answered, and the limit that kept it from an answer (core/limits.h).
ALTER TABLE inbox ADD COLUMN message_id TEXT;
ALTER TABLE inbox ADD COLUMN sender TEXT;
ALTER TABLE inbox ADD COLUMN letter TEXT REFERENCES letter (ref);
ALTER TABLE inbox ADD COLUMN withheld TEXT;
CREATE INDEX inbox_message ON inbox (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX inbox_withheld ON inbox (withheld, handled) WHERE withheld IS NOT NULL;
CREATE INDEX outbox_answered ON outbox (created) WHERE answers IS NOT NULL;
CREATE INDEX outbox_to ON outbox (answers) WHERE answers IS NOT NULL;

-- The mail that a sign-off came in, and what it found: the review and its item as
-- they were before, so that it can be withdrawn. NULL in those from before this.
ALTER TABLE signoff ADD COLUMN mail INTEGER REFERENCES inbox (id);
ALTER TABLE signoff ADD COLUMN before_state TEXT;
ALTER TABLE signoff ADD COLUMN before_rung TEXT;
ALTER TABLE signoff ADD COLUMN before_act_by TEXT CHECK (before_act_by IS date(before_act_by));
ALTER TABLE signoff ADD COLUMN before_extended TEXT CHECK (before_extended IS date(before_extended));
ALTER TABLE signoff ADD COLUMN before_completed TEXT
	CHECK (before_completed IS date(before_completed));
ALTER TABLE signoff ADD COLUMN before_completed_for TEXT
	CHECK (before_completed_for IS date(before_completed_for));

CREATE TRIGGER signoff_is_not_changed BEFORE UPDATE ON signoff
BEGIN
	SELECT RAISE(ABORT, 'a sign-off is withdrawn, never changed');
END;

-- A sign-off that was taken back: it stays, and no longer stands.
CREATE TABLE withdrawal (
	signoff INTEGER PRIMARY KEY REFERENCES signoff (id),
	mail INTEGER REFERENCES inbox (id),
	at INTEGER NOT NULL
) STRICT;
