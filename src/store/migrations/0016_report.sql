-- SPDX-License-Identifier: EUPL-1.2
-- Letters that nobody asked for: the coordinator's of the week, the board's of the
-- quarter. One for each period, whatever happens in between: its row is written
-- together with its mail. period: the weekday that the week's letter is for, the last
-- day of the quarter. figures: what it said, for the next one to compare with.
CREATE TABLE report (
	kind TEXT NOT NULL CHECK (kind IN ('week', 'quarter')),
	period TEXT NOT NULL CHECK (period IS date(period)),
	day TEXT NOT NULL CHECK (day IS date(day)),
	at INTEGER NOT NULL,
	letter TEXT NOT NULL REFERENCES letter (ref),
	figures TEXT NOT NULL,
	PRIMARY KEY (kind, period)
) STRICT;

CREATE TRIGGER report_is_not_changed BEFORE UPDATE ON report
BEGIN
	SELECT RAISE(ABORT, 'a report is written once');
END;

-- That the program runs: one row. started: the day of the first pass. passes, failed,
-- longest: since the last letter of the week, how many there were, in how many of them
-- no mail could be fetched, and the longest time between two, in seconds.
CREATE TABLE pulse (
	one INTEGER PRIMARY KEY CHECK (one = 1),
	started TEXT CHECK (started IS date(started)),
	last INTEGER,
	passes INTEGER NOT NULL DEFAULT 0,
	failed INTEGER NOT NULL DEFAULT 0,
	longest INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO pulse (one) VALUES (1);

CREATE TRIGGER report_starts_counting_again AFTER INSERT ON report
WHEN NEW.kind = 'week'
BEGIN
	UPDATE pulse SET passes = 0, failed = 0, longest = 0;
END;

-- What is counted for them, without going through every mail's bytes.
CREATE INDEX outbox_created ON outbox (created, status);
CREATE INDEX outbox_stuck ON outbox (status) WHERE status IN ('held', 'failed');
CREATE INDEX inbox_handled ON inbox (handled, status) WHERE handled IS NOT NULL;
CREATE INDEX inbox_waiting ON inbox (status) WHERE status IN ('coordinator', 'poison');
