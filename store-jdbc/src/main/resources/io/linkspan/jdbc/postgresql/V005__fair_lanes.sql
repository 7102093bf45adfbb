-- Linkspan schema 5 for PostgreSQL: work of one account in order, so that a claim can be fair to all accounts of a tenant. JdbcStores.migrate runs it, in one transaction.
-- Another table prefix: replace every "linkspan_".
-- The release before works on with it. On a large table build the index CONCURRENTLY before, by this name.

CREATE INDEX IF NOT EXISTS linkspan_job_record_lane ON linkspan_job_record (kind, tenant, COALESCE(lookup, ''), due_at, id) WHERE due_at IS NOT NULL;

INSERT INTO linkspan_schema_version (version) VALUES (5);
