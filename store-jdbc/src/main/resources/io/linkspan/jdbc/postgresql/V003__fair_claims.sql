-- Linkspan schema 3 for PostgreSQL: work of one tenant in order of its due time, so that a claim can be fair to all. JdbcStores.migrate runs it, in one transaction.
-- Another table prefix: replace every "linkspan_".
-- The release before works on with it. On a large table build the index CONCURRENTLY before, by this name.

CREATE INDEX IF NOT EXISTS linkspan_job_record_fair ON linkspan_job_record (kind, tenant, due_at) WHERE due_at IS NOT NULL;

INSERT INTO linkspan_schema_version (version) VALUES (3);
