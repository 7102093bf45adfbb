package io.linkspan.jdbc;

import java.util.Optional;

/** Where databases differ. Everything else is the same SQL for all. */
interface Dialect {
    /**
     * The dialect of a product.
     *
     * @param product as the JDBC driver names it
     */
    static Dialect of(String product) {
        return switch (product) {
            case "H2" -> new H2Dialect();
            case "PostgreSQL" -> new PostgresDialect();
            default ->
                throw new IllegalArgumentException("the data source is " + product
                        + "; the stores of this release run on PostgreSQL and H2, for others implement TokenStore and"
                        + " JobStore and try them with the contract kit of linkspan-testkit");
        };
    }

    /** The folder of its scripts, next to this class. */
    String scripts();

    /** What follows an INSERT so that a taken key leaves the transaction usable; empty when an error does. */
    String insertUnlessTaken();

    /** A query with one parameter, a table name, that has a row exactly when the table is there. */
    String tableLookup();

    /** A query that lets one migration run at a time until its transaction ends, where DDL is transactional. */
    Optional<String> migrationLock();
}
