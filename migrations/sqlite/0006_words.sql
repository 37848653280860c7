-- Every word on a question is kept, so that taking the last one back leaves the one before it; also
-- `taken-back`, by who asked it.
ALTER TABLE verdicts RENAME TO last_verdicts;
CREATE TABLE verdicts (
    id          INTEGER PRIMARY KEY,
    question_id BIGINT NOT NULL REFERENCES questions (id),
    verdict     TEXT   NOT NULL,
    who_id      BIGINT NOT NULL,
    who_name    TEXT   NOT NULL,
    at_ms       BIGINT NOT NULL
);
INSERT INTO verdicts (question_id, verdict, who_id, who_name, at_ms)
SELECT question_id, verdict, who_id, who_name, at_ms FROM last_verdicts;
DROP TABLE last_verdicts;
CREATE INDEX verdicts_by_question ON verdicts (question_id, at_ms);

-- Whether a forum's post carries the tag that says that it is solved: as it was last seen, and as
-- Beadle last wanted it. What differs from both, a person has changed.
CREATE TABLE post_tags (
    channel_id BIGINT  PRIMARY KEY,
    solved     BOOLEAN NOT NULL,
    wanted     BOOLEAN NOT NULL,
    -- When it was last seen, and when Beadle last changed it or decided to.
    seen_at_ms BIGINT  NOT NULL,
    own_at_ms  BIGINT  NOT NULL,
    -- How often Beadle has decided to.
    changes    BIGINT  NOT NULL
);
