package io.linkspan.internal.connection;

import io.linkspan.LinkspanException;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.explain.PlainWords;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.StoredRecord;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections out of a back-up: their tokens may have been replaced since, so they are proven before they are used. */
public final class RestoredConnections {
    private static final Logger log = LoggerFactory.getLogger(RestoredConnections.class);

    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final Renewer renewer;

    /** Over its parts. */
    public RestoredConnections(Kernel kernel, ConnectionRepository repository, Renewer renewer) {
        this.kernel = kernel;
        this.repository = repository;
        this.renewer = renewer;
    }

    /** Takes one connection; false when it has no tokens in use, or was taken before. */
    public boolean take(StoredRecord record, Instant takenAt) {
        Optional<Stored> stored = Optional.of(repository.read(record));
        while (stored.isPresent() && usable(stored.get().doc())) {
            Stored read = settled(stored.get());
            if (!usable(read.doc()) || saved(read, takenAt)) {
                return usable(read.doc());
            }
            stored = repository.find(record.tenant(), record.id());
        }
        return false;
    }

    private static boolean usable(ConnectionDoc doc) {
        TokenDoc token = doc.token();
        return doc.sides().local() == Sides.Local.HELD
                && token.phase() != TokenPhase.REAUTH_REQUIRED
                && token.sealed() != null
                && !token.isRestored();
    }

    /** An answer that was kept and not read holds a newer pair than the one beside it. */
    private Stored settled(Stored stored) {
        if (stored.doc().token().staged() == null) {
            return stored;
        }
        try {
            return renewer.renew(stored);
        } catch (LinkspanException e) {
            log.warn(
                    "a kept answer could not be read connection={}",
                    stored.record().id(),
                    e);
            return stored;
        }
    }

    private boolean saved(Stored stored, Instant takenAt) {
        Instant now = kernel.now();
        Evidence seen = new Evidence(
                "linkspan.recovery", now, TokenDoc.RESTORED, "from a back-up of " + PlainWords.time(takenAt));
        boolean asks = !kernel.adapter(stored.platform()).oauth().renewal().renewsExpired();
        ConnectionDoc next = stored.doc().withToken(stored.doc().token().restored(seen, now));
        return repository
                .save(
                        stored,
                        asks ? next.withCheckAt(now) : next,
                        new Line("linkspan", "restored_from_backup", seen.detail() + "; its tokens are proven first"))
                .isPresent();
    }
}
