package io.linkspan.internal.wire;

import io.linkspan.TenantId;
import io.linkspan.connection.ConnectionId;
import io.linkspan.publish.PublishState;
import java.time.Instant;
import java.util.List;

/**
 * A started worker, as it last told.
 *
 * @param node its name
 * @param startedAt when it started
 * @param beatAt when it told this
 * @param stopping whether it takes no more work
 * @param threads how many jobs it does at once
 * @param leases what it holds
 */
public record WorkerDoc(
        String node, Instant startedAt, Instant beatAt, boolean stopping, int threads, List<LeaseDoc> leases)
        implements Payload.Checked {
    @Override
    public void check() {
        Payload.need(node, startedAt, beatAt, leases);
        leases.forEach(lease -> {
            new TenantId(lease.tenant());
            new ConnectionId(lease.connection());
            PublishState.Phase.valueOf(lease.phase());
            Payload.need(lease.job(), lease.until());
        });
    }

    /**
     * A job that it holds.
     *
     * @param tenant whose
     * @param job its id
     * @param connection where it publishes to
     * @param phase how far it is
     * @param until when the lease ends
     */
    public record LeaseDoc(String tenant, String job, String connection, String phase, Instant until) {}
}
