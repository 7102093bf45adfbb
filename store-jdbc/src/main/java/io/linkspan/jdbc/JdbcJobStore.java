package io.linkspan.jdbc;

import io.linkspan.spi.JobStore;

/** {@link JdbcRecords} for publications, jobs and lanes. */
final class JdbcJobStore extends JdbcRecords implements JobStore {
    JdbcJobStore(Database database) {
        super(database, database.tables().jobRecord());
    }
}
