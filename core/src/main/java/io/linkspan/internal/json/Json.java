package io.linkspan.internal.json;

import io.linkspan.json.core.StreamReadConstraints;
import io.linkspan.json.core.json.JsonFactory;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.json.JsonMapper;
import io.linkspan.json.databind.node.ObjectNode;

/** One reader and writer for everything, with limits on what comes from outside. Thread-safe. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxStringLength(256 * 1024)
                            .maxNameLength(256)
                            .maxNumberLength(64)
                            .maxTokenCount(50_000)
                            .maxDocumentLength(1 << 20)
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
     */
    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
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
