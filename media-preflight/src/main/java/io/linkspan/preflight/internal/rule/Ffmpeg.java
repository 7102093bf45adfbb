package io.linkspan.preflight.internal.rule;

import io.linkspan.preflight.Container;
import io.linkspan.preflight.EditLists;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.MediaKind;
import io.linkspan.preflight.PreflightOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds ffmpeg commands from the fixes of rules. */
public final class Ffmpeg {
    private static final long SOUND_BITS = 128_000;
    private static final long LEAST_PICTURE_BITS = 200_000;

    private Ffmpeg() {}

    /**
     * The command that applies fixes to one file. Names carry {@code file:}, else {@code -x.mp4} would be an option and
     * {@code concat:a} a protocol.
     *
     * @param fixes what to apply
     * @param facts the media
     * @param input the file
     * @return the argument list, empty if there is nothing to apply
     */
    public static List<String> command(List<Fix> fixes, MediaFacts facts, String input) {
        if (fixes.isEmpty()) {
            return List.of();
        }
        FixMerger merged = FixMerger.of(fixes);
        boolean image = facts.kind() == MediaKind.IMAGE;
        EditLists edits = facts.fact(FactKey.EDIT_LISTS).known().orElse(EditLists.NONE);
        if (!image && (!merged.encodes("v") || !merged.encodes("a")) && edits.compareTo(EditLists.TRIVIAL) > 0) {
            merged.keepEdits();
        }
        boolean odd = Measures.displaySize(facts)
                        .known()
                        .filter(size -> size.width() % 2 + size.height() % 2 > 0)
                        .isPresent()
                || facts.fact(FactKey.VIDEO_CODED_SIZE)
                        .known()
                        .filter(size -> size.width() % 2 + size.height() % 2 > 0)
                        .isPresent();
        if (!image && merged.encodes("v") && odd) {
            merged.evenSides();
        }
        // QuickTime sound such as PCM does not fit into MP4
        boolean quickTime = facts.fact(FactKey.CONTAINER)
                        .known()
                        .filter(Container.MOV::equals)
                        .isPresent()
                && !merged.encodes("a");
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-i", "file:" + input));
        command.addAll(merged.arguments());
        command.add("file:" + output(input, image ? ".jpg" : quickTime ? ".mov" : ".mp4"));
        return List.copyOf(command);
    }

    private static String output(String input, String ending) {
        int separator = Math.max(input.lastIndexOf('/'), input.lastIndexOf('\\'));
        int dot = input.lastIndexOf('.');
        return (dot > separator + 1 ? input.substring(0, dot) : input) + "-fixed" + ending;
    }

    /** The arguments of a rule with its placeholders filled, or null if they cannot be. */
    static @Nullable List<String> filled(List<String> arguments, MediaFacts facts, PreflightOptions options) {
        List<String> filled = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.startsWith("{fit:")) {
                long bytes = Long.parseLong(argument.substring(5, argument.length() - 1));
                Optional<Long> bits = facts.fact(FactKey.DURATION).known().map(time -> fitting(bytes, time));
                if (bits.isEmpty() || bits.get() < LEAST_PICTURE_BITS) {
                    return null;
                }
                filled.add(String.valueOf(bits.get()));
            } else if (argument.equals("{creator}")) {
                Optional<Duration> limit = options.creatorMaxDuration();
                if (limit.isEmpty()) {
                    return null;
                }
                filled.add(String.valueOf(limit.get().toMillis() / 1000.0));
            } else {
                filled.add(argument);
            }
        }
        return filled;
    }

    private static long fitting(long bytes, Duration time) {
        return (long) (bytes * 0.97 * 8 / Math.max(Measures.seconds(time), 1)) - SOUND_BITS;
    }
}
