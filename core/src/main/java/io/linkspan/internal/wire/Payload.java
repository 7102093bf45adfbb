package io.linkspan.internal.wire;

import io.linkspan.UnreadableRecordException;
import io.linkspan.internal.json.Json;
import io.linkspan.json.core.JacksonException;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.util.Locale;

/** Reads what a record holds. */
public final class Payload {
    private Payload() {}

    /**
     * Reads a payload.
     *
     * @throws UnreadableRecordException naming the record and what to do, when somebody changed it
     */
    public static <T> T read(StoredRecord record, Class<T> type) {
        T payload;
        try {
            payload = Json.read(record.payload(), type);
        } catch (JacksonException e) { // not kept as a cause: its message shows what it met
            throw unreadable(record, " from byte " + e.getLocation().getByteOffset() + " on");
        }
        if (payload == null) {
            throw unreadable(record, "");
        }
        return payload;
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
            default -> "restore it";
        };
    }
}
