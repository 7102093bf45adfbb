package io.linkspan.internal.retention;

import io.linkspan.connection.Sides;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.internal.wire.Payload;
import io.linkspan.spi.StoredRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Since when nothing will come of a record any more. */
final class Ended {
    private Ended() {}

    /** The last thing that happened to a job, when it is over and heard of. */
    static Optional<Instant> job(StoredRecord record) {
        JobDoc doc = Payload.read(record, JobDoc.class);
        if (record.dueAt().isPresent()
                || record.attentionAt().isPresent()
                || !doc.state().phase().terminal()) {
            return Optional.empty();
        }
        Stream<Instant> moments = Stream.concat(
                Stream.of(doc.state().at(), doc.committedAt(), doc.lastSign(), doc.notBefore())
                        .filter(moment -> moment != null),
                doc.evidence().stream().map(seen -> seen.at()));
        return moments.max(Instant::compareTo);
    }

    /** Whether a connection is over on every side that can be told, with nothing left to do or to find out. */
    static boolean connection(StoredRecord record) {
        ConnectionDoc doc = Payload.read(record, ConnectionDoc.class);
        Sides sides = doc.sides();
        boolean grantOpen = sides.grant() == Sides.Grant.ACTIVE || sides.grant() == Sides.Grant.REVOKE_REQUESTED;
        return record.dueAt().isEmpty()
                && record.attentionAt().isEmpty()
                && sides.local() == Sides.Local.WIPED
                && !grantOpen
                && doc.removal() == null
                && doc.pending().isEmpty();
    }
}
