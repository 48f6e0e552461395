-- SPDX-License-Identifier: EUPL-1.2
-- A database that was put back from a copy (include/store/copy.h). Nothing that is due is
-- written while the outbox is held for that.
ALTER TABLE outbox_hold ADD COLUMN returned INTEGER NOT NULL DEFAULT 0 CHECK (returned IN (0, 1));

-- Numbers up to this one were given, whether or not their rows are here. what: "inbox",
-- or "deficiency 2027" for those of a year.
CREATE TABLE number_floor (
	what TEXT PRIMARY KEY CHECK (what <> ''),
	n INTEGER NOT NULL
) STRICT;
