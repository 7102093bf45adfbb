package io.linkspan.spi;

import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;

/** The body of a request. */
public sealed interface HttpBody {
    /** No body. */
    record None() implements HttpBody {}

    /**
     * A form, sent as {@code application/x-www-form-urlencoded}.
     *
     * @param fields the fields; values may be secrets
     */
    record Form(Map<String, String> fields) implements HttpBody {
        /**
         * Copies the fields.
         *
         * @param fields the fields; values may be secrets
         */
        public Form {
            fields = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(fields));
        }

        @Override
        public String toString() {
            return "Form" + fields.keySet();
        }
    }

    /**
     * A JSON text, sent as {@code application/json; charset=UTF-8}.
     *
     * @param text the text
     */
    record Json(String text) implements HttpBody {
        /**
         * Checks the argument.
         *
         * @param text the text
         */
        public Json {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String toString() {
            return "Json[" + text.length() + " characters]";
        }
    }

    /**
     * Part of a media source, streamed with bounded memory.
     *
     * @param source where the bytes come from
     * @param offset first byte
     * @param length number of bytes; at least 1
     * @param contentType media type
     * @param progress told the number of bytes handed to the network so far, from another thread
     */
    record Slice(MediaSource source, long offset, long length, String contentType, LongConsumer progress)
            implements HttpBody {
        /**
         * Checks the range.
         *
         * @param source where the bytes come from
         * @param offset first byte
         * @param length number of bytes; at least 1
         * @param contentType media type
         * @param progress told the number of bytes handed to the network so far, from another thread
         */
        public Slice {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(contentType, "contentType");
            Objects.requireNonNull(progress, "progress");
            if (offset < 0 || length < 1) {
                throw new IllegalArgumentException(
                        "slice must start at 0 or later and hold at least 1 byte, was offset " + offset + ", length "
                                + length);
            }
        }
    }
}
