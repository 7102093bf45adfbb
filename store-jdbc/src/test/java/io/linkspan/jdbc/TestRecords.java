package io.linkspan.jdbc;

import io.linkspan.TenantId;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Records to write. */
final class TestRecords {
    static final TenantId TENANT = new TenantId("tenant-a");
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private TestRecords() {}

    static StoredRecord.Builder job(String id) {
        return StoredRecord.builder(TENANT, RecordKind.JOB, id)
                .user("user-1")
                .status("READY")
                .payload(("payload of " + id).getBytes(StandardCharsets.UTF_8));
    }
}
