package io.linkspan.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Claims from a backlog that keeps its size: for each batch completed as many jobs are put behind, by the server and outside of what is
 * measured.
 */
final class QueueBacklog implements AutoCloseable {
    private final QueueDatabase database;
    private final QueueLinkspan linkspan;
    private final int tenants;
    private final int connections;
    private final AtomicInteger last = new AtomicInteger();

    QueueBacklog(QueueDatabase database, int waiting, int tenants, int connections) throws SQLException {
        this.database = database;
        this.linkspan = new QueueLinkspan(database);
        this.tenants = tenants;
        this.connections = connections;
        add(waiting);
        database.execute("VACUUM ANALYZE linkspan_job_record");
        database.execute("CHECKPOINT"); // or a large backlog is measured while its loading is still being written
    }

    private void add(int jobs) throws SQLException {
        int to = last.addAndGet(jobs);
        database.execute(
                "INSERT INTO linkspan_job_record (tenant, kind, id, version, user_id, lookup, status, due_at, payload)"
                        + " SELECT 'tenant-' || i % " + tenants
                        + ", 'JOB', lpad(to_hex(1700000000000 + i), 12, '0') || substr(md5(i::text), 13) || '-1', 1, 'user-' || i % "
                        + connections
                        + ", 'connection-' || i % " + connections + ", 'queued', 1700000000000 + i, "
                        + QueueLinkspan.payload("i::text") + " FROM generate_series(" + (to - jobs + 1) + ", " + to
                        + ") i");
    }

    /** Jobs per second of {@code threads} that claim and complete; what they add in between does not count. */
    double rate(int jobs, int batch, int threads) throws Exception {
        AtomicInteger completed = new AtomicInteger();
        AtomicLong busy = new AtomicLong();
        QueueThreads.seconds(threads, thread -> {
            while (completed.get() < jobs) {
                long start = System.nanoTime();
                int done = linkspan.claimAndComplete(batch);
                busy.addAndGet(System.nanoTime() - start);
                completed.addAndGet(done);
                if (done > 0) {
                    add(done);
                }
            }
        });
        return completed.get() / (busy.get() / 1e9 / threads);
    }

    /** How the server chooses the earliest, which is the whole claim where one tenant waits. */
    void printPlan(int batch) throws SQLException {
        try (Connection connection = database.pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS) SELECT id FROM linkspan_job_record"
                        + " WHERE kind = 'JOB' AND due_at <= 1800000000000 ORDER BY due_at FETCH FIRST " + batch
                        + " ROWS ONLY FOR UPDATE SKIP LOCKED")) {
            while (rows.next()) {
                System.out.println("  " + rows.getString(1));
            }
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
