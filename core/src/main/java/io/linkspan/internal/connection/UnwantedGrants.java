package io.linkspan.internal.connection;

import io.linkspan.CallInterruptedException;
import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.TenantId;
import io.linkspan.UnreadableRecordException;
import io.linkspan.connection.SharedGrants;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.crypto.Vault;
import io.linkspan.internal.http.Caller;
import io.linkspan.internal.http.SendPermit;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.wire.PairDoc;
import io.linkspan.internal.wire.Payload;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.internal.wire.UnwantedDoc;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Grant;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.RevocationAdapter;
import io.linkspan.spi.StoredRecord;
import io.linkspan.spi.TokenEffect;
import io.linkspan.spi.TokenPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The revocation list: late answers, answers of abandoned connects, tokens of other accounts. Nothing uses them; they are
 * sealed, kept until their grant is ended or the retention is over, and a grant is left alone while a connection rests on it.
 */
public final class UnwantedGrants {
    /** Until when a request may leave, so that its answer comes before the shortest pause is over. */
    private static final Duration SEND_WITHIN = Duration.ofSeconds(90);

    private static final List<Duration> PAUSES = List.of(
            Duration.ofMinutes(3),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofHours(20),
            Duration.ofHours(30));

    private final Kernel kernel;
    private final ConnectionRepository repository;

    /** Over a repository. */
    public UnwantedGrants(Kernel kernel, ConnectionRepository repository) {
        this.kernel = kernel;
        this.repository = repository;
    }

    private record Entry(StoredRecord record, UnwantedDoc doc) {}

    /** Takes a grant that a renewal brought, by its issue number; the second time changes nothing. */
    void add(Stored stored, long issue, Grant grant, String why) {
        String id = stored.record().id() + "-issue-" + issue;
        add(
                stored.owner(),
                stored.doc().platform(),
                stored.doc().registration(),
                id,
                grant,
                stored.record().id(),
                why);
    }

    /** Takes a grant that belongs to no connection. */
    public void add(Owner owner, PlatformAdapter adapter, String id, Grant grant, String why) {
        add(owner, adapter.platform().name(), adapter.registration(), id, grant, null, why);
    }

    /** Whether the grant of a connect is here. */
    boolean holds(TenantId tenant, String id) {
        return kernel.tokens().find(tenant, RecordKind.UNWANTED_GRANT, id).isPresent();
    }

    private void add(
            Owner owner,
            String platform,
            String registration,
            String id,
            Grant grant,
            @Nullable String connection,
            String why) {
        PlatformAdapter adapter = kernel.adapter(Platform.of(platform));
        if (adapter.revocation().revoke(grant.tokens()).isEmpty()
                || kernel.settings().sharedGrants() == SharedGrants.KEEP_ALWAYS) {
            return; // it could never be ended with them, so they are not kept at all
        }
        Vault.Place place = Kernel.place(owner.tenant(), id, platform, registration, "unwanted", 1);
        UnwantedDoc doc = new UnwantedDoc(
                1,
                platform,
                registration,
                seal(grant.tokens(), place),
                1,
                grant.scopes() == null ? Set.of() : grant.scopes(),
                grant.accountId(),
                connection,
                why,
                kernel.now().plus(kernel.settings().tokenRetention()),
                0,
                false);
        kernel.tokens()
                .insert(StoredRecord.builder(owner.tenant(), RecordKind.UNWANTED_GRANT, id)
                        .user(owner.user())
                        .status("revoke_only")
                        .dueAt(kernel.now())
                        .payload(Json.write(doc))
                        .build());
    }

    private String seal(TokenPair pair, Vault.Place place) {
        return Base64.getEncoder().encodeToString(kernel.vault().seal(Json.write(PairDoc.of(pair)), place));
    }

    private static Vault.Place place(Entry entry, long version) {
        return Kernel.place(
                entry.record().tenant(),
                entry.record().id(),
                entry.doc().platform(),
                entry.doc().registration(),
                "unwanted",
                version);
    }

    private TokenPair open(Entry entry) {
        byte[] plain = kernel.vault()
                .open(
                        Base64.getDecoder().decode(entry.doc().sealed()),
                        place(entry, entry.doc().version()));
        return Json.read(plain, PairDoc.class).pair();
    }

    private Optional<Entry> save(Entry entry, UnwantedDoc next) {
        int pause = Math.min(Math.max(next.tries(), 1), PAUSES.size()) - 1;
        StoredRecord record = entry.record()
                .next()
                .dueAt(kernel.now().plus(PAUSES.get(pause)))
                .payload(Json.write(next))
                .build();
        return kernel.tokens().replace(record) ? Optional.of(new Entry(record, next)) : Optional.empty();
    }

    /** Works on one entry that is due. */
    public void work(StoredRecord record) {
        Entry entry = new Entry(record, Payload.read(record, UnwantedDoc.class));
        UnwantedDoc doc = entry.doc();
        if (doc.tries() > 0 && (!kernel.now().isBefore(doc.until()) || doc.tries() >= PAUSES.size())) {
            overdue(entry);
            return;
        }
        PlatformAdapter adapter = kernel.adapter(Platform.of(doc.platform()));
        if (!adapter.registration().equals(doc.registration())) {
            save(entry, doc.begun()); // another app could not end it
            return;
        }
        // the pause until the next try keeps other processes away from this one
        SendPermit permit = kernel.permit(SEND_WITHIN);
        Optional<Entry> claimed = save(entry, doc.begun());
        if (claimed.isPresent()) {
            try {
                revoke(claimed.get(), adapter, open(claimed.get()), true, permit);
            } catch (UnreadableRecordException e) {
                return; // its key may come back before the retention is over
            } catch (CallInterruptedException e) {
                giveBack(claimed.get(), doc);
                throw e;
            }
        }
    }

    /** Nothing was asked, so it is due as before. */
    private void giveBack(Entry claimed, UnwantedDoc before) {
        kernel.tokens()
                .replace(claimed.record()
                        .next()
                        .dueAt(kernel.now())
                        .payload(Json.write(before))
                        .build());
    }

    /** No success within the retention. */
    private void overdue(Entry entry) {
        PlatformAdapter adapter = kernel.adapter(Platform.of(entry.doc().platform()));
        String account = entry.doc().account();
        if (account != null && rested(adapter, account)) {
            erase(entry, "unwanted_grant_kept", "platform grant not revoked (policy): a connection in use rests on it");
        } else {
            erase(entry, "unwanted_grant_not_revoked", "no success in time; the tokens were erased");
        }
    }

    /** Whether the host has disconnected the account since, and asked to leave the grant alone. */
    private boolean leftOnPurpose(Entry entry, PlatformAdapter adapter, String account) {
        Instant since = entry.doc().until().minus(kernel.settings().tokenRetention());
        return repository.withAccount(adapter, account).stream()
                .map(other -> other.doc().revoke())
                .anyMatch(revoke -> revoke != null
                        && !revoke.revokeGrant()
                        && !revoke.requestedAt().isBefore(since));
    }

    private void revoke(Entry entry, PlatformAdapter adapter, TokenPair pair, boolean mayRenew, SendPermit permit) {
        Outcome<Set<String>> accounts = accounts(entry, adapter, pair);
        if (accounts.result().isEmpty()) {
            refused(entry, adapter, pair, accounts.refusal(), mayRenew, permit);
            return;
        }
        if (accounts.result().get().stream().anyMatch(account -> leftOnPurpose(entry, adapter, account))) {
            erase(entry, "unwanted_grant_kept", "a local disconnect left the platform grant in force, as asked");
            return;
        }
        if (accounts.result().get().stream().anyMatch(account -> rested(adapter, account))
                || (adapter.accounts().offersChoice() && restedByOwner(entry))) {
            return; // it is needed, unless that connection turns out to be dead while the retention lasts
        }
        Optional<Flow<RevocationAdapter.Revoked>> call = adapter.revocation().revoke(pair);
        if (call.isEmpty()) {
            erase(entry, "unwanted_grant_not_revoked", "the platform offers no call for it");
            return;
        }
        Outcome<RevocationAdapter.Revoked> answer =
                kernel.caller(entry.record().tenant(), entry.record().id()).run(call.get(), permit);
        if (answer.result().isPresent()) {
            erase(entry, "unwanted_grant_revoked", "the platform answered success");
            return;
        }
        refused(entry, adapter, pair, answer.refusal(), mayRenew, permit);
    }

    private void refused(
            Entry entry,
            PlatformAdapter adapter,
            TokenPair pair,
            Optional<PlatformError> error,
            boolean mayRenew,
            SendPermit permit) {
        if (error.isEmpty() || !TokenTrouble.refusesToken(error.get())) {
            return; // again after the pause
        }
        // also when the pair may be spent: what is to end is not harmed by spending it again
        boolean renewable = mayRenew
                && pair.refresh() != null
                && adapter.oauth().renewal().renewsExpired()
                && error.get().meaning().tokenEffect() == TokenEffect.RENEW;
        if (!renewable) {
            gone(entry, entry.doc().spentUnclear());
            return;
        }
        boolean lostBefore = entry.doc().spentUnclear();
        save(entry, entry.doc().spending(true)).ifPresent(marked -> renew(marked, adapter, pair, permit, lostBefore));
    }

    /** The platform refuses the tokens; that proves nothing when a renewal whose answer was lost may have replaced them. */
    private void gone(Entry entry, boolean lostBefore) {
        if (lostBefore) {
            erase(
                    entry,
                    "unwanted_grant_not_revoked",
                    "the refresh token was spent by a renewal whose answer was lost; the grant may be in force");
        } else {
            erase(entry, "unwanted_grant_gone", "the platform refuses the tokens");
        }
    }

    private Caller caller(Entry entry) {
        return kernel.caller(entry.record().tenant(), entry.record().id());
    }

    /** The accounts that a grant opens. */
    private Outcome<Set<String>> accounts(Entry entry, PlatformAdapter adapter, TokenPair pair) {
        String account = entry.doc().account();
        if (account != null) {
            return Outcome.done(Set.of(account));
        }
        Set<String> scopes = entry.doc().scopes();
        return adapter.accounts().offersChoice()
                ? caller(entry)
                        .ask(adapter.accounts().choices(pair, scopes, Set.of()))
                        .map(choice -> choice.candidates().stream()
                                .map(candidate -> candidate.account().id())
                                .collect(Collectors.toSet()))
                : caller(entry)
                        .ask(adapter.accounts().identify(pair.access(), scopes))
                        .map(whose -> Set.of(whose.id()));
    }

    private void renew(Entry entry, PlatformAdapter adapter, TokenPair pair, SendPermit permit, boolean lostBefore) {
        Outcome<Grant> outcome = caller(entry).run(adapter.oauth().renew(pair), permit);
        Optional<Grant> grant = outcome.result();
        if (grant.isPresent()) {
            TokenPair next = grant.get().tokens().refresh() == null
                    ? new TokenPair(grant.get().tokens().access(), pair.refresh())
                    : grant.get().tokens();
            String key = "unwanted\n" + entry.record().tenant() + "\n"
                    + entry.record().id();
            revoke(repository.unstored().write(key, () -> renewed(entry, next)), adapter, next, false, permit);
        } else if (outcome.refusal().filter(TokenTrouble::refusesToken).isPresent()) {
            gone(entry, lostBefore);
        } else if (outcome instanceof Outcome.NotSent) {
            save(entry, entry.doc().spending(lostBefore));
        }
    }

    /** Stores a renewed pair, the only one that can still end the grant, whatever became of its entry meanwhile. */
    private Entry renewed(Entry spent, TokenPair pair) {
        long version = spent.doc().version() + 1;
        UnwantedDoc doc = spent.doc().renewed(seal(pair, place(spent, version)));
        Entry current = spent;
        while (true) {
            Optional<Entry> saved = save(current, doc);
            if (saved.isPresent()) {
                return saved.get();
            }
            Optional<StoredRecord> again = kernel.tokens()
                    .find(
                            spent.record().tenant(),
                            RecordKind.UNWANTED_GRANT,
                            spent.record().id());
            if (again.isEmpty()) {
                StoredRecord record = StoredRecord.builder(
                                spent.record().tenant(),
                                RecordKind.UNWANTED_GRANT,
                                spent.record().id())
                        .user(spent.record().user())
                        .status("revoke_only")
                        .dueAt(kernel.now())
                        .payload(Json.write(doc))
                        .build();
                if (kernel.tokens().insert(record)) {
                    return new Entry(record, doc);
                }
                continue;
            }
            current = new Entry(again.get(), Payload.read(again.get(), UnwantedDoc.class));
            if (current.doc().version() >= version) {
                return current; // stored by a write that was reported as failed
            }
        }
    }

    /**
     * Whether a connection in use has this account, of whichever tenant: its grant is the same one. No rule of the host about
     * disconnecting ends a grant here that a connection lives on.
     */
    private boolean rested(PlatformAdapter adapter, String account) {
        return repository.recordsOf(adapter, account).anyMatch(record -> mayLive(record, connection -> true));
    }

    /** One consent opens several accounts, and not all of them may be listed now. */
    private boolean restedByOwner(Entry entry) {
        StoredRecord record = entry.record();
        return kernel.tokens().page(record.tenant(), RecordKind.CONNECTION, record.user(), "", 1000).stream()
                .anyMatch(other -> mayLive(
                        other,
                        connection ->
                                connection.doc().platform().equals(entry.doc().platform())
                                        && connection
                                                .doc()
                                                .registration()
                                                .equals(entry.doc().registration())));
    }

    /** A connection that cannot be read now may be in use all the same. */
    private boolean mayLive(StoredRecord record, Predicate<Stored> counts) {
        List<Stored> read = repository.readable(record).toList();
        return read.isEmpty() || (counts.test(read.get(0)) && alive(read.get(0)));
    }

    /** Whether a connection may be used, now or when its key is back; tokens that the platform refuses for good need no care. */
    private static boolean alive(Stored connection) {
        TokenDoc token = connection.doc().token();
        boolean dead = token.phase() == TokenPhase.REAUTH_REQUIRED && token.retryAt() == null;
        return connection.doc().sides().local() == Sides.Local.HELD && !dead;
    }

    private void erase(Entry entry, String action, String detail) {
        if (kernel.tokens().delete(entry.record()) && entry.doc().connection() != null) {
            tell(
                    entry.record().tenant(),
                    entry.doc().connection(),
                    new Line("linkspan", action, entry.doc().why() + ": " + detail));
        }
    }

    private void tell(TenantId tenant, String connection, Line line) {
        Optional<Stored> stored = repository.find(tenant, connection);
        while (stored.isPresent()
                && repository.save(stored.get(), stored.get().doc(), line).isEmpty()) {
            stored = repository.find(tenant, connection);
        }
    }
}
