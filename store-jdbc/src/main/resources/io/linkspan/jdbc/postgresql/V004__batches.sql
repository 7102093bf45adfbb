-- Linkspan schema 4 for PostgreSQL: a record is found through its primary key only. JdbcStores.migrate runs it, in one transaction.
-- Another table prefix: replace every "linkspan_".
-- The index by user began with tenant and kind, as the primary key does. While a table had no statistics the planner took it for a
-- search by id as well, and read all records of the tenant. The new one begins with the user, and serves the same pages.
-- A job leaves dead entries at the head of the index by due time, where each claim begins; vacuum must not wait for a fifth of all
-- jobs that were ever done. A site that tunes these settings may choose others.
-- The release before works on with it. On a large table build the indexes CONCURRENTLY before, by these names.

CREATE INDEX IF NOT EXISTS linkspan_token_record_by_user ON linkspan_token_record (user_id, tenant, kind, id);
DROP INDEX IF EXISTS linkspan_token_record_user;

CREATE INDEX IF NOT EXISTS linkspan_job_record_by_user ON linkspan_job_record (user_id, tenant, kind, id);
DROP INDEX IF EXISTS linkspan_job_record_user;

ALTER TABLE linkspan_job_record SET (autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_scale_factor = 0.01);

INSERT INTO linkspan_schema_version (version) VALUES (4);
