-- What a digest that edits itself has to remember of the moment at which it was made.

-- Where it was posted; absent for those of older versions, which stay as they are.
ALTER TABLE digests ADD COLUMN channel_id BIGINT;
ALTER TABLE digests ADD COLUMN open_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE digests ADD COLUMN new_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE digests ADD COLUMN answered_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE digests ADD COLUMN snoozed_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE digests ADD COLUMN missed_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE digests ADD COLUMN is_late BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE digests ADD COLUMN is_first BOOLEAN NOT NULL DEFAULT FALSE;

-- When it is to be brought up to date; absent: nothing that it says has changed.
ALTER TABLE digests ADD COLUMN redraw_at_ms BIGINT;
-- When it was last edited.
ALTER TABLE digests ADD COLUMN redrawn_at_ms BIGINT NOT NULL DEFAULT 0;
CREATE INDEX digests_to_redraw ON digests (redraw_at_ms);

-- Which item of its part it is, counted from 0.
ALTER TABLE digest_items ADD COLUMN position BIGINT NOT NULL DEFAULT 0;
CREATE INDEX digest_items_by_question ON digest_items (question_id);

-- The messages of a digest. `key`: the effect that posted it; `said`: a hash of what it says;
-- `gone`: somebody deleted it, and it is not edited any more.
CREATE TABLE digest_parts (
    digest_id BIGINT  NOT NULL REFERENCES digests (id),
    part      BIGINT  NOT NULL,
    key       TEXT    NOT NULL UNIQUE,
    said      BIGINT  NOT NULL,
    edits     BIGINT  NOT NULL DEFAULT 0,
    gone      BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (digest_id, part)
);
CREATE INDEX outbox_by_message ON outbox (message_id);
