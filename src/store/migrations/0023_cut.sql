-- SPDX-License-Identifier: EUPL-1.2
-- Of a mail that is too large the first piece is kept; the whole lies in the folder
-- for handled mail. Its size as the server said, 0 where it did not; NULL: all is here.
ALTER TABLE inbox ADD COLUMN cut_of INTEGER CHECK (cut_of >= 0);

DROP TRIGGER inbox_keeps_bytes;
CREATE TRIGGER inbox_keeps_bytes
BEFORE UPDATE OF source, uidvalidity, uid, name, sha256, raw, received, cut_of ON inbox
BEGIN
	SELECT RAISE(ABORT, 'what came in is kept as it came');
END;

-- A mailbox that was made anew gives the same mail under another number.
CREATE INDEX inbox_bytes ON inbox (sha256);
