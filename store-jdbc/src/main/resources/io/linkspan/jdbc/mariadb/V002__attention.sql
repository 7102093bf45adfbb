-- Linkspan schema 2 for MariaDB: from when on somebody should look at a record. JdbcStores.migrate runs it.
-- Another table prefix: replace every "linkspan_".
-- MariaDB commits each of these statements by itself, so each may be repeated after a crash.

ALTER TABLE linkspan_token_record ADD COLUMN IF NOT EXISTS attention_at BIGINT COMMENT 'milliseconds since 1970-01-01T00:00:00Z';
CREATE INDEX IF NOT EXISTS linkspan_token_record_attention ON linkspan_token_record (tenant, kind, attention_at, id);

ALTER TABLE linkspan_job_record ADD COLUMN IF NOT EXISTS attention_at BIGINT COMMENT 'milliseconds since 1970-01-01T00:00:00Z';
CREATE INDEX IF NOT EXISTS linkspan_job_record_attention ON linkspan_job_record (tenant, kind, attention_at, id);

INSERT IGNORE INTO linkspan_schema_version (version) VALUES (2);
