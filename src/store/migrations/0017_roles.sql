-- SPDX-License-Identifier: EUPL-1.2
-- A decision may also be a role's, by delegation: then it has no paragraph, is
-- reported to the body, and stands from the day it was made.
ALTER TABLE decision ADD COLUMN role TEXT REFERENCES role (id);

-- What chiefs attest of their people. A row stands for one item for each chief that
-- it concerns; those are made when the register is imported. `role`: only that one.
CREATE TABLE training (
	id TEXT PRIMARY KEY CHECK (id <> ''),
	title TEXT NOT NULL,
	role TEXT REFERENCES role (id) DEFERRABLE INITIALLY DEFERRED,
	org TEXT,
	rule_text TEXT,
	registry_no TEXT,
	valid_from TEXT CHECK (valid_from IS date(valid_from)),
	reviewed TEXT CHECK (reviewed IS date(reviewed)),
	retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
	note TEXT,
	known_on TEXT NOT NULL CHECK (known_on IS date(known_on))
) STRICT;

-- Their items are of a kind that the schema's list cannot be taught: they stand as
-- routines with this beside.
ALTER TABLE item ADD COLUMN training INTEGER NOT NULL DEFAULT 0 CHECK (training IN (0, 1));

-- The letter in which the data protection officer was told of a review, and its
-- number there.
ALTER TABLE review ADD COLUMN copied_in TEXT REFERENCES letter (ref);
ALTER TABLE review ADD COLUMN copied_n INTEGER NOT NULL DEFAULT 0;
CREATE INDEX review_copied ON review (copied_in) WHERE copied_in IS NOT NULL;
