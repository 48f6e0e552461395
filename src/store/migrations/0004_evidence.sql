-- SPDX-License-Identifier: EUPL-1.2
-- What was sent, answered and decided, and the record that chains it all.

CREATE TABLE notice (
	id INTEGER PRIMARY KEY,
	review TEXT NOT NULL REFERENCES review (id),
	rung TEXT NOT NULL
		CHECK (rung IN ('invitation', 'reminder', 'last-reminder', 'overdue')),
	day TEXT NOT NULL CHECK (day IS date(day)),
	message_id TEXT REFERENCES outbox (message_id),
	UNIQUE (review, rung, day)
) STRICT;

-- An acknowledgement by a role. The three facts stand each for itself.
CREATE TABLE signoff (
	id INTEGER PRIMARY KEY,
	review TEXT NOT NULL REFERENCES review (id),
	role TEXT NOT NULL REFERENCES role (id),
	address TEXT NOT NULL,
	verdict TEXT NOT NULL CHECK (verdict IN ('none', 'approve', 'changes', 'reject',
		'extension', 'wrong-person', 'forwarded', 'decision', 'question', 'unclear')),
	text TEXT,
	version TEXT,
	deputy INTEGER NOT NULL CHECK (deputy IN (0, 1)),
	token TEXT NOT NULL CHECK (token IN ('no', 'yes', 'unknown')),
	sender TEXT NOT NULL CHECK (sender IN ('no', 'yes', 'unknown')),
	domain TEXT NOT NULL CHECK (domain IN ('no', 'yes', 'unknown')),
	at INTEGER NOT NULL
) STRICT;

CREATE INDEX signoff_review ON signoff (review);

-- A decision by a body at a meeting; first unadjusted, then a second row.
CREATE TABLE decision (
	id INTEGER PRIMARY KEY,
	review TEXT NOT NULL REFERENCES review (id),
	body TEXT NOT NULL REFERENCES body (id),
	paragraph TEXT,
	day TEXT NOT NULL CHECK (day IS date(day)),
	adjusted INTEGER NOT NULL CHECK (adjusted IN (0, 1)),
	reported_by TEXT
) STRICT;

CREATE INDEX decision_review ON decision (review);

-- The hash of a row covers the one before it: include/store/record.h says how.
CREATE TABLE record (
	seq INTEGER PRIMARY KEY CHECK (seq > 0),
	at INTEGER NOT NULL,
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	facts TEXT NOT NULL,
	prev TEXT NOT NULL CHECK (length(prev) = 64),
	hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

CREATE INDEX record_subject ON record (subject, seq);

CREATE TRIGGER record_is_not_changed BEFORE UPDATE ON record
BEGIN
	SELECT RAISE(ABORT, 'the record is append-only');
END;

CREATE TRIGGER record_is_not_deleted BEFORE DELETE ON record
BEGIN
	SELECT RAISE(ABORT, 'the record is append-only');
END;
