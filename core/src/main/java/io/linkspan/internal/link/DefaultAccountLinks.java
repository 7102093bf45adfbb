package io.linkspan.internal.link;

import io.linkspan.Owner;
import io.linkspan.connection.Capability;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.connection.Views;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.wire.HistoryDoc;
import io.linkspan.internal.wire.LinkDoc;
import io.linkspan.link.AccountLink;
import io.linkspan.link.AccountLinkId;
import io.linkspan.link.AccountLinks;
import io.linkspan.link.Intent;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@link AccountLinks} over the token store. */
public final class DefaultAccountLinks implements AccountLinks {
    private final Kernel kernel;
    private final ConnectionRepository connections;

    /** Over its parts. */
    public DefaultAccountLinks(Kernel kernel, ConnectionRepository connections) {
        this.kernel = kernel;
        this.connections = connections;
    }

    @Override
    public AccountLink link(Owner owner, ConnectionId one, ConnectionId other, Intent intent) {
        Objects.requireNonNull(intent, "intent");
        List<Stored> both = Stream.of(connections.require(owner, one), connections.require(owner, other))
                .sorted((a, b) -> a.doc().platform().compareTo(b.doc().platform()))
                .toList();
        if (both.get(0).doc().platform().equals(both.get(1).doc().platform())) {
            throw new IllegalArgumentException("an account link joins two platforms, both connections are on "
                    + both.get(0).doc().platform());
        }
        both.forEach(stored -> requireFit(stored, intent));
        List<String> ids = both.stream().map(stored -> stored.record().id()).toList();
        String key = String.join("+", ids);
        while (true) {
            Optional<StoredRecord> existing = kernel.tokens().findByKey(owner.tenant(), RecordKind.ACCOUNT_LINK, key);
            Instant now = kernel.now();
            long sequence = existing.map(record -> doc(record).lastSequence()).orElse(0L) + 1;
            LinkDoc next = new LinkDoc(
                    1,
                    intent,
                    ids,
                    existing.filter(r -> !doc(r).parted())
                            .map(r -> doc(r).linkedAt())
                            .orElse(now),
                    false,
                    sequence);
            StoredRecord record = existing.map(StoredRecord::next)
                    .orElseGet(() -> StoredRecord.builder(owner.tenant(), RecordKind.ACCOUNT_LINK, kernel.newId())
                            .user(owner.user())
                            .uniqueKey(key))
                    .status("linked")
                    .payload(Json.write(next))
                    .build();
            boolean saved = existing.isPresent()
                    ? kernel.tokens().replace(record)
                    : kernel.tokens().insert(record);
            if (saved) {
                String shown = both.get(0).doc().platform() + " "
                        + both.get(0).doc().account().shown() + " and "
                        + both.get(1).doc().platform() + " "
                        + both.get(1).doc().account().shown();
                remember(record, sequence, "host", "linked", shown + " for " + intent);
                return view(owner, record);
            }
        }
    }

    private void requireFit(Stored stored, Intent intent) {
        if (stored.doc().sides().local() != Sides.Local.HELD) {
            throw new IllegalArgumentException(
                    "connection " + stored.record().id() + " is disconnected; connect it again first");
        }
        PlatformAdapter adapter = kernel.adapter(stored.platform());
        Set<Capability> needed = EnumSet.copyOf(intent.capabilities());
        needed.retainAll(Views.offered(adapter, intent));
        needed.removeAll(adapter.oauth().granted(stored.doc().scopes()));
        if (!needed.isEmpty()) {
            throw new IllegalArgumentException("connection " + stored.record().id() + " (" + stored.platform()
                    + ") was not granted what " + intent + " needs: " + needed + "; connect it again for " + intent);
        }
    }

    @Override
    public Optional<AccountLink> find(Owner owner, AccountLinkId id) {
        return record(owner, id).filter(record -> !doc(record).parted()).map(record -> view(owner, record));
    }

    private Optional<StoredRecord> record(Owner owner, AccountLinkId id) {
        Objects.requireNonNull(owner, "owner");
        return kernel.tokens()
                .find(
                        owner.tenant(),
                        RecordKind.ACCOUNT_LINK,
                        Objects.requireNonNull(id, "id").value())
                .filter(record -> record.user().equals(owner.user()));
    }

    @Override
    public boolean unlink(Owner owner, AccountLinkId id, String reason) {
        Objects.requireNonNull(reason, "reason");
        while (true) {
            Optional<StoredRecord> found =
                    record(owner, id).filter(record -> !doc(record).parted());
            if (found.isEmpty()) {
                return false;
            }
            LinkDoc doc = doc(found.get());
            long sequence = doc.lastSequence() + 1;
            LinkDoc next = new LinkDoc(1, doc.intent(), doc.connections(), doc.linkedAt(), true, sequence);
            StoredRecord record = found.get()
                    .next()
                    .status("parted")
                    .payload(Json.write(next))
                    .build();
            if (kernel.tokens().replace(record)) {
                remember(record, sequence, reason, "unlinked", "both accounts stay connected");
                return true;
            }
        }
    }

    @Override
    public List<HistoryEntry> history(Owner owner, AccountLinkId id) {
        return record(owner, id)
                .map(record -> connections.history(owner.tenant(), record.id()))
                .orElse(List.of());
    }

    private void remember(StoredRecord record, long sequence, String actor, String action, String detail) {
        HistoryDoc line = new HistoryDoc(sequence, kernel.now(), actor, action, detail);
        kernel.tokens()
                .appendHistory(new HistoryRecord(record.tenant(), record.id(), sequence, line.at(), Json.text(line)));
    }

    private static LinkDoc doc(StoredRecord record) {
        return Json.read(record.payload(), LinkDoc.class);
    }

    private static AccountLink view(Owner owner, StoredRecord record) {
        LinkDoc doc = doc(record);
        return new AccountLink(
                new AccountLinkId(record.id()),
                owner,
                doc.intent(),
                doc.connections().stream().map(ConnectionId::new).toList(),
                doc.linkedAt());
    }
}
