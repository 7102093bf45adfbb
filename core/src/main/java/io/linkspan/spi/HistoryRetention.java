package io.linkspan.spi;

import io.linkspan.TenantId;
import java.time.Instant;

/** What a {@link TokenStore} may do besides: remove old lines of history. Thread-safe, blocking. */
public interface HistoryRetention {
    /**
     * RH-1: removes lines of one subject that are older, durable on return; all other lines stay as they are.
     *
     * @param tenant the tenant
     * @param subject id of the connection or account link
     * @param before lines from before this moment
     * @return how many were removed
     */
    int removeHistory(TenantId tenant, String subject, Instant before);
}
