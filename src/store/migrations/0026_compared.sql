-- SPDX-License-Identifier: EUPL-1.2
-- What every letter writes, with less to look after.
--
-- A list of three and more after IN is made anew, as a table of its own, each time that
-- a row is checked or that an index asks whether the row is one of its: half of what
-- writing a letter cost. Comparisons say the same. And an index holds no column that
-- changes at each step of a mail's way.
--
-- Foreign keys rest while a migration runs, and are looked through at its end; names in
-- triggers stand for what bears the name when they run.
PRAGMA legacy_alter_table = ON;

CREATE TABLE review_compared (
	id TEXT PRIMARY KEY CHECK (id <> ''),
	item TEXT NOT NULL REFERENCES item (id),
	state TEXT NOT NULL CHECK (state = 'planned' OR state = 'open' OR state = 'changes-asked'
		OR state = 'wrong-person' OR state = 'awaiting-decision' OR state = 'closed'
		OR state = 'cancelled' OR state = 'superseded'),
	rung TEXT NOT NULL CHECK (rung = 'none' OR rung = 'invitation' OR rung = 'reminder'
		OR rung = 'last-reminder' OR rung = 'overdue'),
	due TEXT NOT NULL CHECK (due IS date(due)),
	act_by TEXT NOT NULL CHECK (act_by IS date(act_by)),
	opened TEXT CHECK (opened IS date(opened)),
	last_notice TEXT CHECK (last_notice IS date(last_notice)),
	extended_until TEXT CHECK (extended_until IS date(extended_until)),
	version TEXT,
	letter TEXT REFERENCES letter (ref),
	n INTEGER NOT NULL,
	signed_on TEXT CHECK (signed_on IS date(signed_on)),
	above TEXT NOT NULL DEFAULT 'none'
		CHECK (above = 'none' OR above = 'escalation' OR above = 'chair'),
	deputy TEXT,
	copied_in TEXT REFERENCES letter (ref),
	copied_n INTEGER NOT NULL DEFAULT 0,
	mails INTEGER NOT NULL DEFAULT 0 CHECK (mails >= 0),
	UNIQUE (letter, n)
) STRICT;
INSERT INTO review_compared (id, item, state, rung, due, act_by, opened, last_notice,
	extended_until, version, letter, n, signed_on, above, deputy, copied_in, copied_n, mails)
SELECT id, item, state, rung, due, act_by, opened, last_notice,
	extended_until, version, letter, n, signed_on, above, deputy, copied_in, copied_n, mails
FROM review;
DROP TABLE review;
ALTER TABLE review_compared RENAME TO review;

CREATE INDEX review_item ON review (item);
CREATE UNIQUE INDEX review_open ON review (item)
	WHERE state <> 'closed' AND state <> 'cancelled' AND state <> 'superseded';
CREATE INDEX review_copied ON review (copied_in) WHERE copied_in IS NOT NULL;
CREATE TRIGGER review_keeps_item BEFORE UPDATE OF item ON review
WHEN NEW.item IS NOT OLD.item
BEGIN
	SELECT RAISE(ABORT, 'a review belongs to one item for ever');
END;
CREATE TRIGGER review_keeps_letter BEFORE UPDATE OF letter, n ON review
WHEN OLD.letter IS NOT NULL AND (NEW.letter IS NOT OLD.letter OR NEW.n IS NOT OLD.n)
BEGIN
	SELECT RAISE(ABORT, 'a review keeps its letter and its number');
END;
CREATE TRIGGER review_insert_wakes AFTER INSERT ON review
BEGIN
	UPDATE item SET wake = '0000-01-01' WHERE id = NEW.item AND wake > '';
END;
CREATE TRIGGER review_update_wakes AFTER UPDATE ON review
BEGIN
	UPDATE item SET wake = '0000-01-01' WHERE id = NEW.item AND wake > '';
END;
CREATE TRIGGER review_delete_wakes AFTER DELETE ON review
BEGIN
	UPDATE item SET wake = '0000-01-01' WHERE id = OLD.item AND wake > '';
END;

CREATE TABLE notice_compared (
	id INTEGER PRIMARY KEY,
	review TEXT NOT NULL REFERENCES review (id),
	seat TEXT NOT NULL DEFAULT '',
	rung TEXT NOT NULL CHECK (rung = 'invitation' OR rung = 'reminder'
		OR rung = 'last-reminder' OR rung = 'overdue'),
	day TEXT NOT NULL CHECK (day IS date(day)),
	message_id TEXT REFERENCES outbox (message_id),
	UNIQUE (review, seat, rung, day)
) STRICT;
INSERT INTO notice_compared (id, review, seat, rung, day, message_id)
	SELECT id, review, seat, rung, day, message_id FROM notice;
DROP TABLE notice;
ALTER TABLE notice_compared RENAME TO notice;

CREATE TABLE outbox_compared (
	id INTEGER PRIMARY KEY,
	message_id TEXT NOT NULL UNIQUE CHECK (message_id <> ''),
	address TEXT NOT NULL COLLATE NOCASE CHECK (address <> ''),
	letter TEXT REFERENCES letter (ref),
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	answers INTEGER REFERENCES inbox (id),
	answer TEXT,
	attempts INTEGER NOT NULL DEFAULT 0,
	created INTEGER NOT NULL,
	next_try INTEGER NOT NULL,
	status TEXT NOT NULL DEFAULT 'queued' CHECK (status = 'queued' OR status = 'sending'
		OR status = 'accepted' OR status = 'deferred' OR status = 'held' OR status = 'failed'
		OR status = 'uncertain' OR status = 'cancelled'),
	since INTEGER NOT NULL DEFAULT 0,
	tried INTEGER,
	told INTEGER NOT NULL DEFAULT 0 CHECK (told BETWEEN 0 AND 2)
) STRICT;
INSERT INTO outbox_compared (id, message_id, address, letter, kind, subject, answers, answer,
	attempts, created, next_try, status, since, tried, told)
SELECT id, message_id, address, letter, kind, subject, answers, answer,
	attempts, created, next_try, status, since, tried, told
FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_compared RENAME TO outbox;

CREATE INDEX outbox_letter ON outbox (letter);
CREATE INDEX outbox_created ON outbox (created);
CREATE INDEX outbox_answers ON outbox (address, created) WHERE answers IS NOT NULL;
CREATE INDEX outbox_answered ON outbox (created) WHERE answers IS NOT NULL;
CREATE INDEX outbox_to ON outbox (answers) WHERE answers IS NOT NULL;
CREATE INDEX outbox_due ON outbox (next_try, id, kind) WHERE status = 'queued'
	OR status = 'deferred' OR status = 'uncertain' OR status = 'sending';
CREATE INDEX outbox_late ON outbox (since) WHERE told = 0 AND (status = 'queued'
	OR status = 'deferred' OR status = 'uncertain' OR status = 'sending');
CREATE INDEX outbox_sending ON outbox (id) WHERE status = 'sending';
CREATE INDEX outbox_tried ON outbox (tried) WHERE tried IS NOT NULL;
CREATE INDEX outbox_stuck ON outbox (status) WHERE status = 'held' OR status = 'failed';
CREATE INDEX outbox_failed ON outbox (id) WHERE status = 'failed' AND told < 2;
CREATE INDEX outbox_word ON outbox (created) WHERE kind = 'outbox';
CREATE TRIGGER outbox_keeps_mail
BEFORE UPDATE OF message_id, address, letter, kind, subject, created ON outbox
BEGIN
	SELECT RAISE(ABORT, 'a mail is rendered once and never again');
END;

-- Nobody asks for letters by their day.
DROP INDEX letter_opened;

PRAGMA legacy_alter_table = OFF;

-- What a pass notes about an item itself, wake and family, is no change of it.
DROP TRIGGER item_update_wakes;
CREATE TRIGGER item_update_wakes AFTER UPDATE OF id, title, kind, subkind, body, responsible,
	decided_by, parent, registry_no, paragraph, replaces, decided, revised, reviewed, valid_from,
	decided_ask, rule_text, validity, needs_decision, retired, name_protected, shown, note,
	known_on, completed, confidentiality, integrity, availability, classified, completed_for,
	training, approvers, quorum, author, renewed, renewed_paragraph, renewed_no, renewed_for,
	ended ON item
BEGIN
	UPDATE item SET wake = '' WHERE family = OLD.family AND wake > '';
	UPDATE item SET family = '' WHERE id = NEW.id AND family <> '' AND (NEW.kind IS NOT OLD.kind
		OR NEW.title IS NOT OLD.title OR NEW.parent IS NOT OLD.parent
		OR NEW.replaces IS NOT OLD.replaces);
END;
