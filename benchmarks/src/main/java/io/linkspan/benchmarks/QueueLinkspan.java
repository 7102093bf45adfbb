package io.linkspan.benchmarks;

import io.linkspan.TenantId;
import io.linkspan.jdbc.JdbcStores;
import io.linkspan.spi.ClaimingStore;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Jobs as publishing stores them, inserted one by one, claimed and completed in batches. */
final class QueueLinkspan {
    static final int TENANTS = 100;
    static final int CONNECTIONS = 2_000;
    static final int PAYLOAD = 1_024;
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int INSERTERS = 16;

    private final JobStore store;
    private final ClaimingStore claiming;

    QueueLinkspan(QueueDatabase database) {
        JdbcStores.migrate(database.pool());
        this.store = JdbcStores.create(database.pool()).jobs();
        this.claiming = (ClaimingStore) store;
    }

    /** Through the store, which is how jobs come. */
    void insert(int jobs) throws Exception {
        Instant due = claiming.now().minusSeconds(3_600);
        AtomicInteger next = new AtomicInteger();
        QueueThreads.seconds(INSERTERS, thread -> {
            Random random = new Random(thread);
            for (int i = next.getAndIncrement(); i < jobs; i = next.getAndIncrement()) {
                byte[] payload = new byte[PAYLOAD];
                random.nextBytes(payload);
                int connection = i % CONNECTIONS;
                if (!store.insert(StoredRecord.builder(
                                new TenantId("tenant-" + connection % TENANTS),
                                RecordKind.JOB,
                                id(due.plusMillis(i), random))
                        .user("user-" + connection)
                        .lookup("connection-" + connection)
                        .status("queued")
                        .dueAt(due.plusMillis(i))
                        .payload(payload)
                        .build())) {
                    throw new IllegalStateException("job " + i + " was refused");
                }
            }
        });
    }

    /** As the library makes them: time, then random bits. */
    private static String id(Instant made, Random random) {
        return "%012x%04x%016x-1".formatted(made.toEpochMilli(), random.nextInt(1 << 16), random.nextLong());
    }

    /** Claims and completes all of them, and says how many it did per second. */
    double drain(int jobs, int batch, int threads) throws Exception {
        AtomicInteger completed = new AtomicInteger();
        double seconds = QueueThreads.seconds(threads, thread -> {
            while (completed.get() < jobs) {
                completed.addAndGet(claimAndComplete(batch));
            }
        });
        if (completed.get() != jobs) {
            throw new IllegalStateException("completed " + completed.get() + " of " + jobs + " jobs");
        }
        return jobs / seconds;
    }

    int claimAndComplete(int batch) {
        List<StoredRecord> claimed = claiming.claim(RecordKind.JOB, LEASE, batch);
        List<StoredRecord> done = claimed.stream()
                .map(record -> record.next()
                        .status("published")
                        .lookup("done:" + record.lookup().orElseThrow())
                        .dueAt(null)
                        .build())
                .toList();
        if (claiming.replaceAll(done).contains(false)) {
            throw new IllegalStateException("a job was completed by somebody else");
        }
        return done.size();
    }

    /** The same size, made by the server; a row this small is not compressed. */
    static String payload(String seed) {
        return "decode(repeat(md5(" + seed + "), " + PAYLOAD / 16 + "), 'hex')";
    }
}
