package io.linkspan.internal.publish;

import io.linkspan.Platform;
import io.linkspan.TenantId;
import io.linkspan.UnreadableRecordException;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.connection.Views;
import io.linkspan.internal.wire.JobDoc;
import io.linkspan.internal.wire.JobNewsDoc;
import io.linkspan.publish.JobFacts;
import io.linkspan.publish.PublishJob;
import io.linkspan.spi.StoredRecord;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs as the public sees them, with the newest facts of their connections. */
final class JobViews {
    private final Kernel kernel;
    private final JobRepository jobs;
    private final ConnectionRepository connections;
    private final Views views;

    JobViews(Kernel kernel, JobRepository jobs, ConnectionRepository connections, Views views) {
        this.kernel = kernel;
        this.jobs = jobs;
        this.connections = connections;
        this.views = views;
    }

    /** A job as it is stored; one that cannot be read is shown as it was accepted, and says so. */
    PublishJob stored(StoredRecord record, JobDoc accepted) {
        try {
            JobDoc doc = jobs.read(record).doc();
            JobNewsDoc left = doc.news();
            boolean over = left != null && left.only();
            return job(
                    record.tenant(),
                    record.id(),
                    doc,
                    over ? null : record.dueAt().orElse(null));
        } catch (UnreadableRecordException e) {
            kernel.observer().leftOut(kernel.now(), record, e);
            Evidence seen = new Evidence(
                    PublishJob.UNREADABLE_SOURCE,
                    kernel.now(),
                    PublishJob.UNREADABLE_CODE,
                    String.valueOf(e.getMessage()));
            return job(record.tenant(), record.id(), accepted.seen(seen), null);
        }
    }

    /** A job in the words of its record. */
    PublishJob job(TenantId tenant, String id, JobDoc doc, @Nullable Instant nextLook) {
        Platform platform = Platform.of(doc.platform());
        return new PublishJob(
                id,
                doc.user(),
                new ConnectionId(doc.connection()),
                platform,
                doc.account(),
                doc.state().state(),
                doc.content().caption(),
                doc.handle() == null ? doc.handles() - 1 : doc.handles(),
                doc.cancel(),
                doc.evidence(),
                nextLook,
                new JobFacts(
                        doc.notBefore(),
                        doc.notAfter(),
                        connection(tenant, doc).orElse(null),
                        doc.mayLand(),
                        views.platformName(platform)));
    }

    /** Final states say nothing of the present, so the connection is read for open jobs only. */
    private Optional<Connection> connection(TenantId tenant, JobDoc doc) {
        if (doc.state().phase().terminal() || kernel.findAdapter(doc.platform()).isEmpty()) {
            return Optional.empty();
        }
        try {
            return connections.find(tenant, doc.connection()).map(views::connection);
        } catch (UnreadableRecordException e) {
            return Optional.empty(); // reported where connections are shown
        }
    }
}
