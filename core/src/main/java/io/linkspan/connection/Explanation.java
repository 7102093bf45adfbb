package io.linkspan.connection;

import io.linkspan.internal.explain.ExplanationWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A support-ready account of a connection, an account link or a publication: which kind of trouble it is, what is known from which
 * evidence, who does what next. Holds no secrets.
 *
 * @param kind {@code connection}, {@code link} or {@code publication}
 * @param id its id
 * @param name the account or accounts, for people
 * @param asOf the moment of the account
 * @param bucket which kind of trouble it is
 * @param verdict one sentence
 * @param known what is known
 * @param next who does what, in order; empty when nothing has to be done
 * @param history what happened last, oldest first
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
        List<HistoryEntry> history) {
    /**
     * Copies the lists.
     *
     * @param kind {@code connection}, {@code link} or {@code publication}
     * @param id its id
     * @param name the account or accounts, for people
     * @param asOf the moment of the account
     * @param bucket which kind of trouble it is
     * @param verdict one sentence
     * @param known what is known
     * @param next who does what, in order
     * @param history what happened last, oldest first
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
    }

    /**
     * The account for people.
     *
     * @return lines of text; times are UTC
     */
    public String toText() {
        return ExplanationWriter.text(this);
    }

    /**
     * The account for machines, in the form of {@code docs/explanation.schema.json}.
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

    /** The three kinds of trouble that support is asked about, and none of them. */
    public enum Bucket {
        /** Connected, but something that was wanted cannot be done or is not shown. */
        OPTION_MISSING,
        /** The platform does not take the authorization. */
        AUTHORIZATION_FAILS,
        /** It was removed, and some side of it still is or may be in force. */
        REMOVED_BUT_STILL_ACTIVE,
        /** Nothing is wrong. */
        NONE;

        /**
         * The bucket in words.
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
