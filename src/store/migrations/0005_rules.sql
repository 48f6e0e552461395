-- SPDX-License-Identifier: EUPL-1.2
-- What due dates are also made of: bodies that end in others, holders who are
-- away, classifications, meetings that move, and single occurrences that
-- somebody has skipped, moved or planned earlier. Still no due date.

ALTER TABLE body ADD COLUMN successor TEXT REFERENCES body (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE body ADD COLUMN ceases TEXT CHECK (ceases IS date(ceases));
ALTER TABLE body ADD COLUMN stop_days INTEGER NOT NULL DEFAULT 0 CHECK (stop_days >= 0);

CREATE TABLE absence (
	role TEXT NOT NULL REFERENCES role (id) DEFERRABLE INITIALLY DEFERRED,
	first TEXT NOT NULL CHECK (first IS date(first)),
	last TEXT NOT NULL CHECK (last IS date(last) AND last >= first),
	source TEXT NOT NULL,
	PRIMARY KEY (role, first)
) STRICT;

-- completed_for: the due date that the review of `completed` answered.
ALTER TABLE item ADD COLUMN confidentiality INTEGER NOT NULL DEFAULT -1
	CHECK (confidentiality BETWEEN -1 AND 3);
ALTER TABLE item ADD COLUMN integrity INTEGER NOT NULL DEFAULT -1
	CHECK (integrity BETWEEN -1 AND 3);
ALTER TABLE item ADD COLUMN availability INTEGER NOT NULL DEFAULT -1
	CHECK (availability BETWEEN -1 AND 3);
ALTER TABLE item ADD COLUMN classified TEXT CHECK (classified IS date(classified));
ALTER TABLE item ADD COLUMN completed_for TEXT CHECK (completed_for IS date(completed_for));

-- A meeting that moves keeps its uid; its old day stays, cancelled.
ALTER TABLE meeting ADD COLUMN uid TEXT;
ALTER TABLE meeting ADD COLUMN cancelled INTEGER NOT NULL DEFAULT 0
	CHECK (cancelled IN (0, 1));
CREATE UNIQUE INDEX meeting_uid ON meeting (uid) WHERE uid IS NOT NULL;

-- A date that somebody told takes the place of the register's for that year.
ALTER TABLE event ADD COLUMN triggered INTEGER NOT NULL DEFAULT 0
	CHECK (triggered IN (0, 1));

CREATE TABLE exception (
	item TEXT NOT NULL REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
	day TEXT NOT NULL CHECK (day IS date(day)),
	kind TEXT NOT NULL CHECK (kind IN ('skip', 'move', 'plan')),
	moved_to TEXT CHECK (moved_to IS date(moved_to)),
	reason TEXT NOT NULL,
	PRIMARY KEY (item, day, kind)
) STRICT;
