package io.linkspan.spi;

import io.linkspan.TenantId;
import java.time.Instant;
import java.util.Objects;

/**
 * One line of history. Never changed, never holds a secret.
 *
 * @param tenant the tenant
 * @param subject id of the connection or account link it belongs to
 * @param sequence position in the subject's history, from 1; unique per subject
 * @param at when it happened
 * @param text a JSON object; at most 8,192 characters
 */
public record HistoryRecord(TenantId tenant, String subject, long sequence, Instant at, String text) {
    /**
     * Checks the arguments and cuts the time to milliseconds.
     *
     * @param tenant the tenant
     * @param subject id of the connection or account link it belongs to
     * @param sequence position in the subject's history, from 1; unique per subject
     * @param at when it happened
     * @param text a JSON object; at most 8,192 characters
     */
    public HistoryRecord {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(text, "text");
        at = Instant.ofEpochMilli(at.toEpochMilli());
    }
}
