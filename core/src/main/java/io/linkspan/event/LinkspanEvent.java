package io.linkspan.event;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectionId;
import io.linkspan.link.AccountLinkId;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishState;
import io.linkspan.spi.Cause;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything a host can hear: plain records of texts, numbers and moments. None holds a secret.
 *
 * <p>A {@link Durable} event is told after its change is in the store, at least once, and in order per subject; a repeat has
 * the same subject and sequence. The others are told at most once.
 */
public sealed interface LinkspanEvent {
    /**
     * Whose. For an event about the app, the owner at whose account it was noticed.
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
     * Why, when it tells of a failure.
     *
     * @return operation, cause class, platform code, trace id, who can act, and what to do
     */
    default Optional<Cause> failure() {
        return Optional.empty();
    }

    /** An event that rests on a stored change. */
    sealed interface Durable extends LinkspanEvent {
        /**
         * What changed.
         *
         * @return id of the connection, account link or job
         */
        String subject();

        /**
         * Its place among the events of its subject. Grows, not always by one.
         *
         * @return the position
         */
        long sequence();
    }

    /**
     * A connection changed.
     *
     * @param owner whose
     * @param at when
     * @param connection the connection
     * @param platform the platform
     * @param account the account as people know it
     * @param sequence position in the history
     * @param actor who: {@code linkspan}, {@code platform}, {@code person} or the host's own words
     * @param action stable code, as in the history
     * @param detail in words
     */
    record ConnectionChanged(
            Owner owner,
            Instant at,
            ConnectionId connection,
            Platform platform,
            String account,
            long sequence,
            String actor,
            String action,
            String detail)
            implements Durable {
        /**
         * Checks the arguments.
         *
         * @param owner whose
         * @param at when
         * @param connection the connection
         * @param platform the platform
         * @param account the account as people know it
         * @param sequence position in the history
         * @param actor who: {@code linkspan}, {@code platform}, {@code person} or the host's own words
         * @param action stable code, as in the history
         * @param detail in words
         */
        public ConnectionChanged {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(connection, "connection");
            Objects.requireNonNull(platform, "platform");
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(actor, "actor");
            Objects.requireNonNull(action, "action");
            Objects.requireNonNull(detail, "detail");
        }

        @Override
        public String subject() {
            return connection.value();
        }
    }

    /**
     * Something a connection needs did not work: a renewal, a look, a revocation.
     *
     * @param owner whose
     * @param at when
     * @param connection the connection
     * @param platform the platform
     * @param account the account as people know it
     * @param sequence position in the history
     * @param actor who: {@code linkspan}, {@code platform}, {@code person} or the host's own words
     * @param action stable code, as in the history
     * @param detail in words
     * @param cause why, and who can do something
     */
    record ConnectionFailed(
            Owner owner,
            Instant at,
            ConnectionId connection,
            Platform platform,
            String account,
            long sequence,
            String actor,
            String action,
            String detail,
            Cause cause)
            implements Durable {
        /**
         * Checks the arguments.
         *
         * @param owner whose
         * @param at when
         * @param connection the connection
         * @param platform the platform
         * @param account the account as people know it
         * @param sequence position in the history
         * @param actor who: {@code linkspan}, {@code platform}, {@code person} or the host's own words
         * @param action stable code, as in the history
         * @param detail in words
         * @param cause why, and who can do something
         */
        public ConnectionFailed {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(connection, "connection");
            Objects.requireNonNull(platform, "platform");
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(actor, "actor");
            Objects.requireNonNull(action, "action");
            Objects.requireNonNull(detail, "detail");
            Objects.requireNonNull(cause, "cause");
        }

        @Override
        public String subject() {
            return connection.value();
        }

        @Override
        public Optional<Cause> failure() {
            return Optional.of(cause);
        }
    }

    /**
     * Two connections were joined or parted. Told once, after the change is stored; a crash in between loses it.
     *
     * @param owner whose
     * @param at when
     * @param link the account link
     * @param sequence position in the history
     * @param actor who: {@code linkspan}, {@code platform}, {@code person} or the host's own words
     * @param action stable code, as in the history
     * @param detail in words
     */
    record LinkChanged(
            Owner owner, Instant at, AccountLinkId link, long sequence, String actor, String action, String detail)
            implements LinkspanEvent {
        /**
         * Checks the arguments.
         *
         * @param owner whose
         * @param at when
         * @param link the account link
         * @param sequence position in the history
         * @param actor who: {@code linkspan}, {@code platform}, {@code person} or the host's own words
         * @param action stable code, as in the history
         * @param detail in words
         */
        public LinkChanged {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(link, "link");
            Objects.requireNonNull(actor, "actor");
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
     * @param connection the connection
     * @param platform the platform
     * @param account the account as people know it
     * @param sequence position in the history
     * @param from the state before
     * @param to the state after
     * @param cause why it failed, or null when it did not
     */
    record JobMoved(
            Owner owner,
            Instant at,
            PublicationId publication,
            String job,
            ConnectionId connection,
            Platform platform,
            String account,
            long sequence,
            PublishState from,
            PublishState to,
            @Nullable Cause cause)
            implements Durable {
        /**
         * Checks the arguments.
         *
         * @param owner whose
         * @param at when
         * @param publication the publication
         * @param job the job
         * @param connection the connection
         * @param platform the platform
         * @param account the account as people know it
         * @param sequence position in the history
         * @param from the state before
         * @param to the state after
         * @param cause why it failed, or null when it did not
         */
        public JobMoved {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(publication, "publication");
            Objects.requireNonNull(job, "job");
            Objects.requireNonNull(connection, "connection");
            Objects.requireNonNull(platform, "platform");
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }

        @Override
        public String subject() {
            return job;
        }

        @Override
        public Optional<Cause> failure() {
            return Optional.ofNullable(cause);
        }
    }

    /**
     * Bytes have left. At most one per 64 KiB; left out when a listener is behind.
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

    /**
     * A connect ended without a connection.
     *
     * @param owner whose
     * @param at when
     * @param connectId its id, as in {@link io.linkspan.connection.ConnectRedirect#connectId()}
     * @param platform the platform
     * @param action stable code, such as {@code connect_timed_out} or {@code connect_denied}
     * @param detail in words
     */
    record ConnectEnded(Owner owner, Instant at, String connectId, Platform platform, String action, String detail)
            implements LinkspanEvent {
        /**
         * Checks the arguments.
         *
         * @param owner whose
         * @param at when
         * @param connectId its id, as in {@link io.linkspan.connection.ConnectRedirect#connectId()}
         * @param platform the platform
         * @param action stable code, such as {@code connect_timed_out} or {@code connect_denied}
         * @param detail in words
         */
        public ConnectEnded {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(connectId, "connectId");
            Objects.requireNonNull(platform, "platform");
            Objects.requireNonNull(action, "action");
            Objects.requireNonNull(detail, "detail");
        }
    }

    /**
     * The set-up of the app keeps something from working, for every account of it alike: one alert for the operator.
     *
     * <p>Told once per app and code within an hour in each process, beside the failures of the single accounts.
     *
     * @param owner whose
     * @param at when
     * @param platform the platform
     * @param registration the app registration
     * @param cause why, and who can do something
     */
    record ConfigurationFault(Owner owner, Instant at, Platform platform, String registration, Cause cause)
            implements LinkspanEvent {
        /**
         * Checks the arguments.
         *
         * @param owner whose
         * @param at when
         * @param platform the platform
         * @param registration the app registration
         * @param cause why, and who can do something
         */
        public ConfigurationFault {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(platform, "platform");
            Objects.requireNonNull(registration, "registration");
            Objects.requireNonNull(cause, "cause");
        }

        @Override
        public Optional<Cause> failure() {
            return Optional.of(cause);
        }
    }

    /**
     * A platform answered with a code that the catalogue does not know: the platform has changed, or the catalogue is behind.
     *
     * <p>Told once per operation and code within an hour in each process.
     *
     * @param owner whose
     * @param at when
     * @param platform the platform
     * @param operation the operation that was answered
     * @param code the code as it came
     * @param cause why, and who can do something
     */
    record DriftNoticed(Owner owner, Instant at, Platform platform, String operation, String code, Cause cause)
            implements LinkspanEvent {
        /**
         * Checks the arguments.
         *
         * @param owner whose
         * @param at when
         * @param platform the platform
         * @param operation the operation that was answered
         * @param code the code as it came
         * @param cause why, and who can do something
         */
        public DriftNoticed {
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(platform, "platform");
            Objects.requireNonNull(operation, "operation");
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(cause, "cause");
        }

        @Override
        public Optional<Cause> failure() {
            return Optional.of(cause);
        }
    }
}
