-- SPDX-License-Identifier: EUPL-1.2
-- What a body is asked about a document: what became of the review; which of two
-- proposals it took (A: it is kept; B: it is to be revised); or whether it has
-- decided on it anew.
ALTER TABLE inquiry ADD COLUMN about TEXT NOT NULL DEFAULT 'review'
	CHECK (about IN ('review', 'options', 'renewal'));

-- A mandate to revise is a decision too, and ends no review; a repeal ends the item.
ALTER TABLE decision ADD COLUMN became TEXT NOT NULL DEFAULT 'approved'
	CHECK (became IN ('approved', 'noted', 'rejected', 'referred-back', 'revise', 'ended'));
UPDATE decision SET became = outcome;
ALTER TABLE decision DROP COLUMN outcome;
ALTER TABLE decision RENAME COLUMN became TO outcome;

-- What the holder of a document proposed to make of it; NULL: nothing.
ALTER TABLE signoff ADD COLUMN outcome TEXT CHECK (outcome IN ('editorial', 'revise', 'ended'));

-- What our own cases found that the register may not know yet, kept apart from it, so
-- that an old file imported again undoes no decision: the day on which a body decided
-- on the item anew, with its paragraph and, where it was told, registry number, and
-- the due date that this answered; the day on which it was repealed.
ALTER TABLE item ADD COLUMN renewed TEXT CHECK (renewed IS date(renewed));
ALTER TABLE item ADD COLUMN renewed_paragraph TEXT;
ALTER TABLE item ADD COLUMN renewed_no TEXT;
ALTER TABLE item ADD COLUMN renewed_for TEXT CHECK (renewed_for IS date(renewed_for));
ALTER TABLE item ADD COLUMN ended TEXT CHECK (ended IS date(ended));
