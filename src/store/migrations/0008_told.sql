-- SPDX-License-Identifier: EUPL-1.2
-- Who else than its holder was told of a review, in a letter of his own where it
-- has another number. The review itself keeps its letter, its number and its rung;
-- how far above the holder it has gone, and which deputy was asked, stand beside.

ALTER TABLE letter ADD COLUMN kind TEXT NOT NULL DEFAULT 'review' CHECK (kind <> '');

ALTER TABLE review ADD COLUMN above TEXT NOT NULL DEFAULT 'none'
	CHECK (above IN ('none', 'escalation', 'chair'));
ALTER TABLE review ADD COLUMN deputy TEXT;

CREATE TABLE told (
	id INTEGER PRIMARY KEY,
	review TEXT NOT NULL REFERENCES review (id),
	whom TEXT NOT NULL CHECK (whom IN ('deputy', 'superior', 'chair')),
	rung TEXT NOT NULL,
	letter TEXT NOT NULL REFERENCES letter (ref),
	n INTEGER NOT NULL,
	day TEXT NOT NULL CHECK (day IS date(day)),
	message_id TEXT REFERENCES outbox (message_id),
	UNIQUE (letter, n)
) STRICT;

CREATE INDEX told_review ON told (review);
