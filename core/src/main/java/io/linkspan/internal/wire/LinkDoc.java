package io.linkspan.internal.wire;

import io.linkspan.connection.ConnectionId;
import io.linkspan.link.Intent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account link.
 *
 * @param format 1
 * @param intent what for
 * @param connections the two connections
 * @param linkedAt when joined
 * @param parted whether it was parted
 * @param lastSequence last position in the history
 * @param pending lines of history not yet known to be kept, or null when there are none
 * @param profile what the profiles show, or null when nobody looked
 * @param checkAt when to look again, or null when not
 */
public record LinkDoc(
        int format,
        Intent intent,
        List<String> connections,
        Instant linkedAt,
        boolean parted,
        long lastSequence,
        @Nullable List<HistoryDoc> pending,
        @Nullable ProfileDoc profile,
        @Nullable Instant checkAt)
        implements Payload.Checked {
    @Override
    public void check() {
        Payload.need(intent, connections, linkedAt);
        connections.forEach(ConnectionId::new);
        if (pending != null) {
            pending.forEach(HistoryDoc::check);
        }
        if (profile != null) {
            profile.check();
        }
    }

    /** A new link. */
    public static LinkDoc of(Intent intent, List<String> connections, Instant linkedAt, @Nullable Instant checkAt) {
        return new LinkDoc(1, intent, connections, linkedAt, false, 0, null, null, checkAt);
    }

    /** Joined again, or for another intent. */
    public LinkDoc joined(Intent next, Instant at, @Nullable Instant look) {
        return new LinkDoc(format, next, connections, at, false, lastSequence, pending, profile, look);
    }

    /** After it was parted. */
    public LinkDoc part() {
        return new LinkDoc(format, intent, connections, linkedAt, true, lastSequence, pending, profile, null);
    }

    /** After a look. */
    public LinkDoc looked(ProfileDoc seen, @Nullable Instant again) {
        return new LinkDoc(format, intent, connections, linkedAt, parted, lastSequence, pending, seen, again);
    }

    /** With other lines of history. */
    public LinkDoc withHistory(long last, List<HistoryDoc> lines) {
        return new LinkDoc(
                format,
                intent,
                connections,
                linkedAt,
                parted,
                last,
                lines.isEmpty() ? null : List.copyOf(lines),
                profile,
                checkAt);
    }
}
