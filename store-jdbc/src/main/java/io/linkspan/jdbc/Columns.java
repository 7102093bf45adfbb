package io.linkspan.jdbc;

import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.StoredRecord;

/** The widths of the columns, checked before the database sees a value, so that its own error cannot quote one. */
final class Columns {
    static final int LONGEST_PAYLOAD = 1_048_576;
    static final int LARGEST_LIMIT = 1_000;

    private Columns() {}

    static void check(StoredRecord record, int payloadLength) {
        text(record.id(), "id", 128);
        text(record.tenant().value(), "tenant", 128);
        text(record.user(), "user", 128);
        text(record.status(), "status", 40);
        record.uniqueKey().ifPresent(key -> text(key, "unique key", 255));
        record.lookup().ifPresent(lookup -> text(lookup, "lookup", 128));
        if (payloadLength > LONGEST_PAYLOAD) {
            throw new IllegalArgumentException("payload of " + record.kind() + " " + record.id() + " has "
                    + payloadLength + " bytes, the most is " + LONGEST_PAYLOAD);
        }
    }

    static void check(HistoryRecord entry) {
        text(entry.tenant().value(), "tenant", 128);
        text(entry.subject(), "subject", 128);
        text(entry.text(), "text of a history line", 8_192);
    }

    static int limit(int limit) {
        if (limit < 1 || limit > LARGEST_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + LARGEST_LIMIT + ", was " + limit);
        }
        return limit;
    }

    private static void text(String value, String column, int most) {
        if (value.length() > most) {
            throw new IllegalArgumentException(
                    column + " has " + value.length() + " characters, the most is " + most + "; shorten it");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !pair)) {
                throw new IllegalArgumentException(
                        column + " holds a character no database can keep (NUL or half a surrogate pair) at " + i);
            }
            if (pair) {
                i++;
            }
        }
    }
}
