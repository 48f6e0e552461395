-- SPDX-License-Identifier: EUPL-1.2
-- What a table that came back changes waits to be confirmed, in the words in which
-- it was shown; so much of it may go that it is asked for again.
ALTER TABLE confirmation ADD COLUMN table_mail INTEGER REFERENCES inbox (id);
ALTER TABLE confirmation ADD COLUMN difference TEXT CHECK ((difference IS NULL) = (table_mail IS NULL));
ALTER TABLE confirmation ADD COLUMN again INTEGER NOT NULL DEFAULT 0 CHECK (again IN (0, 1));

DROP TRIGGER confirmation_keeps_what_was_asked;
CREATE TRIGGER confirmation_keeps_what_was_asked
BEFORE UPDATE OF token_hash, letter, role, address, mail, sender_address, token, sender, domain,
	direct, answers, asked, expires, table_mail, difference, again ON confirmation
BEGIN
	SELECT RAISE(ABORT, 'what a confirmation is about never changes');
END;

-- What a confirmed table did to each asset: who answers for it can be told why it
-- is as it is. The values themselves are the register's.
CREATE TABLE item_edit (
	id INTEGER PRIMARY KEY,
	item TEXT NOT NULL REFERENCES item (id),
	inventory TEXT NOT NULL REFERENCES item (id),
	letter TEXT NOT NULL REFERENCES letter (ref),
	confirmation TEXT NOT NULL REFERENCES confirmation (token_hash),
	role TEXT NOT NULL REFERENCES role (id),
	day TEXT NOT NULL CHECK (day IS date(day)),
	fate TEXT NOT NULL CHECK (fate IN ('added', 'changed', 'removed')),
	retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
	columns TEXT NOT NULL
) STRICT;

CREATE INDEX item_edit_item ON item_edit (item);
CREATE INDEX item_edit_letter ON item_edit (letter);
