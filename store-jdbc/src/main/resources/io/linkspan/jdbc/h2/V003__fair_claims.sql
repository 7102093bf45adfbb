-- Linkspan schema 3 for H2: work of one tenant in order of its due time, so that a claim can be fair to all. JdbcStores.migrate runs it.
-- Another table prefix: replace every "linkspan_".
-- H2 commits each of these statements by itself, so each may be repeated after a crash.

CREATE INDEX IF NOT EXISTS linkspan_job_record_fair ON linkspan_job_record (kind, tenant, due_at);

MERGE INTO linkspan_schema_version (version) KEY (version) VALUES (3);
