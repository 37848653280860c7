-- An effect counts as tried from the moment it was decided: no row is written before a request.
ALTER TABLE outbox DROP COLUMN tried_at_ms;
