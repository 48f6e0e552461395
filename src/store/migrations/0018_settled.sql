-- SPDX-License-Identifier: EUPL-1.2
-- What a person has decided about a mail that the program left to them: it stays
-- what it was, and is no longer asked about.
ALTER TABLE inbox ADD COLUMN settled INTEGER;
ALTER TABLE inbox ADD COLUMN settled_why TEXT
	CHECK ((settled_why IS NULL) = (settled IS NULL));

DROP INDEX inbox_waiting;
CREATE INDEX inbox_waiting ON inbox (status, settled)
	WHERE status IN ('coordinator', 'poison') AND settled IS NULL;
