package io.linkspan.internal.link;

import io.linkspan.Owner;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.wire.HistoryDoc;
import io.linkspan.internal.wire.LinkDoc;
import io.linkspan.internal.wire.Payload;
import io.linkspan.link.AccountLinkId;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes account links. A change and its lines of history are one write, as with connections. */
public final class LinkRepository {
    private final Kernel kernel;
    private final ConnectionRepository connections;

    /** Over a kernel. */
    public LinkRepository(Kernel kernel, ConnectionRepository connections) {
        this.kernel = kernel;
        this.connections = connections;
    }

    /**
     * A link as read.
     *
     * @param record the record
     * @param doc its payload
     */
    public record Stored(StoredRecord record, LinkDoc doc) {
        /** Whose. */
        public Owner owner() {
            return new Owner(record.tenant(), record.user());
        }

        /** Its id. */
        public AccountLinkId id() {
            return new AccountLinkId(record.id());
        }
    }

    /** Reads a payload. */
    public Stored read(StoredRecord record) {
        return new Stored(record, Payload.read(record, LinkDoc.class));
    }

    /** Finds a link of an owner, parted ones too; someone else's answers like a missing one. */
    Optional<Stored> find(Owner owner, AccountLinkId id) {
        return kernel.tokens()
                .find(owner.tenant(), RecordKind.ACCOUNT_LINK, id.value())
                .filter(record -> record.user().equals(owner.user()))
                .map(this::read);
    }

    /** Finds the link of two connections, parted or not. */
    Optional<Stored> between(Owner owner, String key) {
        return kernel.tokens()
                .findByKey(owner.tenant(), RecordKind.ACCOUNT_LINK, key)
                .map(this::read);
    }

    /** Creates a link; empty when the two are joined already. */
    Optional<Stored> insert(Owner owner, String key, LinkDoc doc, Line line) {
        StoredRecord.Builder builder = StoredRecord.builder(owner.tenant(), RecordKind.ACCOUNT_LINK, kernel.newId())
                .user(owner.user())
                .uniqueKey(key);
        LinkDoc full = withLines(doc, List.of(line));
        StoredRecord record = columns(builder, full);
        return kernel.tokens().insert(record) ? Optional.of(kept(new Stored(record, full))) : Optional.empty();
    }

    /** Replaces a link as read; empty when someone else was first. */
    Optional<Stored> save(Stored old, LinkDoc next, List<Line> lines) {
        flush(old);
        LinkDoc full = withLines(next, lines);
        StoredRecord record = columns(old.record().next(), full);
        return kernel.tokens().replace(record) ? Optional.of(kept(new Stored(record, full))) : Optional.empty();
    }

    /** The history, its pending lines written first. */
    List<HistoryEntry> history(Stored stored) {
        flush(stored);
        return connections.history(stored.record().tenant(), stored.record().id());
    }

    private static StoredRecord columns(StoredRecord.Builder builder, LinkDoc doc) {
        return builder.status(doc.parted() ? "parted" : "linked")
                .dueAt(doc.checkAt())
                .attentionAt(LinkRule.driftSince(doc))
                .payload(Json.write(doc))
                .build();
    }

    private LinkDoc withLines(LinkDoc doc, List<Line> lines) {
        List<HistoryDoc> pending = new ArrayList<>();
        long sequence = doc.lastSequence();
        for (Line line : lines) {
            pending.add(new HistoryDoc(++sequence, kernel.now(), line.actor(), line.action(), line.detail()));
        }
        return doc.withHistory(sequence, pending);
    }

    private Stored kept(Stored stored) {
        flush(stored);
        for (HistoryDoc line : pending(stored)) {
            LinkspanEvent event = new LinkspanEvent.LinkChanged(
                    stored.owner(),
                    line.at(),
                    stored.id(),
                    line.sequence(),
                    line.actor(),
                    line.action(),
                    line.detail());
            kernel.observer().stored(event);
            kernel.tell(event);
        }
        return stored;
    }

    private static List<HistoryDoc> pending(Stored stored) {
        List<HistoryDoc> lines = stored.doc().pending();
        return lines == null ? List.of() : lines;
    }

    private void flush(Stored stored) {
        for (HistoryDoc line : pending(stored)) {
            kernel.tokens()
                    .appendHistory(new HistoryRecord(
                            stored.record().tenant(),
                            stored.record().id(),
                            line.sequence(),
                            line.at(),
                            Json.text(line)));
        }
    }
}
