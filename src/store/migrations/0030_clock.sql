-- SPDX-License-Identifier: EUPL-1.2
-- What a clock that was ahead has left says nothing of the days before it is that day.

-- The day of the last pass that looked at items. One that comes before it, by a clock
-- that was ahead then or is behind now, can trust no day on which an item was to wake.
ALTER TABLE pulse ADD COLUMN planned TEXT CHECK (planned IS date(planned));
UPDATE item SET wake = '' WHERE wake > '';

-- The letter for a period that went on a day that had not come goes again in its time.
CREATE TABLE report_dated (
	kind TEXT NOT NULL CHECK (kind IN ('week', 'quarter')),
	period TEXT NOT NULL CHECK (period IS date(period)),
	day TEXT NOT NULL CHECK (day IS date(day)),
	at INTEGER NOT NULL,
	letter TEXT NOT NULL REFERENCES letter (ref),
	figures TEXT NOT NULL,
	PRIMARY KEY (kind, period, day)
) STRICT;
INSERT INTO report_dated (kind, period, day, at, letter, figures)
SELECT kind, period, day, at, letter, figures FROM report;
DROP TABLE report;
ALTER TABLE report_dated RENAME TO report;

CREATE TRIGGER report_is_not_changed BEFORE UPDATE ON report
BEGIN
	SELECT RAISE(ABORT, 'a report is written once');
END;

CREATE TRIGGER report_starts_counting_again AFTER INSERT ON report
WHEN NEW.kind = 'week'
BEGIN
	UPDATE pulse SET passes = 0, failed = 0, longest = 0;
END;
