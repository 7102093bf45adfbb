package io.linkspan.internal.connection;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.TenantId;
import io.linkspan.UnreadableRecordException;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.Missing;
import io.linkspan.internal.crypto.Vault;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.HistoryDoc;
import io.linkspan.internal.wire.Payload;
import io.linkspan.internal.wire.RemovalDoc;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.Cause;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RenewalModel;
import io.linkspan.spi.Secret;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenPair;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes connections. A change and its lines of history are one write: the lines ride in the record until they
 * are in the history.
 */
public final class ConnectionRepository {
    /** How long after a change it is told again when nobody noted that it was heard. */
    private static final Duration TELL_AGAIN = Duration.ofMinutes(1);

    private static final String ACCESS = "access token";
    private static final String REFRESH = "refresh token";

    private final Kernel kernel;
    private final ConnectionNews news;
    private final AccessTokenCache accessTokens;
    private final UnstoredAnswers unstored;

    /** Over a kernel. */
    public ConnectionRepository(Kernel kernel) {
        this.kernel = kernel;
        this.news = new ConnectionNews(kernel);
        this.unstored = new UnstoredAnswers(kernel.hostTransactions()::running);
        this.accessTokens = new AccessTokenCache(
                kernel.settings().accessTokenCache(), new CoarseClock(kernel::millis, kernel.systemTime()));
    }

    /** Opened access tokens; every write of a connection through here forgets its own. */
    AccessTokenCache accessTokens() {
        return accessTokens;
    }

    /** Answers with tokens that are kept in memory because no store accepted them. */
    UnstoredAnswers unstored() {
        return unstored;
    }

    /** Writes the answers that no store accepted. */
    public void storeLateAnswers() {
        unstored.retry();
    }

    /** Writes what is still unstored, and forgets everything kept in memory. */
    public void close() {
        unstored.close();
        accessTokens.close();
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

    /** A line of history to be; with a cause when it tells of a failure. */
    public record Line(
            String actor,
            String action,
            String detail,
            @Nullable Cause cause) {
        /** A line that tells of no failure. */
        public Line(String actor, String action, String detail) {
            this(actor, action, detail, null);
        }

        /** A line that rests on an observation. */
        public Line(String actor, String action, Evidence seen) {
            this(actor, action, seen.describe(), seen.cause());
        }
    }

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
        return find(owner, id).orElseThrow(() -> Missing.connection(id));
    }

    /** Connections of all tenants with this account, without what cannot be read. */
    public List<Stored> withAccount(PlatformAdapter adapter, String accountId) {
        return recordsOf(adapter, accountId).flatMap(this::readable).toList();
    }

    /** Whether a connection that counts may hold tokens of this account; one that cannot be read may. */
    boolean mayBeHeld(PlatformAdapter adapter, String accountId, Predicate<StoredRecord> counts) {
        return recordsOf(adapter, accountId).filter(counts).anyMatch(record -> {
            List<Stored> read = readable(record).toList();
            return read.isEmpty() || read.get(0).doc().sides().local() == Sides.Local.HELD;
        });
    }

    /** Records of all tenants with this account. */
    Stream<StoredRecord> recordsOf(PlatformAdapter adapter, String accountId) {
        String hash = Kernel.accountHash(adapter, accountId);
        Stream<StoredRecord> direct = kernel.tokens().byLookup(RecordKind.CONNECTION, hash, 1000).stream();
        Stream<StoredRecord> byAlias = kernel.tokens().byLookup(RecordKind.ACCOUNT_ALIAS, hash, 1000).stream()
                .flatMap(alias -> kernel.tokens().find(alias.tenant(), RecordKind.CONNECTION, alias.user()).stream());
        return Stream.concat(direct, byAlias).distinct();
    }

    /** The connection in a record; none when it cannot be read, which is reported: one damaged record hides no other. */
    Stream<Stored> readable(StoredRecord record) {
        try {
            return Stream.of(read(record));
        } catch (UnreadableRecordException e) {
            kernel.observer().leftOut(kernel.now(), record, e);
            return Stream.empty();
        }
    }

    /** Reads a payload. */
    public Stored read(StoredRecord record) {
        return new Stored(record, Payload.read(record, ConnectionDoc.class));
    }

    /** Creates a connection; empty when the account is connected already. */
    public Optional<Stored> insert(
            Owner owner, String id, String uniqueKey, String lookup, ConnectionDoc doc, List<Line> lines) {
        ConnectionDoc full = withLines(doc, lines, 0);
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
        return Optional.of(kept(new Stored(record, full)));
    }

    /** Replaces a connection as read; empty when someone else was first. */
    public Optional<Stored> save(Stored old, ConnectionDoc next, Line... lines) {
        flush(old);
        List<Line> all = List.of(lines);
        ConnectionDoc full = withLines(next, all, news.heardTo(old));
        StoredRecord record = columns(old.record().next(), full).build();
        boolean replaced;
        try {
            replaced = kernel.tokens().replace(record);
        } finally {
            accessTokens.forget(record.id()); // also when the write may or may not have been kept
        }
        if (!replaced) {
            return Optional.empty();
        }
        return Optional.of(kept(new Stored(record, full)));
    }

    /** Replaces a connection by one that cannot be found by its account any more; empty when someone else was first. */
    Optional<Stored> saveForgotten(Stored old, ConnectionDoc next, Line line) {
        flush(old);
        ConnectionDoc full = withLines(next.forgotten(), List.of(line), news.heardTo(old));
        StoredRecord record = columns(
                        old.record()
                                .next()
                                .uniqueKey("deleted\n" + old.record().id())
                                .lookup(null),
                        full)
                .build();
        return kernel.tokens().replace(record) ? Optional.of(kept(new Stored(record, full))) : Optional.empty();
    }

    private Stored kept(Stored stored) {
        flush(stored);
        news.tell(stored);
        return stored;
    }

    /** Whether some of its history may not have been heard. */
    public boolean untold(Stored stored) {
        return stored.doc().told() < stored.doc().lastSequence();
    }

    /** Tells what was not heard, and notes what was; answers the connection after it. */
    public Stored tellAgain(Stored stored) {
        flush(stored);
        news.tellAll(stored);
        return save(stored, stored.doc())
                .orElseGet(() ->
                        find(stored.record().tenant(), stored.record().id()).orElse(stored));
    }

    private ConnectionDoc withLines(ConnectionDoc doc, List<Line> lines, long heard) {
        List<HistoryDoc> pending = new ArrayList<>();
        long sequence = doc.lastSequence();
        for (Line line : lines) {
            pending.add(
                    new HistoryDoc(++sequence, kernel.now(), line.actor(), line.action(), line.detail(), line.cause()));
        }
        return doc.withHistory(sequence, pending, news.toldWith(heard, sequence));
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
                .attentionAt(AttentionRule.from(
                        doc, kernel.adapter(Platform.of(doc.platform())).oauth()))
                .payload(Json.write(doc));
    }

    /** When the record wants work: the earliest of renewal, notice, look and disconnect. */
    private @Nullable Instant dueAt(ConnectionDoc doc, RenewalModel renewal) {
        Instant revoke = doc.revoke() == null ? null : doc.revoke().wakeAt();
        boolean held = doc.sides().local() == Sides.Local.HELD;
        boolean askable = held && doc.token().phase() != TokenPhase.REAUTH_REQUIRED;
        RemovalDoc removal = doc.removal();
        Instant settle = removal == null || !held ? null : removal.nextAt();
        Instant again = doc.told() < doc.lastSequence() ? kernel.now().plus(TELL_AGAIN) : null;
        return Stream.of(
                        held ? renewAt(doc.token(), renewal) : null,
                        held ? TokenLife.noticeAt(doc.token(), renewal) : null,
                        held && doc.token().previous() != null
                                ? doc.token().previous().until()
                                : null,
                        askable ? doc.checkAt() : null,
                        revoke,
                        settle,
                        again)
                .flatMap(Stream::ofNullable)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private @Nullable Instant renewAt(TokenDoc token, RenewalModel renewal) {
        return TokenLife.renewAt(
                token,
                renewal,
                kernel.settings().refreshLease(),
                kernel.settings().refreshCoolDown(),
                TokenLife.LATEST_SPREAD * (kernel.jitter(1.0) - 1));
    }

    /**
     * Seals a pair for a version. The two tokens are sealed apart, so that using the one does not open the other.
     *
     * @return both, in Base64, with a dot between
     */
    public String seal(TenantId tenant, String id, String platform, String registration, long version, TokenPair pair) {
        Secret refresh = pair.refresh();
        String access = seal(pair.access(), Kernel.place(tenant, id, platform, registration, ACCESS, version));
        return refresh == null
                ? access
                : access + "." + seal(refresh, Kernel.place(tenant, id, platform, registration, REFRESH, version));
    }

    /** Seals a pair of a new connection, which belongs to the app that is configured. */
    public String seal(TenantId tenant, String id, PlatformAdapter adapter, long version, TokenPair pair) {
        return seal(tenant, id, adapter.platform().name(), adapter.registration(), version, pair);
    }

    private String seal(Secret secret, Vault.Place place) {
        return Base64.getEncoder()
                .encodeToString(kernel.vault().seal(secret.reveal().getBytes(StandardCharsets.UTF_8), place));
    }

    private Secret open(String sealed, Vault.Place place) {
        byte[] plain = kernel.vault().openText(sealed, place);
        return Secret.of(new String(plain, StandardCharsets.UTF_8));
    }

    private Vault.Place place(Stored stored, String field, long version) {
        return Kernel.place(
                stored.record().tenant(),
                stored.record().id(),
                stored.doc().platform(),
                stored.doc().registration(),
                field,
                version);
    }

    private static String sealed(Stored stored) {
        String sealed = stored.doc().token().sealed();
        if (sealed == null) {
            throw new IllegalStateException("connection " + stored.record().id() + " holds no tokens any more");
        }
        return sealed;
    }

    /** Opens the access token of a connection. */
    public Secret access(Stored stored) {
        String sealed = sealed(stored);
        int dot = sealed.indexOf('.');
        return open(
                dot < 0 ? sealed : sealed.substring(0, dot),
                place(stored, ACCESS, stored.doc().token().version()));
    }

    /** Opens the pair of a connection. */
    public TokenPair open(Stored stored) {
        return open(stored, sealed(stored), stored.doc().token().version());
    }

    /** Opens a pair of a connection that was sealed for a version. */
    TokenPair open(Stored stored, String sealed, long version) {
        int dot = sealed.indexOf('.');
        if (dot < 0) {
            return new TokenPair(open(sealed, place(stored, ACCESS, version)), null);
        }
        return new TokenPair(
                open(sealed.substring(0, dot), place(stored, ACCESS, version)),
                open(sealed.substring(dot + 1), place(stored, REFRESH, version)));
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
                HistoryDoc doc = HistoryDoc.read(line);
                entries.add(new HistoryEntry(doc.sequence(), doc.at(), doc.actor(), doc.action(), doc.detail()));
                after = line.sequence();
            }
        } while (page.size() == 500);
        return entries;
    }
}
