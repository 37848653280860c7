-- The whole of what Beadle keeps. Columns carry their unit: `_ms` are UTC milliseconds since 1970,
-- `_s` whole seconds; Discord's ids are the same 64 bits, signed.

-- One row a course that has been seen; what a course is set to stands in its file.
CREATE TABLE courses (
    id            INTEGER PRIMARY KEY,
    slug          TEXT   NOT NULL UNIQUE,
    server_id     BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL
);

CREATE TABLE lectures (
    id        INTEGER PRIMARY KEY,
    course_id BIGINT NOT NULL REFERENCES courses (id),
    slug      TEXT   NOT NULL,
    UNIQUE (course_id, slug)
);

-- Topic tables that were imported; tables of course files stay in their files.
CREATE TABLE topics (
    lecture_id BIGINT NOT NULL REFERENCES lectures (id),
    start_s    BIGINT NOT NULL,
    end_s      BIGINT,
    title      TEXT   NOT NULL,
    note       TEXT,
    PRIMARY KEY (lecture_id, start_s)
);

-- Who changed a topic table and what was there before (`before_csv`).
CREATE TABLE topic_changes (
    id            INTEGER PRIMARY KEY,
    lecture_id    BIGINT NOT NULL REFERENCES lectures (id),
    changed_by    TEXT   NOT NULL,
    changed_at_ms BIGINT NOT NULL,
    before_csv    TEXT   NOT NULL
);

CREATE TABLE questions (
    id            INTEGER PRIMARY KEY,
    course_id     BIGINT NOT NULL REFERENCES courses (id),
    lecture_id    BIGINT REFERENCES lectures (id),
    server_id     BIGINT NOT NULL,
    channel_id    BIGINT NOT NULL,
    message_id    BIGINT NOT NULL UNIQUE,
    asker_id      BIGINT NOT NULL,
    asker_name    TEXT   NOT NULL,
    text          TEXT   NOT NULL,
    asking        TEXT   NOT NULL,
    offset_s      BIGINT,
    state         TEXT   NOT NULL,
    merged_into   BIGINT REFERENCES questions (id),
    by_hand       BOOLEAN NOT NULL,
    asked_at_ms   BIGINT NOT NULL,
    edited_at_ms  BIGINT NOT NULL,
    closed_at_ms  BIGINT
);
CREATE INDEX questions_by_course ON questions (course_id, state);
CREATE INDEX questions_by_lecture ON questions (lecture_id, state, offset_s);
CREATE INDEX questions_by_channel ON questions (channel_id, state, asked_at_ms);
CREATE INDEX questions_by_target ON questions (merged_into);

CREATE TABLE answers (
    id           INTEGER PRIMARY KEY,
    question_id  BIGINT NOT NULL REFERENCES questions (id),
    channel_id   BIGINT NOT NULL,
    message_id   BIGINT NOT NULL,
    author_id    BIGINT NOT NULL,
    author_name  TEXT   NOT NULL,
    text         TEXT   NOT NULL,
    state        TEXT   NOT NULL,
    confidence   DOUBLE PRECISION NOT NULL,
    linked_by    TEXT   NOT NULL,
    linked_at_ms BIGINT NOT NULL,
    UNIQUE (question_id, message_id)
);
CREATE INDEX answers_by_message ON answers (message_id);

-- Every change of a question's state; `who_id` is absent where Beadle itself decided.
CREATE TABLE transitions (
    id          INTEGER PRIMARY KEY,
    question_id BIGINT NOT NULL REFERENCES questions (id),
    from_state  TEXT   NOT NULL,
    to_state    TEXT   NOT NULL,
    who_id      BIGINT,
    who_name    TEXT   NOT NULL,
    why         TEXT   NOT NULL,
    message_id  BIGINT,
    at_ms       BIGINT NOT NULL
);
CREATE INDEX transitions_by_question ON transitions (question_id, id);
CREATE INDEX transitions_by_moment ON transitions (to_state, at_ms);

-- The last message of a watched channel that has been dealt with; `since_id`: where watching began.
CREATE TABLE cursors (
    channel_id BIGINT PRIMARY KEY,
    message_id BIGINT NOT NULL,
    since_id   BIGINT NOT NULL
);

-- Edits and deletions of messages of the last days, so that a message delivered after its own
-- edit or deletion is not taken at its first word. Holds no text.
CREATE TABLE marks (
    message_id   BIGINT PRIMARY KEY,
    edited_at_ms BIGINT,
    deleted      BOOLEAN NOT NULL,
    marked_at_ms BIGINT NOT NULL
);

-- Reactions of people who may close a question, on messages that are not (yet) known.
CREATE TABLE reactions (
    message_id BIGINT NOT NULL,
    person_id  BIGINT NOT NULL,
    emoji      TEXT   NOT NULL,
    by_name    TEXT   NOT NULL,
    by_staff   BOOLEAN NOT NULL,
    at_ms      BIGINT NOT NULL,
    PRIMARY KEY (message_id, person_id, emoji)
);

-- Lookups by message; the newest 500 of a channel are kept.
CREATE TABLE lookups (
    message_id  BIGINT PRIMARY KEY,
    channel_id  BIGINT NOT NULL,
    asker_id    BIGINT NOT NULL,
    asked_at_ms BIGINT NOT NULL,
    subject     TEXT   NOT NULL,
    outcome     TEXT   NOT NULL,
    parts       BIGINT NOT NULL
);
CREATE INDEX lookups_by_channel ON lookups (channel_id, subject, asked_at_ms);
CREATE INDEX lookups_by_asker ON lookups (asker_id, asked_at_ms);

-- What is to be sent, written in the transaction that decided it and ticked off after. `cause_id`:
-- the message that brought it about.
CREATE TABLE outbox (
    id            INTEGER PRIMARY KEY,
    key           TEXT   NOT NULL UNIQUE,
    channel_id    BIGINT NOT NULL,
    cause_id      BIGINT,
    effect        TEXT   NOT NULL,
    nonce         TEXT   NOT NULL,
    created_at_ms BIGINT NOT NULL,
    expires_at_ms BIGINT,
    tried_at_ms   BIGINT,
    done_at_ms    BIGINT,
    message_id    BIGINT,
    failure       TEXT
);
CREATE INDEX outbox_waiting ON outbox (done_at_ms, id);

-- One row a course and local date: the claim that makes a digest be posted once.
CREATE TABLE digests (
    id            INTEGER PRIMARY KEY,
    course_id     BIGINT NOT NULL REFERENCES courses (id),
    local_date    TEXT   NOT NULL,
    planned_at_ms BIGINT NOT NULL,
    claimed_at_ms BIGINT NOT NULL,
    parts         BIGINT NOT NULL,
    UNIQUE (course_id, local_date)
);

CREATE TABLE digest_items (
    digest_id   BIGINT NOT NULL REFERENCES digests (id),
    question_id BIGINT NOT NULL REFERENCES questions (id),
    part        BIGINT NOT NULL,
    PRIMARY KEY (digest_id, question_id)
);
