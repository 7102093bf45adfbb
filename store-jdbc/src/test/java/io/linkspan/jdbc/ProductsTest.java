package io.linkspan.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which product is behind a data source: refused by name, or used with a warning where it only answers as a known one. */
class ProductsTest {
    private static final String COCKROACH = "CockroachDB CCL v25.4.2 (x86_64-pc-linux-gnu, built 2026/09/01, go1.25.1)";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PostgreSQL 18.6 on x86_64-pc-linux-gnu, compiled by gcc (Debian 12.2.0-14) 12.2.0, 64-bit",
                "PostgreSQL 15.14 (Debian 15.14-0+deb12u1) on x86_64-pc-linux-gnu, compiled by gcc (Debian 12.2.0-14) 12.2.0, 64-bit",
                "PostgreSQL 14.22 (Ubuntu 14.22-1.pgdg22.04+1) on aarch64-unknown-linux-gnu, compiled by gcc, 64-bit",
                "PostgreSQL 17.6 (Homebrew) on aarch64-apple-darwin24.4.0, compiled by Apple clang version 17.0.0, 64-bit",
                "PostgreSQL 16.9, compiled by Visual C++ build 1944, 64-bit",
                "PostgreSQL 19beta2 on x86_64-pc-linux-musl, compiled by gcc (Alpine 14.2.0) 14.2.0, 64-bit"
            })
    void postgres_isVerified(String version) {
        assertEquals(Optional.empty(), PostgresProduct.unverified(version));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                COCKROACH,
                "PostgreSQL 15.12-YB-2025.1.0.0-b0 on x86_64-pc-linux-gnu, compiled by clang version 17.0.6, 64-bit",
                "PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2, Redshift 1.0.12103",
                "PostgreSQL 12.12 (Greenplum Database 7.1.0 build dev) on x86_64-pc-linux-gnu, compiled by gcc, 64-bit",
                "PostgreSQL 16.2 (EnterpriseDB Advanced Server 16.2.0) on x86_64-pc-linux-gnu, compiled by gcc, 64-bit",
                "PostgreSQL 12.3, compiled by Visual C++ build 1914, 64-bit, QuestDB",
                "PostgreSQL 13.14.0-RisingWave-2.0.0",
                "(openGauss 6.0.0 build aee4abd5) compiled at 2024-09-29 on x86_64-unknown-linux-gnu, 64-bit",
                "CrateDB 5.7.2 (built dev/NA, Linux 5.10 amd64, OpenJDK 64-Bit Server VM 22)",
                "PostgreSQL 8.2.23 server protocol using H2 2.5.252",
                ""
            })
    void productThatAnswersAsPostgres_isNamed(String version) {
        String warning = PostgresProduct.unverified(version).orElseThrow();
        assertTrue(warning.startsWith("the data source answers as PostgreSQL but is \""), warning);
        assertTrue(warning.contains(version.substring(0, Math.min(60, version.length()))), warning);
        assertTrue(warning.contains("is not verified. Run the contract kits"), warning);
    }

    @Test
    void oldPostgres_isNamed() {
        assertEquals(
                "the data source is PostgreSQL 13, on which Linkspan is not verified. Use PostgreSQL 14 or later",
                PostgresProduct.unverified("PostgreSQL 13.22 on x86_64-pc-linux-gnu, compiled by gcc, 64-bit")
                        .orElseThrow());
    }

    @Test
    void realPostgres_isUsedWithoutAWord() {
        String printed = printed(() -> {
            try (TestPool pool = TestDatabases.postgres()) {
                JdbcStores.migrate(pool);
                JdbcStores.create(pool);
            }
        });
        assertEquals("", printed);
    }

    @Test
    void cockroach_isUsedWithOneWarning() {
        TestPool.Source source = TestDatabases.postgresSource();
        String printed = printed(() -> {
            try (TestPool pool = new TestPool(() -> answering(source.open(), COCKROACH), true)) {
                JdbcStores.migrate(pool);
                EveryCall.works(JdbcStores.create(pool));
            }
        });
        assertEquals(1, printed.lines().count(), printed);
        assertTrue(printed.contains("WARN") && printed.contains("but is \"" + COCKROACH), printed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MySQL | 8.4.6 | the data source is MySQL 8.4.6 or a product that answers as MySQL. Use PostgreSQL, MariaDB",
                "MySQL | 8.0.43-34 | the data source is MySQL 8.0.43-34 or a product that answers as MySQL. Use PostgreSQL",
                "MySQL | 8.0.11-TiDB-v8.5.3 | the data source is MySQL 8.0.11-TiDB-v8.5.3 or a product that answers as MySQL. Use",
                "MySQL | 10.11.14-MariaDB | the data source is MariaDB 10.11.14-MariaDB, but its driver calls it MySQL. Use MariaDB's own",
                "Oracle | 23ai | the data source is Oracle 23ai. Use PostgreSQL, MariaDB",
                "Microsoft SQL Server | 16.00 | the data source is Microsoft SQL Server 16.00. Use PostgreSQL, MariaDB",
                "SQLite | 3.50 | the data source is SQLite 3.50. Use PostgreSQL, MariaDB"
            })
    void otherProducts_areRefusedByName(String product, String version, String message) {
        TestPool.Source h2 = TestDatabases.h2Source();
        try (TestPool pool = new TestPool(() -> named(h2.open(), product, version), true)) {
            for (IllegalArgumentException refused : new IllegalArgumentException[] {
                assertThrows(IllegalArgumentException.class, () -> JdbcStores.migrate(pool)),
                assertThrows(IllegalArgumentException.class, () -> JdbcStores.create(pool))
            }) {
                assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
            }
            assertEquals(0, pool.lent());
        }
    }

    @Test
    void versionsThatAreTooOld_areRefused() {
        assertEquals(
                "the data source is MariaDB 10.5. Use MariaDB 10.6 or later, which can skip locked rows",
                assertThrows(IllegalArgumentException.class, () -> Dialect.of("MariaDB", "10.5.9", 1005))
                        .getMessage());
        assertEquals(
                "the data source is H2 1.4. Use H2 2.0 or later",
                assertThrows(IllegalArgumentException.class, () -> Dialect.of("H2", "1.4.200", 104))
                        .getMessage());
    }

    /** The logger of the tests writes to standard error. */
    private static String printed(Runnable work) {
        PrintStream console = System.err;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        System.setErr(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(console);
        }
        return caught.toString(StandardCharsets.UTF_8);
    }

    /** A connection to a server that says it is another one. */
    private static Connection answering(Connection connection, String version) {
        return wrapped(
                Connection.class,
                connection,
                (method, result) -> result instanceof Statement statement && method.equals("createStatement")
                        ? wrapped(Statement.class, statement, (query, rows) -> answering(rows, version))
                        : result);
    }

    private static Object answering(Object result, String version) {
        return result instanceof ResultSet rows
                ? wrapped(
                        ResultSet.class,
                        rows,
                        (reader, value) -> String.valueOf(value).startsWith("PostgreSQL ") ? version : value)
                : result;
    }

    private static Connection named(Connection connection, String product, String version) {
        return wrapped(
                Connection.class,
                connection,
                (method, result) -> method.equals("getMetaData")
                        ? wrapped(DatabaseMetaData.class, (DatabaseMetaData) result, (inner, value) -> switch (inner) {
                            case "getDatabaseProductName" -> product;
                            case "getDatabaseProductVersion" -> version;
                            default -> value;
                        })
                        : result);
    }

    private interface Answer {
        Object to(String method, Object result);
    }

    private static <T> T wrapped(Class<T> type, T inner, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                ProductsTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return answer.to(method.getName(), method.invoke(inner, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
