-- SPDX-License-Identifier: EUPL-1.2
-- What the DNS said of the keys that mail was signed with, and from when on. A
-- mail was held against the last row before it was read.

CREATE TABLE dkim_key (
	id INTEGER PRIMARY KEY,
	domain TEXT NOT NULL,
	selector TEXT NOT NULL,
	found TEXT NOT NULL CHECK (found IN ('found', 'none', 'failed')),
	record TEXT CHECK ((record IS NULL) = (found <> 'found')),
	fetched INTEGER NOT NULL
) STRICT;

CREATE INDEX dkim_key_name ON dkim_key (domain, selector, id);

CREATE TRIGGER dkim_key_is_not_changed BEFORE UPDATE ON dkim_key
BEGIN
	SELECT raise(ABORT, 'what the DNS said is never changed');
END;
CREATE TRIGGER dkim_key_is_not_deleted BEFORE DELETE ON dkim_key
BEGIN
	SELECT raise(ABORT, 'what the DNS said is never deleted');
END;
