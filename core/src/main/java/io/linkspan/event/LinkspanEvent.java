package io.linkspan.event;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectionId;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishState;
import java.time.Instant;
import java.util.Objects;

/** Everything a host can hear. None holds a secret. */
public sealed interface LinkspanEvent {
    /**
     * Whose.
     *
     * @return the owner
     */
    Owner owner();

    /**
     * When.
     *
     * @return the moment
     */
    Instant at();

    /**
     * A connection changed.
     *
     * @param owner whose
     * @param at when
     * @param connection its id
     * @param platform the platform
     * @param action stable code, as in the history
     * @param detail in words
     */
    record ConnectionChanged(
            Owner owner, Instant at, ConnectionId connection, Platform platform, String action, String detail)
            implements LinkspanEvent {
        /**
         * Checks the arguments.
         *
         * @param owner whose
         * @param at when
         * @param connection its id
         * @param platform the platform
         * @param action stable code, as in the history
         * @param detail in words
         */
        public ConnectionChanged {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(connection, "connection");
            Objects.requireNonNull(platform, "platform");
            Objects.requireNonNull(action, "action");
            Objects.requireNonNull(detail, "detail");
        }
    }

    /**
     * A job moved to another state.
     *
     * @param owner whose
     * @param at when
     * @param publication the publication
     * @param job the job
     * @param platform the platform
     * @param from the state before
     * @param to the state after
     */
    record JobMoved(
            Owner owner,
            Instant at,
            PublicationId publication,
            String job,
            Platform platform,
            PublishState from,
            PublishState to)
            implements LinkspanEvent {
        /**
         * Checks the arguments.
         *
         * @param owner whose
         * @param at when
         * @param publication the publication
         * @param job the job
         * @param platform the platform
         * @param from the state before
         * @param to the state after
         */
        public JobMoved {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(publication, "publication");
            Objects.requireNonNull(job, "job");
            Objects.requireNonNull(platform, "platform");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }
    }

    /**
     * Bytes have left. Not durable, at most one per 64 KiB.
     *
     * @param owner whose
     * @param at when
     * @param publication the publication
     * @param job the job
     * @param platform the platform
     * @param sent bytes so far
     * @param total bytes in all
     */
    record UploadProgress(
            Owner owner, Instant at, PublicationId publication, String job, Platform platform, long sent, long total)
            implements LinkspanEvent {
        /**
         * Checks the arguments.
         *
         * @param owner whose
         * @param at when
         * @param publication the publication
         * @param job the job
         * @param platform the platform
         * @param sent bytes so far
         * @param total bytes in all
         */
        public UploadProgress {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(publication, "publication");
            Objects.requireNonNull(job, "job");
            Objects.requireNonNull(platform, "platform");
        }
    }
}
