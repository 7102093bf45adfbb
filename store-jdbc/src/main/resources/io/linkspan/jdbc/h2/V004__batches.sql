-- Linkspan schema 4 for H2: nothing changes, only the number, so that it means the same on all databases. JdbcStores.migrate runs it.
-- Another table prefix: replace every "linkspan_".

MERGE INTO linkspan_schema_version (version) KEY (version) VALUES (4);
