-- Linkspan schema 1 for MariaDB. JdbcStores.migrate runs it; a person or a migration tool may do so instead.
-- Another table prefix: replace every "linkspan_".
-- MariaDB commits each of these statements by itself, so each may be repeated after a crash.
-- Text keys compare byte by byte (utf8mb4_nopad_bin), so that no collation can merge two ids, and "a" is not "a ".

CREATE TABLE IF NOT EXISTS linkspan_schema_version (
    version INTEGER NOT NULL,
    PRIMARY KEY (version)
) ENGINE = InnoDB;

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
    payload MEDIUMBLOB NOT NULL,
    PRIMARY KEY (tenant, kind, id),
    UNIQUE KEY linkspan_token_record_key (tenant, kind, unique_key),
    KEY linkspan_token_record_due (kind, due_at),
    KEY linkspan_token_record_lookup (kind, lookup, tenant, id),
    KEY linkspan_token_record_user (tenant, kind, user_id, id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin COMMENT = 'Linkspan: connections, pending connects, account links; payload is encrypted';

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
    payload MEDIUMBLOB NOT NULL,
    PRIMARY KEY (tenant, kind, id),
    UNIQUE KEY linkspan_job_record_key (tenant, kind, unique_key),
    KEY linkspan_job_record_due (kind, due_at),
    KEY linkspan_job_record_lookup (kind, lookup, tenant, id),
    KEY linkspan_job_record_user (tenant, kind, user_id, id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin COMMENT = 'Linkspan: publications, jobs, lanes; payload is encrypted';

CREATE TABLE IF NOT EXISTS linkspan_history (
    tenant VARCHAR(128) NOT NULL,
    subject VARCHAR(128) NOT NULL,
    sequence_no BIGINT NOT NULL,
    happened_at BIGINT NOT NULL COMMENT 'milliseconds since 1970-01-01T00:00:00Z',
    entry VARCHAR(8192) NOT NULL,
    PRIMARY KEY (tenant, subject, sequence_no)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin COMMENT = 'Linkspan: what happened to a connection or account link, append only';

INSERT IGNORE INTO linkspan_schema_version (version) VALUES (1);
