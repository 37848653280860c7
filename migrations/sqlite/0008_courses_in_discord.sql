-- Courses that are set up in Discord are kept here; those of files stay in their files.

-- What a course is set to, as JSON; absent: its file says so. What an older Beadle left out has its
-- default.
ALTER TABLE courses ADD COLUMN settings TEXT;

-- What a lecture is; without a title it is a file's, or was taken away and keeps its questions and
-- its table. `held_on` is a date, `channels` are ids parted by blanks.
ALTER TABLE lectures ADD COLUMN title TEXT;
ALTER TABLE lectures ADD COLUMN video TEXT;
ALTER TABLE lectures ADD COLUMN duration_s BIGINT;
ALTER TABLE lectures ADD COLUMN held_on TEXT;
ALTER TABLE lectures ADD COLUMN channels TEXT NOT NULL DEFAULT '';

-- Set-ups that somebody has begun: they survive a restart. `course_id` is absent for a new course. No
-- number comes twice, since controls of set-ups that are over still name theirs.
CREATE TABLE course_drafts (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id     BIGINT NOT NULL,
    who_id        BIGINT NOT NULL,
    course_id     BIGINT REFERENCES courses (id),
    settings      TEXT   NOT NULL,
    changed_at_ms BIGINT NOT NULL
);
