package io.linkspan.simulation;

import java.util.ArrayList;
import java.util.List;

/** Takes events out of a failing history, as long as it still fails. */
final class Shrinker {
    private Shrinker() {}

    /** As few of the events as make the history fail; all of them when they do not fail by themselves. */
    static List<Event> shrink(Scenario scenario, List<Event> happened) {
        List<Event> left = new ArrayList<>(happened);
        if (!fails(scenario, left)) {
            return left;
        }
        int before;
        do {
            before = left.size();
            left = pass(scenario, left);
        } while (left.size() < before);
        return left;
    }

    private static List<Event> pass(Scenario scenario, List<Event> events) {
        List<Event> left = events;
        for (int size = Math.max(1, left.size() / 2); size >= 1; size /= 2) {
            for (int from = 0; from < left.size(); ) {
                List<Event> fewer = new ArrayList<>(left);
                fewer.subList(from, Math.min(left.size(), from + size)).clear();
                if (fails(scenario, fewer)) {
                    left = fewer;
                } else {
                    from += size;
                }
            }
        }
        return left;
    }

    private static boolean fails(Scenario scenario, List<Event> events) {
        return !Guard.of(0, seed -> History.run(scenario, Plan.of(events))).clean();
    }
}
