package io.linkspan.testkit.store;

import io.linkspan.spi.JobStore;
import io.linkspan.spi.RecordKind;

/**
 * What every {@link JobStore} must do: RS-1 to RS-9, RC-1 to RC-5 where it is a {@link io.linkspan.spi.ClaimingStore}, and RN-1 where
 * it is a {@link io.linkspan.spi.CountingStore}. Extend it in a test:
 *
 * <pre>{@code
 * class MyJobStoreContractTest extends JobStoreContract {
 *     @Override
 *     protected JobStore emptyStore() {
 *         database.execute("DELETE FROM my_jobs");
 *         return new MyJobStore(database);
 *     }
 * }
 * }</pre>
 */
public abstract class JobStoreContract extends ClaimRules {
    /** For subclasses. */
    protected JobStoreContract() {}

    @Override
    final RecordKind kind() {
        return RecordKind.JOB;
    }

    @Override
    final RecordKind otherKind() {
        return RecordKind.PUBLICATION;
    }
}
