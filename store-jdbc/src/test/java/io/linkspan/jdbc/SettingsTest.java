package io.linkspan.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases with the settings that people have: everything works, or the message says what happened and what to do. */
class SettingsTest {
    private static TestPool.Source h2(String settings) {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;" + settings;
        Properties login = new Properties();
        login.setProperty("user", "sa");
        return () -> new org.h2.Driver().connect(url, login);
    }

    private static void works(TestPool.Source source) {
        try (TestPool pool = new TestPool(source, true)) {
            JdbcStores.migrate(pool);
            JdbcStores.migrate(pool);
            EveryCall.works(JdbcStores.create(pool));
            assertEquals(0, pool.lent());
        }
    }

    private static void isRefused(TestPool.Source source, String what, String remedy) {
        try (TestPool pool = new TestPool(source, true)) {
            for (RuntimeException refused : new RuntimeException[] {
                assertThrows(RuntimeException.class, () -> JdbcStores.migrate(pool)),
                assertThrows(RuntimeException.class, () -> JdbcStores.create(pool))
            }) {
                String message = String.valueOf(refused.getMessage());
                assertTrue(message.contains(what), message);
                assertTrue(message.contains(remedy), message);
            }
            assertEquals(0, pool.lent());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DATABASE_TO_UPPER=FALSE",
                "DATABASE_TO_LOWER=TRUE",
                "CASE_INSENSITIVE_IDENTIFIERS=TRUE",
                "DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE",
                "MODE=Regular",
                "MODE=Strict",
                "MODE=LEGACY",
                "MODE=DB2",
                "MODE=HSQLDB",
                "MODE=MariaDB",
                "MODE=MySQL",
                "MODE=PostgreSQL",
                "MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                "MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE",
                "MODE=PostgreSQL;DATABASE_TO_UPPER=FALSE",
                "OLD_INFORMATION_SCHEMA=TRUE",
                "OLD_INFORMATION_SCHEMA=TRUE;DATABASE_TO_UPPER=FALSE",
                "NON_KEYWORDS=VALUE,KEY",
                "VARIABLE_BINARY=TRUE",
                "TIME ZONE=America/New_York",
                "LOCK_TIMEOUT=0"
            })
    void h2_works(String settings) {
        works(h2(settings));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATABASE_TO_UPPER=FALSE", "DATABASE_TO_LOWER=TRUE", "MODE=PostgreSQL", "MODE=MySQL"})
    void h2_worksInAnotherSchema(String settings) {
        try (TestPool pool = new TestPool(h2(settings), true)) {
            TestDatabases.execute(pool, "CREATE SCHEMA linkspan_apart");
            EveryCall.works(JdbcStores.builder(pool)
                    .schema("linkspan_apart")
                    .tablePrefix("a_")
                    .migrate()
                    .build());
            assertThrows(RuntimeException.class, () -> JdbcStores.create(pool), "the connection's own schema is empty");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MODE=Oracle | H2 runs in MODE=Oracle, in which | Remove MODE from the URL",
                "MODE=MSSQLServer | H2 runs in MODE=MSSQLServer, in which | Remove MODE from the URL",
                "MODE=Derby | H2 runs in MODE=Derby, in which | Remove MODE from the URL",
                "MODE=Oracle;DATABASE_TO_UPPER=FALSE | H2 runs in MODE=Oracle, in which | Remove MODE from the URL",
                "MODE=Derby;OLD_INFORMATION_SCHEMA=TRUE | H2 runs in MODE=Derby, in which | Remove MODE from the URL",
                "IGNORECASE=TRUE | ids that differ by case are equal | Remove it from the URL",
                "COLLATION=ENGLISH | COLLATION ENGLISH STRENGTH TERTIARY, in which | Remove SET COLLATION",
                "INIT=SET COLLATION ENGLISH STRENGTH PRIMARY | COLLATION ENGLISH STRENGTH PRIMARY, in which | Remove SET COLLATION"
            })
    void h2_isRefusedInWords(String settings, String what, String remedy) {
        isRefused(h2(settings), what, remedy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "standard_conforming_strings=off",
                "default_transaction_isolation=serializable",
                "default_transaction_isolation=repeatable\\ read",
                "default_transaction_deferrable=on",
                "array_nulls=off",
                "transform_null_equals=on",
                "bytea_output=escape",
                "DateStyle=German",
                "TimeZone=America/New_York",
                "plan_cache_mode=force_generic_plan",
                "synchronous_commit=off",
                "enable_indexscan=off",
                "search_path=\"$user\",SCHEMA,public",
                "row_security=off"
            })
    void postgres_works(String setting) {
        String schema = TestDatabases.postgresSchema();
        works(TestDatabases.postgresIn(schema, "-c " + setting.replace("SCHEMA", schema)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prepareThreshold=0",
                "prepareThreshold=1",
                "preferQueryMode=simple",
                "preferQueryMode=extendedForPrepared",
                "binaryTransfer=false",
                "stringtype=unspecified",
                "autosave=always",
                "reWriteBatchedInserts=true",
                "defaultRowFetchSize=1",
                "logServerErrorDetail=false"
            })
    void driverOfPostgres_works(String parameter) {
        works(TestDatabases.postgresByUrl(TestDatabases.postgresSchema(), parameter));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default_transaction_read_only=on | the database is read-only | use the primary",
                "statement_timeout=1 | ran into a time limit | overloaded database",
                "search_path=missing_schema | the schema is missing | create it"
            })
    void postgres_isRefusedInWords(String setting, String what, String remedy) {
        TestPool.Source source = TestDatabases.postgresIn(TestDatabases.postgresSchema(), "-c " + setting);
        try (TestPool pool = new TestPool(source, true)) {
            RuntimeException refused = assertThrows(RuntimeException.class, () -> JdbcStores.migrate(pool));
            assertTrue(refused.getMessage().contains(what), refused.getMessage());
            assertTrue(refused.getMessage().contains(remedy), refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "SQL_ASCII"})
    void postgresOfAnotherEncoding_isRefusedInWords(String encoding) {
        String database = "test_" + encoding.toLowerCase(java.util.Locale.ROOT);
        try (TestPool pool = TestDatabases.postgres()) {
            TestDatabases.execute(
                    pool,
                    "CREATE DATABASE " + database + " ENCODING '" + encoding
                            + "' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
        }
        isRefused(
                TestDatabases.postgresDatabase(database),
                "the database's encoding is " + encoding,
                "CREATE DATABASE ... ENCODING 'UTF8'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sql_mode=''",
                "sql_mode='ANSI_QUOTES'",
                "sql_mode='NO_BACKSLASH_ESCAPES'",
                "sql_mode='PIPES_AS_CONCAT'",
                "sql_mode='ANSI'",
                "sql_mode='ORACLE'",
                "sql_mode='MSSQL'",
                "sql_mode='TRADITIONAL,ONLY_FULL_GROUP_BY'",
                "sql_mode='PAD_CHAR_TO_FULL_LENGTH,HIGH_NOT_PRECEDENCE,IGNORE_SPACE,SIMULTANEOUS_ASSIGNMENT'",
                "sql_safe_updates=1",
                "sql_select_limit=10000",
                "unique_checks=0",
                "completion_type=1",
                "tx_isolation='SERIALIZABLE'",
                "tx_isolation='READ-UNCOMMITTED'",
                "time_zone='-05:00'",
                "collation_connection='utf8mb4_general_ci'",
                "innodb_snapshot_isolation=1",
                "sql_auto_is_null=1"
            })
    void mariaDb_works(String setting) {
        works(mariaDb(setting));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sql_mode='EMPTY_STRING_IS_NULL' | in which empty text is NULL | Take it out of sql_mode",
                "sql_mode='EMPTY_STRING_IS_NULL,ORACLE' | in which empty text is NULL | Take it out of sql_mode",
                "collation_connection='latin1_german2_ci' | character_set_connection is latin1 | set them to utf8mb4",
                "sql_select_limit=1 | rows are left out of answers | Leave it at its default",
                "completion_type=2 | each commit closes its connection | Leave it at NO_CHAIN"
            })
    void mariaDb_isRefusedInWords(String setting, String what, String remedy) {
        isRefused(mariaDb(setting), what, remedy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "useServerPrepStmts=true",
                "useServerPrepStmts=true&cachePrepStmts=true",
                "useAffectedRows=true",
                "allowMultiQueries=true",
                "useCompression=true",
                "transactionIsolation=SERIALIZABLE",
                "rewriteBatchedStatements=true",
                "useBulkStmtsForInserts=true",
                "useCatalogTerm=SCHEMA",
                "sessionVariables=sql_mode='STRICT_TRANS_TABLES'"
            })
    void driverOfMariaDb_works(String parameter) {
        works(TestDatabases.mariaDbSource(parameter));
    }

    @ParameterizedTest
    @ValueSource(strings = "useMysqlMetadata=true")
    void driverThatCallsMariaDbMySql_isRefusedInWords(String parameter) {
        isRefused(TestDatabases.mariaDbSource(parameter), "but its driver calls it MySQL", "without useMysqlMetadata");
    }

    private static TestPool.Source mariaDb(String setting) {
        TestPool.Source source = TestDatabases.mariaDbSource();
        return () -> {
            Connection connection = source.open();
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET SESSION " + setting);
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        };
    }
}
