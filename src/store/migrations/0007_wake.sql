-- SPDX-License-Identifier: EUPL-1.2
-- When a pass is to look at an item again: an index, so that a pass finds what
-- there is to do without working out everything. It is no due date, follows from
-- the facts, and may be thrown away at any time: UPDATE item SET wake = ''.
--
--   wake    ''   a fact of the item or of its family has changed: look now
--           day  nothing can be due of it before that day
--   family  the first id of those that bear on each other's dates (core/family.h);
--           '' until it is worked out again
ALTER TABLE item ADD COLUMN wake TEXT NOT NULL DEFAULT '' CHECK (wake = '' OR wake IS date(wake));
ALTER TABLE item ADD COLUMN family TEXT NOT NULL DEFAULT '';
CREATE INDEX item_wake ON item (wake, id);
CREATE INDEX item_family ON item (family, wake);
CREATE INDEX item_parent ON item (parent) WHERE parent IS NOT NULL;
CREATE INDEX event_item ON event (item);

-- Whatever is written to an item, but for these two columns, wakes its family.
-- New items are awake, and have no family yet.
CREATE TRIGGER item_update_wakes AFTER UPDATE ON item
WHEN NEW.wake IS OLD.wake AND NEW.family IS OLD.family
BEGIN
	UPDATE item SET wake = '' WHERE family = OLD.family AND wake > '';
	UPDATE item SET family = '' WHERE id = NEW.id AND family <> '' AND (NEW.kind IS NOT OLD.kind
		OR NEW.title IS NOT OLD.title OR NEW.parent IS NOT OLD.parent
		OR NEW.replaces IS NOT OLD.replaces);
END;

CREATE TRIGGER item_delete_wakes AFTER DELETE ON item
BEGIN
	UPDATE item SET wake = '', family = '' WHERE family = OLD.family;
END;

-- An event of one item also concerns what is linked to it.
CREATE TRIGGER event_insert_wakes AFTER INSERT ON event
BEGIN
	UPDATE item SET wake = '' WHERE NEW.item = '' AND wake > '';
	UPDATE item SET wake = '' WHERE wake > '' AND family IN
		(SELECT family FROM item WHERE id = NEW.item UNION SELECT family FROM item WHERE parent = NEW.item);
END;
CREATE TRIGGER event_update_wakes AFTER UPDATE ON event
BEGIN
	UPDATE item SET wake = '' WHERE '' IN (OLD.item, NEW.item) AND wake > '';
	UPDATE item SET wake = '' WHERE wake > '' AND family IN
		(SELECT family FROM item WHERE id IN (OLD.item, NEW.item)
		UNION SELECT family FROM item WHERE parent IN (OLD.item, NEW.item));
END;
CREATE TRIGGER event_delete_wakes AFTER DELETE ON event
BEGIN
	UPDATE item SET wake = '' WHERE OLD.item = '' AND wake > '';
	UPDATE item SET wake = '' WHERE wake > '' AND family IN
		(SELECT family FROM item WHERE id = OLD.item UNION SELECT family FROM item WHERE parent = OLD.item);
END;

CREATE TRIGGER exception_insert_wakes AFTER INSERT ON exception
BEGIN
	UPDATE item SET wake = '' WHERE wake > '' AND family IN
		(SELECT family FROM item WHERE id = NEW.item);
END;
CREATE TRIGGER exception_update_wakes AFTER UPDATE ON exception
BEGIN
	UPDATE item SET wake = '' WHERE wake > '' AND family IN
		(SELECT family FROM item WHERE id IN (OLD.item, NEW.item));
END;
CREATE TRIGGER exception_delete_wakes AFTER DELETE ON exception
BEGIN
	UPDATE item SET wake = '' WHERE wake > '' AND family IN
		(SELECT family FROM item WHERE id = OLD.item);
END;

-- A review and a question bear on their own item alone: an early day, not ''.
CREATE TRIGGER review_insert_wakes AFTER INSERT ON review
BEGIN
	UPDATE item SET wake = '0000-01-01' WHERE id = NEW.item AND wake > '';
END;
CREATE TRIGGER review_update_wakes AFTER UPDATE ON review
BEGIN
	UPDATE item SET wake = '0000-01-01' WHERE id = NEW.item AND wake > '';
END;
CREATE TRIGGER review_delete_wakes AFTER DELETE ON review
BEGIN
	UPDATE item SET wake = '0000-01-01' WHERE id = OLD.item AND wake > '';
END;
CREATE TRIGGER question_insert_wakes AFTER INSERT ON question
BEGIN
	UPDATE item SET wake = '0000-01-01' WHERE id = NEW.item AND wake > '';
END;
CREATE TRIGGER question_update_wakes AFTER UPDATE ON question
BEGIN
	UPDATE item SET wake = '0000-01-01' WHERE id IN (OLD.item, NEW.item) AND wake > '';
END;
CREATE TRIGGER question_delete_wakes AFTER DELETE ON question
BEGIN
	UPDATE item SET wake = '0000-01-01' WHERE id = OLD.item AND wake > '';
END;

-- What all items share wakes them all.
CREATE TRIGGER setting_insert_wakes AFTER INSERT ON setting
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER setting_update_wakes AFTER UPDATE ON setting
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER setting_delete_wakes AFTER DELETE ON setting
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER unit_insert_wakes AFTER INSERT ON unit
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER unit_update_wakes AFTER UPDATE ON unit
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER unit_delete_wakes AFTER DELETE ON unit
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER unit_body_insert_wakes AFTER INSERT ON unit_body
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER unit_body_update_wakes AFTER UPDATE ON unit_body
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER unit_body_delete_wakes AFTER DELETE ON unit_body
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER body_insert_wakes AFTER INSERT ON body
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER body_update_wakes AFTER UPDATE ON body
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER body_delete_wakes AFTER DELETE ON body
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER role_insert_wakes AFTER INSERT ON role
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER role_update_wakes AFTER UPDATE ON role
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER role_delete_wakes AFTER DELETE ON role
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER absence_insert_wakes AFTER INSERT ON absence
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER absence_update_wakes AFTER UPDATE ON absence
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER absence_delete_wakes AFTER DELETE ON absence
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER meeting_insert_wakes AFTER INSERT ON meeting
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER meeting_update_wakes AFTER UPDATE ON meeting
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER meeting_delete_wakes AFTER DELETE ON meeting
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER day_off_insert_wakes AFTER INSERT ON day_off
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER day_off_update_wakes AFTER UPDATE ON day_off
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER day_off_delete_wakes AFTER DELETE ON day_off
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER recess_insert_wakes AFTER INSERT ON recess
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER recess_update_wakes AFTER UPDATE ON recess
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;
CREATE TRIGGER recess_delete_wakes AFTER DELETE ON recess
BEGIN UPDATE item SET wake = '' WHERE wake > ''; END;

-- A letter's number within its year: counting the year's letters each time would
-- cost more for every letter there is.
CREATE TABLE letter_count (
	year TEXT PRIMARY KEY,
	n INTEGER NOT NULL
) STRICT;
INSERT INTO letter_count (year, n) SELECT substr(opened, 1, 4), count(*) FROM letter GROUP BY 1;
CREATE TRIGGER letter_is_counted AFTER INSERT ON letter
BEGIN
	INSERT INTO letter_count (year, n) VALUES (substr(NEW.opened, 1, 4), 1)
		ON CONFLICT (year) DO UPDATE SET n = n + 1;
END;
