-- SPDX-License-Identifier: EUPL-1.2
-- Items that several approve together, each in a letter of his own.

-- approvers: role ids, split by one space.
ALTER TABLE item ADD COLUMN approvers TEXT CHECK (approvers <> '');
ALTER TABLE item ADD COLUMN quorum TEXT CHECK (quorum IN ('one', 'two', 'all'));
ALTER TABLE item ADD COLUMN author TEXT REFERENCES role (id) DEFERRABLE INITIALLY DEFERRED;

-- One approver's part of a review. Such a review has no letter of its own; what is
-- its state stands there, and what one of them was sent and told stands here.
--
--   role  the approver, as the register names it; whoever acts in it answers
--   said  what was answered in it last, for or against: 'none' is nothing
--   void  1: another letter has taken its place, since somebody else has the role now
CREATE TABLE seat (
	letter TEXT NOT NULL REFERENCES letter (ref),
	n INTEGER NOT NULL,
	review TEXT NOT NULL REFERENCES review (id),
	role TEXT NOT NULL REFERENCES role (id),
	rung TEXT NOT NULL
		CHECK (rung IN ('none', 'invitation', 'reminder', 'last-reminder', 'overdue')),
	above TEXT NOT NULL CHECK (above IN ('none', 'escalation', 'chair')),
	due TEXT NOT NULL CHECK (due IS date(due)),
	act_by TEXT NOT NULL CHECK (act_by IS date(act_by)),
	last_notice TEXT CHECK (last_notice IS date(last_notice)),
	deputy TEXT,
	said TEXT NOT NULL,
	void INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
	PRIMARY KEY (letter, n)
) STRICT;

CREATE UNIQUE INDEX seat_stands ON seat (review, role) WHERE void = 0;

CREATE TRIGGER seat_insert_wakes AFTER INSERT ON seat
BEGIN
	UPDATE item SET wake = '0000-01-01' WHERE wake > ''
		AND id = (SELECT item FROM review WHERE id = NEW.review);
END;
CREATE TRIGGER seat_update_wakes AFTER UPDATE ON seat
BEGIN
	UPDATE item SET wake = '0000-01-01' WHERE wake > ''
		AND id = (SELECT item FROM review WHERE id = NEW.review);
END;
CREATE TRIGGER seat_delete_wakes AFTER DELETE ON seat
BEGIN
	UPDATE item SET wake = '0000-01-01' WHERE wake > ''
		AND id = (SELECT item FROM review WHERE id = OLD.review);
END;

-- Whose part was told of, or answered: NULL where the review has but one holder.
ALTER TABLE told ADD COLUMN seat TEXT;
ALTER TABLE signoff ADD COLUMN seat TEXT;

-- A rung goes out once a day to each of them: '' where there is but one holder.
ALTER TABLE notice RENAME TO notice_alone;
CREATE TABLE notice (
	id INTEGER PRIMARY KEY,
	review TEXT NOT NULL REFERENCES review (id),
	seat TEXT NOT NULL DEFAULT '',
	rung TEXT NOT NULL
		CHECK (rung IN ('invitation', 'reminder', 'last-reminder', 'overdue')),
	day TEXT NOT NULL CHECK (day IS date(day)),
	message_id TEXT REFERENCES outbox (message_id),
	UNIQUE (review, seat, rung, day)
) STRICT;
INSERT INTO notice (id, review, rung, day, message_id)
	SELECT id, review, rung, day, message_id FROM notice_alone;
DROP TABLE notice_alone;
