package io.linkspan.internal.publish;

import io.linkspan.Platform;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Evidence;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.event.Herald;
import io.linkspan.internal.event.Row;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.internal.wire.JobNewsDoc;
import io.linkspan.internal.wire.MoveDoc;
import io.linkspan.publish.Failure;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishState;
import io.linkspan.spi.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells of jobs. Moves ride in the record until every listener has heard them, so that only the last one may cost a write of
 * its own.
 */
final class JobNews {
    /** More moves than a job makes in its life, unless nobody listens for very long. */
    private static final int MOST_UNTOLD = 100;

    private final Kernel kernel;

    JobNews(Kernel kernel) {
        this.kernel = kernel;
    }

    private Herald herald() {
        return kernel.observer().herald();
    }

    private static String subject(Stored stored) {
        return "job\n" + stored.record().tenant() + "\n" + stored.record().id();
    }

    /** What stays to tell after the next write: what was not heard yet, and the move that it makes. */
    @Nullable
    JobNewsDoc after(Stored old, JobDoc next, boolean idle) {
        if (!herald().listened()) {
            return null;
        }
        long heard = herald().heardTo(subject(old), 0, Long.MAX_VALUE);
        List<MoveDoc> untold = new ArrayList<>();
        for (MoveDoc move : moves(old.doc())) {
            if (move.sequence() > heard) {
                untold.add(move);
            }
        }
        if (!old.doc().state().equals(next.state())) {
            untold.add(move(old, next));
        }
        int from = Math.max(0, untold.size() - MOST_UNTOLD);
        return untold.isEmpty() ? null : new JobNewsDoc(List.copyOf(untold.subList(from, untold.size())), idle);
    }

    private MoveDoc move(Stored old, JobDoc next) {
        return new MoveDoc(old.record().version() + 1, kernel.now(), old.doc().state(), next.state(), cause(next));
    }

    private static List<MoveDoc> moves(JobDoc doc) {
        JobNewsDoc news = doc.news();
        return news == null ? List.of() : news.untold();
    }

    private static @Nullable Cause cause(JobDoc doc) {
        if (!(doc.state().state() instanceof PublishState.Failed failed)) {
            return null;
        }
        Failure failure = failed.failure();
        for (int i = doc.evidence().size() - 1; i >= 0; i--) {
            Cause seen = doc.evidence().get(i).cause();
            if (seen != null && seen.code().equals(failure.code())) {
                return seen;
            }
        }
        return new Cause(
                doc.platform() + ".publish",
                failure.causeClass(),
                failure.code(),
                null,
                failure.actor(),
                failure.remedy());
    }

    /** After a write: log, meter, alerts, listeners. */
    void tell(Stored old, Stored saved) {
        if (!old.doc().state().equals(saved.doc().state())) {
            LinkspanEvent event = event(saved, move(old, saved.doc()));
            kernel.observer().stored(event);
            kernel.observer()
                    .meter()
                    .count(
                            "linkspan.jobs",
                            Map.of(
                                    "platform",
                                    saved.doc().platform(),
                                    "phase",
                                    saved.doc().state().phase().name().toLowerCase(Locale.ROOT)));
        }
        alert(old, saved);
        if (!kernel.hostTransactions().running()) { // else the worker passes it on, if it is kept
            tellAll(saved);
        }
    }

    private void alert(Stored old, Stored saved) {
        List<Evidence> seen = saved.doc().evidence();
        Evidence last = seen.isEmpty() ? null : seen.get(seen.size() - 1);
        Cause cause = last == null ? null : last.cause();
        if (cause != null && !old.doc().evidence().contains(last)) {
            kernel.observer()
                    .alert(
                            saved.owner(),
                            kernel.now(),
                            Platform.of(saved.doc().platform()),
                            saved.doc().registration(),
                            cause);
        }
    }

    /** Tells all that nobody is known to have heard. */
    void tellAll(Stored stored) {
        List<Row> rows = moves(stored.doc()).stream()
                .map(move -> new Row(move.sequence(), event(stored, move)))
                .toList();
        if (rows.isEmpty()) {
            herald().recorded(subject(stored), Long.MAX_VALUE);
        } else {
            herald().tell(subject(stored), 0, rows, after -> rows);
        }
    }

    private static LinkspanEvent event(Stored stored, MoveDoc move) {
        JobDoc doc = stored.doc();
        return new LinkspanEvent.JobMoved(
                stored.owner(),
                move.at(),
                new PublicationId(doc.publication()),
                stored.record().id(),
                new ConnectionId(doc.connection()),
                Platform.of(doc.platform()),
                doc.account(),
                move.sequence(),
                move.from().state(),
                move.to().state(),
                move.cause());
    }
}
