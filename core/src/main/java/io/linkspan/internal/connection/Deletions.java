package io.linkspan.internal.connection;

import io.linkspan.Platform;
import io.linkspan.TenantId;
import io.linkspan.UnreadableRecordException;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.wire.DeletionDoc;
import io.linkspan.internal.wire.Payload;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.PlatformEvent;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.SignedMessage;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.Texts;
import io.linkspan.webhook.DeletionOutcome;
import io.linkspan.webhook.DeletionStatus;
import io.linkspan.webhook.WebhookRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Data deletion requests. What is to be erased is written down before anything is, so that another process goes on after a
 * crash; the request's own signature makes the code that nobody can guess.
 */
public final class Deletions {
    private static final Duration SHOWN = Duration.ofDays(90);
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private static final Duration UNREADABLE_AGAIN = Duration.ofHours(1);

    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final Consumer<Stored> stopPublishing;
    private final Consumer<Stored> forgetJobs;

    /** Over its parts; the last two are told of a connection whose account is to be forgotten. */
    public Deletions(
            Kernel kernel,
            ConnectionRepository repository,
            Consumer<Stored> stopPublishing,
            Consumer<Stored> forgetJobs) {
        this.kernel = kernel;
        this.repository = repository;
        this.stopPublishing = stopPublishing;
        this.forgetJobs = forgetJobs;
    }

    DeletionOutcome receive(Platform platform, WebhookRequest request, URI statusPage) {
        requireSafe(statusPage);
        PlatformAdapter adapter = kernel.adapter(platform);
        SignedMessage message = adapter.webhooks().readDeletion(request, kernel.now());
        Optional<PlatformEvent.DeletionWanted> wanted = wanted(message);
        count(platform, wanted.isPresent() ? "deletion" : "rejected");
        if (wanted.isEmpty()) {
            return new DeletionOutcome(401, "text/plain", "", "");
        }
        String signed = DefaultWebhooks.identity((SignedMessage.Authentic) message, request);
        String code = Kernel.sha256("deletion\n" + adapter.registration() + "\n" + signed)
                .substring(0, 32);
        if (find(code).isEmpty()) {
            begin(code, adapter, wanted.get());
        }
        String query = statusPage.getRawQuery() == null ? "?" : "&";
        URI page = URI.create(statusPage + query + "code=" + code);
        return new DeletionOutcome(200, "application/json", adapter.webhooks().deletionAnswer(page, code), code);
    }

    private static Optional<PlatformEvent.DeletionWanted> wanted(SignedMessage message) {
        return message instanceof SignedMessage.Authentic authentic
                ? authentic.events().stream()
                        .filter(PlatformEvent.DeletionWanted.class::isInstance)
                        .map(PlatformEvent.DeletionWanted.class::cast)
                        .findFirst()
                : Optional.empty();
    }

    private void count(Platform platform, String outcome) {
        kernel.observer()
                .meter()
                .count("linkspan.webhooks", Map.of("platform", platform.name(), "outcome", outcome, "secret", "-"));
    }

    private static void requireSafe(URI page) {
        Texts.line("statusPage", page.toString(), Texts.MOST_ADDRESS);
        boolean https = "https".equalsIgnoreCase(page.getScheme()) && page.getHost() != null;
        boolean local = "http".equalsIgnoreCase(page.getScheme()) && page.getHost() != null && loopback(page.getHost());
        if ((!https && !local) || page.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "statusPage must be an https address without fragment (http for a loopback host), was: " + page);
        }
    }

    private static boolean loopback(String host) {
        try {
            return host.equals("localhost")
                    || (host.matches("[0-9.]+|\\[.*]")
                            && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private void begin(String code, PlatformAdapter adapter, PlatformEvent.DeletionWanted wanted) {
        // one that cannot be read counts: it may hold the account
        List<String> left = repository
                .recordsOf(adapter, wanted.accountId())
                .filter(record -> repository
                        .readable(record)
                        .allMatch(stored -> !wanted.at()
                                .plusSeconds(1)
                                .isBefore(stored.doc().linkedAt())))
                .map(record -> record.tenant() + "\n" + record.id())
                .toList();
        StoredRecord record = StoredRecord.builder(DefaultWebhooks.APP, RecordKind.WEBHOOK_SEEN, id(code))
                .status("deleting")
                .dueAt(kernel.now().plus(AGAIN))
                .payload(Json.write(new DeletionDoc(kernel.now(), left, false)))
                .build();
        if (kernel.tokens().insert(record) && !kernel.hostTransactions().running()) { // there the worker erases
            erase(record);
        }
    }

    private static String id(String code) {
        return "deletion-" + code;
    }

    private Optional<StoredRecord> find(String code) {
        return kernel.tokens().find(DefaultWebhooks.APP, RecordKind.WEBHOOK_SEEN, id(code));
    }

    Optional<DeletionStatus> status(String code) {
        if (!code.matches("[0-9a-f]{32}")) {
            return Optional.empty();
        }
        return find(code)
                .map(record -> Payload.read(record, DeletionDoc.class))
                .map(doc -> new DeletionStatus(doc.requestedAt(), doc.done()));
    }

    /** What is due of a message that was seen: a deletion goes on, everything else is forgotten. */
    public void goOn(StoredRecord record) {
        boolean deleting = record.payload().length > 0
                && !Payload.read(record, DeletionDoc.class).done();
        if (deleting) {
            erase(record);
        } else {
            kernel.tokens().delete(record);
        }
    }

    private void erase(StoredRecord record) {
        DeletionDoc doc = Payload.read(record, DeletionDoc.class);
        List<String> unreadable = new ArrayList<>();
        for (String key : doc.left()) {
            String[] parts = key.split("\n", 2);
            try {
                repository.find(new TenantId(parts[0]), parts[1]).ifPresent(this::erase);
            } catch (UnreadableRecordException e) { // waits for whoever restores it, and keeps no other
                kernel.observer().leftOut(kernel.now(), record, e);
                unreadable.add(key);
            }
        }
        boolean done = unreadable.isEmpty();
        kernel.tokens()
                .replace(record.next()
                        .status(done ? "deleted" : "deleting")
                        .dueAt(
                                done
                                        ? doc.requestedAt().plus(SHOWN)
                                        : kernel.now().plus(UNREADABLE_AGAIN))
                        .payload(Json.write(new DeletionDoc(doc.requestedAt(), unreadable, done)))
                        .build());
    }

    private void erase(Stored first) {
        stopPublishing.accept(first);
        forgetJobs.accept(first);
        Stored stored = first;
        while (stored.record().lookup().isPresent()) {
            Sides sides = stored.doc().sides();
            Sides.Grant grant = sides.grantProvenGone() ? sides.grant() : Sides.Grant.NOT_VERIFIABLE;
            Optional<Stored> saved = repository.saveForgotten(
                    stored,
                    stored.doc()
                            .withToken(stored.doc().token().erased(null, null))
                            .withSides(sides.withLocal(Sides.Local.WIPED).withGrant(grant)),
                    new Line("person", "data_deleted", "asked for through the platform"));
            if (saved.isPresent()) {
                break;
            }
            stored = repository
                    .find(stored.record().tenant(), stored.record().id())
                    .orElse(stored);
        }
        for (StoredRecord alias : kernel.tokens()
                .page(
                        first.record().tenant(),
                        RecordKind.ACCOUNT_ALIAS,
                        first.record().id(),
                        "",
                        1000)) {
            kernel.tokens().delete(alias);
        }
    }
}
