-- SPDX-License-Identifier: EUPL-1.2
-- What every answer writes, with less to look after; as 0025 and 0026 did for letters.
--
-- The bytes of what came in stand apart from what becomes of it: a row is written anew
-- whole at each change of its state, and the bytes are most of it. And a list after IN is
-- a table made for each row that is checked: comparisons say the same.
PRAGMA legacy_alter_table = ON;

DROP INDEX inbox_bytes; -- its name is the table's now
CREATE TABLE inbox_bytes (
	id INTEGER PRIMARY KEY REFERENCES inbox (id),
	raw BLOB NOT NULL
) STRICT;
INSERT INTO inbox_bytes (id, raw) SELECT id, raw FROM inbox;

CREATE TABLE inbox_apart (
	id INTEGER PRIMARY KEY,
	source TEXT NOT NULL,
	uidvalidity INTEGER NOT NULL,
	uid INTEGER NOT NULL,
	name TEXT NOT NULL,
	sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
	received INTEGER NOT NULL,
	cut_of INTEGER CHECK (cut_of >= 0),
	status TEXT NOT NULL DEFAULT 'new' CHECK (status = 'new' OR status = 'applied'
		OR status = 'answered' OR status = 'kept' OR status = 'coordinator' OR status = 'poison'),
	class TEXT,
	verdict TEXT,
	reason TEXT,
	review TEXT REFERENCES review (id),
	crashes INTEGER NOT NULL DEFAULT 0,
	handled INTEGER,
	message_id TEXT,
	sender TEXT,
	letter TEXT REFERENCES letter (ref),
	withheld TEXT,
	settled INTEGER,
	settled_why TEXT CHECK ((settled_why IS NULL) = (settled IS NULL)),
	UNIQUE (source, uidvalidity, uid, name, sha256)
) STRICT;
INSERT INTO inbox_apart (id, source, uidvalidity, uid, name, sha256, received, cut_of, status,
	class, verdict, reason, review, crashes, handled, message_id, sender, letter, withheld,
	settled, settled_why)
SELECT id, source, uidvalidity, uid, name, sha256, received, cut_of, status,
	class, verdict, reason, review, crashes, handled, message_id, sender, letter, withheld,
	settled, settled_why
FROM inbox;
DROP TABLE inbox;
ALTER TABLE inbox_apart RENAME TO inbox;

CREATE INDEX inbox_new ON inbox (status) WHERE status = 'new';
CREATE INDEX inbox_message ON inbox (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX inbox_withheld ON inbox (withheld, handled) WHERE withheld IS NOT NULL;
CREATE INDEX inbox_handled ON inbox (handled, status) WHERE handled IS NOT NULL;
CREATE INDEX inbox_waiting ON inbox (status, settled)
	WHERE (status = 'coordinator' OR status = 'poison') AND settled IS NULL;
CREATE INDEX inbox_sha256 ON inbox (sha256);
CREATE TRIGGER inbox_keeps_mail
BEFORE UPDATE OF source, uidvalidity, uid, name, sha256, received, cut_of ON inbox
BEGIN
	SELECT RAISE(ABORT, 'what came in is kept as it came');
END;
CREATE TRIGGER inbox_keeps_bytes
BEFORE UPDATE ON inbox_bytes
BEGIN
	SELECT RAISE(ABORT, 'what came in is kept as it came');
END;

CREATE TABLE signoff_compared (
	id INTEGER PRIMARY KEY,
	review TEXT NOT NULL REFERENCES review (id),
	role TEXT NOT NULL REFERENCES role (id),
	address TEXT NOT NULL,
	verdict TEXT NOT NULL CHECK (verdict = 'none' OR verdict = 'approve' OR verdict = 'changes'
		OR verdict = 'reject' OR verdict = 'extension' OR verdict = 'wrong-person'
		OR verdict = 'forwarded' OR verdict = 'decision' OR verdict = 'question'
		OR verdict = 'unclear'),
	text TEXT,
	version TEXT,
	deputy INTEGER NOT NULL CHECK (deputy BETWEEN 0 AND 1),
	token TEXT NOT NULL CHECK (token = 'no' OR token = 'yes' OR token = 'unknown'),
	sender TEXT NOT NULL CHECK (sender = 'no' OR sender = 'yes' OR sender = 'unknown'),
	domain TEXT NOT NULL CHECK (domain = 'no' OR domain = 'yes' OR domain = 'unknown'),
	at INTEGER NOT NULL,
	mail INTEGER REFERENCES inbox (id),
	before_state TEXT,
	before_rung TEXT,
	before_act_by TEXT CHECK (before_act_by IS date(before_act_by)),
	before_extended TEXT CHECK (before_extended IS date(before_extended)),
	before_completed TEXT CHECK (before_completed IS date(before_completed)),
	before_completed_for TEXT CHECK (before_completed_for IS date(before_completed_for)),
	confirmation TEXT REFERENCES confirmation (token_hash),
	seat TEXT,
	outcome TEXT CHECK (outcome = 'editorial' OR outcome = 'revise' OR outcome = 'ended')
) STRICT;
INSERT INTO signoff_compared (id, review, role, address, verdict, text, version, deputy, token,
	sender, domain, at, mail, before_state, before_rung, before_act_by, before_extended,
	before_completed, before_completed_for, confirmation, seat, outcome)
SELECT id, review, role, address, verdict, text, version, deputy, token,
	sender, domain, at, mail, before_state, before_rung, before_act_by, before_extended,
	before_completed, before_completed_for, confirmation, seat, outcome
FROM signoff;
DROP TABLE signoff;
ALTER TABLE signoff_compared RENAME TO signoff;

CREATE INDEX signoff_review ON signoff (review);
CREATE TRIGGER signoff_is_not_changed BEFORE UPDATE ON signoff
BEGIN
	SELECT RAISE(ABORT, 'a sign-off is withdrawn, never changed');
END;

CREATE TABLE rsvp_compared (
	id INTEGER PRIMARY KEY,
	letter TEXT NOT NULL REFERENCES letter (ref),
	mail INTEGER NOT NULL UNIQUE REFERENCES inbox (id),
	attendee TEXT,
	who TEXT NOT NULL CHECK (who = 'invited' OR who = 'alias' OR who = 'deputy'
		OR who = 'stranger'),
	method TEXT NOT NULL,
	partstat TEXT,
	sequence INTEGER NOT NULL,
	stamp INTEGER NOT NULL,
	sent_by TEXT,
	delegated_to TEXT,
	comment TEXT,
	proposed INTEGER,
	proposed_end INTEGER,
	outcome TEXT NOT NULL CHECK (outcome = 'recorded' OR outcome = 'old' OR outcome = 'doubtful'
		OR outcome = 'stranger' OR outcome = 'moved' OR outcome = 'stays' OR outcome = 'declined'
		OR outcome = 'delegated' OR outcome = 'sent-again' OR outcome = 'no-sign-off'),
	at INTEGER NOT NULL
) STRICT;
INSERT INTO rsvp_compared (id, letter, mail, attendee, who, method, partstat, sequence, stamp,
	sent_by, delegated_to, comment, proposed, proposed_end, outcome, at)
SELECT id, letter, mail, attendee, who, method, partstat, sequence, stamp,
	sent_by, delegated_to, comment, proposed, proposed_end, outcome, at
FROM rsvp;
DROP TABLE rsvp;
ALTER TABLE rsvp_compared RENAME TO rsvp;

CREATE INDEX rsvp_letter ON rsvp (letter, id);
CREATE TRIGGER rsvp_is_not_changed BEFORE UPDATE ON rsvp
BEGIN
	SELECT RAISE(ABORT, 'what came in is kept as it came');
END;

PRAGMA legacy_alter_table = OFF;
