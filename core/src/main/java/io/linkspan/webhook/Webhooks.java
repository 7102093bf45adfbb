package io.linkspan.webhook;

import io.linkspan.Platform;

/** Takes signed messages from platforms. Thread-safe, blocking. */
public interface Webhooks {
    /**
     * Checks and applies a message.
     *
     * @param platform the platform whose address it came to
     * @param request raw bytes and headers
     * @return what to answer, and what it was
     */
    WebhookOutcome receive(Platform platform, WebhookRequest request);
}
