package io.linkspan.internal.publish;

import io.linkspan.UnreadableRecordException;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.Stopwatch;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.connection.Disconnector;
import io.linkspan.internal.connection.Renewer;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.internal.wire.Payload;
import io.linkspan.internal.wire.PendingDoc;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordScan;
import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Wakes what a node left for hours whose clock is ahead. A record that was written in the future is due by that clock; its time counts from
 * when this process first saw it. Waking early does no harm: whoever works on a record looks at its own clock, and a holder that lost its
 * claim cannot write.
 */
final class WrongClocks {
    /** Between two searches. */
    private static final Duration PAUSE = Duration.ofMinutes(5);
    /** Clocks that differ less do not delay anything for long. */
    private static final Duration TOLERATED = Duration.ofMinutes(10);

    private static final Duration SEARCHED = Duration.ofDays(1);
    private static final int MOST = 1_000;
    /** Pages of a kind that one search walks where more records are due within the day than one read shows. */
    private static final int PAGES = 10;

    private final Kernel kernel;
    private final ConnectionRepository connections;
    private final Renewer renewer;
    private final Disconnector disconnector;
    private final Map<RecordKind, StoredRecord> walked = new EnumMap<>(RecordKind.class);
    private @Nullable Stopwatch sinceSearch;

    WrongClocks(Kernel kernel, ConnectionRepository connections, Renewer renewer, Disconnector disconnector) {
        this.kernel = kernel;
        this.connections = connections;
        this.renewer = renewer;
        this.disconnector = disconnector;
    }

    /** Searches now and then. */
    synchronized void wake() {
        if (sinceSearch != null && !sinceSearch.reached(PAUSE)) {
            return;
        }
        sinceSearch = kernel.stopwatch();
        wake(kernel.tokens(), RecordKind.PENDING_CONNECT, this::connect);
        wake(kernel.tokens(), RecordKind.CONNECTION, this::connection);
        wake(kernel.jobs(), RecordKind.PUBLICATION, record -> true);
        wake(kernel.jobs(), RecordKind.JOB, this::job);
    }

    private void wake(RecordStore store, RecordKind kind, Predicate<StoredRecord> left) {
        List<StoredRecord> earliest = store.due(kind, kernel.now().plus(SEARCHED), MOST);
        earliest.forEach(record -> wake(store, record, left));
        if (earliest.size() == MOST && store instanceof RecordScan scan) {
            walk(scan, kind, record -> wake(store, record, left));
        }
    }

    /** The next pages of all records of the kind; a later search resumes after them. */
    private void walk(RecordScan scan, RecordKind kind, Consumer<StoredRecord> visitor) {
        StoredRecord after = walked.remove(kind);
        for (int page = 0; page < PAGES; page++) {
            List<StoredRecord> records = scan.scan(kind, after, MOST);
            records.forEach(visitor);
            if (records.size() < MOST) {
                return;
            }
            after = records.get(MOST - 1);
        }
        if (after != null) {
            walked.put(kind, after);
        }
    }

    private void wake(RecordStore store, StoredRecord record, Predicate<StoredRecord> left) {
        Instant now = kernel.now();
        boolean searched = record.dueAt()
                .filter(this::ahead)
                .filter(due -> !due.isAfter(now.plus(SEARCHED)))
                .isPresent();
        if (searched && readable(record, left)) {
            store.replace(record.next().dueAt(now).build());
        }
    }

    private static boolean readable(StoredRecord record, Predicate<StoredRecord> left) {
        try {
            return left.test(record);
        } catch (UnreadableRecordException e) {
            return false; // reported when it is due
        }
    }

    private boolean ahead(@Nullable Instant moment) {
        return moment != null && moment.isAfter(kernel.now().plus(TOLERATED));
    }

    private boolean connect(StoredRecord record) {
        PendingDoc doc = Payload.read(record, PendingDoc.class);
        return doc.stage() == PendingDoc.Stage.CONSUMED
                && ahead(doc.exchangedAt())
                && over(record, kernel.settings().consentLife());
    }

    private boolean connection(StoredRecord record) {
        ConnectionRepository.Stored stored = connections.read(record);
        return renewer.abandoned(stored) || disconnector.abandoned(stored);
    }

    private boolean job(StoredRecord record) {
        JobDoc doc = Payload.read(record, JobDoc.class);
        boolean scheduled =
                record.dueAt().filter(due -> due.equals(doc.notBefore())).isPresent();
        return !scheduled
                && ahead(doc.writtenAt())
                && over(record, kernel.settings().jobLease());
    }

    private boolean over(StoredRecord record, Duration longest) {
        String name = record.kind() + " " + record.id();
        return kernel.leases()
                .over(
                        "due\n" + record.tenant() + "\n" + name,
                        name,
                        record.dueAt().orElseThrow(),
                        longest,
                        kernel.now());
    }
}
