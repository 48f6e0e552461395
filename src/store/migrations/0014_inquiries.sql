-- SPDX-License-Identifier: EUPL-1.2
-- What a body's secretary was asked: what became of a review at a meeting, and,
-- once a decision was reported, whether its minutes are adjusted. One row for each
-- question, however often it is asked; it stands in a letter, where the review has
-- its own number. No letter: it is still to be asked.
CREATE TABLE inquiry (
	id INTEGER PRIMARY KEY,
	review TEXT NOT NULL REFERENCES review (id),
	meeting TEXT NOT NULL CHECK (meeting IS date(meeting)),
	adjustment INTEGER NOT NULL CHECK (adjustment IN (0, 1)),
	letter TEXT REFERENCES letter (ref),
	n INTEGER NOT NULL,
	day TEXT CHECK (day IS date(day)),
	times INTEGER NOT NULL,
	outcome TEXT,
	UNIQUE (review, meeting, adjustment)
) STRICT;

CREATE INDEX inquiry_letter ON inquiry (letter) WHERE letter IS NOT NULL;

CREATE TRIGGER inquiry_insert_wakes AFTER INSERT ON inquiry
BEGIN
	UPDATE item SET wake = '0000-01-01' WHERE wake > ''
		AND id = (SELECT item FROM review WHERE id = NEW.review);
END;
CREATE TRIGGER inquiry_update_wakes AFTER UPDATE ON inquiry
BEGIN
	UPDATE item SET wake = '0000-01-01' WHERE wake > ''
		AND id IN (SELECT item FROM review WHERE id IN (OLD.review, NEW.review));
END;
CREATE TRIGGER inquiry_delete_wakes AFTER DELETE ON inquiry
BEGIN
	UPDATE item SET wake = '0000-01-01' WHERE wake > ''
		AND id = (SELECT item FROM review WHERE id = OLD.review);
END;

-- A body may also refer back or reject: that is its decision, and ends no review.
ALTER TABLE decision ADD COLUMN outcome TEXT NOT NULL DEFAULT 'approved'
	CHECK (outcome IN ('approved', 'noted', 'rejected', 'referred-back'));
