-- What was done to a topic table, and whether it was taken back. `what`: `added`, `edited`, `removed`,
-- `imported`.
ALTER TABLE topic_changes ADD COLUMN what TEXT NOT NULL DEFAULT 'imported';
ALTER TABLE topic_changes ADD COLUMN undone_by TEXT;
ALTER TABLE topic_changes ADD COLUMN undone_at_ms BIGINT;
CREATE INDEX topic_changes_by_lecture ON topic_changes (lecture_id, id);

-- Tables that somebody is looking at before they take the place of the one before (`table_csv`).
CREATE TABLE topic_imports (
    -- A number is not given twice: an old message's button must not reach another's table.
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    lecture_id BIGINT NOT NULL REFERENCES lectures (id),
    table_csv  TEXT   NOT NULL,
    shown_at_ms BIGINT NOT NULL
);
