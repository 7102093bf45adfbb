package io.linkspan.internal.wire;

import io.linkspan.internal.explain.PlainWords;
import io.linkspan.internal.json.Json;
import io.linkspan.json.core.JacksonException;
import io.linkspan.spi.Cause;
import io.linkspan.spi.HistoryRecord;
import io.linkspan.spi.Texts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of history, kept in the record until it is in the history.
 *
 * @param sequence position
 * @param at when
 * @param actor who
 * @param action stable code
 * @param detail in words
 * @param cause why, when it tells of a failure
 */
public record HistoryDoc(
        long sequence,
        Instant at,
        String actor,
        String action,
        String detail,
        @Nullable Cause cause) implements Payload.Checked {
    @Override
    public void check() {
        Payload.need(at, actor, action, detail);
    }

    /** Reads a line of history; one that somebody changed says so in its place. */
    public static HistoryDoc read(HistoryRecord line) {
        try {
            HistoryDoc doc = Json.read(line.text().getBytes(StandardCharsets.UTF_8), HistoryDoc.class);
            doc.check();
            return doc;
        } catch (JacksonException | NullPointerException e) { // not shown: the message holds what it met
            return new HistoryDoc(
                    line.sequence(),
                    line.at(),
                    "linkspan",
                    "unreadable",
                    "this line was changed outside Linkspan and cannot be read; restore it");
        }
    }

    /** Longest detail. */
    public static final int MOST_DETAIL = 2048;

    /** Cleans the texts and cuts them, so that a store can keep the line; times have the form that all texts use, also in lines of hosts and platforms. */
    public HistoryDoc {
        actor = Texts.cleanedLines(actor, Texts.MOST_REASON);
        action = Texts.cleaned(action, Texts.MOST_ID);
        detail = Texts.cleanedLines(PlainWords.times(detail), MOST_DETAIL);
    }

    /** A line that tells of no failure. */
    public HistoryDoc(long sequence, Instant at, String actor, String action, String detail) {
        this(sequence, at, actor, action, detail, null);
    }
}
