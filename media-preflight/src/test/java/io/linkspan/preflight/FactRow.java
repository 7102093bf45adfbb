package io.linkspan.preflight;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One fact as we say it and as a tool says it; {@code -} where one says nothing.
 *
 * @param agrees whether the two say the same, or one of them nothing that can be compared
 */
record FactRow(String fact, String ours, String theirs, boolean agrees) {
    private static final String NOTHING = "-";

    /** Facts that have no counterpart in the tools, and why. */
    static final Map<String, String> NO_TOOL_SAYS = Map.ofEntries(
            Map.entry("file.truncated", "both tools read what is there and do not say that something is missing"),
            Map.entry("container.moovFirst", "neither prints the order of boxes; FixtureFactsTest has it"),
            Map.entry("container.moovOffset", "neither prints the place of boxes"),
            Map.entry("container.moovSize", "neither prints the size of boxes"),
            Map.entry("container.fragmented", "ffprobe joins fragments and does not say so"),
            Map.entry("container.editLists", "ffprobe applies edits and does not say which; TracksTest has them"),
            Map.entry("media.encrypted", "no file of the table is encrypted"));

    /** Facts that are compared, and whether a decoder gets anything out of the file. */
    static final Set<String> COMPARED = compared();

    private static Set<String> compared() {
        Set<String> names = new TreeSet<>();
        FactKey.all().forEach(key -> names.add(key.name()));
        names.removeAll(NO_TOOL_SAYS.keySet());
        names.add("decodable");
        return names;
    }

    static List<FactRow> of(MediaFacts facts, Map<String, String> said) {
        Table table = new Table(facts, said);
        table.common();
        if (facts.kind() == MediaKind.IMAGE) {
            table.image();
        } else {
            table.video();
            table.sound();
        }
        return table.rows;
    }

    /** The rows of one file. */
    private static final class Table {
        private final MediaFacts facts;
        private final Map<String, String> said;
        private final List<FactRow> rows = new ArrayList<>();

        Table(MediaFacts facts, Map<String, String> said) {
            this.facts = facts;
            this.said = said;
        }

        private @Nullable String say(String key) {
            return said.get(key);
        }

        /** Coordinates over zero are printed as nothing, or as words. */
        private boolean located(String... keys) {
            return Arrays.stream(keys)
                    .map(this::say)
                    .anyMatch(value -> value != null && value.matches(".*[0-9].*|Paris"));
        }

        private boolean any(String... keys) {
            return Arrays.stream(keys).anyMatch(said::containsKey);
        }

        private String ours(FactKey<?> key) {
            return facts.fact(key)
                    .known()
                    .map(value -> value instanceof Duration time ? number(time.toNanos() / 1e9) : value.toString())
                    .orElse(NOTHING);
        }

        private static String number(double value) {
            return String.format(Locale.ROOT, "%.3f", value);
        }

        /** Facts that both must have, or neither. */
        private void same(FactKey<?> key, @Nullable String theirs) {
            row(
                    key.name(),
                    ours(key),
                    theirs == null ? NOTHING : theirs,
                    ours(key).equals(theirs == null ? NOTHING : theirs));
        }

        private void row(String fact, String ours, String theirs, boolean agrees) {
            rows.add(new FactRow(fact, ours, theirs, agrees));
        }

        /** A fact about which the tools may say nothing. */
        private void given(FactKey<?> key, @Nullable String theirs) {
            if (theirs == null || theirs.equals(NOTHING)) {
                row(key.name(), ours(key), NOTHING, true);
            } else {
                same(key, theirs);
            }
        }

        /** A number that the tool gives, to within so much. */
        private void near(FactKey<?> key, @Nullable String theirs, double slack) {
            if (theirs == null) {
                row(key.name(), ours(key), NOTHING, true);
                return;
            }
            double value = quotient(theirs);
            String ours = ours(key);
            boolean agrees = !ours.equals(NOTHING) && Math.abs(Double.parseDouble(ours) - value) <= slack;
            row(key.name(), ours, number(value), agrees);
        }

        private static double quotient(String text) {
            String[] parts = text.split("[/:]", 2);
            return Double.parseDouble(parts[0]) / (parts.length > 1 ? Double.parseDouble(parts[1]) : 1);
        }

        void common() {
            same(FactKey.FILE_SIZE, say("exif.FileSize") == null ? ours(FactKey.FILE_SIZE) : say("exif.FileSize"));
            given(FactKey.CONTAINER, container());
            boolean place = located(
                    "exif.GPSLatitude",
                    "exif.GPSLongitude",
                    "exif.GPSCoordinates",
                    "exif.LocationInformation",
                    "exif.LocationName",
                    "ff.location",
                    "ff.location-eng");
            same(FactKey.LOCATION, Boolean.toString(place));
            boolean frames = !"0".equals(say("video.nb_read_frames")) && say("video.nb_read_frames") != null;
            String sound = said.getOrDefault("audio.nb_read_frames", "0");
            boolean heard = "0".equals(say("audios")) || !sound.equals("0");
            boolean ours = facts.unreadable().isEmpty();
            row("decodable", Boolean.toString(ours), Boolean.toString(frames && heard), ours == (frames && heard));
        }

        private @Nullable String container() {
            String type = said.getOrDefault("exif.FileType", NOTHING);
            return switch (type) {
                case "3GP", "M4V", "MP4" -> "MP4";
                case "MKV" -> "MATROSKA";
                case "Extended WEBP" -> "WEBP";
                case "APNG" -> "PNG";
                case "HEIC" -> "HEIF";
                default -> type;
            };
        }

        void video() {
            String brands = say("ff.compatible_brands");
            String listed = say("ff.major_brand") == null
                    ? NOTHING
                    : new ArrayList<>(brandSet(say("ff.major_brand") + brands)).toString();
            String own = facts.fact(FactKey.BRANDS)
                    .known()
                    .map(list -> new ArrayList<>(new TreeSet<>(list)).toString())
                    .orElse(NOTHING);
            row("container.brands", own, listed, own.equals(listed));
            near(FactKey.DURATION, say("ff.duration"), 0.045);
            same(FactKey.VIDEO_CODEC, say("video.codec_name"));
            String codec = said.getOrDefault("video.codec_name", NOTHING);
            if (codec.equals("h264") || codec.equals("hevc")) {
                same(FactKey.VIDEO_PROFILE, say("video.profile"));
                String level = say("video.level");
                near(
                        FactKey.VIDEO_LEVEL,
                        level == null || level.startsWith("-") ? null : level + (codec.equals("h264") ? "/10" : "/30"),
                        0.01);
            }
            String format = said.getOrDefault("video.pix_fmt", NOTHING);
            if (List.of("h264", "hevc", "vp8", "vp9", "av1").contains(codec)) {
                same(FactKey.VIDEO_CHROMA, chroma(format));
                same(
                        FactKey.VIDEO_BIT_DEPTH,
                        format.equals(NOTHING)
                                ? NOTHING
                                : format.contains("12") ? "12" : format.contains("10") ? "10" : "8");
            }
            String order = said.getOrDefault("video.field_order", NOTHING);
            if (!order.equals(NOTHING) && !ours(FactKey.VIDEO_SCAN).equals(NOTHING)) {
                boolean whole = order.equals("progressive");
                row(
                        "video.scan",
                        ours(FactKey.VIDEO_SCAN),
                        order,
                        whole == ours(FactKey.VIDEO_SCAN).equals("PROGRESSIVE"));
            }
            picture();
            colour();
            times();
        }

        private static Set<String> brandSet(String text) {
            Set<String> brands = new TreeSet<>();
            for (int i = 0; i + 4 <= text.length(); i += 4) {
                brands.add(text.substring(i, i + 4));
            }
            return brands;
        }

        private void picture() {
            String width = say("video.width");
            String size = width == null || width.equals("0") ? NOTHING : width + "x" + say("video.height");
            same(FactKey.VIDEO_CODED_SIZE, size);
            int turn = Math.floorMod(-Integer.parseInt(said.getOrDefault("video.rotation", "0")), 360);
            same(FactKey.VIDEO_ROTATION, Integer.toString(turn));
            double aspect = quotient(said.getOrDefault("video.sample_aspect_ratio", "1:1"));
            near(FactKey.VIDEO_PIXEL_ASPECT, number(aspect), 0.01);
            if (!size.equals(NOTHING)) {
                long shown = Math.round(Integer.parseInt(size.split("x", -1)[0]) * aspect);
                String other = size.split("x", -1)[1];
                same(FactKey.VIDEO_DISPLAY_SIZE, turn % 180 == 0 ? shown + "x" + other : other + "x" + shown);
            }
            same(FactKey.VIDEO_EXTRA_TRACKS, Integer.toString(Integer.parseInt(said.getOrDefault("videos", "1")) - 1));
        }

        private void colour() {
            same(FactKey.VIDEO_COLOUR_PRIMARIES, say("video.color_primaries"));
            same(FactKey.VIDEO_COLOUR_TRANSFER, say("video.color_transfer"));
            same(FactKey.VIDEO_COLOUR_MATRIX, say("video.color_space"));
            String range = say("video.color_range");
            String full = range == null ? NOTHING : Boolean.toString(range.equals("pc"));
            same(FactKey.VIDEO_COLOUR_FULL_RANGE, full);
            String transfer = said.getOrDefault("video.color_transfer", NOTHING);
            same(
                    FactKey.VIDEO_DYNAMIC_RANGE,
                    switch (transfer) {
                        case NOTHING -> NOTHING;
                        case "smpte2084" -> "PQ";
                        case "arib-std-b67" -> "HLG";
                        default -> "SDR";
                    });
            boolean metadata = said.containsKey("video.side.Mastering-display-metadata")
                    || said.containsKey("video.side.Content-light-level-metadata");
            same(FactKey.VIDEO_HDR_METADATA, Boolean.toString(metadata));
        }

        private void times() {
            near(
                    FactKey.VIDEO_FPS,
                    say("video.avg_frame_rate"),
                    0.005 * quotient(said.getOrDefault("video.avg_frame_rate", "0")));
            near(FactKey.VIDEO_START, say("video.start_time"), 0.002);
            near(FactKey.VIDEO_GOP_LENGTH, say("packets.gop"), 0.003);
            // a picture shown before the key frame that it follows opens a group of H.264, and may open one of HEVC
            boolean leading = !said.getOrDefault("packets.leading", "0").equals("0");
            String open = "h264".equals(say("video.codec_name")) ? "OPEN" : ours(FactKey.VIDEO_GOP);
            given(FactKey.VIDEO_GOP, leading ? open : null);
            String closest = say("packets.closest");
            double peak = closest == null ? 0 : 1 / Double.parseDouble(closest);
            near(FactKey.VIDEO_FPS_PEAK, closest == null ? null : number(peak), peak * 0.02);
            if (closest != null) {
                double middle = Double.parseDouble(said.get("packets.middle"));
                boolean uneven = Integer.parseInt(said.get("packets.odd")) >= 2
                        || Double.parseDouble(said.get("packets.widest")) > 6 * middle;
                same(FactKey.VIDEO_FPS_VARIABLE, Boolean.toString(uneven));
                String keys = facts.fact(FactKey.VIDEO_KEY_FRAMES)
                        .known()
                        .map(list -> Integer.toString(list.size()))
                        .orElse(NOTHING);
                row("video.keyFrames", keys, said.get("packets.keys"), keys.equals(said.get("packets.keys")));
            }
            String rate = say("video.bit_rate");
            near(FactKey.VIDEO_BIT_RATE, rate, rate == null ? 0 : Double.parseDouble(rate) * 0.01);
        }

        void sound() {
            String tracks = said.getOrDefault("audios", "0");
            same(FactKey.AUDIO_PRESENT, Boolean.toString(!tracks.equals("0")));
            if (tracks.equals("0")) {
                return;
            }
            same(FactKey.AUDIO_EXTRA_TRACKS, Integer.toString(Integer.parseInt(tracks) - 1));
            String codec = said.getOrDefault("audio.codec_name", NOTHING);
            same(FactKey.AUDIO_CODEC, codec.startsWith("pcm_s") ? "pcm" : codec);
            same(FactKey.AUDIO_SAMPLE_RATE, say("audio.sample_rate"));
            same(FactKey.AUDIO_CHANNELS, say("audio.channels"));
            if (codec.equals("aac")) {
                same(FactKey.AUDIO_OBJECT_TYPE, objectType(said.getOrDefault("audio.profile", NOTHING)));
            }
            near(FactKey.AUDIO_START, say("audio.start_time"), 0.002);
            String rate = say("audio.bit_rate");
            near(FactKey.AUDIO_BIT_RATE, rate, rate == null ? 0 : Double.parseDouble(rate) * 0.01);
        }

        private static String objectType(String profile) {
            return switch (profile) {
                case "HE-AAC" -> "HE";
                case "HE-AACv2" -> "HEv2";
                default -> profile;
            };
        }

        void image() {
            String exifSize =
                    say("exif.ImageWidth") == null ? null : say("exif.ImageWidth") + "x" + say("exif.ImageHeight");
            String probed = say("video.width") == null || "0".equals(say("video.width"))
                    ? null
                    : say("video.width") + "x" + say("video.height");
            String size = exifSize == null ? probed : exifSize;
            given(FactKey.IMAGE_SIZE, size);
            String orientation = said.getOrDefault("exif.Orientation", "1");
            same(FactKey.IMAGE_ORIENTATION, orientation);
            if (size != null) {
                String[] sides = size.split("x", -1);
                boolean turned = Integer.parseInt(orientation) >= 5;
                same(FactKey.IMAGE_DISPLAY_SIZE, turned ? sides[1] + "x" + sides[0] : size);
            }
            String type = say("exif.ColorType");
            String format = said.getOrDefault("video.pix_fmt", NOTHING);
            String components = say("exif.ColorComponents");
            if (components == null && type != null) {
                components = type.equals("0") || type.equals("4") ? "1" : "3";
            }
            if (components == null && !format.equals(NOTHING)) {
                components = format.startsWith("gray") ? "1" : "3";
            }
            given(FactKey.IMAGE_COMPONENTS, components);
            given(FactKey.IMAGE_COLOUR_MODEL, model(components, type, format));
            given(FactKey.IMAGE_BIT_DEPTH, depth(format));
            String process = say("exif.EncodingProcess");
            String interlace = say("exif.Interlace");
            same(FactKey.IMAGE_PROGRESSIVE, Boolean.toString("2".equals(process) || "1".equals(interlace)));
            same(FactKey.IMAGE_ICC, Boolean.toString(any("exif.ProfileCMMType", "exif.ProfileFileSignature")));
            boolean alpha = Arrays.asList("4", "6").contains(type)
                    || format.startsWith("yuva")
                    || format.equals("argb")
                    || format.equals("bgra");
            same(FactKey.IMAGE_ALPHA, Boolean.toString(alpha));
            String frames = any("exif.FrameCount") ? say("exif.FrameCount") : say("exif.AnimationFrames");
            same(FactKey.IMAGE_ANIMATED, Boolean.toString(frames != null && !frames.equals("1")));
        }

        private @Nullable String model(@Nullable String components, @Nullable String type, String format) {
            if (type != null) {
                return switch (type) {
                    case "0", "4" -> "GREY";
                    case "3" -> "PALETTE";
                    default -> "RGB";
                };
            }
            boolean gif = said.getOrDefault("exif.FileType", NOTHING).equals("GIF");
            return gif
                    ? "PALETTE"
                    : "1".equals(components)
                            ? "GREY"
                            : "4".equals(components)
                                    ? "CMYK"
                                    : format.equals("argb") || format.equals("bgra")
                                            ? "RGB"
                                            : components == null ? null : "YCBCR";
        }

        private @Nullable String depth(String format) {
            for (String key : List.of("exif.BitDepth", "exif.BitsPerSample", "exif.ImagePixelDepth")) {
                if (say(key) != null) {
                    return say(key).split(" ", -1)[0];
                }
            }
            return format.equals(NOTHING) ? null : format.contains("10") ? "10" : "8";
        }

        private static String chroma(String format) {
            for (String chroma : List.of("420", "422", "440", "444")) {
                if (format.contains(chroma)) {
                    return chroma.charAt(0) + ":" + chroma.charAt(1) + ":" + chroma.charAt(2);
                }
            }
            return format.startsWith("gray") ? "4:0:0" : format.startsWith("gbr") ? "4:4:4" : format;
        }
    }
}
