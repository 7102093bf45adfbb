package io.linkspan.internal.connection;

import io.linkspan.Platform;
import io.linkspan.TenantId;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.PlatformEvent;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.SignedMessage;
import io.linkspan.spi.StoredRecord;
import io.linkspan.webhook.DeletionOutcome;
import io.linkspan.webhook.DeletionStatus;
import io.linkspan.webhook.WebhookOutcome;
import io.linkspan.webhook.WebhookRequest;
import io.linkspan.webhook.Webhooks;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signed messages as hints: each leads to a look, and the look decides. So neither order nor repeats matter. */
public final class DefaultWebhooks implements Webhooks {
    private static final Logger log = LoggerFactory.getLogger(DefaultWebhooks.class);
    /** Messages belong to the app, not to a tenant. */
    static final TenantId APP = new TenantId("linkspan-app");

    private static final Duration MEMORY = Duration.ofDays(8);

    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final Removals removals;
    private final Deletions deletions;
    private final BiPredicate<Stored, String> lookAtHandle;
    private final BiPredicate<List<Stored>, String> nameHandle;

    /** Over its parts; the last is told of a handle that moved and answers whether a job has it. */
    public DefaultWebhooks(
            Kernel kernel,
            ConnectionRepository repository,
            Removals removals,
            Deletions deletions,
            BiPredicate<Stored, String> lookAtHandle,
            BiPredicate<List<Stored>, String> nameHandle) {
        this.kernel = kernel;
        this.repository = repository;
        this.removals = removals;
        this.deletions = deletions;
        this.lookAtHandle = lookAtHandle;
        this.nameHandle = nameHandle;
    }

    @Override
    public WebhookOutcome receive(Platform platform, WebhookRequest request) {
        PlatformAdapter adapter = kernel.adapter(Objects.requireNonNull(platform, "platform"));
        SignedMessage message = adapter.webhooks().read(Objects.requireNonNull(request, "request"), kernel.now());
        if (message instanceof SignedMessage.Rejected rejected) {
            log.debug("webhook rejected platform={} why={}", platform, rejected.why());
            count(platform, "rejected", "-");
            return new WebhookOutcome(401, 0, 0, "rejected: " + rejected.why());
        }
        SignedMessage.Authentic authentic = (SignedMessage.Authentic) message;
        String secret = Integer.toString(authentic.signedWith());
        int events = authentic.events().size();
        String key = adapter.registration() + "\n" + identity(authentic, request);
        boolean seen = seen(key);
        log.debug("webhook platform={} secret={} events={} seen={}", platform, secret, events, seen);
        if (seen) {
            count(platform, "seen_before", secret);
            return new WebhookOutcome(200, events, 0, "seen before");
        }
        int applied = 0;
        for (PlatformEvent event : authentic.events()) {
            applied += once(adapter, event, secret);
        }
        remember(key); // after applying: a crash in between applies again, which is harmless
        return new WebhookOutcome(200, events, applied, applied == 0 ? "nothing to do" : "applied");
    }

    @Override
    public DeletionOutcome receiveDeletion(Platform platform, WebhookRequest request, URI statusPage) {
        return deletions.receive(
                Objects.requireNonNull(platform, "platform"),
                Objects.requireNonNull(request, "request"),
                Objects.requireNonNull(statusPage, "statusPage"));
    }

    @Override
    public Optional<DeletionStatus> deletionStatus(String confirmationCode) {
        return deletions.status(Objects.requireNonNull(confirmationCode, "confirmationCode"));
    }

    /** What was signed, and nothing that anybody can add to it. */
    static String identity(SignedMessage.Authentic message, WebhookRequest request) {
        return message.signed().isEmpty() ? Kernel.sha256(request.body()) : Kernel.sha256(message.signed());
    }

    private void count(Platform platform, String outcome, String secret) {
        kernel.observer()
                .meter()
                .count("linkspan.webhooks", Map.of("platform", platform.name(), "outcome", outcome, "secret", secret));
    }

    /** The same event in other bytes, such as a repeat that was encoded or signed anew, counts once. */
    private int once(PlatformAdapter adapter, PlatformEvent event, String secret) {
        if (event instanceof PlatformEvent.Other) {
            count(adapter.platform(), "nothing", secret);
            return 0;
        }
        String key = adapter.registration() + "\n" + event;
        if (seen(key)) {
            count(adapter.platform(), "seen_before", secret);
            return 0;
        }
        int applied = apply(adapter, event, secret);
        remember(key);
        return applied;
    }

    private int apply(PlatformAdapter adapter, PlatformEvent event, String secret) {
        String account = account(event);
        List<Stored> connections = repository.withAccount(adapter, account);
        int applied = 0;
        for (Stored stored : connections) {
            boolean changed = event instanceof PlatformEvent.AccessRemoved removed
                    ? removals.reported(stored, removed)
                    : event instanceof PlatformEvent.HandleMoved moved && lookAtHandle.test(stored, moved.handle());
            applied += changed ? 1 : 0;
        }
        if (applied == 0 && event instanceof PlatformEvent.HandleMoved moved && moved.made()) {
            applied += nameHandle.test(connections, moved.handle()) ? 1 : 0;
        }
        count(
                adapter.platform(),
                connections.isEmpty() ? "unknown_account" : applied == 0 ? "nothing" : "applied",
                secret);
        return applied;
    }

    private static String account(PlatformEvent event) {
        if (event instanceof PlatformEvent.AccessRemoved removed) {
            return removed.accountId();
        }
        return event instanceof PlatformEvent.HandleMoved moved ? moved.accountId() : "";
    }

    private boolean seen(String key) {
        return kernel.tokens()
                .find(APP, RecordKind.WEBHOOK_SEEN, Kernel.sha256(key))
                .isPresent();
    }

    private void remember(String key) {
        kernel.tokens()
                .insert(StoredRecord.builder(APP, RecordKind.WEBHOOK_SEEN, Kernel.sha256(key))
                        .dueAt(kernel.now().plus(MEMORY))
                        .build());
    }
}
