-- Linkspan schema 5 for H2: work of one account in order, so that a claim can be fair to all accounts of a tenant. JdbcStores.migrate runs it.
-- Another table prefix: replace every "linkspan_".
-- H2 commits each of these statements by itself, so each may be repeated after a crash.

ALTER TABLE linkspan_job_record ADD COLUMN IF NOT EXISTS lane VARCHAR(128) GENERATED ALWAYS AS (CASE WHEN due_at IS NULL THEN NULL ELSE COALESCE(lookup, '') END);
CREATE INDEX IF NOT EXISTS linkspan_job_record_lane ON linkspan_job_record (kind, tenant, lane, due_at, id);

MERGE INTO linkspan_schema_version (version) KEY (version) VALUES (5);
