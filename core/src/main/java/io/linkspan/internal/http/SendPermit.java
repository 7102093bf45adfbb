package io.linkspan.internal.http;

import org.jspecify.annotations.Nullable;

/**
 * The right of a request to leave. It begins with a durable intent and ends with its lease, because from then on another process may
 * act on the same record. Asked on whichever thread is about to send.
 */
@FunctionalInterface
public interface SendPermit {
    /** For requests that rest on no intent. */
    SendPermit ALWAYS = () -> null;

    /** Why the request may not leave any more; null while it may. */
    @Nullable
    String refusal();
}
