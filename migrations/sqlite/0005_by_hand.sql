-- What people say of a question with commands, menus and controls.

-- The last word on a question counts: `answered`, `dismissed`, or `reopened`. After `reopened`, what
-- was said before counts no more.
CREATE TABLE verdicts (
    question_id BIGINT PRIMARY KEY REFERENCES questions (id),
    verdict     TEXT   NOT NULL,
    who_id      BIGINT NOT NULL,
    who_name    TEXT   NOT NULL,
    at_ms       BIGINT NOT NULL
);

-- Who has pointed at a message as an answer.
CREATE TABLE answer_marks (
    answer_id BIGINT  NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
    who_id    BIGINT  NOT NULL,
    who_name  TEXT    NOT NULL,
    by_staff  BOOLEAN NOT NULL,
    at_ms     BIGINT  NOT NULL,
    PRIMARY KEY (answer_id, who_id)
);

-- Until when a question is left out of the digest.
CREATE TABLE snoozes (
    question_id BIGINT PRIMARY KEY REFERENCES questions (id),
    until_ms    BIGINT NOT NULL,
    who_id      BIGINT NOT NULL,
    who_name    TEXT   NOT NULL
);

-- Since when a reaction stands; `at_ms` is when it was last seen.
ALTER TABLE reactions ADD COLUMN since_ms BIGINT NOT NULL DEFAULT 0;
