-- SPDX-License-Identifier: EUPL-1.2
-- A recess has the key that the municipality gave it, and may come back every
-- year: year '' (NULL would not be unique), its days as in the leap year 2000,
-- in which its last day lies; both NULL once it has ended. One of a single year
-- stands in the place of that year's.

CREATE TABLE recess_by_key (
	name TEXT NOT NULL CHECK (name <> ''),
	year TEXT NOT NULL CHECK (year IN ('', strftime('%Y', first))),
	first TEXT CHECK (first IS date(first)),
	last TEXT CHECK (last IS date(last) AND last >= first),
	PRIMARY KEY (name, year),
	CHECK ((first IS NULL) = (last IS NULL) AND (first IS NOT NULL OR year = '')),
	CHECK (year <> '' OR first IS NULL OR last LIKE '2000-%')
) STRICT;

-- Until now there were two keys, and no row said which was its own: the season
-- tells. Where a year would have two of one key, both keep their date as name.
INSERT INTO recess_by_key (name, year, first, last)
SELECT iif(count(*) OVER (PARTITION BY guess, year) = 1, guess, 'uppehåll_' || first),
	year, first, last
FROM (
	SELECT iif(strftime('%m', first) BETWEEN '04' AND '10', 'sommaruppehåll', 'juluppehåll')
		AS guess, strftime('%Y', first) AS year, first, last
	FROM recess
);

DROP TABLE recess;
ALTER TABLE recess_by_key RENAME TO recess;
