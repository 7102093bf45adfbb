package io.linkspan.examples.customstore;

import io.linkspan.TenantId;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Between rows and values; the same for both stores. */
final class Rows {
    /** The columns of a record, in both tables. */
    static final String COLUMNS = "workspace_id, linkspan_kind, linkspan_id, linkspan_version, user_id, linkspan_key,"
            + " linkspan_lookup, status, linkspan_due_at, linkspan_attention_at, linkspan_payload";

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private Rows() {}

    // docs: begin
    /** Where records of a kind live: connections among the product's accounts, the others in two tables of their own. */
    static String table(RecordKind kind) {
        return switch (kind) {
            case CONNECTION -> "social_accounts";
            case PENDING_CONNECT, ACCOUNT_ALIAS, ACCOUNT_LINK, UNWANTED_GRANT, WEBHOOK_SEEN -> "account_records";
            case PUBLICATION, JOB, LANE, WORKER -> "post_records";
        };
    }
    // docs: end

    // docs: begin
    /** The record of the row under the cursor. */
    static StoredRecord record(ResultSet row) throws SQLException {
        RecordKind kind = RecordKind.valueOf(row.getString("linkspan_kind"));
        return StoredRecord.builder(new TenantId(row.getString("workspace_id")), kind, row.getString("linkspan_id"))
                .version(row.getLong("linkspan_version"))
                .user(row.getString("user_id"))
                .uniqueKey(row.getString("linkspan_key"))
                .lookup(row.getString("linkspan_lookup"))
                .status(row.getString("status"))
                .dueAt(instant(row, "linkspan_due_at"))
                .attentionAt(instant(row, "linkspan_attention_at"))
                .payload(row.getBytes("linkspan_payload"))
                .build();
    }
    // docs: end

    /** The line of history of the row under the cursor. */
    static HistoryRecord line(ResultSet row) throws SQLException {
        return new HistoryRecord(
                new TenantId(row.getString("workspace_id")),
                row.getString("subject"),
                row.getLong("sequence_no"),
                Objects.requireNonNull(instant(row, "happened_at")),
                row.getString("entry"));
    }

    // docs: begin
    /** A moment as a column holds it: cut to milliseconds, since the driver would round up, and within what a column can hold. */
    static OffsetDateTime time(Instant moment) {
        Instant held = moment.isAfter(LATEST) ? LATEST : moment.isBefore(Instant.EPOCH) ? Instant.EPOCH : moment;
        return held.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    }
    // docs: end

    // docs: begin
    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
    // docs: end
}
