package io.linkspan.spi;

import io.linkspan.connection.ConnectHelp;
import io.linkspan.connection.ConnectHelp.Bucket;
import io.linkspan.connection.ConnectHelp.Report;
import io.linkspan.connection.ConnectHelp.Words;
import io.linkspan.spi.HelpCatalogue.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From a signal, the failures so far and both catalogues to the help: pure. */
final class HelpRule {
    /** The failure from which another attempt is no longer offered. */
    static final int LAST = 4;

    static final HelpCatalogue COMMON = HelpCatalogue.load(HelpRule.class, "connect-help.json", "");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

    private HelpRule() {}

    /** The row of a signal; the last common row fits everything. */
    static Row row(HelpCatalogue own, HelpSignal signal, int failures) {
        return own.find(signal, failures)
                .or(() -> COMMON.find(signal, failures))
                .orElseThrow(() -> new IllegalStateException("the last row of the common help must fit everything"));
    }

    /** The help for a case. */
    static ConnectHelp help(HelpCatalogue own, HelpCase the) {
        Row row = row(own, the.signal(), the.failures());
        boolean profile = the.signal().key().startsWith("profile:");
        boolean counted = row.bucket() != Bucket.NONE;
        int last = profile ? LAST : row.offer().operatorAfter();
        boolean over = counted && row.offer().again() && the.failures() >= last;
        Map<String, String> values = new HashMap<>(the.values());
        own.platform().ifPresent(name -> values.putIfAbsent("platform", name));
        boolean many = row.offer().app() && the.users() >= HelpCase.MANY_USERS;
        boolean again = row.offer().again() && !over && !many;
        Actor actor = many || (over && !profile) ? Actor.OPERATOR : row.actor();
        List<String> steps;
        if (many) {
            steps = texts(own, "many");
        } else if (over) {
            steps = texts(own, profile ? "profile-final" : "final");
        } else {
            steps = new ArrayList<>();
            if (again && counted) {
                for (int failures = 2; failures <= Math.min(the.failures(), LAST - 1); failures++) {
                    steps.addAll(texts(own, (profile ? "profile-growth:" : "growth:") + failures));
                }
            }
            if (the.values().containsKey(HelpCase.HANDLES_DIFFER)) {
                steps.addAll(texts(own, HelpCase.HANDLES_DIFFER));
            }
            steps.addAll(row.words().steps());
        }
        Words words = new Words(
                filled((many ? "Known problem: " : "") + row.words().headline(), values),
                filled(row.words().cause(), values),
                filled(row.words().notTheCause(), values),
                filled(
                        row.words().kept().isEmpty()
                                ? kept(the.signal())
                                : row.words().kept(),
                        values),
                steps.stream().map(step -> filled(step, values)).toList(),
                row.words().operatorSteps().stream()
                        .map(step -> filled(step, values))
                        .toList());
        boolean reported = actor == Actor.OPERATOR || actor == Actor.DEVELOPER;
        return new ConnectHelp(
                row.name(),
                row.bucket(),
                the.failures(),
                words,
                actor,
                again,
                again && (row.offer().fresh() || the.failures() > 1),
                reported ? report(the, row) : null);
    }

    private static Report report(HelpCase the, Row row) {
        Report facts = the.facts();
        return new Report(
                facts.at(),
                facts.platform(),
                facts.connectId(),
                row.name(),
                facts.code(),
                facts.traceId(),
                facts.redirectHost(),
                the.users());
    }

    private static List<String> texts(HelpCatalogue own, String key) {
        return own.find(HelpSignal.of(key), 0)
                .or(() -> COMMON.find(HelpSignal.of(key), 0))
                .map(row -> row.words().steps())
                .orElse(List.of());
    }

    /** What a failure of this kind leaves behind. */
    private static String kept(HelpSignal signal) {
        String kind = signal.key().replaceAll(":.*", "");
        return switch (kind) {
            case "before" -> "";
            case "connected", "blocked" -> "The account stays connected.";
            case "ended", "removed" -> "Nothing is posted to this account until it is connected.";
            case "profile" -> "Both accounts stay connected here; only the link on the profile is concerned.";
            default -> "No account data was stored, and existing connections were not changed.";
        };
    }

    private static String filled(String text, Map<String, String> values) {
        Matcher found = PLACEHOLDER.matcher(text);
        return found.replaceAll(match -> Matcher.quoteReplacement(
                Optional.ofNullable(values.get(match.group(1))).orElseGet(() -> missing(match.group(1)))));
    }

    private static String missing(String placeholder) {
        return switch (placeholder) {
            case "platform", "login" -> "the platform";
            case "account" -> "another account";
            case "expected" -> "the account you want to connect";
            case "reference" -> "the time of your last attempt";
            case "address" -> "the address of the other profile";
            default -> throw new IllegalStateException("the help has no placeholder {" + placeholder + "}");
        };
    }
}
