package io.linkspan.publish;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Objects;

/**
 * A moment as a person means it: a wall-clock time in a zone. Where clocks are put forward the time may not exist, where they
 * are put back it exists twice; what is meant then is stated, not guessed.
 *
 * @param local the time on the wall
 * @param zone where the wall is
 * @param gap what is meant by a time that does not exist
 * @param overlap what is meant by a time that exists twice
 */
public record PostTime(LocalDateTime local, ZoneId zone, Gap gap, Overlap overlap) {
    /**
     * Checks the arguments.
     *
     * @param local the time on the wall
     * @param zone where the wall is
     * @param gap what is meant by a time that does not exist
     * @param overlap what is meant by a time that exists twice
     */
    public PostTime {
        Objects.requireNonNull(local, "local");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(gap, "gap");
        Objects.requireNonNull(overlap, "overlap");
    }

    /**
     * A wall-clock time: one that does not exist is taken later by the length of the gap, of one that exists twice the earlier
     * is meant.
     *
     * @param local the time on the wall
     * @param zone where the wall is
     * @return the time
     */
    public static PostTime of(LocalDateTime local, ZoneId zone) {
        return new PostTime(local, zone, Gap.LATER, Overlap.EARLIER);
    }

    /**
     * A time that is resolved already, kept with its zone.
     *
     * @param time the time
     * @return the time; of two equal wall-clock times the one of its offset
     */
    public static PostTime of(ZonedDateTime time) {
        boolean later = time.withEarlierOffsetAtOverlap().getOffset().equals(time.getOffset());
        return new PostTime(time.toLocalDateTime(), time.getZone(), Gap.LATER, later ? Overlap.EARLIER : Overlap.LATER);
    }

    /**
     * With another meaning of a time that does not exist.
     *
     * @param next the meaning
     * @return a copy
     */
    public PostTime gap(Gap next) {
        return new PostTime(local, zone, next, overlap);
    }

    /**
     * With another meaning of a time that exists twice.
     *
     * @param next the meaning
     * @return a copy
     */
    public PostTime overlap(Overlap next) {
        return new PostTime(local, zone, gap, next);
    }

    /**
     * The moment that is meant.
     *
     * @return the moment
     * @throws IllegalArgumentException when the time does not exist or exists twice and that was to be refused
     */
    public Instant toInstant() {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.size() == 1) {
            return local.toInstant(offsets.get(0));
        }
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        if (offsets.isEmpty()) {
            return switch (gap) {
                case LATER -> local.toInstant(change.getOffsetBefore());
                case EARLIER -> local.toInstant(change.getOffsetAfter());
                case REFUSE ->
                    throw new IllegalArgumentException("the time " + local + " does not exist in " + zone
                            + ", where clocks go from " + change.getDateTimeBefore() + " to "
                            + change.getDateTimeAfter() + "; choose another time");
            };
        }
        return switch (overlap) {
            case EARLIER -> local.toInstant(change.getOffsetBefore());
            case LATER -> local.toInstant(change.getOffsetAfter());
            case REFUSE ->
                throw new IllegalArgumentException("the time " + local + " exists twice in " + zone
                        + ", where clocks go back from " + change.getDateTimeBefore() + " to "
                        + change.getDateTimeAfter() + "; say which one is meant");
        };
    }

    @Override
    public String toString() {
        return local + " " + zone;
    }

    /** What is meant by a time that does not exist. */
    public enum Gap {
        /** As much later as the clocks go forward: 02:30 becomes 03:30. */
        LATER,
        /** As much earlier: 02:30 becomes 01:30. */
        EARLIER,
        /** It is refused. */
        REFUSE
    }

    /** What is meant by a time that exists twice. */
    public enum Overlap {
        /** The first of the two. */
        EARLIER,
        /** The second of the two. */
        LATER,
        /** It is refused. */
        REFUSE
    }
}
