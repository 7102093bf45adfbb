-- Linkspan schema 4 for MariaDB: nothing changes, only the number, so that it means the same on all databases. JdbcStores.migrate runs it.
-- Another table prefix: replace every "linkspan_".

INSERT IGNORE INTO linkspan_schema_version (version) VALUES (4);
