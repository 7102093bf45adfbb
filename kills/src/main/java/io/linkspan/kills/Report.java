package io.linkspan.kills;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a run came to.
 *
 * @param store over which store
 * @param seed every draw came from it
 * @param wanted how many kills were asked for
 * @param accepted how many publications were accepted
 * @param tally what happened on the way
 * @param audit what is on the platforms
 * @param violations what must not be
 * @param time how long it took
 */
record Report(
        StoreKind store,
        long seed,
        int wanted,
        int accepted,
        Tally tally,
        Audit.Result audit,
        List<String> violations,
        Duration time) {

    boolean clean() {
        return violations.isEmpty();
    }

    String toText() {
        StringBuilder text = new StringBuilder();
        text.append("store ").append(store).append(", seed ").append(seed).append('\n');
        text.append(tally.toText());
        text.append("accepted ")
                .append(accepted)
                .append(" publications with ")
                .append(audit.jobs())
                .append(" jobs, ")
                .append(audit.replaced())
                .append(" of which needed another handle\n");
        text.append("ledgers: ")
                .append(audit.tiktok())
                .append(" posts on TikTok, ")
                .append(audit.instagram())
                .append(" posts on Instagram\n");
        text.append("connections asked at the end: ")
                .append(audit.connections())
                .append('\n');
        violations.forEach(
                violation -> text.append("violation: ").append(violation).append('\n'));
        text.append("took ").append(time.toSeconds()).append(" s\n");
        return text.toString();
    }

    /** The closing line of several runs. */
    static String goal(StoreKind store, int violations, int kills) {
        return "goal kills-" + store.name().toLowerCase(Locale.ROOT) + " measured " + violations + " violations in "
                + kills + " kills target 0 " + (violations == 0 ? "met" : "missed");
    }
}
