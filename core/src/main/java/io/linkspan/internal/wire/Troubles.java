package io.linkspan.internal.wire;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long tries of a job before its commit have failed: pure. Each kind of trouble has a count of its own, from the first try that failed
 * so. Trouble of the other kind neither starts it anew nor stops it; a try with which the platform got further ends both.
 *
 * @param platformSince since when tries have failed that reached the platform, moved by the time without tries
 * @param mediaSince since when tries have failed at the host's media, moved in the same way
 * @param at the last try that failed
 * @param last why it failed
 */
record Troubles(
        @Nullable Instant platformSince,
        @Nullable Instant mediaSince,
        @Nullable Instant at,
        @Nullable Trouble last) {
    /** Tries of a running worker are never further apart; what is longer is no trouble but a time without tries. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    static final Troubles NONE = new Troubles(null, null, null, null);

    /** Of a stored job. Earlier records have one count, that of the kind of the last try. */
    static Troubles of(JobDoc doc) {
        boolean earlier = doc.trouble() == Trouble.MEDIA && doc.mediaTroubleSince() == null;
        return new Troubles(
                earlier ? null : doc.troubleSince(),
                earlier ? doc.troubleSince() : doc.mediaTroubleSince(),
                doc.troubledAt(),
                doc.trouble());
    }

    /** After one more try that failed. */
    Troubles failed(Instant now, Trouble by) {
        Instant platform = moved(platformSince, now);
        Instant media = moved(mediaSince, now);
        return by == Trouble.PLATFORM
                ? new Troubles(platform == null ? now : platform, media, now, by)
                : new Troubles(platform, media == null ? now : media, now, by);
    }

    private @Nullable Instant moved(@Nullable Instant since, Instant now) {
        if (since == null || at == null) {
            return null;
        }
        Duration untried = Duration.between(at, now).minus(LONGEST_PAUSE);
        return untried.isNegative() ? since : since.plus(untried);
    }

    /** After a try at which the media could be used; what the platform failed stays counted. */
    Troubles mediaUsable() {
        if (mediaSince == null) {
            return this;
        }
        return platformSince == null ? NONE : new Troubles(platformSince, null, at, Trouble.PLATFORM);
    }

    /** How long tries have failed since the first that failed so. */
    Duration lasted(Trouble by) {
        Instant since = by == Trouble.PLATFORM ? platformSince : mediaSince;
        return since == null || at == null ? Duration.ZERO : Duration.between(since, at);
    }
}
