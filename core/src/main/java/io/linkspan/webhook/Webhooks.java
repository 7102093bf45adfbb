package io.linkspan.webhook;

import io.linkspan.Platform;
import java.net.URI;
import java.util.Optional;

/** Takes signed messages from platforms. Thread-safe, blocking. */
public interface Webhooks {
    /**
     * Checks and applies a message.
     *
     * @param platform the platform whose address it came to
     * @param request raw bytes and headers
     * @return what to answer, and what it was
     * @throws io.linkspan.NotFoundException when the platform has no adapter
     */
    WebhookOutcome receive(Platform platform, WebhookRequest request);

    /**
     * Checks a data deletion request and deletes what is kept about the account: tokens, account data, other ids, what jobs
     * say about it. The history stays; it names no account. A repeated request has the same answer.
     *
     * @param platform the platform whose address for deletions it came to
     * @param request raw bytes and headers
     * @param statusPage the host's page where the person can look, https; {@code code=} and the code are added to its query
     * @return what to answer
     * @throws IllegalArgumentException when the page is not https (http for a loopback host is taken)
     */
    DeletionOutcome receiveDeletion(Platform platform, WebhookRequest request, URI statusPage);

    /**
     * How far a deletion is, for the host's status page.
     *
     * @param confirmationCode the code from the query
     * @return the status, for 90 days after the request; empty when the code is unknown
     */
    Optional<DeletionStatus> deletionStatus(String confirmationCode);
}
