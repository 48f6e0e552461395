-- SPDX-License-Identifier: EUPL-1.2
-- What is known of the mails that are claimed: notes of the mail server's yes stand in a
-- log beside the database, under this number. boot: of the machine, by the kernel's name
-- for it; window: the most that are on the wire at a time.
CREATE TABLE outbox_batch (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	number INTEGER NOT NULL,
	boot TEXT NOT NULL,
	window INTEGER NOT NULL
) STRICT;
