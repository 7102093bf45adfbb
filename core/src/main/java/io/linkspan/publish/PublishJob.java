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
 * @param connection the connection it goes through
 * @param platform the platform
 * @param account the account, for people
 * @param state where it stands
 * @param handles how many handles were made at the platform so far
 * @param evidence what was seen, oldest first; the newest 50
 * @param nextLookAt when work goes on, or null when there is none
 */
public record PublishJob(
        String id,
        ConnectionId connection,
        Platform platform,
        String account,
        PublishState state,
        int handles,
        List<Evidence> evidence,
        @Nullable Instant nextLookAt) {
    /**
     * Copies the list.
     *
     * @param id its id
     * @param connection the connection it goes through
     * @param platform the platform
     * @param account the account, for people
     * @param state where it stands
     * @param handles how many handles were made at the platform so far
     * @param evidence what was seen, oldest first; the newest 50
     * @param nextLookAt when work goes on, or null when there is none
     */
    public PublishJob {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(connection, "connection");
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(state, "state");
        evidence = List.copyOf(evidence);
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
     * A support-ready account.
     *
     * @return state, evidence and what happens next
     */
    public String explain() {
        StringBuilder text = new StringBuilder("  ")
                .append(platform)
                .append(' ')
                .append(account)
                .append(": ")
                .append(state.describe());
        evidence.forEach(
                seen -> text.append(System.lineSeparator()).append("    - ").append(seen.describe()));
        nextLook()
                .ifPresent(at -> text.append(System.lineSeparator())
                        .append("    next look at ")
                        .append(at));
        return text.toString();
    }
}
