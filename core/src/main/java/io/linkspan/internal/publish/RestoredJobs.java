package io.linkspan.internal.publish;

import io.linkspan.UnreadableRecordException;
import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.HandleDoc;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Open jobs out of a back-up. Each is moved along the way it may have gone since, as far as the doubt: a handle that is known is read,
 * and where none is known a person has to look. A job whose moment is still to come cannot have gone any way.
 */
public final class RestoredJobs {
    private static final Logger log = LoggerFactory.getLogger(RestoredJobs.class);

    /** How far the clocks of workers may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** Between looks at a job that only a person can decide about; each job that is not over has its next moment. */
    static final Duration PAUSE = Duration.ofDays(1);

    private static final String UNKNOWN_HANDLE = "an attempt that the back-up does not know";
    private static final Instant EVER = Instant.ofEpochMilli(Long.MAX_VALUE);
    private static final int PAGE = 1_000;

    private final Kernel kernel;
    private final JobRepository jobs;
    private final Moves moves;
    private final DefaultPublisher publisher;

    RestoredJobs(Kernel kernel, JobRepository jobs, Moves moves, DefaultPublisher publisher) {
        this.kernel = kernel;
        this.jobs = jobs;
        this.moves = moves;
        this.publisher = publisher;
    }

    /** What becomes of a job. */
    public enum Fate {
        /** It was over, or was taken before. */
        LEFT,
        /** It goes on as it was. */
        SCHEDULED,
        /** Its handle is read. */
        READ,
        /** A person decides. */
        UNDECIDED
    }

    /** Why a job waits for a person. */
    static String why(JobDoc doc) {
        return "restored from a back-up of " + doc.restoredFrom() + "; it may have been posted since";
    }

    /** Publications that were accepted and not begun get their jobs, so that these are met by the walk. */
    public void fanOut() {
        Set<String> unreadable = new HashSet<>();
        List<StoredRecord> open;
        do {
            open = kernel.jobs().due(RecordKind.PUBLICATION, EVER, PAGE).stream()
                    .filter(record -> !unreadable.contains(record.tenant() + "\n" + record.id()))
                    .toList();
            for (StoredRecord record : open) {
                try {
                    publisher.fanOut(record);
                } catch (UnreadableRecordException e) {
                    unreadable.add(record.tenant() + "\n" + record.id());
                    log.warn("left alone: {}", e.getMessage());
                }
            }
        } while (!open.isEmpty());
    }

    /** Takes one job; repeated while someone else is faster. */
    public Fate take(StoredRecord record, Instant takenAt) {
        Optional<Stored> job = Optional.of(jobs.read(record));
        while (job.isPresent()) {
            Fate fate = fate(job.get(), takenAt);
            if (fate == Fate.LEFT || fate == Fate.SCHEDULED || saved(job.get(), takenAt, fate)) {
                return fate;
            }
            job = jobs.find(record.tenant(), record.id());
        }
        return Fate.LEFT;
    }

    private Fate fate(Stored job, Instant takenAt) {
        JobDoc doc = job.doc();
        Instant taken = doc.restoredFrom();
        if (doc.state().phase().terminal() || (taken != null && !taken.isBefore(takenAt))) {
            return Fate.LEFT;
        }
        Instant notBefore = doc.notBefore();
        boolean ahead = notBefore != null && notBefore.isAfter(kernel.now().plus(SKEW));
        if (doc.state().phase() == Phase.ACCEPTED && ahead) {
            return Fate.SCHEDULED;
        }
        return doc.handle() == null ? Fate.UNDECIDED : Fate.READ;
    }

    private boolean saved(Stored job, Instant takenAt, Fate fate) {
        Instant now = kernel.now();
        JobDoc restored = job.doc().restored(takenAt, now);
        JobDoc doc = restored.seen(new Evidence("linkspan.recovery", now, "restored", why(restored)));
        return moves.along(job, doc, way(job, restored, fate), fate == Fate.READ ? now : now.plus(PAUSE));
    }

    /** What may have happened since, up to the doubt. */
    private List<PublishEvent> way(Stored job, JobDoc restored, Fate fate) {
        Instant now = kernel.now();
        HandleDoc handle = restored.handle();
        List<PublishEvent> way = new ArrayList<>();
        Phase phase = job.state().phase();
        if (phase == Phase.ACCEPTED) {
            way.add(new PublishEvent.Begun());
        }
        if (phase == Phase.ACCEPTED || phase == Phase.PREPARING) {
            way.add(new PublishEvent.Ready(handle == null ? UNKNOWN_HANDLE : handle.id()));
        }
        if (!phase.afterCommit() || phase == Phase.COMMITTING) {
            way.add(new PublishEvent.CommitUnclear(why(restored), now));
        }
        if (fate == Fate.UNDECIDED && phase != Phase.AWAITING_DECISION) {
            way.add(new PublishEvent.QuietTooLong(why(restored), now));
        }
        return way;
    }
}
