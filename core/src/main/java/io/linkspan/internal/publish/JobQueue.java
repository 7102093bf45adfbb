package io.linkspan.internal.publish;

import io.linkspan.LinkspanException;
import io.linkspan.UnreadableRecordException;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.Stopwatch;
import io.linkspan.spi.ClaimingStore;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes due jobs for this node: in one batch where the store hands them out, else one after the other by compare-and-set. A store that
 * hands out does so by a clock of its own, so it is asked only where the node's clock is no other one, as a test's may be.
 */
final class JobQueue {
    private static final Logger log = LoggerFactory.getLogger(JobQueue.class);
    /** So many due jobs are put in a fair order at once. */
    private static final int AT_A_GLANCE = 1000;

    private final Kernel kernel;
    private final JobRepository jobs;
    private final Backlogs backlogs;
    private final @Nullable ClaimingStore store;
    /** What was looked at and not taken yet; who was faster shows in the version. */
    private final Deque<StoredRecord> seen = new ArrayDeque<>();

    JobQueue(Kernel kernel, JobRepository jobs) {
        this.kernel = kernel;
        this.jobs = jobs;
        this.backlogs = new Backlogs(kernel);
        this.store = kernel.jobs() instanceof ClaimingStore claiming ? claiming : null;
    }

    /** Due jobs in the order in which they should be done, without taking them. */
    List<StoredRecord> look() {
        return FairOrder.of(backlogs.due(AT_A_GLANCE));
    }

    /** Forgets what was read and not taken, so that what fell due since has its turn. */
    synchronized void readAgain() {
        seen.clear();
    }

    /** Takes due jobs, at most so many; a job that cannot be read is told of. */
    synchronized List<Claim> take(int most) {
        if (store != null && kernel.sharesClockWith(store)) {
            Stopwatch asked = kernel.stopwatch();
            return handedOut(store.claim(RecordKind.JOB, kernel.settings().jobLease(), most), asked);
        }
        if (seen.isEmpty()) {
            seen.addAll(look());
        }
        List<Claim> taken = new ArrayList<>();
        while (taken.size() < most && !seen.isEmpty()) {
            read(seen.remove(), job -> Claim.take(kernel, jobs, job)).ifPresent(taken::add);
        }
        return taken;
    }

    private List<Claim> handedOut(List<StoredRecord> records, Stopwatch asked) {
        return records.stream()
                .flatMap(record -> read(record, job -> Optional.of(Claim.handedOut(kernel, jobs, job, asked))).stream())
                .toList();
    }

    private Optional<Claim> read(StoredRecord record, Function<JobRepository.Stored, Optional<Claim>> take) {
        try {
            return take.apply(jobs.read(record));
        } catch (UnreadableRecordException e) { // steps back, so that any number of them hides no other
            kernel.observer().leftOut(kernel.now(), record, e);
            kernel.jobs()
                    .replace(record.next()
                            .dueAt(kernel.now().plus(DueWork.ASIDE))
                            .build());
            return Optional.empty();
        } catch (LinkspanException e) {
            log.warn("job {} of tenant {} cannot be taken: {}", record.id(), record.tenant(), e.getMessage());
            return Optional.empty();
        }
    }
}
