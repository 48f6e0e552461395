-- SPDX-License-Identifier: EUPL-1.2
-- A database that was put back from a copy (include/store/copy.h). Nothing that is due is
-- written while the outbox is held for that.
ALTER TABLE outbox_hold ADD COLUMN returned INTEGER NOT NULL DEFAULT 0 CHECK (returned IN (0, 1));

-- Numbers of deficiencies up to this one were given, whether or not their rows are here.
CREATE TABLE deficiency_floor (
	year INTEGER PRIMARY KEY,
	n INTEGER NOT NULL
) STRICT;
