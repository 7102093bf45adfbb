package io.linkspan.internal.connection;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.crypto.Vault;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.wire.AnswerDoc;
import io.linkspan.internal.wire.FailureDoc;
import io.linkspan.internal.wire.HistoryDoc;
import io.linkspan.internal.wire.Payload;
import io.linkspan.internal.wire.PendingDoc;
import io.linkspan.internal.wire.PendingDoc.Stage;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Connects that have not become a connection: kept, found by state, changed one step at a time, told about at their end. */
final class PendingConnects {
    /** How long an ended connect is remembered, so that a late callback is told why it is refused. */
    private static final Duration REMEMBERED = Duration.ofHours(24);

    /** A try takes up to four requests, so three an hour. */
    private static final Duration TRY_AGAIN = Duration.ofMinutes(20);

    private final Kernel kernel;
    private final ConnectionRepository repository;

    PendingConnects(Kernel kernel, ConnectionRepository repository) {
        this.kernel = kernel;
        this.repository = repository;
    }

    /** An answer with tokens that could not be sealed yet, so that only the memory of this process has it. */
    record Unsealed(String operation, AnswerDoc answer) {}

    /** A pending connect as read, with the answer that only this process may have. */
    record Pending(
            StoredRecord record, PendingDoc doc, @Nullable Unsealed unsealed) {
        Pending(StoredRecord record, PendingDoc doc) {
            this(record, doc, null);
        }

        /** Whether there is an answer to continue from. */
        boolean answered() {
            return unsealed != null || doc.staged() != null;
        }

        /** Whether it may still become a connection. */
        boolean mayConnect() {
            return doc.stage() == Stage.CONSUMED || doc.stage() == Stage.CHOOSING;
        }

        /** As the store has it by now, with the answer of this one if it has none. */
        Pending in(Pending stored) {
            if (stored.answered() || !answered()) {
                return stored;
            }
            PendingDoc kept = doc.staged() == null
                    ? stored.doc()
                    : stored.doc().staged(String.valueOf(doc.stagedOperation()), doc.staged());
            return new Pending(stored.record(), kept, unsealed);
        }

        Owner owner() {
            return new Owner(record.tenant(), record.user());
        }

        String id() {
            return record.id();
        }
    }

    Pending insert(Owner owner, String id, @Nullable String state, PendingDoc doc) {
        StoredRecord record = StoredRecord.builder(owner.tenant(), RecordKind.PENDING_CONNECT, id)
                .user(owner.user())
                .lookup(state == null ? null : Kernel.sha256(state))
                .status(doc.stage().name().toLowerCase(Locale.ROOT))
                .dueAt(due(doc))
                .payload(Json.write(doc))
                .build();
        if (!kernel.tokens().insert(record)) {
            throw new IllegalStateException("the random source repeated an id; nothing was started");
        }
        return new Pending(record, doc);
    }

    private Instant due(PendingDoc doc) {
        return switch (doc.stage()) {
            case OPEN, CHOOSING -> doc.expiresAt();
            case CONSUMED -> kernel.now().plus(kernel.settings().consentLife());
            case EXPIRED, FINISHED -> kernel.now().plus(REMEMBERED);
        };
    }

    Optional<Pending> byState(String state) {
        List<StoredRecord> found = kernel.tokens().byLookup(RecordKind.PENDING_CONNECT, Kernel.sha256(state), 2);
        return found.size() == 1 ? Optional.of(read(found.get(0))) : Optional.empty();
    }

    /** A foreign owner's answers like a missing one. */
    Optional<Pending> byId(Owner owner, String id) {
        if (!Texts.isClean(id)) { // came from a browser, and no store may take it for another
            return Optional.empty();
        }
        return kernel.tokens()
                .find(owner.tenant(), RecordKind.PENDING_CONNECT, id)
                .filter(record -> record.user().equals(owner.user()))
                .map(this::read);
    }

    Pending read(StoredRecord record) {
        return new Pending(record, Payload.read(record, PendingDoc.class));
    }

    /** Keeps other processes away from a kept consent that is tried now, and lets the next try follow in its time. */
    Optional<Pending> claim(Pending pending) {
        Duration life = kernel.settings().consentLife();
        Duration pause = life.compareTo(TRY_AGAIN) > 0 ? life : TRY_AGAIN;
        StoredRecord record =
                pending.record().next().dueAt(kernel.now().plus(pause)).build();
        return kernel.tokens().replace(record) ? Optional.of(new Pending(record, pending.doc())) : Optional.empty();
    }

    /** Replaces it as read; empty when someone else was first. */
    Optional<Pending> save(Pending pending, PendingDoc next) {
        StoredRecord record = pending.record()
                .next()
                .status(next.stage().name().toLowerCase(Locale.ROOT))
                .dueAt(due(next))
                .attentionAt(next.failure() == null ? null : next.failure().at())
                .payload(Json.write(next))
                .build();
        return kernel.tokens().replace(record) ? Optional.of(new Pending(record, next)) : Optional.empty();
    }

    /** Whether the store has its kept answer, so that the connect can be finished later; the answer is written if it is missing. */
    boolean keeps(Pending pending) {
        return byId(pending.owner(), pending.id())
                .filter(stored -> stored.doc().stage() == Stage.CONSUMED)
                .filter(stored -> stored.doc().staged() != null
                        || save(stored, sealed(pending.in(stored)).doc()).isPresent())
                .isPresent();
    }

    /** Ends it without a connection, and tells. */
    Optional<Pending> end(Pending pending, Stage stage, String action, String detail, @Nullable FailureDoc failure) {
        Optional<Pending> ended = save(pending, pending.doc().at(stage, null).failed(failure));
        ended.ifPresent(saved -> tell(saved, action, detail));
        return ended;
    }

    /** Writes a line of history and tells the listeners. */
    void tell(Pending pending, String action, String detail) {
        StoredRecord record = pending.record();
        String text = Texts.cleanedLines(detail, HistoryDoc.MOST_DETAIL);
        Instant now = kernel.now();
        kernel.tokens()
                .appendHistory(new HistoryRecord(
                        record.tenant(),
                        record.id(),
                        record.version(),
                        now,
                        Json.text(new HistoryDoc(record.version(), now, "linkspan", action, text))));
        kernel.tell(new LinkspanEvent.ConnectEnded(
                pending.owner(), now, record.id(), Platform.of(pending.doc().platform()), action, text));
    }

    void forget(Pending pending) {
        kernel.tokens().delete(pending.record());
    }

    List<HistoryEntry> history(Owner owner, String id) {
        return byId(owner, id)
                .map(pending -> repository.history(owner.tenant(), id))
                .orElse(List.of());
    }

    /** The same with its answer sealed, so that a store can keep it. */
    Pending sealed(Pending pending) {
        Unsealed unsealed = pending.unsealed();
        if (unsealed == null) {
            return pending;
        }
        PlatformAdapter adapter = kernel.adapter(Platform.of(pending.doc().platform()));
        String text = seal(pending.owner(), pending.id(), adapter, "staged", Json.write(unsealed.answer()));
        return new Pending(pending.record(), pending.doc().staged(unsealed.operation(), text));
    }

    String seal(Owner owner, String id, PlatformAdapter adapter, String field, byte[] plain) {
        return Base64.getEncoder().encodeToString(kernel.vault().seal(plain, place(owner, id, adapter, field)));
    }

    byte[] open(Pending pending, PlatformAdapter adapter, String field, String sealed) {
        return kernel.vault().openText(sealed, place(pending.owner(), pending.id(), adapter, field));
    }

    private static Vault.Place place(Owner owner, String id, PlatformAdapter adapter, String field) {
        return Kernel.place(owner.tenant(), id, adapter.platform().name(), adapter.registration(), field, 1);
    }
}
