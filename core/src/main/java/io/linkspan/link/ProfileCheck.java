package io.linkspan.link;

import io.linkspan.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether two profiles point at each other, as it was last looked at.
 *
 * @param directions one per profile, by platform name
 * @param handles whether both accounts have one handle
 * @param at when it was looked at
 */
public record ProfileCheck(List<Direction> directions, Handles handles, Instant at) {
    /**
     * Copies the list.
     *
     * @param directions one per profile
     * @param handles whether both accounts have one handle
     * @param at when it was looked at
     */
    public ProfileCheck {
        directions = List.copyOf(directions);
        Objects.requireNonNull(handles, "handles");
        Objects.requireNonNull(at, "at");
    }

    /**
     * The direction that starts at a profile.
     *
     * @param profile the platform whose profile was looked at
     * @return what it shows; empty when the link has no account there
     */
    public Optional<Direction> on(Platform profile) {
        return directions.stream()
                .filter(direction -> direction.profile().equals(profile))
                .findFirst();
    }

    /**
     * Whether something that was there is there no longer.
     *
     * @return true when any direction drifted
     */
    public boolean drifted() {
        return directions.stream().anyMatch(direction -> direction.drift().isPresent());
    }

    /**
     * One direction.
     *
     * @param profile the platform whose profile was looked at
     * @param shows the platform whose account it should show
     * @param sighting whether it does, and how we know
     * @param drifted what was there and is there no longer, or null
     */
    public record Direction(
            Platform profile,
            Platform shows,
            Sighting sighting,
            @Nullable Drift drifted) {
        /**
         * Checks the arguments.
         *
         * @param profile the platform whose profile was looked at
         * @param shows the platform whose account it should show
         * @param sighting whether it does, and how we know
         * @param drifted what was there and is there no longer, or null
         */
        public Direction {
            Objects.requireNonNull(profile, "profile");
            Objects.requireNonNull(shows, "shows");
            Objects.requireNonNull(sighting, "sighting");
        }

        /**
         * What was there and is there no longer.
         *
         * @return the drift; empty when there is none
         */
        public Optional<Drift> drift() {
            return Optional.ofNullable(drifted);
        }

        /**
         * Whether the association is known to stand.
         *
         * @return true when it was found or attested, and has not drifted
         */
        public boolean shown() {
            boolean seen = sighting.kind() == Sighting.Kind.FOUND || sighting.kind() == Sighting.Kind.ATTESTED;
            return seen && drifted == null;
        }
    }

    /**
     * What was there and is there no longer.
     *
     * @param since when it was first missed
     * @param what what is missing, in words
     */
    public record Drift(Instant since, String what) {
        /**
         * Checks the arguments.
         *
         * @param since when it was first missed
         * @param what what is missing, in words
         */
        public Drift {
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(what, "what");
        }
    }

    /**
     * Whether both accounts have one handle, which is what people look for.
     *
     * @param verdict the answer
     * @param detail the handles, in words
     */
    public record Handles(Verdict verdict, String detail) {
        /**
         * Checks the arguments.
         *
         * @param verdict the answer
         * @param detail the handles, in words
         */
        public Handles {
            Objects.requireNonNull(verdict, "verdict");
            Objects.requireNonNull(detail, "detail");
        }

        /** The answers. */
        public enum Verdict {
            /** One handle on both platforms, letter case aside. */
            SAME,
            /** Two handles. */
            DIFFERENT,
            /** A handle is not known. */
            UNKNOWN
        }
    }
}
