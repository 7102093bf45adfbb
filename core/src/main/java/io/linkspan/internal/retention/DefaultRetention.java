package io.linkspan.internal.retention;

import io.linkspan.Retention;
import io.linkspan.UnreadableRecordException;
import io.linkspan.internal.CheckedStore;
import io.linkspan.internal.wire.Payload;
import io.linkspan.internal.wire.PublicationDoc;
import io.linkspan.spi.HistoryRetention;
import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RecordScan;
import io.linkspan.spi.RecordStore;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Retention} by walking publications, then jobs, then connections. A publication goes before its jobs: from then on nobody finds
 * them through it, and what a crash leaves behind is found by the walk over jobs.
 */
public final class DefaultRetention implements Retention {
    private static final Logger log = LoggerFactory.getLogger(DefaultRetention.class);
    private static final Duration LEAST = Duration.ofDays(7);
    private static final int PAGE = 200;
    private static final List<RecordKind> KINDS =
            List.of(RecordKind.PUBLICATION, RecordKind.JOB, RecordKind.CONNECTION);

    private final TokenStore tokens;
    private final JobStore jobs;
    private final InstantSource clock;
    private int kind;
    private @Nullable StoredRecord after;

    /** Over the host's stores. */
    public DefaultRetention(TokenStore tokens, JobStore jobs, InstantSource clock) {
        this.tokens = tokens;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** What one call removed so far. */
    private static final class Tally {
        private int publications;
        private int jobs;
        private int lines;

        Swept swept(boolean complete) {
            return new Swept(publications, jobs, lines, complete);
        }
    }

    @Override
    public synchronized Swept sweep(Duration age, int limit) {
        Objects.requireNonNull(age, "age");
        if (age.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("age must be 7 days or more, was " + age);
        }
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        Instant before = clock.instant().minus(age);
        Tally tally = new Tally();
        int looked = 0;
        while (kind < KINDS.size()) {
            RecordKind of = KINDS.get(kind);
            List<StoredRecord> page = scan(of).scan(of, after, PAGE);
            for (StoredRecord record : page) {
                if (looked++ == limit) {
                    return tally.swept(false);
                }
                look(record, before, tally);
                after = record;
            }
            if (page.size() < PAGE) {
                kind++;
                after = null;
            }
        }
        kind = 0;
        return tally.swept(true);
    }

    private RecordScan scan(RecordKind of) {
        RecordStore store = of == RecordKind.CONNECTION ? tokens : jobs;
        if (store instanceof RecordScan scan) {
            return scan;
        }
        throw new IllegalStateException("the store " + CheckedStore.name(store)
                + " cannot walk its records; let it implement RecordScan to remove old ones");
    }

    /** One bad row must not keep the others. */
    private void look(StoredRecord record, Instant before, Tally tally) {
        try {
            switch (record.kind()) {
                case PUBLICATION -> publication(record, before, tally);
                case JOB -> orphan(record, before, tally);
                default -> history(record, before, tally);
            }
        } catch (UnreadableRecordException e) {
            log.warn("left alone: {}", e.getMessage());
        }
    }

    private void publication(StoredRecord record, Instant before, Tally tally) {
        PublicationDoc doc = Payload.read(record, PublicationDoc.class);
        if (record.dueAt().isPresent() || !doc.acceptedAt().isBefore(before)) {
            return;
        }
        List<StoredRecord> own = new ArrayList<>();
        for (int number = 1; number <= doc.jobs().size(); number++) {
            Optional<StoredRecord> job = jobs.find(record.tenant(), RecordKind.JOB, record.id() + "-" + number);
            if (job.isEmpty() || !endedBefore(job.get(), before)) {
                return;
            }
            own.add(job.get());
        }
        if (jobs.delete(record)) {
            tally.publications++;
            own.forEach(job -> tally.jobs += jobs.delete(job) ? 1 : 0);
        }
    }

    /** A job whose publication went, before the process did. */
    private void orphan(StoredRecord record, Instant before, Tally tally) {
        String publication = record.id().substring(0, Math.max(0, record.id().lastIndexOf('-')));
        if (endedBefore(record, before)
                && jobs.find(record.tenant(), RecordKind.PUBLICATION, publication)
                        .isEmpty()
                && jobs.delete(record)) {
            tally.jobs++;
        }
    }

    private static boolean endedBefore(StoredRecord job, Instant before) {
        return Ended.job(job).filter(at -> at.isBefore(before)).isPresent();
    }

    private void history(StoredRecord record, Instant before, Tally tally) {
        if (tokens instanceof HistoryRetention lines && Ended.connection(record)) {
            tally.lines += lines.removeHistory(record.tenant(), record.id(), before);
        }
    }
}
