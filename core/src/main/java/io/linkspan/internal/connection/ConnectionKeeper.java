package io.linkspan.internal.connection;

import io.linkspan.Owner;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.Admission.Opened;
import io.linkspan.internal.connection.Admission.Wish;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.spi.Grant;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores an admitted account: a new connection, or a whole new grant for the one it has already, in one write. */
final class ConnectionKeeper {
    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final Views views;
    private final UnwantedGrants unwanted;

    ConnectionKeeper(Kernel kernel, ConnectionRepository repository, Views views) {
        this.kernel = kernel;
        this.repository = repository;
        this.views = views;
        this.unwanted = new UnwantedGrants(kernel, repository);
    }

    ConnectOutcome keep(Wish wish, PlatformAdapter adapter, Opened opened) {
        Owner owner = wish.owner();
        String hash = Kernel.accountHash(adapter, opened.account().id());
        while (true) {
            Optional<Stored> existing = find(owner, adapter, opened.account().id());
            if (existing.isPresent() && wish.imported()) {
                return Admission.alreadyConnected(opened.account().shown());
            }
            if (existing.isPresent() && newer(existing.get().doc(), wish.startedAt())) {
                // a recovered answer comes late: what happened since must not be undone
                discard(existing.get(), adapter, opened);
                return new ConnectOutcome.Connected(views.connection(existing.get()), true);
            }
            String id = existing.map(stored -> stored.record().id()).orElseGet(kernel::newId);
            long version =
                    existing.map(stored -> stored.doc().token().version() + 1).orElse(1L);
            long issue = existing.map(stored -> stored.record().version() + 1).orElse(1L);
            TokenDoc token = TokenDoc.fresh(
                            version,
                            repository.seal(owner.tenant(), id, adapter, version, opened.tokens()),
                            wish.startedAt(),
                            adapter.oauth().renewal().endsAt(wish.startedAt(), opened.accessLife()),
                            end(wish.startedAt(), opened.refreshLife()))
                    .issuedAs(issue);
            ConnectionDoc doc = doc(wish, adapter, opened, token, existing.orElse(null));
            Line line = new Line(
                    wish.imported() ? "host" : "person",
                    wish.imported() ? "imported" : existing.isPresent() ? "reconnected" : "connected",
                    "for " + doc.intent() + ", granted "
                            + (opened.scopes().isEmpty() ? "is not known" : opened.scopes()));
            Optional<Stored> saved = existing.isPresent()
                    ? repository.save(existing.get(), doc, line)
                    : repository.insert(owner, id, uniqueKey(owner, hash), hash, doc, List.of(line));
            if (saved.isPresent()) {
                aliases(saved.get(), adapter);
                return new ConnectOutcome.Connected(views.connection(saved.get()), existing.isPresent());
            }
        }
    }

    /** The list leaves the grant alone while the connection rests on it. */
    private void discard(Stored existing, PlatformAdapter adapter, Opened opened) {
        if (!RenewalOutcomes.keptByPolicy(existing.doc())) {
            Grant grant = new Grant(
                    opened.tokens(),
                    opened.accessLife(),
                    opened.refreshLife(),
                    opened.scopes(),
                    opened.account().id());
            unwanted.add(
                    existing.owner(), adapter, kernel.newId(), grant, "a connect was finished after a younger consent");
        }
    }

    Optional<Stored> find(Owner owner, PlatformAdapter adapter, String accountId) {
        return kernel.tokens()
                .findByKey(
                        owner.tenant(), RecordKind.CONNECTION, uniqueKey(owner, Kernel.accountHash(adapter, accountId)))
                .map(repository::read);
    }

    private static String uniqueKey(Owner owner, String accountHash) {
        return owner.user() + "\n" + accountHash;
    }

    private static boolean newer(ConnectionDoc doc, Instant startedAt) {
        boolean linked =
                doc.linkedAt().isAfter(startedAt) || doc.token().issuedAt().isAfter(startedAt);
        return linked || (doc.revoke() != null && doc.revoke().requestedAt().isAfter(startedAt));
    }

    private static @Nullable Instant end(Instant startedAt, @Nullable Duration life) {
        return life == null ? null : startedAt.plus(life);
    }

    private ConnectionDoc doc(
            Wish wish, PlatformAdapter adapter, Opened opened, TokenDoc token, @Nullable Stored existing) {
        Sides sides = new Sides(
                Sides.Local.HELD,
                Sides.Grant.ACTIVE,
                wish.intent().visible() ? Sides.VisibleLink.UNKNOWN : Sides.VisibleLink.NOT_WANTED);
        return new ConnectionDoc(
                1,
                adapter.platform().name(),
                adapter.registration(),
                wish.intent(),
                opened.account(),
                new LinkedHashSet<>(wish.asked()),
                opened.scopes(),
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
