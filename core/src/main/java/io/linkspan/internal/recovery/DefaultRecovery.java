package io.linkspan.internal.recovery;

import io.linkspan.Recovery;
import io.linkspan.UnreadableRecordException;
import io.linkspan.internal.CheckedStore;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.RestoredConnections;
import io.linkspan.internal.publish.RestoredJobs;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordScan;
import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Recovery} by walking jobs and connections page by page. */
public final class DefaultRecovery implements Recovery {
    private static final Logger log = LoggerFactory.getLogger(DefaultRecovery.class);
    private static final int PAGE = 200;

    private final Kernel kernel;
    private final RestoredJobs jobs;
    private final RestoredConnections connections;

    /** Over its parts. */
    public DefaultRecovery(Kernel kernel, RestoredJobs jobs, RestoredConnections connections) {
        this.kernel = kernel;
        this.jobs = jobs;
        this.connections = connections;
    }

    @Override
    public Restored afterRestore(Instant takenAt) {
        kernel.hostTransactions().refuse("recovery().afterRestore(...)");
        Instant now = kernel.now();
        Objects.requireNonNull(takenAt, "takenAt");
        if (takenAt.isAfter(now)) {
            throw new IllegalArgumentException(
                    "takenAt must not be later than now (" + now + "), was " + takenAt + "; check the clock");
        }
        RecordScan jobScan = scan(kernel.jobs());
        RecordScan connectionScan = scan(kernel.tokens());
        int[] unreadable = new int[1];
        jobs.fanOut();
        Map<RestoredJobs.Fate, Integer> fates = new EnumMap<>(RestoredJobs.Fate.class);
        for (RestoredJobs.Fate fate : walk(jobScan, RecordKind.JOB, job -> jobs.take(job, takenAt), unreadable)) {
            fates.merge(fate, 1, Integer::sum);
        }
        int asked = (int)
                walk(connectionScan, RecordKind.CONNECTION, it -> connections.take(it, takenAt), unreadable).stream()
                        .filter(taken -> taken)
                        .count();
        Restored done = new Restored(
                fates.getOrDefault(RestoredJobs.Fate.SCHEDULED, 0),
                fates.getOrDefault(RestoredJobs.Fate.READ, 0),
                fates.getOrDefault(RestoredJobs.Fate.UNDECIDED, 0),
                asked,
                unreadable[0]);
        log.info("went through a restored back-up takenAt={} {}", takenAt, done);
        return done;
    }

    private static RecordScan scan(RecordStore store) {
        if (store instanceof RecordScan scan) {
            return scan;
        }
        throw new IllegalStateException("the store " + CheckedStore.name(store)
                + " cannot walk its records; let it implement RecordScan to go on after a restored back-up");
    }

    /** One bad row must not keep the others; no worker gets further with it either. */
    private static <T> List<T> walk(
            RecordScan scan, RecordKind kind, Function<StoredRecord, T> take, int[] unreadable) {
        List<T> results = new ArrayList<>();
        @Nullable StoredRecord after = null;
        List<StoredRecord> page;
        do {
            page = scan.scan(kind, after, PAGE);
            for (StoredRecord record : page) {
                after = record;
                try {
                    results.add(take.apply(record));
                } catch (UnreadableRecordException e) {
                    unreadable[0]++;
                    log.warn("left alone kind={} id={}", kind, record.id(), e);
                }
            }
        } while (page.size() == PAGE);
        return results;
    }
}
