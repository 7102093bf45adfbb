package io.linkspan.connection;

import io.linkspan.internal.explain.ExplanationWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a connection, an account link or a publication for support staff: category, headline, reason, next steps and known
 * facts with their evidence. Derived from the newest stored facts; holds no secrets.
 *
 * @param kind {@code connection}, {@code link} or {@code publication}
 * @param id its id
 * @param name the account or accounts, as users know them
 * @param asOf the time of the facts
 * @param bucket the category
 * @param verdict the headline: the state in one sentence, and until when it lasts
 * @param known known facts
 * @param next next steps in order; empty when nothing has to be done
 * @param history the newest history entries, oldest first
 * @param reason the reason for the state; empty when there is nothing to add to the headline
 * @param until when the state ends or is checked next; null when no time is known
 */
public record Explanation(
        String kind,
        String id,
        String name,
        Instant asOf,
        Bucket bucket,
        String verdict,
        List<Fact> known,
        List<Step> next,
        List<HistoryEntry> history,
        String reason,
        @Nullable Instant until) {
    /**
     * Copies the lists.
     *
     * @param kind {@code connection}, {@code link} or {@code publication}
     * @param id its id
     * @param name the account or accounts, as users know them
     * @param asOf the time of the facts
     * @param bucket the category
     * @param verdict the headline
     * @param known known facts
     * @param next next steps in order
     * @param history the newest history entries, oldest first
     * @param reason the reason for the state; may be empty
     * @param until when the state ends or is checked next, or null
     */
    public Explanation {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(asOf, "asOf");
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(verdict, "verdict");
        known = List.copyOf(known);
        next = List.copyOf(next);
        history = List.copyOf(history);
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * Who acts next.
     *
     * @return who does the first step; empty when nothing has to be done
     */
    public Optional<Who> who() {
        return next.stream().map(Step::who).findFirst();
    }

    /**
     * The explanation as text.
     *
     * @return lines of text; times are UTC
     */
    public String toText() {
        return ExplanationWriter.text(this);
    }

    /**
     * The explanation as JSON, in the form of {@code docs/explanation.schema.json}.
     *
     * @return a JSON object
     */
    public String toJson() {
        return ExplanationWriter.json(this);
    }

    /**
     * The same as {@link #toText()}.
     *
     * @return lines of text
     */
    @Override
    public String toString() {
        return toText();
    }

    /** The categories. {@link #NONE} only when nothing is blocked, overdue or waiting. */
    public enum Bucket {
        /** A permission or a setting is missing. */
        OPTION_MISSING,
        /** The platform does not accept the authorization. */
        AUTHORIZATION_FAILS,
        /** It was removed, and some side of it still is or may be in force. */
        REMOVED_BUT_STILL_ACTIVE,
        /** Nothing is wrong. */
        NONE,
        /** Scheduled or being worked on as planned. */
        IN_PROGRESS,
        /** Work is due and no worker has taken it. */
        OVERDUE,
        /** A limit of the platform, which passes with time. */
        LIMIT_REACHED,
        /** The platform is not available or answers with errors. */
        PLATFORM_TROUBLE,
        /** Media cannot be read, fetched or processed. */
        MEDIA_TROUBLE,
        /** The platform restricts the account. */
        ACCOUNT_RESTRICTED,
        /** The platform refuses this post. */
        POST_REFUSED,
        /** It is not known whether the post appeared. */
        RESULT_UNKNOWN,
        /** Someone has to look at the profile and answer. */
        DECISION_NEEDED,
        /** The user has to act on the platform to finish. */
        USER_ACTION_NEEDED,
        /** The consent ends soon. */
        CONSENT_ENDS_SOON,
        /** Cancelled or expired; nothing was posted. */
        NOT_POSTED,
        /** A stored record cannot be read. */
        RECORD_DAMAGED;

        /**
         * The category in words.
         *
         * @return such as {@code option missing}
         */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Who can do something. */
    public enum Who {
        /** The person whose account it is. */
        PERSON,
        /** The product's operator, in the platform's developer portal. */
        OPERATOR,
        /** The developers of the product. */
        DEVELOPER,
        /** Nobody but time or the platform. */
        PLATFORM,
        /** Linkspan itself, as long as a worker runs. */
        LINKSPAN
    }

    /**
     * Something that is known.
     *
     * @param about what it is about, such as {@code status} or {@code PUBLISH_VIDEO}
     * @param says what is known, in words
     * @param since since when, or null when that is not known or means nothing
     * @param evidence the observation it rests on, or null when it rests on our own record
     */
    public record Fact(
            String about,
            String says,
            @Nullable Instant since,
            @Nullable Evidence evidence) {
        /**
         * Checks the arguments.
         *
         * @param about what it is about
         * @param says what is known, in words
         * @param since since when, or null
         * @param evidence the observation it rests on, or null
         */
        public Fact {
            Objects.requireNonNull(about, "about");
            Objects.requireNonNull(says, "says");
        }

        /**
         * The observation it rests on.
         *
         * @return the evidence; empty when it rests on our own record
         */
        public Optional<Evidence> seen() {
            return Optional.ofNullable(evidence);
        }
    }

    /**
     * Something to do.
     *
     * @param who who does it
     * @param what what to do, in words
     */
    public record Step(Who who, String what) {
        /**
         * Checks the arguments.
         *
         * @param who who does it
         * @param what what to do, in words
         */
        public Step {
            Objects.requireNonNull(who, "who");
            Objects.requireNonNull(what, "what");
        }
    }
}
