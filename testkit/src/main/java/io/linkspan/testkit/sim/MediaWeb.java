package io.linkspan.testkit.sim;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The web as a simulator sees it that fetches media without a socket: asked for an address, it answers at once.
 *
 * <p>Given to a builder, it replaces real fetching in both modes. Must be thread-safe when the simulator runs as a server.
 */
@FunctionalInterface
public interface MediaWeb {

    /**
     * Answers a GET.
     *
     * @param uri what is asked for
     * @return the answer; {@link Page#unreachable()} when nobody is there
     */
    Page get(URI uri);

    /**
     * A web of fixed files; everything else is {@code 404}.
     *
     * @param files content by address, without query
     * @return the web
     */
    static MediaWeb of(Map<URI, byte[]> files) {
        Map<URI, byte[]> all = Map.copyOf(files);
        return uri -> {
            byte[] content = all.get(URI.create(uri.toString().replaceFirst("\\?.*", "")));
            return content == null ? Page.status(404) : Page.of(content);
        };
    }

    /** What a host shows. */
    final class Page {

        private final int status;
        private final byte[] content;
        private final boolean ranges;

        private Page(int status, byte[] content, boolean ranges) {
            this.status = status;
            this.content = content;
            this.ranges = ranges;
        }

        /**
         * A file that can be read whole and in ranges.
         *
         * @param content its bytes; not copied, so leave them alone
         * @return the page
         */
        public static Page of(byte[] content) {
            return new Page(200, Objects.requireNonNull(content, "content"), true);
        }

        /**
         * An answer without a file: {@code 302}, {@code 403}, {@code 404}, {@code 500}.
         *
         * @param status HTTP status
         * @return the page
         */
        public static Page status(int status) {
            return new Page(status, new byte[0], true);
        }

        /** {@return no answer at all} */
        public static Page unreachable() {
            return status(0);
        }

        /** {@return the same file on a host that ignores {@code Range}} */
        public Page withoutRanges() {
            return new Page(status, content, false);
        }

        /** {@return HTTP status; 0 when nobody is there} */
        public int status() {
            return status;
        }

        /** {@return the bytes, not a copy} */
        public byte[] content() {
            return content;
        }

        /** {@return whether ranges can be asked for} */
        public boolean ranges() {
            return ranges;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Page page
                    && page.status == status
                    && page.ranges == ranges
                    && java.util.Arrays.equals(page.content, content);
        }

        @Override
        public int hashCode() {
            return Objects.hash(status, ranges, java.util.Arrays.hashCode(content));
        }

        @Override
        public String toString() {
            return "Page[" + status + ", " + content.length + " bytes]";
        }
    }
}
