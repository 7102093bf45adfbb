package io.linkspan.connection;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;

/**
 * Where to send the person's browser. {@link #toString()} hides the address, which holds the one-time state.
 *
 * @param connectId names this connect in events and in {@link Connections#connectHistory}
 * @param uri the consent page
 * @param validUntil until when the callback is accepted
 */
public record ConnectRedirect(String connectId, URI uri, Instant validUntil) {
    /**
     * Checks the arguments.
     *
     * @param connectId names this connect in events and in {@link Connections#connectHistory}
     * @param uri the consent page
     * @param validUntil until when the callback is accepted
     */
    public ConnectRedirect {
        Objects.requireNonNull(connectId, "connectId");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(validUntil, "validUntil");
    }

    @Override
    public String toString() {
        return "ConnectRedirect[" + uri.getHost() + ", valid until " + validUntil + "]";
    }
}
