package io.linkspan.internal.connection;

import io.linkspan.LinkspanException;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.event.Herald;
import io.linkspan.internal.event.Row;
import io.linkspan.internal.wire.HistoryDoc;
import io.linkspan.spi.Cause;
import io.linkspan.spi.HistoryRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of connections, from lines of history that are stored. The history is the log that events are told again from. */
final class ConnectionNews {
    private static final Logger log = LoggerFactory.getLogger(ConnectionNews.class);
    private static final int PAGE = 500;

    private final Kernel kernel;

    ConnectionNews(Kernel kernel) {
        this.kernel = kernel;
    }

    private Herald herald() {
        return kernel.observer().herald();
    }

    private static String subject(Stored stored) {
        return stored.record().tenant() + "\n" + stored.record().id();
    }

    /** Up to where every listener of this process is known to have heard. */
    long heardTo(Stored stored) {
        return herald().heardTo(
                        subject(stored), stored.doc().told(), stored.doc().lastSequence());
    }

    /** What to note as told beside new lines: with nobody to tell, all of it. */
    long toldWith(long heard, long last) {
        return herald().listened() ? heard : last;
    }

    /** After a write: its lines go to the log, the meter and the listeners. */
    void tell(Stored stored) {
        boolean mayBeUndone = kernel.hostTransactions().running(); // if it is kept, the worker passes it on
        if (!mayBeUndone) {
            herald().recorded(subject(stored), stored.doc().told());
        }
        List<Row> rows = new ArrayList<>();
        for (HistoryDoc line : stored.doc().pending()) {
            LinkspanEvent event = event(stored, line);
            kernel.observer().stored(event);
            kernel.observer()
                    .meter()
                    .count(
                            "linkspan.connection.changes",
                            Map.of("platform", stored.doc().platform(), "action", line.action()));
            Cause cause = line.cause();
            if (cause != null) {
                kernel.observer()
                        .alert(
                                stored.owner(),
                                kernel.now(),
                                stored.platform(),
                                stored.doc().registration(),
                                cause);
            }
            rows.add(new Row(line.sequence(), event));
        }
        if (!rows.isEmpty() && !mayBeUndone) {
            hand(stored, rows);
        }
    }

    /** Tells all that nobody is known to have heard. */
    void tellAll(Stored stored) {
        hand(stored, List.of());
    }

    private void hand(Stored stored, List<Row> newest) {
        try {
            herald().tell(subject(stored), stored.doc().told(), newest, after -> rest(stored, after));
        } catch (LinkspanException e) {
            // the change is stored; the history is read again when the record wakes up
            log.debug("telling waits connection={}", stored.record().id(), e);
        }
    }

    private List<Row> rest(Stored stored, long after) {
        List<Row> rows = new ArrayList<>();
        for (HistoryRecord line : kernel.tokens()
                .history(stored.record().tenant(), stored.record().id(), after, PAGE)) {
            rows.add(new Row(line.sequence(), event(stored, HistoryDoc.read(line))));
        }
        return rows;
    }

    private static LinkspanEvent event(Stored stored, HistoryDoc line) {
        String account = stored.doc().account().shown();
        Cause cause = line.cause();
        if (cause == null) {
            return new LinkspanEvent.ConnectionChanged(
                    stored.owner(),
                    line.at(),
                    stored.id(),
                    stored.platform(),
                    account,
                    line.sequence(),
                    line.actor(),
                    line.action(),
                    line.detail());
        }
        return new LinkspanEvent.ConnectionFailed(
                stored.owner(),
                line.at(),
                stored.id(),
                stored.platform(),
                account,
                line.sequence(),
                line.actor(),
                line.action(),
                line.detail(),
                cause);
    }
}
