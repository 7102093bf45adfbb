package io.linkspan.preflight.internal.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Merges the ffmpeg options of several fixes into one command: a stream is copied only if every fix copies it, filters are
 * chained once each in an order that works, and of two limits the tighter one wins.
 */
public final class FixMerger {
    private static final Set<String> FLAGS = Set.of("-dn", "-sn", "-an", "-vn", "{mp4}");
    private static final Pattern FILTERS = Pattern.compile("(?<!\\\\),");
    private static final List<String> FILTER_ORDER =
            List.of("bwdif", "{sdr}", "{bt709}", "{square}", "scale", "{picture}", "{canvas}", "fps");
    private static final List<String> ORDER = List.of(
            "-map",
            "-dn",
            "-sn",
            "-map_chapters",
            "-map_metadata",
            "-t",
            "-vf",
            "-af",
            "-c",
            "-c:v",
            "-profile:v",
            "-pix_fmt",
            "-g",
            "-keyint_min",
            "-flags",
            "-level:v",
            "-b:v",
            "-maxrate",
            "-bufsize",
            "-color_primaries",
            "-color_trc",
            "-colorspace",
            "-fps_mode",
            "-c:a",
            "-b:a",
            "-ar",
            "-ac",
            "-frames:v",
            "-q:v",
            "-use_editlist",
            "-movflags");

    private final Map<String, List<String>> options = new LinkedHashMap<>();
    private boolean remuxed;

    private FixMerger() {}

    /**
     * Merges fixes.
     *
     * @param fixes at least one
     * @return the merged options
     */
    public static FixMerger of(List<Fix> fixes) {
        FixMerger merger = new FixMerger();
        fixes.forEach(fix -> merger.add(fix.arguments()));
        return merger;
    }

    private void add(List<String> arguments) {
        Map<String, List<String>> own = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String option = arguments.get(i);
            boolean flag = FLAGS.contains(option) || i + 1 == arguments.size();
            own.computeIfAbsent(option, key -> new ArrayList<>()).add(flag ? "" : arguments.get(++i));
        }
        remuxed |= own.remove("{mp4}") != null;
        List<String> both = own.remove("-c");
        if (both != null) {
            own.put("-c:v", both);
            own.put("-c:a", both);
        }
        own.forEach((option, values) -> options.merge(option, values, (a, b) -> combine(option, a, b)));
    }

    private static List<String> combine(String option, List<String> a, List<String> b) {
        String one = a.get(0);
        String other = b.get(0);
        return switch (option) {
            case "-map" -> List.copyOf(union(a, b));
            case "-c:v", "-c:a" -> one.equals("copy") ? b : a;
            case "-vf", "-af" -> List.of(filters(one, other));
            case "-movflags", "-flags" ->
                List.of("+"
                        + String.join(
                                "+",
                                union(
                                        List.of(one.substring(1).split("\\+", -1)),
                                        List.of(other.substring(1).split("\\+", -1)))));
            case "-b:v", "-maxrate", "-bufsize", "-t" -> number(one) <= number(other) ? a : b;
            case "-q:v" -> number(one) >= number(other) ? a : b;
            default -> b;
        };
    }

    private static Set<String> union(List<String> a, List<String> b) {
        Set<String> all = new LinkedHashSet<>(a);
        all.addAll(b);
        return all;
    }

    private static String filters(String one, String other) {
        Set<String> all = union(List.of(FILTERS.split(one, -1)), List.of(FILTERS.split(other, -1)));
        if (all.contains("{canvas}")) {
            all.remove("{picture}");
        }
        List<String> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingInt(filter -> FILTER_ORDER.indexOf(filter.split("=", 2)[0])));
        return String.join(",", sorted);
    }

    private static double number(String value) {
        String digits = value.replaceAll("[^0-9.]", "");
        double scale = value.endsWith("M") ? 1e6 : value.endsWith("k") ? 1e3 : 1;
        return digits.isEmpty() ? 0 : Double.parseDouble(digits) * scale;
    }

    /**
     * Whether a stream is encoded anew or cut.
     *
     * @return true unless everything is copied whole
     */
    public boolean lossy() {
        return encodes("v") || encodes("a") || options.containsKey("-t");
    }

    /**
     * Whether one kind of stream is encoded anew. An image always is.
     *
     * @param stream {@code v} or {@code a}
     * @return true unless it is copied
     */
    public boolean encodes(String stream) {
        boolean image = options.containsKey("-frames:v");
        return image
                ? stream.equals("v")
                : !List.of("copy").equals(options.getOrDefault("-c:" + stream, List.of("copy")));
    }

    /** Stops hiding encoder delay; copying streams whose edits matter would lose their timing with it. */
    void keepEdits() {
        options.remove("-use_editlist");
        options.computeIfPresent("-movflags", (key, flags) -> List.of("+faststart"));
    }

    /** Plays the edits into the encoded streams, so that no stream starts late and none needs an edit list. */
    void playEdits() {
        options.put("-af", List.of("aresample=async=1:first_pts=0"));
        options.put("-fps_mode", List.of("cfr"));
    }

    /** Whether a fix asks for another container: it names both streams and copies what it can. */
    boolean changesContainer() {
        return remuxed;
    }

    /** Whether the new picture gets colour tags. */
    boolean tagsColours() {
        return options.containsKey("-colorspace");
    }

    /** Leaves the colour tags as they are. */
    void keepColours() {
        List.of("-color_primaries", "-color_trc", "-colorspace").forEach(options::remove);
    }

    /** Leaves out what only writers of MP4 know. */
    void foreign() {
        options.remove("-use_editlist");
        options.remove("-movflags");
    }

    /** Adds arguments to those of the fixes. */
    void with(String... arguments) {
        add(List.of(arguments));
    }

    /** The filters of the picture, one after the other. */
    List<String> filters() {
        String filters = options.getOrDefault("-vf", List.of("")).get(0);
        return filters.isEmpty() ? List.of() : List.of(FILTERS.split(filters, -1));
    }

    /** Replaces the filters of the picture. */
    void filters(List<String> filters) {
        List<String> left = filters.stream().filter(filter -> !filter.isEmpty()).toList();
        if (left.isEmpty()) {
            options.remove("-vf");
        } else {
            options.put("-vf", List.of(String.join(",", left)));
        }
    }

    /**
     * The options in a fixed order.
     *
     * @return options between input and output
     */
    public List<String> arguments() {
        Map<String, List<String>> written = new LinkedHashMap<>(options);
        List<String> copy = List.of("copy");
        if (copy.equals(written.get("-c:v")) && copy.equals(written.get("-c:a"))) {
            written.remove("-c:v");
            written.remove("-c:a");
            written.put("-c", copy);
        }
        List<String> names = new ArrayList<>(written.keySet());
        names.sort(Comparator.comparingInt(FixMerger::place));
        List<String> arguments = new ArrayList<>();
        for (String name : names) {
            for (String value : written.getOrDefault(name, List.of())) {
                arguments.add(name);
                if (!value.isEmpty()) {
                    arguments.add(value);
                }
            }
        }
        return List.copyOf(arguments);
    }

    private static int place(String option) {
        int index = ORDER.indexOf(option);
        return index < 0 ? ORDER.indexOf("-use_editlist") : index;
    }
}
