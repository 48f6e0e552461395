-- SPDX-License-Identifier: EUPL-1.2
-- A mail's bytes apart from what becomes of it: a row is written anew whole at each
-- change of its state, and the bytes are most of it.
CREATE TABLE outbox_bytes (
	id INTEGER PRIMARY KEY REFERENCES outbox (id),
	bytes BLOB NOT NULL
) STRICT;
INSERT INTO outbox_bytes (id, bytes) SELECT id, bytes FROM outbox;

DROP TRIGGER outbox_keeps_bytes;
ALTER TABLE outbox DROP COLUMN bytes;
CREATE TRIGGER outbox_keeps_mail
BEFORE UPDATE OF message_id, address, letter, kind, subject, created ON outbox
BEGIN
	SELECT RAISE(ABORT, 'a mail is rendered once and never again');
END;
CREATE TRIGGER outbox_keeps_bytes
BEFORE UPDATE ON outbox_bytes
BEGIN
	SELECT RAISE(ABORT, 'a mail is rendered once and never again');
END;
