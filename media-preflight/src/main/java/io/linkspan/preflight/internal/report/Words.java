package io.linkspan.preflight.internal.report;

import io.linkspan.preflight.Destination;
import io.linkspan.preflight.Verdict;
import java.util.Arrays;
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

    static String of(Verdict verdict) {
        return switch (verdict) {
            case OK -> "OK";
            case RISKY -> "Risky";
            case BLOCKED -> "Blocked";
        };
    }
}
