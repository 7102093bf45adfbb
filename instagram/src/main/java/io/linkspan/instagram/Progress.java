package io.linkspan.instagram;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far one container is, as a handle keeps it.
 *
 * @param id its id
 * @param stage what comes next
 * @param since since when it is in this stage
 * @param polls how often it was seen in progress
 * @param tries how many containers failed in its place before
 */
record Progress(String id, Stage stage, Instant since, int polls, int tries) {
    /** The page asks for one read a minute; images take 3 to 10 s and short reels half a minute, so the first come sooner. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));

    private static final Duration LONG = Duration.ofMinutes(30);
    private static final Duration SLOW = Duration.ofMinutes(5);
    private static final Pattern TEXT = Pattern.compile("(\\w{1,64}) (\\w{1,16}) (\\d{1,15}) (\\d{1,6}) (\\d{1,3})");

    /** What comes next for a container. */
    enum Stage {
        /** Its bytes have to be sent. */
        UPLOAD,
        /** Instagram works on it. */
        BUSY,
        /** As {@link #BUSY}, and the last read reported a failure in words that its code does not confirm. */
        DOUBTED,
        /** It is finished. */
        FINISHED,
        /** It failed, and another one is made in its place. */
        REPLACE
    }

    static Progress begun(String id, boolean uploads, Instant now, int tries) {
        return new Progress(id, uploads ? Stage.UPLOAD : Stage.BUSY, now, 0, tries);
    }

    /** Reads what {@link #text()} wrote; what cannot be read is a container to look at from now on. */
    static Progress of(String text, String id, Instant now) {
        Matcher parts = TEXT.matcher(text);
        if (parts.matches()) {
            for (Stage stage : Stage.values()) {
                if (stage.name().equals(parts.group(2))) {
                    return new Progress(
                            parts.group(1),
                            stage,
                            since(parts.group(3), now),
                            Integer.parseInt(parts.group(4)),
                            Integer.parseInt(parts.group(5)));
                }
            }
        }
        return begun(id, false, now, 0);
    }

    private static Instant since(String seconds, Instant now) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (DateTimeException e) {
            return now;
        }
    }

    String text() {
        return id + " " + stage + " " + since.getEpochSecond() + " " + polls + " " + tries;
    }

    Progress in(Stage next, Instant now) {
        return new Progress(id, next, now, 0, tries);
    }

    Progress polled() {
        return polled(Stage.BUSY);
    }

    /** A failure in words only: one read is no verdict. */
    Progress doubted() {
        return polled(Stage.DOUBTED);
    }

    private Progress polled(Stage next) {
        return new Progress(id, next, since, Math.min(polls + 1, 999_999), tries);
    }

    Progress failed(Instant now) {
        return new Progress(id, Stage.REPLACE, now, 0, tries + 1);
    }

    /** How long to wait before the next look. */
    Duration pause(Instant now) {
        if (Duration.between(since, now).compareTo(LONG) > 0) {
            return SLOW;
        }
        return PAUSES.get(Math.min(polls, PAUSES.size() - 1));
    }
}
