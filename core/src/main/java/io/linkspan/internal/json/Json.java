package io.linkspan.internal.json;

import io.linkspan.StoreException;
import io.linkspan.json.core.StreamReadConstraints;
import io.linkspan.json.core.json.JsonFactory;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.json.JsonMapper;
import io.linkspan.json.databind.node.ObjectNode;

/**
 * One reader and writer for our own records. What is written can be read: both ends have the one limit of a record, and no other that
 * a record could reach. What comes from platforms is read by the adapters, within limits of theirs. Thread-safe.
 */
public final class Json {
    /** Largest record that is written and read: 16 MiB less a byte. */
    public static final int MOST_BYTES = (16 << 20) - 1;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxStringLength(MOST_BYTES)
                            .maxNameLength(MOST_BYTES)
                            .maxNumberLength(64)
                            .maxDocumentLength(MOST_BYTES)
                            .build())
                    .build())
            .build();

    private Json() {}

    /**
     * Reads a JSON text.
     *
     * @param bytes UTF-8
     * @return the tree
     */
    public static JsonNode read(byte[] bytes) {
        return MAPPER.readTree(bytes);
    }

    /**
     * Reads a value.
     *
     * @param bytes UTF-8
     * @param type its type
     * @param <T> its type
     * @return the value
     */
    public static <T> T read(byte[] bytes, Class<T> type) {
        return MAPPER.readValue(bytes, type);
    }

    /**
     * Writes a value.
     *
     * @param value a record or tree
     * @return UTF-8
     * @throws StoreException when it is larger than can be read back; nothing was written
     */
    public static byte[] write(Object value) {
        byte[] bytes = MAPPER.writeValueAsBytes(value);
        if (bytes.length > MOST_BYTES) {
            throw new StoreException(
                    "a " + value.getClass().getSimpleName() + " of " + bytes.length + " bytes is not stored, at most "
                            + MOST_BYTES + " can be read back; nothing was changed, report this as a fault",
                    null);
        }
        return bytes;
    }

    /**
     * Writes a value as text.
     *
     * @param value a record or tree
     * @return the text
     */
    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /**
     * An empty object.
     *
     * @return the object
     */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }
}
