package io.linkspan.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * MariaDB 10.6 and later with InnoDB. A failed statement leaves its transaction usable; DDL commits by itself, so scripts are repeatable.
 * What is a schema elsewhere is a database there.
 */
final class MariaDbDialect implements Dialect {
    private static final int OLDEST = 1006;
    private static final String UTF8 = "utf8mb4";

    /** Bits of wsrep_sync_wait: before reads, before UPDATE and DELETE, before INSERT. */
    private static final int SEES_ALL = 1 | 2 | 4;

    MariaDbDialect(int version) {
        if (version < OLDEST) {
            throw new IllegalArgumentException("the data source is MariaDB " + version / 100 + "." + version % 100
                    + ". Use MariaDB 10.6 or later, which can skip locked rows");
        }
    }

    @Override
    public String sessionId() {
        return "SELECT CONNECTION_ID()";
    }

    @Override
    public String scripts() {
        return "mariadb";
    }

    @Override
    public String insertUnlessTaken() {
        return "";
    }

    /** Where the connection has another collation, MariaDB takes no column for fixed and would sort. */
    @Override
    public String order(String fixed, String moving) {
        return moving;
    }

    @Override
    public String behindTenant() {
        return " FORCE INDEX (PRIMARY) WHERE tenant > ? AND kind = ? ORDER BY tenant, id";
    }

    @Override
    public String tableLookup(Tables tables, String table) {
        return "SELECT 1 FROM information_schema.tables WHERE table_name = '" + Tables.bare(table)
                + "' AND table_schema = " + (tables.schema().isEmpty() ? "DATABASE()" : "'" + tables.schema() + "'");
    }

    @Override
    public String schemaLookup(String schema) {
        return "SELECT 1 FROM information_schema.schemata WHERE schema_name = '" + schema + "'";
    }

    /** One row, which no sql_select_limit leaves out. */
    @Override
    public Optional<String> refusal(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@sql_mode, @@character_set_connection,"
                        + " @@character_set_client, @@sql_select_limit < " + Columns.LARGEST_LIMIT
                        + ", @@completion_type")) {
            row.next();
            if (row.getString(1).contains("EMPTY_STRING_IS_NULL")) {
                return Optional.of(
                        "MariaDB runs with sql_mode EMPTY_STRING_IS_NULL, in which empty text is NULL. Take it"
                                + " out of sql_mode for Linkspan's connections: sessionVariables=sql_mode='STRICT_TRANS_TABLES' in"
                                + " the URL");
            }
            if (!row.getString(2).equals(UTF8) || !row.getString(3).equals(UTF8)) {
                return Optional.of("MariaDB's character_set_connection is " + row.getString(2)
                        + " and character_set_client " + row.getString(3) + ", in which text of other scripts becomes"
                        + " question marks. Leave character set and collation of the connection to the driver, or set them"
                        + " to " + UTF8);
            }
            if (row.getBoolean(4)) {
                return Optional.of("MariaDB's sql_select_limit is below " + Columns.LARGEST_LIMIT
                        + ", so that rows are left out of answers. Leave it at its default");
            }
            return row.getString(5).equals("RELEASE")
                    ? Optional.of(
                            "MariaDB's completion_type is RELEASE, so that each commit closes its connection. Leave it"
                                    + " at NO_CHAIN")
                    : Optional.empty();
        }
    }

    /** Only the host knows whether its connections go to one node of a Galera cluster or to several. */
    @Override
    public Optional<String> warning(Connection connection) throws SQLException {
        Map<String, String> settings = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SHOW SESSION VARIABLES WHERE Variable_name IN ('wsrep_on', 'wsrep_sync_wait')")) {
            while (row.next()) {
                settings.put(row.getString(1), row.getString(2));
            }
        }
        int waits = Integer.parseInt(settings.getOrDefault("wsrep_sync_wait", "0"));
        return "ON".equals(settings.get("wsrep_on")) && (waits & SEES_ALL) != SEES_ALL
                ? Optional.of("this is a Galera cluster and wsrep_sync_wait is " + waits
                        + "; where connections go to more than one node, acknowledged writes of another node are missed:"
                        + " add sessionVariables=wsrep_sync_wait=7 to the URL")
                : Optional.empty();
    }

    @Override
    public Leaving enter(Connection connection, String schema) throws SQLException {
        String before = connection.getCatalog();
        connection.setCatalog(schema);
        return () -> {
            if (before != null) {
                connection.setCatalog(before);
            }
        };
    }

    /** Holds on one node of a Galera cluster only. There DDL runs in one order on all nodes, and the scripts can be repeated. */
    @Override
    public Optional<String> migrationLock() {
        return Optional.of("SELECT GET_LOCK('linkspan.migrate', 60)");
    }

    @Override
    public Optional<String> migrationUnlock() {
        return Optional.of("SELECT RELEASE_LOCK('linkspan.migrate')");
    }

    /** Not from UNIX_TIMESTAMP(NOW(3)), which loses an hour when the session's time zone ends its summer time. */
    @Override
    public String now() {
        return "TIMESTAMPDIFF(MICROSECOND, TIMESTAMP '1970-01-01 00:00:00', UTC_TIMESTAMP(3)) DIV 1000";
    }

    /** Grouped by the columns of the index, so that the planner jumps from tenant to tenant. */
    @Override
    public String heads(String table, int most) {
        return "SELECT tenant, MIN(due_at) AS due_at FROM " + table
                + " WHERE kind = ? AND tenant > ? GROUP BY kind, tenant ORDER BY kind, tenant FETCH FIRST " + most
                + " ROWS ONLY";
    }

    @Override
    public int turnsAtOnce() {
        return 100;
    }

    @Override
    public String lockDue(String table, String columns, List<Turn> turns) {
        return turns.stream()
                .map(turn -> "(SELECT " + columns + " FROM " + table
                        + " WHERE kind = ? AND tenant = ? AND lane = ? AND due_at <= ? ORDER BY due_at, id FETCH FIRST "
                        + turn.many() + " ROWS ONLY FOR UPDATE SKIP LOCKED)")
                .collect(Collectors.joining(" UNION ALL "));
    }
}
