package io.linkspan.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a lease of another node ends, whatever that node's clock says. A lease that ends later than the longest legal one was written by a
 * clock that is ahead; it counts as taken when this process first saw it, for it cannot have been taken later. A holder that lives
 * renews it, and each renewal is seen anew. Thread-safe.
 */
public final class LeaseWatch {
    private static final Logger log = LoggerFactory.getLogger(LeaseWatch.class);
    private static final int MOST_SEEN = 10_000;
    private static final int MOST_REPORTED = 1_000;

    private final Map<String, Sighting> seen = new LinkedHashMap<>();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    private record Sighting(Instant end, Instant at) {}

    /**
     * Whether a lease is over.
     *
     * @param what what is leased, unique
     * @param holder who holds it, for the report: a node, or a job
     * @param end its stored end
     * @param longest the longest legal lease of this kind
     * @param now the present time
     * @return false while its holder may live
     */
    public boolean over(String what, String holder, Instant end, Duration longest, Instant now) {
        Instant latest = now.plus(longest);
        if (end.isAfter(latest.plus(Settings.SKEW))) {
            report(holder, Duration.between(latest, end));
        }
        Instant taken = takenAtTheLatest(what, end, end.isAfter(latest), now);
        boolean over = !now.isBefore(end) || !now.isBefore(taken.plus(longest));
        if (over && !end.isAfter(latest)) {
            forget(what);
        }
        return over;
    }

    private synchronized void forget(String what) {
        seen.remove(what);
    }

    private synchronized Instant takenAtTheLatest(String what, Instant end, boolean tooLong, Instant now) {
        Sighting known = seen.get(what);
        // a clock of this node that was set back sees it anew
        if (known != null && known.end().equals(end) && !now.isBefore(known.at())) {
            return known.at();
        }
        if (tooLong) {
            remember(what, new Sighting(end, now));
        }
        return now;
    }

    private void remember(String what, Sighting sighting) {
        seen.remove(what);
        seen.put(what, sighting);
        Iterator<String> oldest = seen.keySet().iterator();
        while (seen.size() > MOST_SEEN) {
            oldest.next();
            oldest.remove();
        }
    }

    private void report(String holder, Duration ahead) {
        if (reported.size() < MOST_REPORTED && reported.add(holder)) {
            log.warn(
                    "the lease of {} ends {} min later than any lease may; its clock, or this one, is wrong. Set the clocks"
                            + " by NTP.",
                    holder,
                    ahead.toMinutes());
        }
    }
}
