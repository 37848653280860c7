-- What Discord refused on a server, and whose answer a message is, is found at once however much was sent.
CREATE INDEX outbox_refused ON outbox (server_id, channel_id) WHERE failure IS NOT NULL;
CREATE INDEX lookups_by_keys ON lookups (keys);
