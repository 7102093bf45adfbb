package io.linkspan.internal.connection;

import io.linkspan.Owner;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectOutcome.Reason;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.PendingDoc;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.Grant;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From a grant to a connection: whose is it, is it the one expected, is it connected already. */
public final class Admission {
    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final Views views;

    /** Over its parts. */
    public Admission(Kernel kernel, ConnectionRepository repository, Views views) {
        this.kernel = kernel;
        this.repository = repository;
        this.views = views;
    }

    ConnectOutcome admit(Connector.Pending pending, PlatformAdapter adapter, Grant grant, Instant startedAt) {
        Set<String> scopes = grant.scopes() == null ? pending.doc().scopes() : grant.scopes();
        Outcome<AccountIdentity> whose =
                kernel.caller().run(adapter.accounts().identify(grant.tokens().access(), scopes));
        if (!(whose instanceof Outcome.Done<AccountIdentity> done)) {
            return whose instanceof Outcome.Refused<AccountIdentity> refused
                    ? new ConnectOutcome.Refused(
                            Reason.PLATFORM_REFUSED, refused.error().describe())
                    : new ConnectOutcome.Refused(
                            Reason.UNCLEAR,
                            "the account could not be read at " + adapter.platform() + " (" + whose.describe()
                                    + "); it is tried again by itself, or start the connect again");
        }
        AccountIdentity account = done.value();
        String named = grant.accountId();
        if (named != null && !named.equals(account.id()) && !account.aliases().contains(named)) {
            return new ConnectOutcome.Refused(
                    Reason.IDENTITY_CHANGED,
                    "the token answer names another account than the token itself; start the connect again");
        }
        String expected = pending.doc().expectedAccount();
        if (expected != null && !expected.equals(account.id())) {
            String shown = repository.withAccount(adapter, expected).stream()
                    .filter(stored -> stored.owner().equals(pending.owner()))
                    .map(stored -> stored.doc().account().shown())
                    .findFirst()
                    .orElse(expected);
            return new ConnectOutcome.AccountMismatch(shown, account.shown());
        }
        return store(pending, adapter, grant, scopes, account, startedAt);
    }

    private ConnectOutcome store(
            Connector.Pending pending,
            PlatformAdapter adapter,
            Grant grant,
            Set<String> scopes,
            AccountIdentity account,
            Instant startedAt) {
        Owner owner = pending.owner();
        String hash = Kernel.accountHash(adapter, account.id());
        String uniqueKey = owner.user() + "\n" + hash;
        while (true) {
            Optional<Stored> existing = kernel.tokens()
                    .findByKey(owner.tenant(), RecordKind.CONNECTION, uniqueKey)
                    .map(repository::read);
            if (existing.isPresent() && newer(existing.get().doc(), startedAt)) {
                // a recovered answer comes late: what happened since must not be undone
                return new ConnectOutcome.Connected(views.connection(existing.get()), true);
            }
            String id = existing.map(stored -> stored.record().id()).orElseGet(kernel::newId);
            long version =
                    existing.map(stored -> stored.doc().token().version() + 1).orElse(1L);
            TokenDoc token = TokenDoc.fresh(
                    version,
                    repository.seal(owner.tenant(), id, adapter, version, grant.tokens()),
                    startedAt,
                    end(startedAt, grant.accessLife()),
                    end(startedAt, grant.refreshLife()));
            ConnectionDoc doc = doc(pending.doc(), adapter, account, scopes, token, existing.orElse(null));
            Line line = new Line(
                    "person",
                    existing.isPresent() ? "reconnected" : "connected",
                    "as " + account.shown() + " for " + doc.intent() + ", granted " + scopes);
            Optional<Stored> saved = existing.isPresent()
                    ? repository.save(existing.get(), doc, line)
                    : repository.insert(owner, id, uniqueKey, hash, doc, List.of(line));
            if (saved.isPresent()) {
                aliases(saved.get(), adapter);
                return new ConnectOutcome.Connected(views.connection(saved.get()), existing.isPresent());
            }
        }
    }

    private static boolean newer(ConnectionDoc doc, Instant startedAt) {
        boolean linked =
                doc.linkedAt().isAfter(startedAt) || doc.token().issuedAt().isAfter(startedAt);
        return linked || (doc.revoke() != null && doc.revoke().requestedAt().isAfter(startedAt));
    }

    private static @Nullable Instant end(Instant startedAt, java.time.@Nullable Duration life) {
        return life == null ? null : startedAt.plus(life);
    }

    private ConnectionDoc doc(
            PendingDoc pending,
            PlatformAdapter adapter,
            AccountIdentity account,
            Set<String> scopes,
            TokenDoc token,
            @Nullable Stored existing) {
        Sides sides = new Sides(
                Sides.Local.HELD,
                Sides.Grant.ACTIVE,
                pending.intent().visible() ? Sides.VisibleLink.UNKNOWN : Sides.VisibleLink.NOT_WANTED);
        return new ConnectionDoc(
                1,
                adapter.platform().name(),
                adapter.registration(),
                pending.intent(),
                account,
                new LinkedHashSet<>(pending.scopes()),
                scopes,
                token,
                sides,
                Map.of(),
                kernel.now(),
                null,
                kernel.now(),
                null,
                existing == null ? 0 : existing.doc().lastSequence(),
                List.of());
    }

    private void aliases(Stored stored, PlatformAdapter adapter) {
        for (String alias : stored.doc().account().aliases()) {
            String hash = Kernel.accountHash(adapter, alias);
            kernel.tokens()
                    .insert(StoredRecord.builder(
                                    stored.record().tenant(),
                                    RecordKind.ACCOUNT_ALIAS,
                                    stored.record().id() + "-" + hash.substring(0, 16))
                            .user(stored.record().id())
                            .lookup(hash)
                            .build());
        }
    }
}
