package io.linkspan.internal.publish;

import io.linkspan.TenantId;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.wire.LaneDoc;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One commit request in flight per connection, over all workers. */
final class Lane {
    /** Longer than the longest commit call. */
    private static final Duration AT_MOST = Duration.ofSeconds(150);

    private final Kernel kernel;

    Lane(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Takes the lane of a connection for a job; false while another job holds it. */
    boolean take(TenantId tenant, String connection, String job) {
        Instant now = kernel.now();
        byte[] mine = Json.write(new LaneDoc(job, now.plus(AT_MOST)));
        Optional<StoredRecord> found = kernel.jobs().find(tenant, RecordKind.LANE, connection);
        if (found.isEmpty()) {
            return kernel.jobs()
                    .insert(StoredRecord.builder(tenant, RecordKind.LANE, connection)
                            .status("held")
                            .payload(mine)
                            .build());
        }
        LaneDoc held = Json.read(found.get().payload(), LaneDoc.class);
        boolean free = held.job().equals(job) || held.job().isEmpty() || !now.isBefore(held.until());
        return free
                && kernel.jobs()
                        .replace(found.get().next().status("held").payload(mine).build());
    }

    /** Gives the lane back, if the job still holds it. */
    void give(TenantId tenant, String connection, String job) {
        kernel.jobs()
                .find(tenant, RecordKind.LANE, connection)
                .filter(record ->
                        Json.read(record.payload(), LaneDoc.class).job().equals(job))
                .ifPresent(record -> kernel.jobs()
                        .replace(record.next()
                                .status("free")
                                .payload(Json.write(new LaneDoc("", kernel.now())))
                                .build()));
    }
}
