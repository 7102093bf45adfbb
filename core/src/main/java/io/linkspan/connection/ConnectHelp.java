package io.linkspan.connection;

import io.linkspan.Platform;
import io.linkspan.spi.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Help for a user whose account cannot be connected, or is connected no longer: the likely cause, the steps in order, and who acts.
 *
 * <p>The steps grow with each failure in the same bucket. The fourth failure, or one that only the operator can end, stops offering
 * another attempt and has a {@link #report()}. Holds no code, token, state or secret, so that it may be shown and logged.
 *
 * @param row stable name of the row in the table of signals, such as {@code tiktok.redirect_uri}
 * @param bucket kind of trouble
 * @param attempt number of the failure within 24 hours, from 1; 0 before the first attempt
 * @param words the texts
 * @param actor who can change something
 * @param offerAgain whether a button for another attempt belongs on the page
 * @param freshLogin whether the next attempt should ask the user to sign in again ({@link ConnectRequest#withFreshLogin()}); Linkspan
 *     does it by itself from the third attempt on
 * @param operatorReport facts for the operator, or null as long as the user can act
 */
public record ConnectHelp(
        String row,
        Bucket bucket,
        int attempt,
        Words words,
        Actor actor,
        boolean offerAgain,
        boolean freshLogin,
        @Nullable Report operatorReport) {
    /**
     * Checks the arguments.
     *
     * @param row stable name of the row in the table of signals
     * @param bucket kind of trouble
     * @param attempt number of the failure within 24 hours, from 1; 0 before the first attempt
     * @param words the texts
     * @param actor who can change something
     * @param offerAgain whether a button for another attempt belongs on the page
     * @param freshLogin whether the next attempt should ask the user to sign in again
     * @param operatorReport facts for the operator, or null
     */
    public ConnectHelp {
        Objects.requireNonNull(row, "row");
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(words, "words");
        Objects.requireNonNull(actor, "actor");
    }

    /** Kind of trouble. Failures are counted per owner, platform and bucket. */
    public enum Bucket {
        /** Connected or eligible in principle, but a function, an account or a setting is missing. */
        OPTION_MISSING,
        /** The platform does not complete the authorization. */
        AUTHORIZATION_FAILS,
        /** A connection or a profile link that existed is gone. */
        LOOKS_REMOVED,
        /** No failure: what to know before the first attempt. */
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

    /**
     * The texts of a help page, in plain English for the user of the account.
     *
     * @param headline what happened
     * @param cause the likely cause; may be empty
     * @param notTheCause what need not be changed, such as the password; may be empty
     * @param kept what was stored or is still there
     * @param steps what the user does, in order; at least one
     * @param operatorSteps what the operator checks, in order; may be empty, never for the user
     */
    public record Words(
            String headline,
            String cause,
            String notTheCause,
            String kept,
            List<String> steps,
            List<String> operatorSteps) {
        /**
         * Copies the lists.
         *
         * @param headline what happened
         * @param cause the likely cause; may be empty
         * @param notTheCause what need not be changed; may be empty
         * @param kept what was stored or is still there
         * @param steps what the user does, in order
         * @param operatorSteps what the operator checks, in order
         */
        public Words {
            Objects.requireNonNull(headline, "headline");
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(notTheCause, "notTheCause");
            Objects.requireNonNull(kept, "kept");
            steps = List.copyOf(steps);
            operatorSteps = List.copyOf(operatorSteps);
        }
    }

    /**
     * Facts for the operator. The host adds the browser family, which Linkspan does not see.
     *
     * @param at time of the failure
     * @param platform the platform; null when a callback did not belong to any known connect
     * @param connectId id of the connect, as in {@link ConnectRedirect#connectId()}; may be empty
     * @param row row of the table of signals
     * @param code the platform's error code, or Linkspan's reason; may be empty
     * @param traceId the platform's id for support; may be empty
     * @param redirectHost host name of the redirect address; may be empty
     * @param users number of users of the tenant with the same row within the last hour, this one included; 0 when not counted
     */
    public record Report(
            Instant at,
            @Nullable Platform platform,
            String connectId,
            String row,
            String code,
            String traceId,
            String redirectHost,
            int users) {
        /**
         * Checks the arguments.
         *
         * @param at time of the failure
         * @param platform the platform, or null
         * @param connectId id of the connect; may be empty
         * @param row row of the table of signals
         * @param code the platform's error code, or Linkspan's reason; may be empty
         * @param traceId the platform's id for support; may be empty
         * @param redirectHost host name of the redirect address; may be empty
         * @param users number of users of the tenant with the same row within the last hour
         */
        public Report {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(connectId, "connectId");
            Objects.requireNonNull(row, "row");
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(traceId, "traceId");
            Objects.requireNonNull(redirectHost, "redirectHost");
        }

        /**
         * The facts in one line, for a ticket or a log.
         *
         * @return such as {@code 2026-11-30T09:00:00Z tiktok row=tiktok.redirect_uri code=invalid_request …}
         */
        public String describe() {
            StringBuilder line = new StringBuilder().append(at).append(' ').append(platform == null ? "-" : platform);
            add(line, "row", row);
            add(line, "code", code);
            add(line, "trace", traceId);
            add(line, "connect", connectId);
            add(line, "redirect", redirectHost);
            add(line, "users", users > 1 ? String.valueOf(users) : "");
            return line.toString();
        }

        private static void add(StringBuilder line, String name, String value) {
            if (!value.isEmpty()) {
                line.append(' ').append(name).append('=').append(value);
            }
        }
    }

    /**
     * What happened.
     *
     * @return one short sentence
     */
    public String headline() {
        return words.headline();
    }

    /**
     * The likely cause.
     *
     * @return a sentence; may be empty
     */
    public String cause() {
        return words.cause();
    }

    /**
     * What the user does, in order.
     *
     * @return the steps; at least one
     */
    public List<String> steps() {
        return words.steps();
    }

    /**
     * Facts for the operator.
     *
     * @return the report; empty as long as the user can act
     */
    public Optional<Report> report() {
        return Optional.ofNullable(operatorReport);
    }

    /**
     * The help for the user as plain text.
     *
     * @return headline, cause, what was kept, and the numbered steps, in lines
     */
    public String toText() {
        StringBuilder text = new StringBuilder(words.headline());
        for (String sentence : List.of(words.cause(), words.notTheCause(), words.kept())) {
            if (!sentence.isEmpty()) {
                text.append('\n').append(sentence);
            }
        }
        for (int i = 0; i < words.steps().size(); i++) {
            text.append('\n').append(i + 1).append(". ").append(words.steps().get(i));
        }
        return text.toString();
    }
}
