package io.linkspan.publish;

import io.linkspan.internal.explain.PlainWords;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where one job stands. Final verdicts are never said without evidence or the word of a named person, and are left only when the platform
 * itself names the post after all.
 */
public sealed interface PublishState {
    /**
     * Which case this is.
     *
     * @return the phase
     */
    Phase phase();

    /**
     * One sentence for people.
     *
     * @return the sentence
     */
    String describe();

    /** The cases, for an exhaustive {@code switch}. */
    enum Phase {
        /** {@link Accepted}. */
        ACCEPTED(false),
        /** {@link Preparing}. */
        PREPARING(false),
        /** {@link Prepared}. */
        PREPARED(false),
        /** {@link Committing}. */
        COMMITTING(false),
        /** {@link Confirming}. */
        CONFIRMING(false),
        /** {@link InDoubt}. */
        IN_DOUBT(false),
        /** {@link AwaitingDecision}. */
        AWAITING_DECISION(false),
        /** {@link Delivered}. */
        DELIVERED(true),
        /** {@link Published}. */
        PUBLISHED(true),
        /** {@link Failed}. */
        FAILED(true),
        /** {@link Cancelled}. */
        CANCELLED(true),
        /** {@link Expired}. */
        EXPIRED(true);

        private final boolean terminal;

        Phase(boolean terminal) {
            this.terminal = terminal;
        }

        /**
         * Whether nothing has to follow.
         *
         * @return true for a verdict; it may still become PUBLISHED, when a draft is posted or late evidence shows the post
         */
        public boolean terminal() {
            return terminal;
        }

        /**
         * Whether the commit may have left, so that only reads are allowed.
         *
         * @return true from COMMITTING to AWAITING_DECISION
         */
        public boolean afterCommit() {
            return this == COMMITTING || this == CONFIRMING || this == IN_DOUBT || this == AWAITING_DECISION;
        }
    }

    /** Accepted, not begun. */
    record Accepted() implements PublishState {
        @Override
        public Phase phase() {
            return Phase.ACCEPTED;
        }

        @Override
        public String describe() {
            return "accepted, not begun";
        }
    }

    /** Being prepared at the platform; nothing can appear yet. */
    record Preparing() implements PublishState {
        @Override
        public Phase phase() {
            return Phase.PREPARING;
        }

        @Override
        public String describe() {
            return "being prepared; nothing can appear yet";
        }
    }

    /**
     * Ready at the platform, not committed.
     *
     * @param handle the platform's id of the attempt
     */
    record Prepared(String handle) implements PublishState {
        /**
         * Checks the argument.
         *
         * @param handle the platform's id of the attempt
         */
        public Prepared {
            Objects.requireNonNull(handle, "handle");
        }

        @Override
        public Phase phase() {
            return Phase.PREPARED;
        }

        @Override
        public String describe() {
            return "prepared as " + handle + ", not committed";
        }
    }

    /**
     * The commit is about to leave or has left; stored before it leaves.
     *
     * @param handle the platform's id of the attempt
     * @param since when
     */
    record Committing(String handle, Instant since) implements PublishState {
        /**
         * Checks the arguments.
         *
         * @param handle the platform's id of the attempt
         * @param since when
         */
        public Committing {
            Objects.requireNonNull(handle, "handle");
            Objects.requireNonNull(since, "since");
        }

        @Override
        public Phase phase() {
            return Phase.COMMITTING;
        }

        @Override
        public String describe() {
            return "committing " + handle + " since " + PlainWords.time(since);
        }
    }

    /**
     * The platform took the commit and works on it.
     *
     * @param handle the platform's id of the attempt
     * @param since when it took it
     */
    record Confirming(String handle, Instant since) implements PublishState {
        /**
         * Checks the arguments.
         *
         * @param handle the platform's id of the attempt
         * @param since when it took it
         */
        public Confirming {
            Objects.requireNonNull(handle, "handle");
            Objects.requireNonNull(since, "since");
        }

        @Override
        public Phase phase() {
            return Phase.CONFIRMING;
        }

        @Override
        public String describe() {
            return "taken by the platform as " + handle + ", being processed since " + PlainWords.time(since);
        }
    }

    /**
     * The commit may or may not have taken effect; only its handle is read.
     *
     * @param handle the platform's id of the attempt
     * @param since when doubt began
     * @param why the reason
     */
    record InDoubt(String handle, Instant since, String why) implements PublishState {
        /**
         * Checks the arguments.
         *
         * @param handle the platform's id of the attempt
         * @param since when doubt began
         * @param why the reason
         */
        public InDoubt {
            Objects.requireNonNull(handle, "handle");
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(why, "why");
        }

        @Override
        public Phase phase() {
            return Phase.IN_DOUBT;
        }

        @Override
        public String describe() {
            return "checking whether " + handle + " was posted (" + PlainWords.times(why) + ")";
        }
    }

    /**
     * The platform does not tell; a person has to look, or later evidence settles it.
     *
     * @param handle the platform's id of the attempt
     * @param since when
     * @param why the reason
     */
    record AwaitingDecision(String handle, Instant since, String why) implements PublishState {
        /**
         * Checks the arguments.
         *
         * @param handle the platform's id of the attempt
         * @param since when
         * @param why the reason
         */
        public AwaitingDecision {
            Objects.requireNonNull(handle, "handle");
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(why, "why");
        }

        @Override
        public Phase phase() {
            return Phase.AWAITING_DECISION;
        }

        @Override
        public String describe() {
            return "waiting for a decision on " + handle + " since " + PlainWords.time(since) + " ("
                    + PlainWords.times(why) + "): look at the profile and answer with decide(...)";
        }
    }

    /**
     * In the person's inbox on the platform, where the person decides whether it becomes a post. Becomes {@link Published} when
     * the platform says later that it did; that may never happen.
     *
     * @param instruction what the person has to do
     * @param at when the evidence came
     */
    record Delivered(String instruction, Instant at) implements PublishState {
        /**
         * Checks the arguments.
         *
         * @param instruction what the person has to do
         * @param at when the evidence came
         */
        public Delivered {
            Objects.requireNonNull(instruction, "instruction");
            Objects.requireNonNull(at, "at");
        }

        @Override
        public Phase phase() {
            return Phase.DELIVERED;
        }

        @Override
        public String describe() {
            return "delivered to the inbox at " + PlainWords.time(at) + ": " + instruction;
        }
    }

    /**
     * Posted.
     *
     * @param postId the post's id, or empty when the platform does not tell
     * @param permalink its public address, or null when not known
     * @param at when the evidence came
     */
    record Published(String postId, @Nullable URI permalink, Instant at) implements PublishState {
        /**
         * Checks the arguments.
         *
         * @param postId the post's id, or empty when the platform does not tell
         * @param permalink its public address, or null when not known
         * @param at when the evidence came
         */
        public Published {
            Objects.requireNonNull(postId, "postId");
            Objects.requireNonNull(at, "at");
        }

        @Override
        public Phase phase() {
            return Phase.PUBLISHED;
        }

        @Override
        public String describe() {
            return "published at " + PlainWords.time(at) + (postId.isEmpty() ? ", id unknown" : " as " + postId)
                    + (permalink == null ? "" : ", " + permalink);
        }
    }

    /**
     * Not posted, for certain; or given up without evidence, see {@link #attested()}.
     *
     * @param failure the reason
     */
    record Failed(Failure failure) implements PublishState {
        /**
         * Checks the argument.
         *
         * @param failure the reason
         */
        public Failed {
            Objects.requireNonNull(failure, "failure");
        }

        @Override
        public Phase phase() {
            return Phase.FAILED;
        }

        /**
         * Whether this rests on a person's word and not on evidence of the platform. Evidence of a post then still turns it into
         * {@link Published}.
         *
         * @return true after {@link Decision#GIVE_UP}
         */
        public boolean attested() {
            return failure.code().equals(Failure.GIVEN_UP);
        }

        @Override
        public String describe() {
            return (attested() ? "ended without evidence whether it was posted: " : "failed, nothing was posted: ")
                    + failure.describe();
        }
    }

    /**
     * Stopped before the commit.
     *
     * @param reason who stopped it and why
     */
    record Cancelled(String reason) implements PublishState {
        /**
         * Checks the argument.
         *
         * @param reason who stopped it and why
         */
        public Cancelled {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public Phase phase() {
            return Phase.CANCELLED;
        }

        @Override
        public String describe() {
            return "cancelled, nothing was posted: " + PlainWords.times(reason);
        }
    }

    /**
     * Could not be committed in time; nothing was posted.
     *
     * @param at its latest moment
     */
    record Expired(Instant at) implements PublishState {
        /**
         * Checks the argument.
         *
         * @param at its latest moment
         */
        public Expired {
            Objects.requireNonNull(at, "at");
        }

        @Override
        public Phase phase() {
            return Phase.EXPIRED;
        }

        @Override
        public String describe() {
            return "expired, nothing was posted: could not be sent before " + PlainWords.time(at);
        }
    }
}
