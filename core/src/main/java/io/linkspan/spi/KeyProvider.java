package io.linkspan.spi;

/**
 * Wraps and unwraps data keys with key-encryption keys that never leave it: a local keyset, a KMS, an HSM. Thread-safe.
 *
 * <p>KP-1: {@code unwrap(id, wrap(id, k))} gives {@code k} as long as the key {@code id} exists. KP-2: an id once used
 * stays readable until no record names it.
 */
public interface KeyProvider {
    /**
     * The id of the key that new records use.
     *
     * @return the id; 1 to 64 printable ASCII characters without blanks
     */
    String currentKeyId();

    /**
     * Encrypts a data key.
     *
     * @param keyId the key-encryption key
     * @param dataKey 32 bytes; not kept
     * @return the wrapped key, at most 1,024 bytes
     */
    byte[] wrap(String keyId, byte[] dataKey);

    /**
     * Decrypts a data key.
     *
     * @param keyId the key-encryption key
     * @param wrapped what {@link #wrap} gave
     * @return 32 bytes
     * @throws io.linkspan.UnreadableRecordException when the key is unknown or the bytes were changed
     */
    byte[] unwrap(String keyId, byte[] wrapped);
}
