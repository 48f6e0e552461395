-- SPDX-License-Identifier: EUPL-1.2
-- Deficiencies that employees report by mail. What they wrote is in the kept mail and
-- nowhere else: here stands only who, when, of what, and how it went.
--
--   n        within its year, for the reference
--   sender   NULL: none that can be believed; outside: not of our own domain
--   state    mistaken: it was no deficiency, and does not count
--   stage    how many letters about it the coordinator has had
--   step     the day of the coordinator's next letter; due: of the next one to anybody
--   holder   the role that was told beside the coordinator
--   mails    receipts sent so far; numbers their Message-IDs
CREATE TABLE deficiency (
	ref TEXT PRIMARY KEY CHECK (ref <> ''),
	year INTEGER NOT NULL,
	n INTEGER NOT NULL CHECK (n > 0),
	token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
	mail INTEGER NOT NULL UNIQUE REFERENCES inbox (id),
	sender TEXT,
	outside INTEGER NOT NULL CHECK (outside IN (0, 1)),
	received INTEGER NOT NULL,
	day TEXT NOT NULL CHECK (day IS date(day)),
	item TEXT REFERENCES item (id),
	state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'mistaken')),
	incident INTEGER NOT NULL CHECK (incident IN (0, 1)),
	reason TEXT,
	closed TEXT CHECK (closed IS date(closed)),
	closed_by TEXT,
	stage INTEGER NOT NULL CHECK (stage >= 0),
	step TEXT CHECK (step IS date(step)),
	due TEXT CHECK (due IS date(due)),
	holder TEXT REFERENCES role (id),
	handed_back INTEGER NOT NULL CHECK (handed_back IN (0, 1)),
	mails INTEGER NOT NULL CHECK (mails >= 0),
	UNIQUE (year, n),
	CHECK ((state = 'open') = (due IS NOT NULL)),
	CHECK ((state = 'open') = (closed IS NULL))
) STRICT;

CREATE INDEX deficiency_due ON deficiency (due, ref) WHERE due IS NOT NULL;
CREATE INDEX deficiency_item ON deficiency (item, day) WHERE item IS NOT NULL;

CREATE TRIGGER deficiency_keeps_its_mail
BEFORE UPDATE OF ref, year, n, token_hash, mail, sender, outside, received, day ON deficiency
WHEN NEW.ref IS NOT OLD.ref OR NEW.year IS NOT OLD.year OR NEW.n IS NOT OLD.n
	OR NEW.token_hash IS NOT OLD.token_hash OR NEW.mail IS NOT OLD.mail
	OR NEW.sender IS NOT OLD.sender OR NEW.outside IS NOT OLD.outside
	OR NEW.received IS NOT OLD.received OR NEW.day IS NOT OLD.day
BEGIN
	SELECT RAISE(ABORT, 'a deficiency is what was reported');
END;

-- What was added to it by later mails.
CREATE TABLE deficiency_mail (
	deficiency TEXT NOT NULL REFERENCES deficiency (ref),
	mail INTEGER NOT NULL UNIQUE REFERENCES inbox (id),
	PRIMARY KEY (deficiency, mail)
) STRICT;

-- Who was told of it, in which letter, under which number there.
CREATE TABLE deficiency_told (
	deficiency TEXT NOT NULL REFERENCES deficiency (ref),
	letter TEXT NOT NULL REFERENCES letter (ref),
	n INTEGER NOT NULL,
	role TEXT NOT NULL REFERENCES role (id),
	stage INTEGER NOT NULL,
	day TEXT NOT NULL CHECK (day IS date(day)),
	message_id TEXT REFERENCES outbox (message_id),
	PRIMARY KEY (letter, n)
) STRICT;
CREATE INDEX deficiency_told_of ON deficiency_told (deficiency);

-- Reports count for their item as events do, each of them: those of one day are one
-- row. cases: those that are not mistaken; told: somebody told the event itself,
-- which is then taken for one of them.
ALTER TABLE event ADD COLUMN told INTEGER NOT NULL DEFAULT 1 CHECK (told IN (0, 1));
ALTER TABLE event ADD COLUMN cases INTEGER NOT NULL DEFAULT 0 CHECK (cases >= 0);

CREATE TRIGGER deficiency_insert_counts AFTER INSERT ON deficiency
WHEN NEW.item IS NOT NULL AND NEW.state <> 'mistaken'
BEGIN
	INSERT INTO event (name, day, item, happened, triggered, told, cases)
		VALUES ('brist', NEW.day, NEW.item, 1, 1, 0, 1)
		ON CONFLICT (name, day, item) DO UPDATE SET happened = 1, cases = cases + 1;
END;

CREATE TRIGGER deficiency_update_counts AFTER UPDATE OF item, state ON deficiency
WHEN NEW.item IS NOT OLD.item OR (NEW.state = 'mistaken') <> (OLD.state = 'mistaken')
BEGIN
	UPDATE event SET cases = cases - 1 WHERE name = 'brist' AND day = OLD.day
		AND item = OLD.item AND OLD.state <> 'mistaken';
	DELETE FROM event WHERE name = 'brist' AND day = OLD.day AND item = OLD.item
		AND cases = 0 AND told = 0;
	INSERT INTO event (name, day, item, happened, triggered, told, cases)
		SELECT 'brist', NEW.day, NEW.item, 1, 1, 0, 1
		WHERE NEW.item IS NOT NULL AND NEW.state <> 'mistaken'
		ON CONFLICT (name, day, item) DO UPDATE SET happened = 1, cases = cases + 1;
END;

CREATE TRIGGER deficiency_delete_counts AFTER DELETE ON deficiency
WHEN OLD.item IS NOT NULL AND OLD.state <> 'mistaken'
BEGIN
	UPDATE event SET cases = cases - 1 WHERE name = 'brist' AND day = OLD.day AND item = OLD.item;
	DELETE FROM event WHERE name = 'brist' AND day = OLD.day AND item = OLD.item
		AND cases = 0 AND told = 0;
END;
