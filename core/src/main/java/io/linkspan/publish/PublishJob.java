package io.linkspan.publish;

import io.linkspan.Platform;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One publication at one target.
 *
 * @param id its id
 * @param user whose connection it is, within the tenant
 * @param connection the connection it goes through
 * @param platform the platform
 * @param account the account, for people
 * @param state where it stands
 * @param caption the text it posts
 * @param handles how many handles were made at the platform so far
 * @param cancelReason why somebody wants to stop it after its commit, or null
 * @param evidence what was seen, oldest first; the newest 50
 * @param nextLookAt when work goes on, or null when there is none
 * @param facts its time window and its connection
 */
public record PublishJob(
        String id,
        String user,
        ConnectionId connection,
        Platform platform,
        String account,
        PublishState state,
        String caption,
        int handles,
        @Nullable String cancelReason,
        List<Evidence> evidence,
        @Nullable Instant nextLookAt,
        JobFacts facts) {
    /** Source of the evidence that the stored record of a job cannot be read. */
    public static final String UNREADABLE_SOURCE = "linkspan.store";

    /** Code of the evidence that the stored record of a job cannot be read. */
    public static final String UNREADABLE_CODE = "unreadable_record";

    /**
     * Copies the list.
     *
     * @param id its id
     * @param user whose connection it is, within the tenant
     * @param connection the connection it goes through
     * @param platform the platform
     * @param account the account, for people
     * @param state where it stands
     * @param caption the text it posts
     * @param handles how many handles were made at the platform so far
     * @param cancelReason why somebody wants to stop it after its commit, or null
     * @param evidence what was seen, oldest first; the newest 50
     * @param nextLookAt when work goes on, or null when there is none
     * @param facts its time window and its connection
     */
    public PublishJob {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(connection, "connection");
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(caption, "caption");
        evidence = List.copyOf(evidence);
        Objects.requireNonNull(facts, "facts");
    }

    /**
     * When work goes on.
     *
     * @return the moment, if there is one
     */
    public Optional<Instant> nextLook() {
        return Optional.ofNullable(nextLookAt);
    }

    /**
     * Why somebody wants to stop it after its commit.
     *
     * @return the reason, if somebody does
     */
    public Optional<String> cancelWanted() {
        return Optional.ofNullable(cancelReason);
    }

    /**
     * Why the stored record of this job cannot be read, and what to do. The job is then shown as it was accepted, for its present state
     * is not known; nothing is sent for it until its record is restored.
     *
     * @return the reason; empty for a job that was read
     */
    public Optional<String> unreadable() {
        return evidence.stream()
                .filter(seen ->
                        seen.source().equals(UNREADABLE_SOURCE) && seen.code().equals(UNREADABLE_CODE))
                .map(Evidence::detail)
                .findFirst();
    }

    /** Names the account and the state, not the text. */
    @Override
    public String toString() {
        return "PublishJob[" + id + ", " + platform + ", " + state + "]";
    }
}
