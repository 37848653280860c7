-- A question's state follows from facts that are kept apart from it, so that it does not matter in
-- which order they came to be known.

-- Whether the message asks something as it reads now, and whether it was deleted.
ALTER TABLE questions ADD COLUMN asks BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE questions ADD COLUMN gone BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE questions SET gone = TRUE WHERE state = 'withdrawn' AND text = '';

-- A hash of what is asked, the same for questions that ask the same; absent once the text is erased.
ALTER TABLE questions ADD COLUMN same_key BIGINT;
CREATE INDEX questions_by_same_key ON questions (course_id, same_key);

-- A reaction that was taken away leaves its row, so that an older page of history cannot bring it
-- back.
ALTER TABLE reactions ADD COLUMN taken BOOLEAN NOT NULL DEFAULT FALSE;

-- The keys of the outbox under which an answer's messages were last said, parted by blanks.
ALTER TABLE lookups ADD COLUMN keys TEXT NOT NULL DEFAULT '';
ALTER TABLE lookups DROP COLUMN parts;
