package io.linkspan.preflight.internal.report;

import io.linkspan.preflight.Destination;
import io.linkspan.preflight.Fact;
import io.linkspan.preflight.PostReport;
import io.linkspan.preflight.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Constants as people read them. */
final class Words {
    private Words() {}

    static String of(Destination destination) {
        return Arrays.stream(destination.name().split("_", -1))
                .map(word -> word.equals("TIKTOK")
                        ? "TikTok"
                        : word.equals("INSTAGRAM") ? "Instagram" : word.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
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
        if (value instanceof Boolean flag) {
            return flag ? "yes" : "no";
        }
        return value instanceof Long number ? String.format(Locale.ROOT, "%,d", number) : String.valueOf(value);
    }

    static String of(PostReport post) {
        int items = post.items().size();
        return "Post of " + items + (items == 1 ? " item" : " items");
    }

    static String of(Verdict verdict) {
        return switch (verdict) {
            case OK -> "OK";
            case RISKY -> "Risky";
            case BLOCKED -> "Blocked";
        };
    }
}
