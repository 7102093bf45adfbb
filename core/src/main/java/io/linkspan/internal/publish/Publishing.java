package io.linkspan.internal.publish;

import io.linkspan.TenantId;
import io.linkspan.UnreadableRecordException;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository;
import io.linkspan.internal.connection.Connector;
import io.linkspan.internal.connection.Deletions;
import io.linkspan.internal.connection.Disconnector;
import io.linkspan.internal.connection.HealthCheck;
import io.linkspan.internal.connection.Removals;
import io.linkspan.internal.connection.Renewer;
import io.linkspan.internal.connection.TokenTrouble;
import io.linkspan.internal.connection.Views;
import io.linkspan.internal.explain.EndedAccess;
import io.linkspan.internal.publish.JobRepository.Stored;
import io.linkspan.link.AccountLinks;
import io.linkspan.publish.Fleet;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.Publisher;
import io.linkspan.spi.Handle;
import io.linkspan.spi.StoredRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the publishing side together, and is what the connection side knows of it. */
public final class Publishing {
    private static final Logger log = LoggerFactory.getLogger(Publishing.class);

    private final Kernel kernel;
    private final JobRepository jobs;
    private final Lanes lanes;
    private final DefaultPublisher publisher;
    private final JobRunner runner;
    private final Roster roster;
    private final Moves moves;

    /** Over its parts. */
    public Publishing(
            Kernel kernel,
            ConnectionRepository connections,
            Views views,
            AccountLinks links,
            Renewer renewer,
            TokenTrouble trouble) {
        this.kernel = kernel;
        this.jobs = new JobRepository(kernel);
        MediaFiles media = new MediaFiles(kernel);
        IntakeMedia intakeMedia = new IntakeMedia(kernel, media);
        this.lanes = new Lanes(kernel);
        this.moves = new Moves(jobs, media);
        Intake intake = new Intake(kernel, connections, views, links, renewer, lanes, intakeMedia);
        this.publisher = new DefaultPublisher(
                kernel, intake, intakeMedia, jobs, new JobViews(kernel, jobs, connections, views), moves);
        this.roster = new Roster(kernel);
        this.runner = new JobRunner(kernel, jobs, connections, renewer, trouble, media, lanes, moves);
    }

    /** What to do about jobs after a restored back-up. */
    public RestoredJobs restored() {
        return new RestoredJobs(kernel, jobs, moves, publisher);
    }

    /** Accepts posts. */
    public Publisher publisher() {
        return publisher;
    }

    /** Who works, and what waits. */
    public Fleet fleet() {
        return roster.look();
    }

    /** Writes for the last time what became of commits and no store has taken yet. */
    public void close() {
        runner.close();
    }

    /** A worker over this and the connection side. */
    public DefaultWorker worker(
            ConnectionRepository connections,
            Connector connector,
            Renewer renewer,
            HealthCheck healthCheck,
            Disconnector disconnector,
            Removals removals,
            Deletions deletions,
            Consumer<StoredRecord> links) {
        JobQueue queue = new JobQueue(kernel, jobs);
        DueWork due = new DueWork(
                kernel,
                queue,
                runner,
                jobs,
                publisher,
                connections,
                connector,
                renewer,
                healthCheck,
                disconnector,
                removals,
                deletions,
                links);
        return new DefaultWorker(kernel, runner, queue, due, connections, roster);
    }

    /**
     * Stops what has not been committed and looks once more at what has, while the token still works; a job that cannot be read is
     * left out, for it must not keep a person from disconnecting.
     *
     * @return whether something may have landed of which nothing is known yet
     */
    public boolean stop(ConnectionRepository.Stored connection) {
        String reason =
                EndedAccess.why(connection.doc().sides(), connection.doc().revoke() != null || stillHeld(connection));
        for (Stored job : jobs.readableOf(
                connection.record().tenant(), connection.record().id())) {
            if (!job.state().phase().afterCommit()) {
                publisher.cancel(job, reason);
            } else if (idle(job)) {
                runner.run(job, () -> false);
            } else if (job.state().phase() == PublishState.Phase.COMMITTING) {
                publisher.cancel(job, reason); // its sender sees that before it sends
            }
        }
        return jobs.readableOf(connection.record().tenant(), connection.record().id()).stream()
                .map(job -> job.state().phase())
                .anyMatch(phase -> phase.afterCommit() && phase != PublishState.Phase.AWAITING_DECISION);
    }

    /** A deletion stops its posts before anything is erased. */
    private static boolean stillHeld(ConnectionRepository.Stored connection) {
        return connection.doc().sides().local() == Sides.Local.HELD;
    }

    /** Takes out of jobs and publications what they say about the account. */
    public void forget(ConnectionRepository.Stored connection) {
        TenantId tenant = connection.record().tenant();
        String id = connection.record().id();
        jobs.readableOf(tenant, id).forEach(job -> forget(job, id));
        List<Stored> finished = jobs.readableFinishedOf(tenant, id);
        while (!finished.isEmpty()) {
            finished.forEach(job -> forget(job, id));
            finished = jobs.readableFinishedOf(tenant, id);
        }
    }

    private void forget(Stored job, String connection) {
        Optional<Stored> current = Optional.of(job);
        while (current.isPresent() && !forgotten(current.get())) {
            current = jobs.find(job.record().tenant(), job.record().id());
        }
        publisher.forget(job.record().tenant(), job.doc().publication(), connection);
    }

    private boolean forgotten(Stored job) {
        return jobs.save(job, job.doc().forgotten(), job.record().dueAt().orElse(null))
                .isPresent();
    }

    /** Makes the job with this handle due now. */
    public boolean lookAt(ConnectionRepository.Stored connection, String handle) {
        boolean found = false;
        for (Stored job : jobs.readableOf(
                connection.record().tenant(), connection.record().id())) {
            boolean watched = job.state().phase().afterCommit() && job.state().phase() != PublishState.Phase.COMMITTING;
            if (isNamed(job, handle) && (watched || job.state().phase() == PublishState.Phase.DELIVERED)) {
                found = true;
                jobs.save(job, job.doc(), kernel.now());
            }
        }
        return found;
    }

    /**
     * Keeps the name of something that the platform made for an account and that no job knows, when exactly one attempt of the
     * account lost the answer that would have named it.
     */
    public boolean named(List<ConnectionRepository.Stored> connections, String name) {
        Optional<Stored> job = nameless(connections, name);
        job.ifPresent(it -> {
            lanes.hint(it, name);
            if (it.state().phase() != PublishState.Phase.COMMITTING) {
                jobs.save(it, it.doc(), kernel.now());
            }
        });
        return job.isPresent();
    }

    /** The one attempt that can be meant; none when a job cannot be read, for it may be that one's. */
    private Optional<Stored> nameless(List<ConnectionRepository.Stored> connections, String name) {
        try {
            List<Stored> open = connections.stream()
                    .flatMap(one -> jobs
                            .ofConnection(one.record().tenant(), one.record().id())
                            .stream())
                    .toList();
            List<Stored> live =
                    open.stream().filter(job -> lacksName(job, name)).toList();
            boolean known = open.stream().anyMatch(job -> isNamed(job, name))
                    || connections.stream().anyMatch(one -> taken(one, name));
            return live.size() == 1 && !known ? Optional.of(live.get(0)) : Optional.empty();
        } catch (UnreadableRecordException e) {
            log.warn("a message names no post: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Whether the name is a job's own already, or may be that of one that is over. */
    private boolean taken(ConnectionRepository.Stored connection, String name) {
        return lanes.knows(connection, name)
                || jobs
                        .finishedOf(
                                connection.record().tenant(),
                                connection.record().id())
                        .stream()
                        .anyMatch(job -> isNamed(job, name) || lacksName(job, name));
    }

    private static boolean isNamed(Stored job, String name) {
        return job.doc().handle() != null && job.doc().handle().id().equals(name);
    }

    private boolean lacksName(Stored job, String name) {
        Handle handle = job.doc().mayLand() ? jobs.open(job) : null;
        return handle != null
                && kernel.findAdapter(job.doc().platform())
                        .flatMap(adapter -> adapter.publishing().named(handle, name))
                        .isPresent();
    }

    /** Whether no worker holds it, so that looking at it takes nothing from anybody. */
    private boolean idle(Stored job) {
        boolean looking = job.state().phase() != PublishState.Phase.COMMITTING
                && job.doc().looks() > 0;
        return looking
                || job.record()
                        .dueAt()
                        .filter(due -> !due.isAfter(kernel.now()))
                        .isPresent();
    }
}
