package io.linkspan.preflight.internal.rule;

import io.linkspan.preflight.Container;
import io.linkspan.preflight.EditLists;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.MediaKind;
import io.linkspan.preflight.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Builds ffmpeg commands from the fixes of rules. */
public final class Ffmpeg {
    /** Needed only where a picture's size is computed but not known. */
    private static final Size UNKNOWN = new Size(1080, 1920);

    private Ffmpeg() {}

    /**
     * The command that applies fixes to one file. Names carry {@code file:}, else {@code -x.mp4} would be an option and
     * {@code concat:a} a protocol.
     *
     * @param fixes what to apply
     * @param facts the media
     * @param input the file
     * @param limits what the result must keep to besides the limits behind the fixes
     * @return the argument list, empty if there is nothing to apply or nothing satisfies the limits
     */
    public static List<String> command(List<Fix> fixes, MediaFacts facts, String input, List<Bound> limits) {
        if (fixes.isEmpty()) {
            return List.of();
        }
        List<Bound> bounds = new ArrayList<>(limits);
        fixes.forEach(fix -> bounds.addAll(fix.bounds()));
        FixMerger merged = FixMerger.of(fixes);
        Filters filters = new Filters(facts, new Shape(bounds));
        boolean image = facts.kind() == MediaKind.IMAGE;
        String ending = image ? ".jpg" : streams(merged, facts);
        boolean picture = image || merged.encodes("v");
        if (picture) {
            boolean sized = image || merged.filters().contains("{picture}");
            if (sized && Measures.displaySize(facts).known().isEmpty()) {
                return List.of();
            }
            Size shown = Measures.displaySize(facts).known().orElse(UNKNOWN);
            List<String> written = image ? filters.image(shown) : filters.video(merged.filters(), shown);
            if (written == null) {
                return List.of();
            }
            merged.filters(written);
        }
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin"));
        if (image && filters.turnsItself()) {
            command.add("-noautorotate");
        }
        command.addAll(List.of("-i", "file:" + input));
        command.addAll(merged.arguments());
        command.add("file:" + output(input, ending));
        return List.copyOf(command);
    }

    /**
     * Whether fixes encode the picture anew.
     *
     * @param fixes any number
     * @return true if one does
     */
    public static boolean encodesPicture(List<Fix> fixes) {
        return FixMerger.of(fixes).encodes("v");
    }

    /** Fits the streams to a container, keeps their timing to each other, and says the ending of the new file. */
    private static String streams(FixMerger merged, MediaFacts facts) {
        Container container = facts.fact(FactKey.CONTAINER).known().orElse(Container.MP4);
        boolean iso = container == Container.MP4 || container == Container.MOV;
        boolean remux = merged.changesContainer();
        String ending = ".mp4";
        if (!merged.encodes("v") && !merged.encodes("a") && !remux) {
            ending = switch (container) {
                case MOV -> ".mov";
                case WEBM -> ".webm";
                case MATROSKA -> ".mkv";
                default -> ".mp4";
            };
        } else if (container == Container.MOV && !merged.encodes("a") && !Placeholders.fitsMp4Sound(facts)) {
            ending = ".mov";
        } else {
            if (!merged.encodes("v") && !Placeholders.fitsMp4Picture(facts)) {
                merged.with(Placeholders.VIDEO);
            }
            if (!merged.encodes("a") && !Placeholders.fitsMp4Sound(facts)) {
                merged.with(Placeholders.AUDIO);
            }
        }
        timing(merged, facts, iso);
        if (ending.equals(".webm") || ending.equals(".mkv")) {
            merged.foreign();
        }
        if (merged.encodes("v")) {
            colours(merged, facts);
        }
        return ending;
    }

    private static void timing(FixMerger merged, MediaFacts facts, boolean iso) {
        EditLists edits = facts.fact(FactKey.EDIT_LISTS).known().orElse(iso ? EditLists.NONE : EditLists.OFFSET);
        boolean silent = facts.fact(FactKey.AUDIO_PRESENT)
                .known()
                .filter(sound -> !sound)
                .isPresent();
        if (edits.compareTo(EditLists.TRIVIAL) > 0) {
            if (merged.encodes("v") && (merged.encodes("a") || silent)) {
                merged.playEdits();
            } else {
                merged.keepEdits();
            }
        }
    }

    /** Colour tags that a command sets must be true. */
    private static void colours(FixMerger merged, MediaFacts facts) {
        List<String> named = merged.filters();
        if (!merged.tagsColours() || named.contains("{sdr}") || named.contains("{bt709}")) {
            return;
        }
        String conversion = Filters.isConvertibleHdr(facts) ? null : Filters.bt709(facts);
        if (conversion == null) {
            merged.keepColours();
        } else if (!conversion.isEmpty()) {
            merged.with("-vf", "{bt709}");
        }
    }

    private static String output(String input, String ending) {
        int separator = Math.max(input.lastIndexOf('/'), input.lastIndexOf('\\'));
        int dot = input.lastIndexOf('.');
        return (dot > separator + 1 ? input.substring(0, dot) : input) + "-fixed" + ending;
    }

    /**
     * Whether ffmpeg can read the media at all.
     *
     * @param facts the media
     * @return false for what it is known not to decode
     */
    static boolean reads(MediaFacts facts) {
        return facts.fact(FactKey.CONTAINER)
                        .known()
                        .filter(Set.of(Container.WEBP)::contains)
                        .isEmpty()
                || !facts.fact(FactKey.IMAGE_ANIMATED).known().orElse(false);
    }
}
