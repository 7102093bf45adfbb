package io.linkspan.internal.wire;

import io.linkspan.UnreadableRecordException;
import io.linkspan.internal.json.Json;
import io.linkspan.json.core.JacksonException;
import io.linkspan.json.core.TokenStreamLocation;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what a record holds. */
public final class Payload {
    private Payload() {}

    /**
     * Reads a payload.
     *
     * @throws UnreadableRecordException naming the record and what to do, when somebody changed it; nothing else is thrown
     */
    public static <T extends Checked> T read(StoredRecord record, Class<T> type) {
        T payload;
        try {
            payload = Json.read(record.payload(), type);
        } catch (JacksonException e) { // not kept as a cause: its message shows what it met
            TokenStreamLocation at = e.getLocation();
            boolean known = at != null && at.getByteOffset() >= 0;
            throw unreadable(record, known ? " from byte " + at.getByteOffset() + " on" : "");
        }
        if (payload == null) {
            throw unreadable(record, "");
        }
        try {
            payload.check();
        } catch (RuntimeException e) { // its message may show what it met
            throw unreadable(record, " (a part is missing or wrong)");
        }
        return payload;
    }

    /** A payload that knows what must be in it. */
    public interface Checked {
        /**
         * Checks that it is whole, so that nothing that rests on it has to.
         *
         * @throws RuntimeException when a part is missing or cannot be
         */
        void check();
    }

    /** Checks that parts are there. */
    static void need(@Nullable Object... parts) {
        for (Object part : parts) {
            Objects.requireNonNull(part);
            if (part instanceof Collection<?> all) {
                all.forEach(Objects::requireNonNull);
            } else if (part instanceof Map<?, ?> all) {
                all.values().forEach(Objects::requireNonNull);
            }
        }
    }

    private static UnreadableRecordException unreadable(StoredRecord record, String where) {
        String kind = record.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new UnreadableRecordException(
                kind + " " + record.id() + " of tenant " + record.tenant() + " cannot be read" + where
                        + ": its payload was changed outside Linkspan; " + remedy(record.kind()),
                null);
    }

    private static String remedy(RecordKind kind) {
        return switch (kind) {
            case CONNECTION -> "restore it, or delete its row and have the person connect again";
            case PENDING_CONNECT -> "delete its row and have the person connect again";
            case LANE ->
                "restore it, or delete its row while no post of its account is being sent: it is made again without what was"
                        + " counted";
            case WORKER -> "delete its row: a worker that lives writes it again";
            case ACCOUNT_LINK -> "restore it, or delete its row and link the accounts again";
            default -> "restore it";
        };
    }
}
