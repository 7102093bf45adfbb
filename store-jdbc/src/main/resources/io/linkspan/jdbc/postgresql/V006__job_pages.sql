-- Linkspan schema 6 for PostgreSQL: no index of jobs by user. JdbcStores.migrate runs it, in one transaction.
-- Another table prefix: replace every "linkspan_".
-- Jobs, publications and lanes are never listed by user, but each of their writes wrote an entry. A page by user still works, through
-- the primary key. The release before works on without it.

DROP INDEX IF EXISTS linkspan_job_record_by_user;

INSERT INTO linkspan_schema_version (version) VALUES (6);
