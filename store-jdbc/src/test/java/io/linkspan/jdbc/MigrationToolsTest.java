package io.linkspan.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.ResourceAccessor;
import liquibase.resource.SearchPathResourceAccessor;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flyway and Liquibase run the scripts of the jar in a schema that has the host's tables and history already. */
class MigrationToolsTest {
    @TempDir
    Path folder;

    private static TestPool database(String folder) {
        TestPool pool = switch (folder) {
            case "postgresql" -> TestDatabases.postgres();
            case "mariadb" -> TestDatabases.mariaDb();
            default -> TestDatabases.h2();
        };
        TestDatabases.execute(pool, "CREATE TABLE host_order (id INTEGER PRIMARY KEY)");
        TestDatabases.execute(pool, "INSERT INTO host_order VALUES (1)");
        return pool;
    }

    private static int flyway(DataSource dataSource, String folder) {
        // docs: begin
        return Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:io/linkspan/jdbc/" + folder) // postgresql, mariadb or h2
                .table("linkspan_flyway_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate()
                .migrationsExecuted;
        // docs: end
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "h2"})
    void flyway_besideTheHostsTablesAndHistory(String folder) throws Exception {
        try (TestPool pool = database(folder)) {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("filesystem:" + hostScripts())
                    .baselineOnMigrate(true)
                    .load()
                    .migrate();
            int before = rows(pool, "flyway_schema_history");

            assertEquals(Schema.newest(), flyway(pool, folder));
            assertEquals(0, flyway(pool, folder), "a second run");

            accepted(pool);
            assertEquals(before, rows(pool, "flyway_schema_history"), "the host's own history");
        }
    }

    /** What the page said before. */
    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "h2"})
    void flyway_withoutBaseline_isRefusedByFlyway(String folder) {
        try (TestPool pool = database(folder)) {
            FlywayException refused = assertThrows(
                    FlywayException.class,
                    () -> Flyway.configure()
                            .dataSource(pool)
                            .locations("classpath:io/linkspan/jdbc/" + folder)
                            .table("linkspan_flyway_history")
                            .load()
                            .migrate());
            assertTrue(refused.getMessage().contains("non-empty schema"), refused.getMessage());
        }
    }

    @Test
    void flyway_inAnotherSchema() {
        try (TestPool pool = database("postgresql")) {
            String schema = "linkspan_" + System.nanoTime();
            TestDatabases.execute(pool, "CREATE SCHEMA " + schema);
            TestDatabases.execute(pool, "CREATE TABLE " + schema + ".other (id INTEGER)");
            Flyway flyway = Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:io/linkspan/jdbc/postgresql")
                    .table("linkspan_flyway_history")
                    .defaultSchema(schema)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load();
            assertEquals(Schema.newest(), flyway.migrate().migrationsExecuted);
            assertEquals(0, flyway.migrate().migrationsExecuted, "a second run");
            EveryCall.works(JdbcStores.builder(pool).schema(schema).build());
        }
    }

    /** A product that began with {@code JdbcStores.migrate} goes over to Flyway. */
    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "h2"})
    void flyway_afterMigrate_beginsBehindIt(String folder) {
        try (TestPool pool = database(folder)) {
            JdbcStores.migrate(pool);
            Flyway flyway = Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:io/linkspan/jdbc/" + folder)
                    .table("linkspan_flyway_history")
                    .baselineOnMigrate(true)
                    .baselineVersion(Integer.toString(Schema.newest()))
                    .load();
            assertEquals(0, flyway.migrate().migrationsExecuted);
            accepted(pool);
        }
    }

    private Path hostScripts() throws IOException {
        Path scripts = Files.createDirectories(folder.resolve("host"));
        Files.writeString(scripts.resolve("V2__host.sql"), "CREATE TABLE host_invoice (id INTEGER PRIMARY KEY);");
        return scripts;
    }

    private static void liquibase(DataSource dataSource, String changelog, Path files) throws Exception {
        ResourceAccessor resources =
                new SearchPathResourceAccessor(new DirectoryResourceAccessor(files), new ClassLoaderResourceAccessor());
        try (Connection connection = dataSource.getConnection()) {
            new Liquibase(changelog, resources, new JdbcConnection(connection))
                    .update(new Contexts(), new LabelExpression());
            connection.setAutoCommit(true);
        }
    }

    private static Path module() {
        return Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
    }

    private static String page() throws IOException {
        return Files.readString(module().resolveSibling("docs").resolve("stores.md"));
    }

    @Test
    void page_showsTheCallOfThisTest() throws IOException {
        String source = Files.readString(
                module().resolve("src/test/java/io/linkspan/jdbc").resolve("MigrationToolsTest.java"));
        String region = source.substring(source.indexOf("// docs: begin") + 14, source.indexOf("// docs: end"));
        assertTrue(page().replaceAll("\\s+", "").contains(region.replaceAll("\\s+", "")), region);
    }

    /** The change log of the page, for one database. */
    private String changelog(String database) throws IOException {
        String page = page();
        int begin = page.indexOf("<databaseChangeLog");
        String text = page.substring(begin, page.indexOf("</databaseChangeLog>") + "</databaseChangeLog>".length());
        Files.writeString(folder.resolve("linkspan.xml"), text.replace("jdbc/postgresql/", "jdbc/" + database + "/"));
        return "linkspan.xml";
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "h2"})
    void liquibase_besideTheHostsTablesAndHistory(String database) throws Exception {
        try (TestPool pool = database(database)) {
            Files.writeString(folder.resolve("host.xml"), HOST_CHANGES);
            liquibase(pool, "host.xml", folder);
            String changelog = changelog(database);
            int before = rows(pool, "DATABASECHANGELOG");
            liquibase(pool, changelog, folder);
            int after = rows(pool, "DATABASECHANGELOG");
            liquibase(pool, changelog, folder);

            assertEquals(1, before);
            assertEquals(before + Schema.newest(), after, "one change a script");
            assertEquals(after, rows(pool, "DATABASECHANGELOG"), "a second run");
            accepted(pool);
        }
    }

    private static final String HOST_CHANGES = """
            <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-4.33.xsd">
              <changeSet id="1" author="host"><sql>CREATE TABLE host_invoice (id INTEGER PRIMARY KEY)</sql></changeSet>
            </databaseChangeLog>
            """;

    private static void accepted(TestPool pool) {
        JdbcStores.migrate(pool);
        EveryCall.works(JdbcStores.create(pool));
        assertEquals(1, rows(pool, "host_order"), "the host's table");
    }

    private static int rows(DataSource dataSource, String table) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + quoted(connection, table))) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String quoted(Connection connection, String table) throws SQLException {
        boolean own = table.startsWith("flyway")
                && connection.getMetaData().getDatabaseProductName().equals("H2");
        return own ? "\"" + table + "\"" : table;
    }
}
