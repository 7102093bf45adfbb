package io.linkspan.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a run does.
 *
 * @param workers how many worker processes work at once
 * @param publications how many posts are accepted, each to one connection
 * @param connections how many accounts, half of them on each platform
 * @param killEvery a worker is killed so often
 * @param database which database; one that is a cluster loses a server in the middle
 * @param person whether somebody answers for jobs in doubt, which takes ten minutes more; else they may be left
 * @param limit the run is given up after so long
 */
record Plan(
        int workers,
        int publications,
        int connections,
        Duration killEvery,
        Database database,
        boolean person,
        Duration limit) {
    static Plan of(String[] arguments) {
        List<String> given = List.of(arguments);
        return new Plan(
                number(given, "--workers", 4),
                number(given, "--publications", 20_000),
                number(given, "--connections", 2_000),
                Duration.ofSeconds(number(given, "--kill-every", 5)),
                Database.valueOf(word(given, "--database", "patroni").toUpperCase(Locale.ROOT)),
                true,
                Duration.ofMinutes(number(given, "--minutes", 60)));
    }

    private static int number(List<String> given, String name, int otherwise) {
        return Integer.parseInt(word(given, name, Integer.toString(otherwise)));
    }

    private static String word(List<String> given, String name, String otherwise) {
        int at = given.indexOf(name);
        return at >= 0 && at + 1 < given.size() ? given.get(at + 1) : otherwise;
    }
}
