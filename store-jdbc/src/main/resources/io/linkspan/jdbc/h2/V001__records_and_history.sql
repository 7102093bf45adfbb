-- Linkspan schema 1 for H2. JdbcStores.migrate runs it; a person or a migration tool may do so instead.
-- Another table prefix: replace every "linkspan_".
-- H2 commits each of these statements by itself, so each may be repeated after a crash.

CREATE TABLE IF NOT EXISTS linkspan_schema_version (
    version INTEGER NOT NULL,
    CONSTRAINT linkspan_schema_version_pk PRIMARY KEY (version)
);

CREATE TABLE IF NOT EXISTS linkspan_token_record (
    tenant VARCHAR(128) NOT NULL,
    kind VARCHAR(24) NOT NULL,
    id VARCHAR(128) NOT NULL,
    version BIGINT NOT NULL,
    user_id VARCHAR(128) NOT NULL,
    unique_key VARCHAR(255),
    lookup VARCHAR(128),
    status VARCHAR(40) NOT NULL,
    due_at BIGINT COMMENT 'milliseconds since 1970-01-01T00:00:00Z',
    payload VARBINARY(1048576) NOT NULL,
    CONSTRAINT linkspan_token_record_pk PRIMARY KEY (tenant, kind, id)
);

CREATE UNIQUE INDEX IF NOT EXISTS linkspan_token_record_key ON linkspan_token_record (tenant, kind, unique_key);
CREATE INDEX IF NOT EXISTS linkspan_token_record_due ON linkspan_token_record (kind, due_at);
CREATE INDEX IF NOT EXISTS linkspan_token_record_lookup ON linkspan_token_record (kind, lookup, tenant, id);
CREATE INDEX IF NOT EXISTS linkspan_token_record_user ON linkspan_token_record (tenant, kind, user_id, id);

CREATE TABLE IF NOT EXISTS linkspan_job_record (
    tenant VARCHAR(128) NOT NULL,
    kind VARCHAR(24) NOT NULL,
    id VARCHAR(128) NOT NULL,
    version BIGINT NOT NULL,
    user_id VARCHAR(128) NOT NULL,
    unique_key VARCHAR(255),
    lookup VARCHAR(128),
    status VARCHAR(40) NOT NULL,
    due_at BIGINT COMMENT 'milliseconds since 1970-01-01T00:00:00Z',
    payload VARBINARY(1048576) NOT NULL,
    CONSTRAINT linkspan_job_record_pk PRIMARY KEY (tenant, kind, id)
);

CREATE UNIQUE INDEX IF NOT EXISTS linkspan_job_record_key ON linkspan_job_record (tenant, kind, unique_key);
CREATE INDEX IF NOT EXISTS linkspan_job_record_due ON linkspan_job_record (kind, due_at);
CREATE INDEX IF NOT EXISTS linkspan_job_record_lookup ON linkspan_job_record (kind, lookup, tenant, id);
CREATE INDEX IF NOT EXISTS linkspan_job_record_user ON linkspan_job_record (tenant, kind, user_id, id);

CREATE TABLE IF NOT EXISTS linkspan_history (
    tenant VARCHAR(128) NOT NULL,
    subject VARCHAR(128) NOT NULL,
    sequence_no BIGINT NOT NULL,
    happened_at BIGINT NOT NULL COMMENT 'milliseconds since 1970-01-01T00:00:00Z',
    entry VARCHAR(8192) NOT NULL,
    CONSTRAINT linkspan_history_pk PRIMARY KEY (tenant, subject, sequence_no)
);

MERGE INTO linkspan_schema_version (version) KEY (version) VALUES (1);
