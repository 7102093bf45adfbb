package io.linkspan.publish;

import io.linkspan.connection.Connection;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Facts around a job, as they were when it was read.
 *
 * @param notBefore earliest time of the post, or null
 * @param notAfter latest time of the post, or null
 * @param connection the connection the job uses; null when the job has ended, or when it no longer exists or cannot be read
 * @param mayHaveLeft whether an earlier request to publish may still take effect
 * @param platformName the platform's name for users, such as {@code TikTok}
 */
public record JobFacts(
        @Nullable Instant notBefore,
        @Nullable Instant notAfter,
        @Nullable Connection connection,
        boolean mayHaveLeft,
        String platformName) {
    /**
     * Checks the arguments.
     *
     * @param notBefore earliest time of the post, or null
     * @param notAfter latest time of the post, or null
     * @param connection the connection the job uses, or null
     * @param mayHaveLeft whether an earlier request to publish may still take effect
     * @param platformName the platform's name for users
     */
    public JobFacts {
        Objects.requireNonNull(platformName, "platformName");
    }

    /**
     * The connection the job uses.
     *
     * @return the connection; empty when the job has ended, or when it no longer exists or cannot be read
     */
    public Optional<Connection> through() {
        return Optional.ofNullable(connection);
    }
}
