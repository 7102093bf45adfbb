package io.linkspan.internal.link;

import io.linkspan.Platform;
import io.linkspan.connection.ConnectHelp;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.link.ManualUrl;
import io.linkspan.link.ProfileTrouble;
import io.linkspan.spi.HelpCase;
import io.linkspan.spi.HelpSignal;
import io.linkspan.spi.PlatformAdapter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Help for the link on a profile: counted from the reports in the history, pure otherwise. */
final class ProfileHelp {
    /** So many reports of a kind are kept within 24 hours; the help does not grow any more after them. */
    static final int MOST_REPORTS = 4;

    private static final Duration COUNTED = Duration.ofHours(24);
    private static final String ACTION = "profile_trouble";
    private static final String SETTLED = "profile_attested";

    private ProfileHelp() {}

    /** A report, as a line of history. */
    static Line line(Platform profile, ProfileTrouble trouble) {
        return new Line("person", ACTION, detail(profile, trouble));
    }

    private static String detail(Platform profile, ProfileTrouble trouble) {
        return profile + " " + trouble;
    }

    /** Reports of a kind within 24 hours, since the association was last seen. */
    static int reports(List<HistoryEntry> history, Platform profile, ProfileTrouble trouble, Instant now) {
        int reports = 0;
        for (HistoryEntry entry : history) {
            if (entry.action().equals(SETTLED)) {
                reports = 0;
            } else if (entry.action().equals(ACTION)
                    && entry.detail().equals(detail(profile, trouble))
                    && entry.at().isAfter(now.minus(COUNTED))) {
                reports++;
            }
        }
        return reports;
    }

    static ConnectHelp help(
            PlatformAdapter adapter,
            ProfileTrouble trouble,
            int reports,
            Optional<ManualUrl> url,
            boolean handlesDiffer,
            Instant now) {
        Map<String, String> values = new HashMap<>();
        url.ifPresent(found -> values.put("address", found.url().toString()));
        if (handlesDiffer) {
            values.put(HelpCase.HANDLES_DIFFER, "true");
        }
        HelpCase the = new HelpCase(
                HelpSignal.of("profile:" + trouble),
                Math.min(reports, MOST_REPORTS),
                0,
                values,
                new ConnectHelp.Report(now, adapter.platform(), "", "", trouble.name(), "", "", 0));
        return adapter.help().help(the);
    }
}
