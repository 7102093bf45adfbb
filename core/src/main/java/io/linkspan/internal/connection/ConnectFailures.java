package io.linkspan.internal.connection;

import io.linkspan.Owner;
import io.linkspan.TenantId;
import io.linkspan.connection.ConnectHelp.Bucket;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.PendingConnects.Pending;
import io.linkspan.internal.wire.FailureDoc;
import io.linkspan.internal.wire.PendingDoc;
import io.linkspan.internal.wire.PendingDoc.Stage;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Counts failed connects from the records that ended connects leave behind for a day; nothing of its own is stored.
 *
 * <p>A connect that was never finished counts as a failed authorization once it is a minute old, so that a double click is no failure. A
 * connect that worked starts the count anew.
 */
final class ConnectFailures {
    private static final Duration COUNTED = Duration.ofHours(24);
    private static final Duration SPREAD = Duration.ofHours(1);
    private static final Duration GIVEN_UP = Duration.ofMinutes(1);
    private static final int MOST = 200;

    private final Kernel kernel;
    private final PendingConnects pendings;

    ConnectFailures(Kernel kernel, PendingConnects pendings) {
        this.kernel = kernel;
        this.pendings = pendings;
    }

    /** Failures in a bucket since the last success, without this connect. */
    int before(Owner owner, String platform, Bucket bucket, String thisOne) {
        return (int) sinceSuccess(owner, platform).stream()
                .filter(pending -> !pending.id().equals(thisOne))
                .filter(pending -> bucket(pending.doc()).filter(bucket::equals).isPresent())
                .count();
    }

    /** Failures in any bucket since the last success. */
    int before(Owner owner, String platform) {
        return (int) sinceSuccess(owner, platform).stream()
                .filter(pending -> bucket(pending.doc()).isPresent())
                .count();
    }

    /** The newest connect that did not come back. */
    Optional<Pending> unreturned(Owner owner, String platform) {
        return sinceSuccess(owner, platform).stream()
                .filter(pending ->
                        pending.doc().stage() == Stage.OPEN || pending.doc().stage() == Stage.EXPIRED)
                .max(Comparator.comparing(pending -> pending.doc().createdAt()));
    }

    private List<Pending> sinceSuccess(Owner owner, String platform) {
        Instant from = kernel.now().minus(COUNTED);
        List<Pending> all = kernel
                .tokens()
                .page(owner.tenant(), RecordKind.PENDING_CONNECT, owner.user(), Kernel.idsFrom(from), MOST)
                .stream()
                .map(pendings::read)
                .filter(pending -> pending.doc().platform().equals(platform)
                        && !pending.doc().isImport())
                .toList();
        Instant success = all.stream()
                .map(Pending::doc)
                .filter(doc -> doc.connection() != null && doc.failure() == null)
                .map(PendingDoc::createdAt)
                .max(Comparator.naturalOrder())
                .orElse(from);
        return all.stream()
                .filter(pending -> pending.doc().createdAt().isAfter(success))
                .toList();
    }

    private Optional<Bucket> bucket(PendingDoc doc) {
        FailureDoc failure = doc.failure();
        if (failure != null) {
            return Optional.of(failure.bucket());
        }
        boolean left = doc.stage() == Stage.EXPIRED
                || (doc.stage() == Stage.OPEN && !doc.createdAt().plus(GIVEN_UP).isAfter(kernel.now()));
        return left ? Optional.of(Bucket.AUTHORIZATION_FAILS) : Optional.empty();
    }

    /** Number of users of a tenant with one row within the last hour. */
    int users(TenantId tenant, String platform, String row) {
        Instant now = kernel.now();
        return (int)
                kernel.tokens().attention(tenant, RecordKind.PENDING_CONNECT, now.minus(SPREAD), "", now, MOST).stream()
                        .filter(record -> failedBy(pendings.read(record).doc(), platform, row))
                        .map(StoredRecord::user)
                        .distinct()
                        .count();
    }

    private static boolean failedBy(PendingDoc doc, String platform, String row) {
        FailureDoc failure = doc.failure();
        return failure != null
                && doc.platform().equals(platform)
                && failure.row().equals(row);
    }
}
