-- SPDX-License-Identifier: EUPL-1.2
-- A decision may also be a role's, by delegation: then it has no paragraph, is
-- reported to the body, and stands from the day it was made.
ALTER TABLE decision ADD COLUMN role TEXT REFERENCES role (id);
