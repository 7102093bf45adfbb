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
    private static final Set<String> FLAGS = Set.of("-dn", "-sn", "-an", "-vn");
    private static final Pattern FILTERS = Pattern.compile("(?<!\\\\),");
    private static final List<String> FILTER_ORDER =
            List.of("bwdif", "zscale", "tonemap", "format", "crop", "pad-image", "scale", "pad", "setsar", "fps");
    private static final List<String> ORDER = List.of(
            "-map",
            "-dn",
            "-sn",
            "-map_chapters",
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
        boolean canvas = all.stream().anyMatch(filter -> filter.startsWith("pad=1080:1920"));
        List<String> sorted = new ArrayList<>(all);
        if (canvas) {
            // the canvas decides the size; another scaling before it would only blur
            sorted.removeIf(filter -> filter.startsWith("scale=") && !filter.startsWith("scale=w=1080:h=1920"));
        }
        sorted.sort(Comparator.comparingInt(FixMerger::rank));
        return String.join(",", sorted);
    }

    private static int rank(String filter) {
        String name = filter.startsWith("pad=w=max") ? "pad-image" : filter.split("=", 2)[0];
        return FILTER_ORDER.indexOf(name);
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

    /** Makes sure that an encoder for 4:2:0 gets even sides. */
    void evenSides() {
        String even = "scale=w=trunc(iw/2)*2:h=trunc(ih/2)*2";
        String filters = options.getOrDefault("-vf", List.of("")).get(0);
        if (!filters.contains("scale=")) {
            options.put("-vf", List.of(filters.isEmpty() ? even : filters(filters, even)));
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
