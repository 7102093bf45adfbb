package io.linkspan.internal.explain;

import io.linkspan.connection.Explanation.Bucket;
import io.linkspan.connection.Explanation.Step;
import io.linkspan.connection.Explanation.Who;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A found situation in words: pure.
 *
 * @param category the category
 * @param headline what is so, and until when
 * @param reason why; may be empty
 * @param next who does what
 * @param until when it ends or is checked next; null when that is not known or has passed
 */
public record Wording(
        Bucket category,
        String headline,
        String reason,
        List<Step> next,
        @Nullable Instant until) {
    private static final Pattern GAP = Pattern.compile("\\{([a-z]+)}");

    /**
     * The words of a situation.
     *
     * @param platform the platform's name for users
     * @param name the account as users know it
     * @param abilities what is meant by {@code {ability}}; may be empty
     */
    static Wording of(Found found, String platform, String name, String abilities, Instant now) {
        Situation.Row row = found.situation().row();
        Instant time = found.time();
        boolean ahead = time != null && time.isAfter(now) && !found.situation().isFinal();
        boolean closed = found.situation().isFinal();
        boolean promised = row.next().stream().anyMatch(step -> step.who().equals(Who.LINKSPAN.name()));
        String shown = time == null ? "an unknown time" : PlainWords.time(time);
        Map<String, String> gaps = Map.of(
                "platform",
                platform,
                "name",
                name,
                "account",
                platform + " " + name,
                "time",
                shown,
                "until",
                ahead ? " until " + shown : "",
                "for",
                ahead ? " for " + shown : "",
                "again",
                ahead ? "at " + shown : "with the next run of a worker",
                "ability",
                abilities,
                "detail",
                found.detail(),
                "remedy",
                remedy(found.remedy(), closed, promised));
        List<Step> next = new ArrayList<>();
        for (Situation.StepRow step : row.next()) {
            String what = PlainWords.step(
                    PlainWords.plain(fill(step.what(), gaps)),
                    step.who().equals(Situation.ACTOR) && found.actor() == Who.PERSON);
            Who who = step.who().equals(Situation.ACTOR) ? found.actor() : Who.valueOf(step.who());
            boolean waits = step.who().equals(Situation.ACTOR)
                    && who == Who.PLATFORM
                    && row.next().size() > 1;
            if (who != null && !what.isEmpty() && !waits) { // another step says what follows
                next.add(new Step(who, what));
            }
        }
        String reason = PlainWords.plain(fill(row.reason(), gaps)).strip();
        return new Wording(
                row.category(),
                PlainWords.plain(fill(row.headline(), gaps)),
                closed ? PlainWords.withoutPromises(reason) : PlainWords.withoutResubmission(reason),
                List.copyOf(next),
                ahead ? time : null);
    }

    /** What follows by itself is a step of Linkspan, or nothing does. */
    private static String remedy(String remedy, boolean closed, boolean promised) {
        String left = closed ? remedy : PlainWords.withoutResubmission(remedy);
        return closed || promised ? PlainWords.withoutPromises(left) : left;
    }

    /** Each gap once, so that what fills one cannot open another. */
    private static String fill(String text, Map<String, String> gaps) {
        return GAP.matcher(text)
                .replaceAll(gap -> Matcher.quoteReplacement(gaps.getOrDefault(gap.group(1), gap.group())));
    }
}
