-- Linkspan schema 6 for MariaDB: no index of jobs by user. JdbcStores.migrate runs it.
-- Another table prefix: replace every "linkspan_".
-- Jobs, publications and lanes are never listed by user, but each of their writes wrote an entry. A page by user still works, through
-- the primary key. The release before works on without it.
-- MariaDB commits each of these statements by itself, so each may be repeated after a crash.

DROP INDEX IF EXISTS linkspan_job_record_user ON linkspan_job_record;

INSERT IGNORE INTO linkspan_schema_version (version) VALUES (6);
