package io.linkspan.instagram;

import java.time.Duration;
import java.util.Objects;

/**
 * How posts are published.
 *
 * @param login how people sign in
 * @param pullVideos whether Instagram pulls videos too, where it could be given the bytes
 * @param leastProcessing how long a container may be in progress, however small its media
 * @param processingPerMebibyte how much longer for each mebibyte
 * @param copyrightWait how long after it was made a finished container waits for its copyright check
 */
record PublishOptions(
        Login login,
        boolean pullVideos,
        Duration leastProcessing,
        Duration processingPerMebibyte,
        Duration copyrightWait) {
    /** A reel of 300 MB gets 6 hours: measured were 3 to 40 s for short media, and nothing was found for long ones. */
    static final Duration LEAST_PROCESSING = Duration.ofHours(1);

    static final Duration PER_MEBIBYTE = Duration.ofMinutes(1);

    private static final Duration LONGEST_COPYRIGHT_WAIT = Duration.ofHours(20);

    PublishOptions {
        Objects.requireNonNull(login, "login");
        if (leastProcessing.compareTo(Duration.ofMinutes(5)) < 0 || leastProcessing.compareTo(Containers.LIFE) > 0) {
            throw new IllegalArgumentException(
                    "processingDeadline must leave at least 5 minutes and at most the 24 hours of a container, was "
                            + leastProcessing);
        }
        if (processingPerMebibyte.isNegative() || processingPerMebibyte.compareTo(Containers.LIFE) > 0) {
            throw new IllegalArgumentException(
                    "processingDeadline must add from 0 to 24 hours for a mebibyte, was " + processingPerMebibyte);
        }
        if (copyrightWait.isNegative() || copyrightWait.compareTo(LONGEST_COPYRIGHT_WAIT) > 0) {
            throw new IllegalArgumentException("copyrightWait must be from 0 to " + LONGEST_COPYRIGHT_WAIT.toHours()
                    + " hours, for a container lives 24, was " + copyrightWait);
        }
    }

    static PublishOptions of(Login login) {
        return new PublishOptions(login, false, LEAST_PROCESSING, PER_MEBIBYTE, Duration.ZERO);
    }

    /** Whether videos travel as bytes. Documented for Facebook Login only; images never do. */
    boolean uploadsVideos() {
        return login == Login.FACEBOOK && !pullVideos;
    }

    /** How long a container with so many bytes may be in progress. */
    Duration deadline(long bytes) {
        Duration more = processingPerMebibyte.multipliedBy(Math.min(bytes >> 20, 10_000));
        Duration all = leastProcessing.plus(more);
        return all.compareTo(Containers.LIFE) > 0 ? Containers.LIFE : all;
    }
}
