package io.linkspan.publish;

import io.linkspan.Owner;
import io.linkspan.connection.Explanation;
import io.linkspan.internal.explain.PublicationExplainer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One accepted post, as it stood at a moment.
 *
 * @param id its id
 * @param owner who submitted it
 * @param idempotencyKey the host's key
 * @param acceptedAt when it was accepted
 * @param localTime the wall-clock time that was asked for, for people, or null
 * @param waivers findings that did not stop it
 * @param jobs one per target, in order
 * @param asOf the moment
 */
public record Publication(
        PublicationId id,
        Owner owner,
        String idempotencyKey,
        Instant acceptedAt,
        @Nullable String localTime,
        List<Waiver> waivers,
        List<PublishJob> jobs,
        Instant asOf) {
    /**
     * Copies the lists.
     *
     * @param id its id
     * @param owner who submitted it
     * @param idempotencyKey the host's key
     * @param acceptedAt when it was accepted
     * @param localTime the wall-clock time that was asked for, for people, or null
     * @param waivers findings that did not stop it
     * @param jobs one per target, in order
     * @param asOf the moment
     */
    public Publication {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(idempotencyKey, "idempotencyKey");
        Objects.requireNonNull(acceptedAt, "acceptedAt");
        waivers = List.copyOf(waivers);
        jobs = List.copyOf(jobs);
        Objects.requireNonNull(asOf, "asOf");
    }

    /**
     * Whether every job has its final verdict.
     *
     * @return true when nothing more has to happen
     */
    public boolean settled() {
        return jobs.stream().allMatch(job -> job.state().phase().terminal());
    }

    /**
     * The wall-clock time that was asked for.
     *
     * @return the time with its zone, if it was given as one
     */
    public Optional<String> wallClockTime() {
        return Optional.ofNullable(localTime);
    }

    /**
     * Explains the publication for support staff: category, headline, reason, next steps and who acts, from the newest facts of the jobs
     * and of their connections; then evidence with its age, codes and trace ids. Does not call the platform.
     *
     * @return the explanation, as text and as JSON
     */
    public Explanation explain() {
        return PublicationExplainer.explain(this);
    }
}
