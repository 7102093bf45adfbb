-- Linkspan schema 2 for PostgreSQL: from when on somebody should look at a record. JdbcStores.migrate runs it, in one transaction.
-- Another table prefix: replace every "linkspan_".
-- The release before works on with it: the column may be absent in an INSERT.

ALTER TABLE linkspan_token_record ADD COLUMN attention_at BIGINT;
COMMENT ON COLUMN linkspan_token_record.attention_at IS 'milliseconds since 1970-01-01T00:00:00Z';
CREATE INDEX linkspan_token_record_attention ON linkspan_token_record (tenant, kind, attention_at, id) WHERE attention_at IS NOT NULL;

ALTER TABLE linkspan_job_record ADD COLUMN attention_at BIGINT;
COMMENT ON COLUMN linkspan_job_record.attention_at IS 'milliseconds since 1970-01-01T00:00:00Z';
CREATE INDEX linkspan_job_record_attention ON linkspan_job_record (tenant, kind, attention_at, id) WHERE attention_at IS NOT NULL;

INSERT INTO linkspan_schema_version (version) VALUES (2);
