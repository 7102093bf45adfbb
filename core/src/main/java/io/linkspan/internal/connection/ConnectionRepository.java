package io.linkspan.internal.connection;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.TenantId;
import io.linkspan.UnreadableRecordException;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.connection.Sides;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.HistoryDoc;
import io.linkspan.internal.wire.PairDoc;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RenewalModel;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reads and writes connections. A change and its lines of history are one write: the lines ride in the record until they
 * are in the history.
 */
public final class ConnectionRepository {
    private final Kernel kernel;

    /** Over a kernel. */
    public ConnectionRepository(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * A connection as read.
     *
     * @param record the record
     * @param doc its payload
     */
    public record Stored(StoredRecord record, ConnectionDoc doc) {
        /** Whose. */
        public Owner owner() {
            return new Owner(record.tenant(), record.user());
        }

        /** Its id. */
        public ConnectionId id() {
            return new ConnectionId(record.id());
        }

        /** Its platform. */
        public Platform platform() {
            return Platform.of(doc.platform());
        }
    }

    /** A line of history to be. */
    public record Line(String actor, String action, String detail) {}

    /** Finds a connection of a tenant. */
    public Optional<Stored> find(TenantId tenant, String id) {
        return kernel.tokens().find(tenant, RecordKind.CONNECTION, id).map(this::read);
    }

    /** Finds a connection of an owner; someone else's answers like a missing one. */
    public Optional<Stored> find(Owner owner, ConnectionId id) {
        return find(owner.tenant(), id.value()).filter(stored -> stored.owner().equals(owner));
    }

    /** Finds a connection of an owner, or says that there is none. */
    public Stored require(Owner owner, ConnectionId id) {
        return find(owner, id)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no connection " + id + " of this owner; list(owner) shows theirs"));
    }

    /** Connections of all tenants with this account. */
    public List<Stored> withAccount(PlatformAdapter adapter, String accountId) {
        String hash = Kernel.accountHash(adapter, accountId);
        Stream<StoredRecord> direct = kernel.tokens().byLookup(RecordKind.CONNECTION, hash, 1000).stream();
        Stream<StoredRecord> byAlias = kernel.tokens().byLookup(RecordKind.ACCOUNT_ALIAS, hash, 1000).stream()
                .flatMap(alias -> kernel.tokens().find(alias.tenant(), RecordKind.CONNECTION, alias.user()).stream());
        return Stream.concat(direct, byAlias).map(this::read).distinct().toList();
    }

    /** Reads a payload. */
    public Stored read(StoredRecord record) {
        try {
            return new Stored(record, Json.read(record.payload(), ConnectionDoc.class));
        } catch (JacksonException e) {
            throw new UnreadableRecordException(
                    "connection " + record.id() + " of tenant " + record.tenant()
                            + " cannot be read: its payload was changed outside Linkspan; restore it or connect again",
                    e);
        }
    }

    /** Creates a connection; empty when the account is connected already. */
    public Optional<Stored> insert(
            Owner owner, String id, String uniqueKey, String lookup, ConnectionDoc doc, List<Line> lines) {
        ConnectionDoc full = withLines(doc, lines);
        StoredRecord record = columns(
                        StoredRecord.builder(owner.tenant(), RecordKind.CONNECTION, id)
                                .user(owner.user())
                                .uniqueKey(uniqueKey)
                                .lookup(lookup),
                        full)
                .build();
        if (!kernel.tokens().insert(record)) {
            return Optional.empty();
        }
        return Optional.of(kept(new Stored(record, full), lines));
    }

    /** Replaces a connection as read; empty when someone else was first. */
    public Optional<Stored> save(Stored old, ConnectionDoc next, Line... lines) {
        flush(old);
        List<Line> all = List.of(lines);
        ConnectionDoc full = withLines(next, all);
        StoredRecord record = columns(old.record().next(), full).build();
        if (!kernel.tokens().replace(record)) {
            return Optional.empty();
        }
        return Optional.of(kept(new Stored(record, full), all));
    }

    private Stored kept(Stored stored, List<Line> lines) {
        flush(stored);
        for (Line line : lines) {
            kernel.tell(new LinkspanEvent.ConnectionChanged(
                    stored.owner(), kernel.now(), stored.id(), stored.platform(), line.action(), line.detail()));
        }
        return stored;
    }

    private ConnectionDoc withLines(ConnectionDoc doc, List<Line> lines) {
        List<HistoryDoc> pending = new ArrayList<>();
        long sequence = doc.lastSequence();
        for (Line line : lines) {
            String detail = line.detail().length() > 2048 ? line.detail().substring(0, 2048) : line.detail();
            pending.add(new HistoryDoc(++sequence, kernel.now(), line.actor(), line.action(), detail));
        }
        return doc.withHistory(sequence, pending);
    }

    private void flush(Stored stored) {
        for (HistoryDoc line : stored.doc().pending()) {
            kernel.tokens()
                    .appendHistory(new HistoryRecord(
                            stored.record().tenant(),
                            stored.record().id(),
                            line.sequence(),
                            line.at(),
                            Json.text(line)));
        }
    }

    private StoredRecord.Builder columns(StoredRecord.Builder builder, ConnectionDoc doc) {
        Instant now = kernel.now();
        RenewalModel renewal =
                kernel.adapter(Platform.of(doc.platform())).oauth().renewal();
        ConnectionStatus status = StatusRule.status(doc, renewal, now);
        return builder.status(status.kind().name().toLowerCase(Locale.ROOT))
                .dueAt(dueAt(doc, renewal))
                .payload(Json.write(doc));
    }

    /** When the record wants work: the earliest of renewal, look and disconnect. */
    private @Nullable Instant dueAt(ConnectionDoc doc, RenewalModel renewal) {
        Instant revoke = doc.revoke() == null ? null : doc.revoke().nextAt();
        boolean askable = doc.sides().local() == Sides.Local.HELD && doc.token().phase() != TokenPhase.REAUTH_REQUIRED;
        return Stream.of(renewAt(doc, renewal), askable ? doc.checkAt() : null, revoke)
                .flatMap(Stream::ofNullable)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private @Nullable Instant renewAt(ConnectionDoc doc, RenewalModel renewal) {
        TokenDoc token = doc.token();
        if (doc.sides().local() != Sides.Local.HELD || token.accessExpiresAt() == null) {
            return null;
        }
        if (token.intent() != null) {
            return token.intent().startedAt().plus(kernel.settings().refreshLease());
        }
        if (token.retryAt() != null) {
            return token.retryAt();
        }
        if (token.phase() != TokenPhase.HEALTHY) {
            return null;
        }
        Instant planned = renewal.dueAt(token.issuedAt(), token.accessExpiresAt());
        Duration left = Duration.between(planned, token.accessExpiresAt());
        long spread = (long) (left.toMillis() * 0.1 * (kernel.jitter(1.0) - 1));
        return planned.plusMillis(spread);
    }

    /** Seals a pair for a version. */
    public String seal(TenantId tenant, String id, PlatformAdapter adapter, long version, TokenPair pair) {
        byte[] sealed = kernel.vault()
                .seal(
                        Json.write(PairDoc.of(pair)),
                        Kernel.place(tenant, id, adapter.platform().name(), adapter.registration(), "tokens", version));
        return Base64.getEncoder().encodeToString(sealed);
    }

    /** Opens the pair of a connection. */
    public TokenPair open(Stored stored) {
        ConnectionDoc doc = stored.doc();
        String sealed = doc.token().sealed();
        if (sealed == null) {
            throw new IllegalStateException("connection " + stored.record().id() + " holds no tokens any more");
        }
        byte[] plain = kernel.vault()
                .open(
                        Base64.getDecoder().decode(sealed),
                        Kernel.place(
                                stored.record().tenant(),
                                stored.record().id(),
                                doc.platform(),
                                doc.registration(),
                                "tokens",
                                doc.token().version()));
        return Json.read(plain, PairDoc.class).pair();
    }

    /** The history of a subject, its pending lines written first. */
    public List<HistoryEntry> history(Stored stored) {
        flush(stored);
        return history(stored.record().tenant(), stored.record().id());
    }

    /** The history of a subject. */
    public List<HistoryEntry> history(TenantId tenant, String subject) {
        List<HistoryEntry> entries = new ArrayList<>();
        List<HistoryRecord> page;
        long after = 0;
        do {
            page = kernel.tokens().history(tenant, subject, after, 500);
            for (HistoryRecord line : page) {
                HistoryDoc doc =
                        Json.read(line.text().getBytes(java.nio.charset.StandardCharsets.UTF_8), HistoryDoc.class);
                entries.add(new HistoryEntry(doc.sequence(), doc.at(), doc.actor(), doc.action(), doc.detail()));
                after = line.sequence();
            }
        } while (page.size() == 500);
        return entries;
    }
}
