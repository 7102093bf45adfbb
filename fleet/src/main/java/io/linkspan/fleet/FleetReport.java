package io.linkspan.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to.
 *
 * @param plan what was to be done
 * @param took from the first worker to the end of the last job
 * @param kills workers killed
 * @param failover how long the database had no primary; null when it kept it
 * @param repeatedSubmits how often a submit was not answered and was repeated with the same key
 * @param takeovers how long jobs at the point of no return waited for another worker, in order
 * @param audit what is on the platforms
 * @param violations what must not be
 */
record FleetReport(
        Plan plan,
        Duration took,
        int kills,
        @Nullable Duration failover,
        int repeatedSubmits,
        List<Duration> takeovers,
        FleetAudit audit,
        List<String> violations) {
    private static final double LONGEST_TAKEOVER = 60;

    String toText() {
        StringBuilder text = new StringBuilder();
        text.append(plan.workers()).append(" worker processes, ").append(plan.publications());
        text.append(" publications over ").append(plan.connections()).append(" connections, took ");
        text.append(took.toSeconds()).append(" s, ");
        text.append(decimal(plan.publications() / (took.toMillis() / 1000.0))).append(" publications/s\n");
        text.append("killed ").append(kills).append(" workers; primary of the database ");
        text.append(failover == null ? "not killed" : "killed, another one after " + seconds(failover) + " s");
        text.append("; ").append(repeatedSubmits).append(" submits repeated\n");
        text.append("jobs whose worker died at the point of no return: ").append(takeovers.size());
        if (!takeovers.isEmpty()) {
            text.append(", taken over after ").append(seconds(takeovers.get(takeovers.size() / 2)));
            text.append(" s (median), ").append(seconds(longest())).append(" s (longest)");
        }
        text.append("\nposts ").append(audit.posts()).append(", left in doubt ").append(audit.doubts());
        text.append(", jobs that needed another handle ");
        text.append(audit.replaced()).append('\n');
        violations.stream()
                .limit(50)
                .forEach(it -> text.append("violation: ").append(it).append('\n'));
        return text.toString();
    }

    String goals() {
        return goal("double-posts", audit.duplicates(), 0)
                + goal("lost", audit.lost(), 0)
                + goal("wrong", audit.wrong(), 0)
                + (takeovers.isEmpty()
                        ? ""
                        : goal("longest-takeover-seconds", longest().toMillis() / 1000.0, LONGEST_TAKEOVER));
    }

    private Duration longest() {
        return takeovers.get(takeovers.size() - 1);
    }

    private static String goal(String name, double measured, double target) {
        return "goal fleet/" + name + " measured " + decimal(measured) + " target " + decimal(target) + " "
                + (measured <= target ? "met" : "missed") + "\n";
    }

    private static String seconds(Duration time) {
        return decimal(time.toMillis() / 1000.0);
    }

    private static String decimal(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }
}
