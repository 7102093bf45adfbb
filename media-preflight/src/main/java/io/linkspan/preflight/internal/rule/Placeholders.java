package io.linkspan.preflight.internal.rule;

import io.linkspan.preflight.Container;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.PreflightOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fills what the arguments of a rule leave open until the media is known. */
final class Placeholders {
    static final String[] VIDEO = {
        "-c:v",
        "libx264",
        "-profile:v",
        "high",
        "-pix_fmt",
        "yuv420p",
        "-g",
        "60",
        "-keyint_min",
        "30",
        "-flags",
        "+cgop"
    };
    static final String[] AUDIO = {"-c:a", "aac", "-b:a", "128k", "-ar", "48000", "-ac", "2"};
    private static final Set<String> MP4_PICTURES = Set.of("h264", "hevc", "vp9", "av1", "mpeg4");
    private static final Set<String> MP4_SOUNDS = Set.of("aac", "mp3", "ac3", "eac3", "alac", "opus", "flac");

    private static final long SOUND_BITS = 128_000;
    private static final long LEAST_PICTURE_BITS = 200_000;
    /** More than this no platform asks for, and Instagram refuses 25 Mbit/s. */
    private static final long MOST_PICTURE_BITS = 20_000_000;

    private static final int MOST_GROUP = 60;
    private static final double LEAST_RATE = 22.8;
    /** Streams that are copied end a few frames late. */
    private static final double CUT_EARLY = 0.2;

    private Placeholders() {}

    static boolean fitsMp4Picture(MediaFacts facts) {
        return facts.fact(FactKey.VIDEO_CODEC)
                .known()
                .filter(MP4_PICTURES::contains)
                .isPresent();
    }

    /** Sound of other containers than MP4 goes into MP4 only if players expect it there. */
    static boolean fitsMp4Sound(MediaFacts facts) {
        boolean mp4 = facts.fact(FactKey.CONTAINER).known().orElse(Container.MP4) == Container.MP4;
        boolean silent = facts.fact(FactKey.AUDIO_PRESENT)
                .known()
                .filter(sound -> !sound)
                .isPresent();
        return silent
                || facts.fact(FactKey.AUDIO_CODEC)
                        .known()
                        .filter(codec -> codec.equals("aac") || (mp4 && MP4_SOUNDS.contains(codec)))
                        .isPresent();
    }

    /** The arguments of a rule, or null if they cannot be filled or would not help. */
    static @Nullable List<String> filled(List<String> arguments, MediaFacts facts, PreflightOptions options) {
        if (arguments.isEmpty() || !Ffmpeg.reads(facts)) {
            return null;
        }
        List<String> filled = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.startsWith("{fit:")) {
                long bytes = Long.parseLong(argument.substring(5, argument.length() - 1));
                Optional<Long> bits = facts.fact(FactKey.DURATION).known().map(time -> fitting(bytes, time));
                if (bits.isEmpty() || bits.get() < LEAST_PICTURE_BITS) {
                    return null;
                }
                filled.add(String.valueOf(bits.get()));
                continue;
            }
            switch (argument) {
                case "{creator}" -> {
                    Optional<Duration> limit = options.creatorMaxDuration();
                    if (limit.isEmpty()) {
                        return null;
                    }
                    filled.add(Unit.number(Math.max(Measures.seconds(limit.get()) - CUT_EARLY, CUT_EARLY), 3));
                }
                case "{gop}" -> filled.add(String.valueOf(group(facts)));
                case "{video}" -> filled.addAll(fitsMp4Picture(facts) ? List.of("-c:v", "copy") : List.of(VIDEO));
                case "{audio}" -> filled.addAll(fitsMp4Sound(facts) ? List.of("-c:a", "copy") : List.of(AUDIO));
                default -> filled.add(argument);
            }
            boolean dolby = argument.contains("{sdr}") && !Filters.isConvertibleHdr(facts);
            if (dolby || (argument.contains("{bt709}") && Filters.bt709(facts) == null)) {
                return null;
            }
        }
        return filled;
    }

    /** Frames of two seconds, as far as they are needed. */
    private static int group(MediaFacts facts) {
        double rate = facts.fact(FactKey.VIDEO_FPS).known().orElse(30.0);
        // below 23 a rule asks for 30 frames per second
        return rate < LEAST_RATE ? MOST_GROUP : (int) Math.min(MOST_GROUP, Math.floor(rate * 2));
    }

    private static long fitting(long bytes, Duration time) {
        long bits = (long) (bytes * 0.97 * 8 / Math.max(Measures.seconds(time), 1)) - SOUND_BITS;
        return Math.min(bits, MOST_PICTURE_BITS);
    }
}
