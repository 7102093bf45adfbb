package io.linkspan.internal.crypto;

import io.linkspan.TenantId;
import io.linkspan.UnreadableRecordException;
import io.linkspan.spi.KeyProvider;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Seals secrets for one place: a data key per value, wrapped by the host's key, bound to tenant, record, field and version,
 * so that a ciphertext moved anywhere else does not open.
 *
 * <p>Form: version (1 byte), key id, wrapped key (both with a 2-byte length), then nonce, ciphertext, tag.
 */
public final class Vault {
    private static final byte FORMAT = 1;
    /** Nonce and tag. */
    private static final int SHORTEST = 28;

    private final KeyProvider keys;

    /** Over the host's keys. */
    public Vault(KeyProvider keys) {
        this.keys = keys;
    }

    /**
     * Where a sealed value belongs.
     *
     * @param tenant the tenant
     * @param record id of the record
     * @param platform platform name
     * @param registration app registration
     * @param field field of the record
     * @param version version of what is sealed
     */
    public record Place(
            TenantId tenant, String record, String platform, String registration, String field, long version) {
        byte[] aad() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeByte(FORMAT);
                for (String part : new String[] {tenant.value(), record, platform, registration, field}) {
                    byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
                    out.writeInt(utf8.length);
                    out.write(utf8);
                }
                out.writeLong(version);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }
    }

    /** Seals bytes for one place. */
    public byte[] seal(byte[] plain, Place place) {
        byte[] dataKey = AesGcm.newKey();
        byte[] sealed = envelope(dataKey, AesGcm.seal(dataKey, plain, place.aad()));
        Arrays.fill(dataKey, (byte) 0);
        return sealed;
    }

    /**
     * Opens what was sealed and kept in Base64.
     *
     * @param sealed Base64
     * @param place where it belongs
     * @return the plain bytes
     * @throws UnreadableRecordException when it was changed, belongs elsewhere, or its key is not at hand
     */
    public byte[] openText(String sealed, Place place) {
        try {
            return open(Base64.getDecoder().decode(sealed), place);
        } catch (IllegalArgumentException e) { // not kept as a cause: its message shows what it met
            throw new UnreadableRecordException(
                    "record " + place.record() + " of tenant " + place.tenant() + ", field " + place.field()
                            + ": the sealed value was changed; restore the record",
                    null);
        }
    }

    /** Opens what was sealed for this place. */
    public byte[] open(byte[] sealed, Place place) {
        try {
            ByteBuffer in = ByteBuffer.wrap(sealed);
            if (in.get() != FORMAT) {
                throw new UnreadableRecordException(
                        "record " + place.record() + ", field " + place.field()
                                + ": sealed by a newer version of Linkspan; upgrade this node",
                        null);
            }
            String keyId = new String(take(in), StandardCharsets.UTF_8);
            byte[] dataKey = keys.unwrap(keyId, take(in));
            byte[] body = new byte[in.remaining()];
            in.get(body);
            byte[] plain = AesGcm.open(dataKey, body, place.aad());
            Arrays.fill(dataKey, (byte) 0);
            return plain;
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new UnreadableRecordException(
                    "record " + place.record() + ", field " + place.field() + ": the sealed value is cut short", e);
        } catch (UnreadableRecordException e) {
            throw new UnreadableRecordException(
                    "record " + place.record() + " of tenant " + place.tenant() + ", field " + place.field() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** The id of the key that new values use. */
    public String currentKeyId() {
        return keys.currentKeyId();
    }

    /** The key that a sealed value needs; empty when the bytes are no sealed value. */
    public static Optional<String> keyId(byte[] sealed) {
        try {
            ByteBuffer in = ByteBuffer.wrap(sealed);
            if (in.get() != FORMAT) {
                return Optional.empty();
            }
            String keyId = new String(take(in), StandardCharsets.UTF_8);
            int wrapped = take(in).length;
            boolean whole = wrapped > 0 && in.remaining() >= SHORTEST;
            return whole && keyId.matches("[\\p{Graph}]{1,64}") ? Optional.of(keyId) : Optional.empty();
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            return Optional.empty();
        }
    }

    /** The same value under the current key: only its data key is unwrapped and wrapped again. */
    public byte[] rewrap(byte[] sealed) {
        ByteBuffer in = ByteBuffer.wrap(sealed);
        in.get();
        String oldId = new String(take(in), StandardCharsets.UTF_8);
        byte[] dataKey = keys.unwrap(oldId, take(in));
        byte[] body = new byte[in.remaining()];
        in.get(body);
        byte[] next = envelope(dataKey, body);
        Arrays.fill(dataKey, (byte) 0);
        return next;
    }

    private byte[] envelope(byte[] dataKey, byte[] body) {
        String keyId = keys.currentKeyId();
        byte[] wrapped = keys.wrap(keyId, dataKey);
        byte[] id = keyId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + 2 + id.length + 2 + wrapped.length + body.length)
                .put(FORMAT)
                .putShort((short) id.length)
                .put(id)
                .putShort((short) wrapped.length)
                .put(wrapped)
                .put(body)
                .array();
    }

    private static byte[] take(ByteBuffer in) {
        byte[] part = new byte[in.getShort()];
        in.get(part);
        return part;
    }
}
