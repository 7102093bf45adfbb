package io.linkspan.jdbc;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells PostgreSQL from products that answer as PostgreSQL, by {@code SELECT version()}. */
final class PostgresProduct {
    private static final int OLDEST_VERIFIED = 14;
    private static final int LONGEST_SHOWN = 120;

    /** As the servers of the project and of its packagers write it; what a fork adds to it does not match. */
    private static final Pattern GENUINE = Pattern.compile("PostgreSQL (\\d+)(\\.\\d+|beta\\d+|rc\\d+|devel)?"
            + "( \\((Debian|Ubuntu|Homebrew|Postgres\\.app)[^()]*\\))?( on [\\w.-]+)?, compiled by .+, (32|64)-bit");

    private PostgresProduct() {}

    /** Why Linkspan is not verified on a server, and what to do; empty for a PostgreSQL that it is verified on, and newer ones. */
    static Optional<String> unverified(String version) {
        Matcher genuine = GENUINE.matcher(version);
        if (!genuine.matches()) {
            String shown = version.length() > LONGEST_SHOWN ? version.substring(0, LONGEST_SHOWN) + "..." : version;
            return Optional.of(
                    "the data source answers as PostgreSQL but is \"" + shown + "\", on which Linkspan is not"
                            + " verified. Run the contract kits of linkspan-testkit on it before you rely on it");
        }
        return Integer.parseInt(genuine.group(1)) < OLDEST_VERIFIED
                ? Optional.of("the data source is PostgreSQL " + genuine.group(1)
                        + ", on which Linkspan is not verified." + " Use PostgreSQL " + OLDEST_VERIFIED + " or later")
                : Optional.empty();
    }
}
