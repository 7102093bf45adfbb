package io.linkspan.spi;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What became of one request, before any vendor meaning is read into it. */
public sealed interface HttpResult {
    /**
     * Provably no byte of the request reached the platform.
     *
     * @param why name not resolved, connection refused, TLS failure
     */
    record NotSent(String why) implements HttpResult {
        /**
         * Checks the argument.
         *
         * @param why name not resolved, connection refused, TLS failure
         */
        public NotSent {
            Objects.requireNonNull(why, "why");
        }
    }

    /**
     * The request left, and no complete answer came: it may have taken effect.
     *
     * @param why timeout, reset, answer too large
     */
    record Lost(String why) implements HttpResult {
        /**
         * Checks the argument.
         *
         * @param why timeout, reset, answer too large
         */
        public Lost {
            Objects.requireNonNull(why, "why");
        }
    }

    /** A complete answer within the limits. Holds secrets; {@link #toString()} shows the status only. */
    final class Answered implements HttpResult {
        private final int status;
        private final Map<String, List<String>> headers;
        private final byte[] body;

        /**
         * An answer.
         *
         * @param status HTTP status
         * @param headers headers by name
         * @param body the whole body; copied
         */
        public Answered(int status, Map<String, List<String>> headers, byte[] body) {
            this.status = status;
            Map<String, List<String>> copy = new TreeMap<>();
            headers.forEach((name, values) -> copy.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
            this.headers = copy;
            this.body = body.clone();
        }

        /**
         * HTTP status.
         *
         * @return the status
         */
        public int status() {
            return status;
        }

        /**
         * First value of a header.
         *
         * @param name its name in any case
         * @return the value, if present
         */
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).stream()
                    .flatMap(List::stream)
                    .findFirst();
        }

        /**
         * The body as text.
         *
         * @return the body read as UTF-8
         */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /**
         * The body.
         *
         * @return a copy of the bytes
         */
        public byte[] bytes() {
            return body.clone();
        }

        @Override
        public String toString() {
            return "Answered[" + status + ", " + body.length + " bytes]";
        }
    }
}
