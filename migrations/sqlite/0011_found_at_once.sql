-- What Discord refused on a server, whose answer a message is, and what a person reacted to or pointed at, is
-- found at once however much there is.
CREATE INDEX outbox_refused ON outbox (server_id, channel_id) WHERE failure IS NOT NULL;
CREATE INDEX lookups_by_keys ON lookups (keys);
CREATE INDEX reactions_by_person ON reactions (person_id);
CREATE INDEX answer_marks_by_person ON answer_marks (who_id);
