package io.linkspan.testkit.store;

import io.linkspan.spi.RecordStore;

/**
 * RS-1 to RS-10, shared by {@link TokenStoreContract} and {@link JobStoreContract}; extend one of those.
 *
 * @param <S> the store's interface
 */
public abstract class RecordStoreContract<S extends RecordStore> extends TextRules<S> {
    RecordStoreContract() {}
}
