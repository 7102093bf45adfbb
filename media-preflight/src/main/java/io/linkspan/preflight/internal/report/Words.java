package io.linkspan.preflight.internal.report;

import io.linkspan.preflight.Damage;
import io.linkspan.preflight.Destination;
import io.linkspan.preflight.Fact;
import io.linkspan.preflight.Finding;
import io.linkspan.preflight.FixPlan;
import io.linkspan.preflight.Limits;
import io.linkspan.preflight.PackVersion;
import io.linkspan.preflight.PostReport;
import io.linkspan.preflight.Severity;
import io.linkspan.preflight.StaleSources;
import io.linkspan.preflight.Verdict;
import io.linkspan.preflight.internal.rule.Phrases;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Constants in words. */
final class Words {
    private Words() {}

    static String of(Destination destination) {
        return Arrays.stream(destination.name().split("_", -1))
                .map(word -> word.equals("TIKTOK")
                        ? "TikTok"
                        : word.equals("INSTAGRAM") ? "Instagram" : word.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    static String of(Collection<Destination> destinations) {
        return destinations.stream().map(Words::of).collect(Collectors.joining(", "));
    }

    static String of(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    /** Where media cannot be shown at all, that comes first. */
    static String headline(Damage unreadable) {
        String what = unreadable.what();
        return what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1) + ".";
    }

    /** The packs in one line, with the age of the oldest where a newer one should be used. */
    static String rules(List<PackVersion> packs, List<StaleSources> stale) {
        String names = packs.stream().map(PackVersion::toString).collect(Collectors.joining(", "));
        return "Rules: " + names
                + stale.stream()
                        .map(StaleSources::days)
                        .max(Long::compareTo)
                        .map(days -> " (" + days + " days old; newer rules may differ)")
                        .orElse("");
    }

    /** The values of a limit without the name of its fact. */
    static String of(Limits.Limit limit) {
        if (limit.satisfiable() && limit.min().isEmpty() && limit.max().isEmpty()) {
            boolean open = limit.oneOf().isEmpty();
            return (open ? "not " : "")
                    + (open ? limit.noneOf() : limit.oneOf())
                            .stream().sorted().map(Phrases::of).collect(Collectors.joining(", "));
        }
        return limit.toString().substring(limit.fact().length() + 2);
    }

    static String of(Fact<?> fact) {
        if (fact instanceof Fact.Known<?> known) {
            return value(known.value());
        }
        return fact instanceof Fact.Unknown<?> unknown ? "not known: " + unknown.reason() : "none";
    }

    private static String value(Object value) {
        if (value instanceof Duration time) {
            return Summary.decimal(Summary.seconds(time), 3) + " s";
        }
        if (value instanceof Double number) {
            return Summary.decimal(number, 3);
        }
        if (value instanceof List<?> list) {
            String first = list.stream().limit(12).map(Words::value).collect(Collectors.joining(", "));
            return list.size() > 12 ? first + ", \u2026 (" + list.size() + ")" : first;
        }
        return value instanceof Long number ? String.format(Locale.ROOT, "%,d", number) : Phrases.of(value);
    }

    static String of(PostReport post) {
        int items = post.items().size();
        return "Post of " + items + (items == 1 ? " item" : " items");
    }

    static String plan(FixPlan plan) {
        return plan.remaining().isEmpty() ? "One command for all of it" : "One command for what a command can fix";
    }

    /** The codes to expect from the platform; advice is never refused. */
    static String answers(Finding finding) {
        return finding.severity() == Severity.ADVICE ? "" : String.join(" or ", finding.predictedErrors());
    }

    static String of(Verdict verdict) {
        return switch (verdict) {
            case OK -> "OK";
            case RISKY -> "Risky";
            case BLOCKED -> "Blocked";
        };
    }
}
