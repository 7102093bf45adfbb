package io.linkspan.simulation;

import io.linkspan.simulation.Happening.Where;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what happens at each point of a history. */
interface Plan {

    /**
     * What happens.
     *
     * @param point number of the point
     * @param where what kind of point
     * @param what which call or record
     * @return the event, or null when all goes well
     */
    @Nullable
    Event at(int point, Where where, String what);

    /** Nothing ever happens. */
    static Plan calm() {
        return (point, where, what) -> null;
    }

    /** These events and no others. */
    static Plan of(Collection<Event> events) {
        Map<Integer, Event> byPoint =
                events.stream().collect(Collectors.toMap(Event::point, Function.identity(), (first, second) -> first));
        return (point, where, what) -> {
            Event event = byPoint.get(point);
            return event != null && Happening.at(where).contains(event.what()) ? event : null;
        };
    }

    /** Points around a commit or a spent token see more than others. */
    private static int weight(Where where, String what) {
        boolean near = where == Where.SEND
                ? what.startsWith("COMMIT") || what.startsWith("SPEND")
                : where == Where.WRITE && what.endsWith("committing");
        return near ? 8 : 1;
    }

    /**
     * Draws by a seed.
     *
     * @param seed decides everything
     * @param rates how often what happens
     * @return the plan
     */
    static Plan random(long seed, Rates rates) {
        return (point, where, what) -> {
            double rate = Math.min(0.6, rates.at(where) * weight(where, what));
            double share = Mix.share(seed, point);
            if (share >= rate) {
                return null;
            }
            List<Happening> all = rates.kinds(where);
            if (all.isEmpty()) {
                return null;
            }
            long salt = Mix.of(seed ^ 0x5DEECE66DL, point);
            return new Event(point, all.get((int) (share / rate * all.size())), salt);
        };
    }
}
