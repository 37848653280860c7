-- What stands for a new question is found at once, however many were folded into it, and so are the
-- questions next to a message, however many a channel holds.
DROP INDEX questions_by_same_key;
CREATE INDEX questions_by_same_key
    ON questions (course_id, same_key, merged_into, asked_at_ms, message_id);
DROP INDEX questions_by_channel;
CREATE INDEX questions_by_channel ON questions (channel_id, asked_at_ms, message_id);
