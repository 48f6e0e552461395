-- SPDX-License-Identifier: EUPL-1.2
-- What an answer made of a field of the register that its files write too, and what the
-- files had said of it: so that the same file, imported again, does not take it back.
--   what, id  'item' and its id; 'absence' and its role and first day; 'exception' and
--             its item, due date and kind
--   field     of an item a key of its `shown`
--   before    'said': the files said `said` (NULL: nothing); 'unknown': something that was
--             not kept; 'new': there was no such row
CREATE TABLE amendment (
	what TEXT NOT NULL CHECK (what = 'item' OR what = 'absence' OR what = 'exception'),
	id TEXT NOT NULL,
	field TEXT NOT NULL,
	before TEXT NOT NULL CHECK (before = 'said' OR before = 'unknown' OR before = 'new'),
	said TEXT CHECK (said IS NULL OR before = 'said'),
	since TEXT NOT NULL CHECK (since IS date(since)),
	PRIMARY KEY (what, id, field)
) STRICT, WITHOUT ROWID;

-- Of what confirmed tables did before this it is known which columns they changed. Where
-- the register has what a file says by now, the next import lets go of them.
INSERT INTO amendment (what, id, field, before, since)
SELECT 'item', e.item, c.field, CASE WHEN max(e.fate = 'added') THEN 'new' ELSE 'unknown' END, max(e.day)
FROM item_edit e JOIN (
	SELECT 'namn' AS name, 'title' AS field
	UNION ALL SELECT 'slag', 'subkind'
	UNION ALL SELECT 'informationsägare', 'owner'
	UNION ALL SELECT 'ansvarig', 'responsible'
	UNION ALL SELECT 'systemförvaltare', 'manager'
	UNION ALL SELECT 'status', 'status'
	UNION ALL SELECT 'senast_klassad', 'classified'
	UNION ALL SELECT 'intervall', 'rule'
	UNION ALL SELECT 'ny K', 'k'
	UNION ALL SELECT 'ny R', 'r'
	UNION ALL SELECT 'ny T', 't'
	UNION ALL SELECT 'ny K', 'classified'
	UNION ALL SELECT 'ny R', 'classified'
	UNION ALL SELECT 'ny T', 'classified'
) c ON instr(', ' || e.columns || ', ', ', ' || c.name || ', ') > 0 OR (e.fate = 'removed' AND c.name = 'status')
GROUP BY e.item, c.field;
