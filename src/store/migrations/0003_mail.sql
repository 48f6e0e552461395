-- SPDX-License-Identifier: EUPL-1.2
-- Mail in and out. Bytes are written once: triggers keep them from changing.

-- A Maildir has no uidvalidity and uid, IMAP no name: 0 and '', since NULL
-- would never be a duplicate. The same bytes at another place are another mail:
-- only a person may say that two of them are one.
CREATE TABLE inbox (
	id INTEGER PRIMARY KEY,
	source TEXT NOT NULL,
	uidvalidity INTEGER NOT NULL,
	uid INTEGER NOT NULL,
	name TEXT NOT NULL,
	sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
	raw BLOB NOT NULL,
	received INTEGER NOT NULL,
	status TEXT NOT NULL DEFAULT 'new'
		CHECK (status IN ('new', 'applied', 'answered', 'kept', 'coordinator', 'poison')),
	class TEXT,
	verdict TEXT,
	reason TEXT,
	review TEXT REFERENCES review (id),
	crashes INTEGER NOT NULL DEFAULT 0,
	handled INTEGER,
	UNIQUE (source, uidvalidity, uid, name, sha256)
) STRICT;

CREATE INDEX inbox_new ON inbox (status) WHERE status = 'new';

CREATE TRIGGER inbox_keeps_bytes
BEFORE UPDATE OF source, uidvalidity, uid, name, sha256, raw, received ON inbox
BEGIN
	SELECT RAISE(ABORT, 'what came in is kept as it came');
END;

-- answers: the incoming mail that this one answers; NULL for letters of ours.
CREATE TABLE outbox (
	id INTEGER PRIMARY KEY,
	message_id TEXT NOT NULL UNIQUE CHECK (message_id <> ''),
	address TEXT NOT NULL COLLATE NOCASE CHECK (address <> ''),
	letter TEXT REFERENCES letter (ref),
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	bytes BLOB NOT NULL,
	answers INTEGER REFERENCES inbox (id),
	status TEXT NOT NULL DEFAULT 'queued' CHECK (status IN
		('queued', 'sending', 'accepted', 'deferred', 'held', 'failed', 'uncertain')),
	answer TEXT,
	attempts INTEGER NOT NULL DEFAULT 0,
	created INTEGER NOT NULL,
	next_try INTEGER NOT NULL
) STRICT;

CREATE INDEX outbox_due ON outbox (next_try)
	WHERE status IN ('queued', 'deferred', 'uncertain', 'sending');
CREATE INDEX outbox_letter ON outbox (letter);
CREATE INDEX outbox_answers ON outbox (address, created) WHERE answers IS NOT NULL;

CREATE TRIGGER outbox_keeps_bytes
BEFORE UPDATE OF message_id, address, letter, kind, subject, bytes, created ON outbox
BEGIN
	SELECT RAISE(ABORT, 'a mail is rendered once and never again');
END;
