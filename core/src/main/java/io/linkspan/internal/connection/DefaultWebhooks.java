package io.linkspan.internal.connection;

import io.linkspan.Platform;
import io.linkspan.TenantId;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.PlatformEvent;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.SignedMessage;
import io.linkspan.spi.StoredRecord;
import io.linkspan.webhook.WebhookOutcome;
import io.linkspan.webhook.WebhookRequest;
import io.linkspan.webhook.Webhooks;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signed messages as hints: each leads to a look, and the look decides. */
public final class DefaultWebhooks implements Webhooks {
    private static final Logger log = LoggerFactory.getLogger(DefaultWebhooks.class);
    /** Messages belong to the app, not to a tenant. */
    private static final TenantId APP = new TenantId("linkspan-app");

    private static final Duration MEMORY = Duration.ofDays(8);

    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final HealthCheck healthCheck;
    private final BiPredicate<Stored, String> lookAtHandle;

    /** Over its parts; the last is told of a handle that moved and answers whether a job has it. */
    public DefaultWebhooks(
            Kernel kernel,
            ConnectionRepository repository,
            HealthCheck healthCheck,
            BiPredicate<Stored, String> lookAtHandle) {
        this.kernel = kernel;
        this.repository = repository;
        this.healthCheck = healthCheck;
        this.lookAtHandle = lookAtHandle;
    }

    @Override
    public WebhookOutcome receive(Platform platform, WebhookRequest request) {
        PlatformAdapter adapter = kernel.adapter(Objects.requireNonNull(platform, "platform"));
        SignedMessage message = adapter.webhooks().read(Objects.requireNonNull(request, "request"), kernel.now());
        if (message instanceof SignedMessage.Rejected rejected) {
            log.debug("webhook rejected platform={} why={}", platform, rejected.why());
            return new WebhookOutcome(401, 0, 0, "rejected: " + rejected.why());
        }
        SignedMessage.Authentic authentic = (SignedMessage.Authentic) message;
        int events = authentic.events().size();
        StoredRecord seen = StoredRecord.builder(
                        APP,
                        RecordKind.WEBHOOK_SEEN,
                        Kernel.sha256(adapter.registration() + "\n" + Kernel.sha256(request.body())))
                .dueAt(kernel.now().plus(MEMORY))
                .build();
        if (kernel.tokens().find(APP, RecordKind.WEBHOOK_SEEN, seen.id()).isPresent()) {
            return new WebhookOutcome(200, events, 0, "seen before");
        }
        int applied = 0;
        for (PlatformEvent event : authentic.events()) {
            applied += apply(adapter, event);
        }
        kernel.tokens().insert(seen); // after applying: a crash in between applies again, which is harmless
        return new WebhookOutcome(200, events, applied, applied == 0 ? "nothing to do" : "applied");
    }

    private int apply(PlatformAdapter adapter, PlatformEvent event) {
        int applied = 0;
        if (event instanceof PlatformEvent.AccessRemoved removed) {
            for (Stored stored : repository.withAccount(adapter, removed.accountId())) {
                applied += removed(stored, removed) ? 1 : 0;
            }
        } else if (event instanceof PlatformEvent.HandleMoved moved) {
            for (Stored stored : repository.withAccount(adapter, moved.accountId())) {
                applied += lookAtHandle.test(stored, moved.handle()) ? 1 : 0;
            }
        }
        return applied;
    }

    private boolean removed(Stored stored, PlatformEvent.AccessRemoved event) {
        if (event.at().plusSeconds(1).isBefore(stored.doc().linkedAt())) {
            return false; // older than the present consent
        }
        Evidence seen = new Evidence(
                stored.platform() + ".webhook",
                kernel.now(),
                event.code(),
                (event.byPerson() ? "the person removed the app" : "access was removed") + " at " + event.at());
        if (stored.doc().sides().local() == Sides.Local.HELD) {
            return probe(stored, seen);
        }
        return settle(stored, seen, event.byPerson());
    }

    /** In use: the token itself has the last word. */
    private boolean probe(Stored stored, Evidence seen) {
        Optional<Stored> noted = repository.save(
                stored,
                stored.doc().withCheckAt(kernel.now()),
                new Line("platform", "removal_reported", seen.describe()));
        Stored current = noted.orElseGet(() -> reread(stored));
        try {
            Stored looked = healthCheck.check(current);
            return settleIfDead(looked, seen);
        } catch (io.linkspan.LinkspanException e) {
            return settleIfDead(reread(current), seen);
        }
    }

    private boolean settleIfDead(Stored looked, Evidence seen) {
        boolean refused = looked.doc().token().phase() == io.linkspan.internal.wire.TokenPhase.REAUTH_REQUIRED;
        if (refused && looked.doc().sides().local() == Sides.Local.HELD) {
            repository.save(
                    looked,
                    TokenTrouble.removed(looked.doc(), seen, Sides.Grant.REMOVED_BY_PERSON),
                    new Line(
                            "person",
                            "access_removed",
                            "reported by a signed message and confirmed by the refused token: " + seen.describe()));
        }
        return true;
    }

    /** Being disconnected already: the signed message is the proof that was missing. */
    private boolean settle(Stored stored, Evidence seen, boolean byPerson) {
        if (stored.doc().sides().grantProvenGone()) {
            return false;
        }
        Sides.Grant grant = byPerson ? Sides.Grant.REMOVED_BY_PERSON : Sides.Grant.REVOKED_VERIFIED;
        io.linkspan.internal.wire.RevokeDoc revoke = stored.doc().revoke();
        return repository
                .save(
                        stored,
                        TokenTrouble.removed(stored.doc(), seen, grant)
                                .withRevoke(
                                        revoke == null
                                                ? null
                                                : revoke.seen(seen).next(null)),
                        new Line(
                                byPerson ? "person" : "platform",
                                "grant_" + grant.name().toLowerCase(java.util.Locale.ROOT),
                                seen.describe()),
                        new Line("linkspan", "tokens_wiped", "erased from the record"))
                .isPresent();
    }

    private Stored reread(Stored stored) {
        return repository.find(stored.record().tenant(), stored.record().id()).orElse(stored);
    }
}
