/** TokenStore and JobStore on H2 and PostgreSQL. */
module io.linkspan.jdbc {
    requires transitive io.linkspan.core;
    requires transitive java.sql;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.linkspan.jdbc;
}
