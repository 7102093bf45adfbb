package io.linkspan.spi;

import io.linkspan.webhook.WebhookRequest;
import java.net.URI;
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

    /**
     * Checks and reads a data deletion request, which comes to an address of its own. Default: the platform sends none.
     *
     * @param request raw bytes and headers
     * @param now the present moment, for freshness
     * @return one {@link PlatformEvent.DeletionWanted}, or why it is rejected
     */
    default SignedMessage readDeletion(WebhookRequest request, Instant now) {
        return new SignedMessage.Rejected("this platform sends no data deletion requests");
    }

    /**
     * The body that answers a data deletion request, in the platform's form. Default: empty.
     *
     * @param statusPage where the person can look, with the code in it
     * @param confirmationCode letters and digits
     * @return the body
     */
    default String deletionAnswer(URI statusPage, String confirmationCode) {
        return "";
    }
}
