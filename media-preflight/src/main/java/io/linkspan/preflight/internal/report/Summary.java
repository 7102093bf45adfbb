package io.linkspan.preflight.internal.report;

import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.internal.rule.Phrases;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The media in one line, from what is known. */
final class Summary {
    private Summary() {}

    static String of(MediaFacts facts) {
        List<String> parts = new ArrayList<>();
        facts.fact(FactKey.CONTAINER).known().ifPresent(c -> parts.add(Phrases.of(c)));
        facts.fact(FactKey.VIDEO_CODEC)
                .known()
                .ifPresent(codec -> parts.add((Phrases.of(codec) + " "
                                + facts.fact(FactKey.VIDEO_PROFILE).known().orElse(""))
                        .strip()));
        facts.fact(FactKey.VIDEO_DISPLAY_SIZE).known().ifPresent(size -> parts.add(size.toString()));
        facts.fact(FactKey.IMAGE_DISPLAY_SIZE).known().ifPresent(size -> parts.add(size.toString()));
        facts.fact(FactKey.VIDEO_FPS).known().ifPresent(fps -> parts.add(decimal(fps, 2) + " fps"));
        facts.fact(FactKey.DURATION).known().ifPresent(time -> parts.add(decimal(seconds(time), 2) + " s"));
        facts.fact(FactKey.AUDIO_CODEC).known().ifPresent(codec -> {
            String rate = facts.fact(FactKey.AUDIO_SAMPLE_RATE)
                    .known()
                    .map(hertz -> " " + decimal(hertz / 1000.0, 3) + " kHz")
                    .orElse("");
            String channels = facts.fact(FactKey.AUDIO_CHANNELS)
                    .known()
                    .map(count -> " " + channels(count))
                    .orElse("");
            parts.add(Phrases.of(codec) + rate + channels);
        });
        facts.fact(FactKey.FILE_SIZE)
                .known()
                .ifPresent(size -> parts.add(String.format(Locale.ROOT, "%,d bytes", size)));
        return String.join(", ", parts);
    }

    static String channels(int count) {
        return count == 1 ? "mono" : count == 2 ? "stereo" : count + " channels";
    }

    static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }

    static String decimal(double value, int digits) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
