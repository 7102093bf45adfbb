package io.linkspan.internal.entry;

import io.linkspan.Platform;
import io.linkspan.webhook.DeletionOutcome;
import io.linkspan.webhook.DeletionStatus;
import io.linkspan.webhook.WebhookOutcome;
import io.linkspan.webhook.WebhookRequest;
import io.linkspan.webhook.Webhooks;
import java.net.URI;
import java.util.Optional;

/** {@link Webhooks} behind the gate. */
public final class GatedWebhooks implements Webhooks {
    private final Webhooks inner;
    private final Gate gate;

    /** Over the one that does it. */
    public GatedWebhooks(Webhooks inner, Gate gate) {
        this.inner = inner;
        this.gate = gate;
    }

    @Override
    public WebhookOutcome receive(Platform platform, WebhookRequest request) {
        return gate.call(() -> inner.receive(platform, request));
    }

    @Override
    public DeletionOutcome receiveDeletion(Platform platform, WebhookRequest request, URI statusPage) {
        return gate.call(() -> inner.receiveDeletion(platform, request, statusPage));
    }

    @Override
    public Optional<DeletionStatus> deletionStatus(String confirmationCode) {
        return gate.call(() -> inner.deletionStatus(confirmationCode));
    }
}
