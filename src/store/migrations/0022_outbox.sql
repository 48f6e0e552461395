-- SPDX-License-Identifier: EUPL-1.2
-- Mail on its way out, through all that can become of it.

-- A person may cancel what has not gone. The column is made anew: a CHECK cannot be
-- changed.
ALTER TABLE outbox ADD COLUMN state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN
	('queued', 'sending', 'accepted', 'deferred', 'held', 'failed', 'uncertain', 'cancelled'));
UPDATE outbox SET state = status;
DROP INDEX outbox_due;
DROP INDEX outbox_created;
DROP INDEX outbox_stuck;
ALTER TABLE outbox DROP COLUMN status;
ALTER TABLE outbox RENAME COLUMN state TO status;
-- With all that the choice hangs on, so that no mail's bytes are read for it.
CREATE INDEX outbox_due ON outbox (next_try, id, status, kind)
	WHERE status IN ('queued', 'deferred', 'uncertain', 'sending');
CREATE INDEX outbox_created ON outbox (created, status);
CREATE INDEX outbox_stuck ON outbox (status) WHERE status IN ('held', 'failed');

-- since: when it began to wait: put in, released, or asked for again.
-- tried: when it was last handed over; NULL: never.
-- told: what the coordinator has been told: 0 nothing, 1 that it is late, 2 that it
--       failed. What failed before this was never told, and is no news.
ALTER TABLE outbox ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN tried INTEGER;
ALTER TABLE outbox ADD COLUMN told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1, 2));
UPDATE outbox SET since = created, told = iif(status = 'failed', 2, 0);
CREATE INDEX outbox_tried ON outbox (tried);
CREATE INDEX outbox_failed ON outbox (id) WHERE status = 'failed' AND told < 2;
CREATE INDEX outbox_late ON outbox (since)
	WHERE status IN ('queued', 'deferred', 'uncertain') AND told = 0;
CREATE INDEX outbox_word ON outbox (created) WHERE kind = 'outbox';

-- No mail goes while there is a row here, but word of it to the coordinator.
-- reason: the server's answer, or what a person said.
CREATE TABLE outbox_hold (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	since INTEGER NOT NULL,
	reason TEXT NOT NULL CHECK (reason <> ''),
	told INTEGER NOT NULL CHECK (told IN (0, 1))
) STRICT;
INSERT INTO outbox_hold (id, since, reason, told)
	SELECT 1, max(created), coalesce(max(answer), 'held'), 0 FROM outbox WHERE status = 'held'
	HAVING count(*) > 0;
CREATE INDEX outbox_held ON outbox (status) WHERE status = 'held';

-- The server is away, or wants peace: nothing is tried before `until`. `tries` says
-- how often in a row.
CREATE TABLE outbox_pause (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	until INTEGER NOT NULL,
	tries INTEGER NOT NULL,
	answer TEXT NOT NULL
) STRICT;
