-- SPDX-License-Identifier: EUPL-1.2
-- Answers that wait for their sender to say that they are theirs, as they were
-- understood. A row never changes but for how often it was asked and how it ended,
-- and it ends once.
CREATE TABLE confirmation (
	token_hash TEXT PRIMARY KEY CHECK (length(token_hash) = 64),
	letter TEXT NOT NULL REFERENCES letter (ref),
	role TEXT NOT NULL REFERENCES role (id),
	address TEXT NOT NULL CHECK (address <> ''),
	mail INTEGER NOT NULL UNIQUE REFERENCES inbox (id),
	sender_address TEXT NOT NULL,
	token TEXT NOT NULL,
	sender TEXT NOT NULL,
	domain TEXT NOT NULL,
	direct TEXT NOT NULL,
	answers TEXT NOT NULL CHECK (answers <> ''),
	asked INTEGER NOT NULL,
	expires INTEGER NOT NULL CHECK (expires > asked),
	mails INTEGER NOT NULL CHECK (mails > 0),
	state TEXT NOT NULL CHECK (state IN ('asked', 'confirmed', 'dropped')),
	ended INTEGER,
	ended_by INTEGER REFERENCES inbox (id),
	end_domain TEXT,
	CHECK ((state = 'asked') = (ended IS NULL))
) STRICT;

CREATE INDEX confirmation_letter ON confirmation (letter);

CREATE TRIGGER confirmation_keeps_what_was_asked
BEFORE UPDATE OF token_hash, letter, role, address, mail, sender_address, token, sender, domain,
	direct, answers, asked, expires ON confirmation
BEGIN
	SELECT RAISE(ABORT, 'what a confirmation is about never changes');
END;

CREATE TRIGGER confirmation_ends_once BEFORE UPDATE ON confirmation
WHEN OLD.state <> 'asked'
BEGIN
	SELECT RAISE(ABORT, 'a confirmation is answered once');
END;

ALTER TABLE signoff ADD COLUMN confirmation TEXT REFERENCES confirmation (token_hash);

-- What a role also writes from, split by one space.
ALTER TABLE role ADD COLUMN alias TEXT;
