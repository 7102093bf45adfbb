package io.linkspan.spi;

import io.linkspan.webhook.WebhookRequest;
import java.time.Instant;

/** Checks and reads signed messages of one platform. */
public interface WebhookAdapter {
    /**
     * Checks the signature over the raw bytes, then reads the message.
     *
     * @param request raw bytes and headers
     * @param now the present moment, for freshness
     * @return what it is
     */
    SignedMessage read(WebhookRequest request, Instant now);
}
