-- The server on which an effect happens: of several processes, the one that serves it carries it out.
ALTER TABLE outbox ADD COLUMN server_id BIGINT;
ALTER TABLE lookups ADD COLUMN server_id BIGINT NOT NULL DEFAULT 0;
