package io.linkspan;

import io.linkspan.internal.crypto.AesGcm;
import io.linkspan.spi.KeyProvider;
import io.linkspan.spi.Texts;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Key-encryption keys held in memory, from the environment or a secret manager. Immutable and thread-safe.
 *
 * <p>A key is 32 random bytes; {@code openssl rand -base64 32} makes one. To change keys, give the new one as current and
 * keep the old ones until no record names them.
 */
public final class LocalKeys implements KeyProvider {
    private final String current;
    private final Map<String, byte[]> keys;

    private LocalKeys(String current, Map<String, byte[]> keys) {
        this.current = current;
        this.keys = keys;
    }

    /**
     * One key, with the id {@code local-1}.
     *
     * @param base64 32 bytes in Base64
     * @return the keys
     * @throws IllegalArgumentException when the key is missing or not 32 bytes; the message does not show it
     */
    public static LocalKeys fromBase64(@org.jspecify.annotations.Nullable String base64) {
        if (base64 == null || base64.isBlank()) {
            throw new IllegalArgumentException(
                    "the encryption key is missing; make one with `openssl rand -base64 32` and keep it in your secret store");
        }
        return of("local-1", Map.of("local-1", base64));
    }

    /**
     * Several keys.
     *
     * @param current id of the key for new records
     * @param base64ById 32 bytes in Base64 by id; ids have 1 to 64 letters, digits, dots, dashes or underscores
     * @return the keys
     * @throws IllegalArgumentException when the current id has no key, or an id or a key has the wrong form
     */
    public static LocalKeys of(String current, Map<String, String> base64ById) {
        Map<String, byte[]> keys = new TreeMap<>();
        base64ById.forEach((id, text) -> keys.put(checkedId(id), decode(id, text)));
        if (!keys.containsKey(checkedId(current))) {
            throw new IllegalArgumentException("the current key id " + Texts.shown(current) + " has no key; known ids: "
                    + Texts.listed(keys.keySet()));
        }
        return new LocalKeys(current, keys);
    }

    private static String checkedId(String id) {
        if (!Objects.requireNonNull(id, "id").matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException(
                    "a key id must be 1 to 64 letters, digits, dots, dashes or underscores, was: " + Texts.shown(id));
        }
        return id;
    }

    private static byte[] decode(String id, String text) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("key " + id + " is not Base64; make one with `openssl rand -base64 32`");
        }
        if (key.length != 32) {
            throw new IllegalArgumentException("key " + id + " must be 32 bytes, was " + key.length);
        }
        return key;
    }

    @Override
    public String currentKeyId() {
        return current;
    }

    @Override
    public byte[] wrap(String keyId, byte[] dataKey) {
        return AesGcm.seal(key(keyId), dataKey, AesGcm.utf8("linkspan data key " + keyId));
    }

    @Override
    public byte[] unwrap(String keyId, byte[] wrapped) {
        return AesGcm.open(key(keyId), wrapped, AesGcm.utf8("linkspan data key " + keyId));
    }

    private byte[] key(String keyId) {
        byte[] key = keys.get(keyId);
        if (key == null) {
            throw new UnreadableRecordException(
                    "a record needs the key " + keyId + ", which is not among " + Texts.listed(keys.keySet())
                            + "; give that key to LocalKeys.of(...), or have the person connect again",
                    null);
        }
        return key;
    }

    @Override
    public String toString() {
        return "LocalKeys" + keys.keySet();
    }
}
