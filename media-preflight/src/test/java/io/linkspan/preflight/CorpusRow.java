package io.linkspan.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What ffprobe says about one file of the corpus: a row of {@code corpus-expected.tsv}, {@code -} where it says nothing. */
final class CorpusRow {
    private final List<String> cells;

    private CorpusRow(String line) {
        cells = Arrays.asList(line.split("\t", -1));
    }

    static List<CorpusRow> table(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("corpus-expected.tsv")).stream()
                .map(CorpusRow::new)
                .toList();
    }

    String name() {
        return cells.get(0);
    }

    Path file(Path folder) {
        return folder.resolve(name());
    }

    @Override
    public String toString() {
        return name();
    }

    /** Every fact that ffprobe and we both claim to know, and differ on. */
    List<String> differences(MediaFacts facts) {
        List<String> found = new ArrayList<>();
        if (facts.kind() == MediaKind.IMAGE) {
            image(found, facts);
            return found;
        }
        same(found, "codec", cells.get(1), facts.fact(FactKey.VIDEO_CODEC));
        video(found, facts);
        colour(found, facts);
        same(found, "audio codec", audioCodec(cells.get(14)), facts.fact(FactKey.AUDIO_CODEC));
        same(found, "rate", cells.get(15), facts.fact(FactKey.AUDIO_SAMPLE_RATE));
        // the header of MP3 in MP4 leaves the channels open; ffprobe decodes a frame
        if (!name().startsWith("sound-libmp3lame")) {
            same(found, "channels", cells.get(16), facts.fact(FactKey.AUDIO_CHANNELS));
        }
        // ffprobe counts the delay of the first picture in
        double slack = name().startsWith("fragmented-cmaf") ? 0.1 : 0.045;
        near(found, "seconds", cells.get(17), seconds(facts.fact(FactKey.DURATION)), slack);
        if (!name().startsWith("truncated")) {
            near(found, "gop", cells.get(18), seconds(facts.fact(FactKey.VIDEO_GOP_LENGTH)), 0.003);
        }
        sums(found, facts);
        return found;
    }

    private void image(List<String> found, MediaFacts facts) {
        String size = cells.get(4) + "x" + cells.get(5);
        // ffprobe cannot read moving WebP
        if (size.equals("0x0")) {
            return;
        }
        same(found, "size", size, facts.fact(FactKey.IMAGE_SIZE));
        String format = cells.get(6);
        // ffprobe names the format of its decoder for GIF
        if (!name().endsWith("gif")) {
            boolean grey = format.startsWith("gray") || format.startsWith("ya") || format.startsWith("mono");
            same(found, "components", grey ? "1" : "3", facts.fact(FactKey.IMAGE_COMPONENTS));
            same(found, "bits", imageDepth(format), facts.fact(FactKey.IMAGE_BIT_DEPTH));
            boolean alpha = format.startsWith("rgba") || format.startsWith("ya") || format.startsWith("yuva");
            same(found, "alpha", Boolean.toString(alpha), facts.fact(FactKey.IMAGE_ALPHA));
        }
    }

    /** What ffprobe adds up or counts. */
    private void sums(List<String> found, MediaFacts facts) {
        if (List.of("progressive", "tt", "bb").contains(cells.get(19))) {
            // whether fields are shown as such is only certain from the pictures, which ffprobe decodes
            Scan scan = facts.fact(FactKey.VIDEO_SCAN).known().orElse(null);
            boolean whole = cells.get(19).equals("progressive");
            if (scan == null ? isCodec("h264", "hevc") : (scan == Scan.PROGRESSIVE) != whole && !isFake()) {
                found.add("scan: ffprobe says " + cells.get(19) + ", we say " + scan);
            }
        }
        // of such fragments ffprobe counts the first only; its own packets add up to what we say
        if (!name().equals("fragmented-dash.mp4")) {
            rate(found, "video bit rate", cells.get(20), facts.fact(FactKey.VIDEO_BIT_RATE));
            rate(found, "sound bit rate", cells.get(22), facts.fact(FactKey.AUDIO_BIT_RATE));
        }
        if (!cells.get(21).equals("-")) {
            same(found, "object type", cells.get(21), facts.fact(FactKey.AUDIO_OBJECT_TYPE));
        }
        same(found, "video tracks", cells.get(23), plusOne(facts.fact(FactKey.VIDEO_EXTRA_TRACKS)));
        same(found, "sound tracks", cells.get(24), plusOne(facts.fact(FactKey.AUDIO_EXTRA_TRACKS)));
    }

    private boolean isCodec(String... names) {
        return List.of(names).contains(cells.get(1));
    }

    private boolean isFake() {
        return name().equals("scan-fake.mp4");
    }

    /** Of sound in Matroska ffprobe reads the rate from the sound itself, and we do not know it. */
    private void rate(List<String> found, String what, String expected, Fact<Long> fact) {
        if (fact.known().isPresent() || !isMatroska()) {
            double value = fact.known().orElse(-1L);
            near(found, what, expected, value, value * 0.01);
        }
    }

    private boolean isMatroska() {
        return name().endsWith("mkv") || name().endsWith("webm");
    }

    private static Fact<?> plusOne(Fact<Integer> extra) {
        return new Fact.Known<>(extra.known().map(count -> count + 1).orElse(0));
    }

    private static String imageDepth(String format) {
        return format.startsWith("mono") ? "1" : format.contains("16") || format.contains("48") ? "16" : depth(format);
    }

    private void video(List<String> found, MediaFacts facts) {
        String codec = cells.get(1);
        same(found, "coded size", cells.get(4) + "x" + cells.get(5), facts.fact(FactKey.VIDEO_CODED_SIZE));
        same(found, "rotation", clockwise(cells.get(13)), facts.fact(FactKey.VIDEO_ROTATION));
        if (!cells.get(7).equals("-")) {
            near(
                    found,
                    "pixel aspect",
                    cells.get(7),
                    facts.fact(FactKey.VIDEO_PIXEL_ASPECT).known().orElse(-1.0),
                    1e-2);
        }
        boolean ranged = facts.fact(FactKey.FRAGMENTED).known().orElse(false) || name().startsWith("container-live");
        double rate = facts.fact(FactKey.VIDEO_FPS).known().orElse(-1.0);
        near(found, "fps", cells.get(8), rate, rate * (ranged ? 0.05 : 0.005));
        if (codec.equals("h264") || codec.equals("hevc")) {
            same(found, "profile", cells.get(2), facts.fact(FactKey.VIDEO_PROFILE));
            double level = Double.parseDouble(cells.get(3)) / (codec.equals("h264") ? 10 : 30);
            near(
                    found,
                    "level",
                    Double.toString(level),
                    facts.fact(FactKey.VIDEO_LEVEL).known().orElse(-1.0),
                    0.01);
        }
        if (List.of("h264", "hevc", "vp8", "vp9", "av1").contains(codec)) {
            // ffprobe names the format of its decoder, which fills grey up to 4:2:0
            boolean grey = name().equals("h264-gray.mp4");
            same(found, "chroma", grey ? "4:0:0" : chroma(cells.get(6)), facts.fact(FactKey.VIDEO_CHROMA));
            same(found, "bit depth", depth(cells.get(6)), facts.fact(FactKey.VIDEO_BIT_DEPTH));
        }
    }

    private void colour(List<String> found, MediaFacts facts) {
        if (cells.get(1).equals("mjpeg")) {
            return;
        }
        same(found, "primaries", cells.get(9), facts.fact(FactKey.VIDEO_COLOUR_PRIMARIES));
        same(found, "transfer", cells.get(10), facts.fact(FactKey.VIDEO_COLOUR_TRANSFER));
        same(found, "matrix", cells.get(11), facts.fact(FactKey.VIDEO_COLOUR_MATRIX));
        Fact<Boolean> full = facts.fact(FactKey.VIDEO_COLOUR_FULL_RANGE);
        String range = full.known().map(value -> value ? "pc" : "tv").orElse("-");
        // ffprobe also concludes the range from the decoder's pixel format
        if (!cells.get(12).equals("-") && !range.equals("-")) {
            same(found, "range", cells.get(12), new Fact.Known<>(range));
        }
    }

    private static void same(List<String> found, String what, String expected, Fact<?> fact) {
        Object value = fact.known().map(Object.class::cast).orElse("-");
        if (!Objects.equals(expected, value.toString())) {
            found.add(what + ": ffprobe says " + expected + ", we say " + fact);
        }
    }

    private static void near(List<String> found, String what, String expected, double value, double slack) {
        if (!expected.equals("-") && !(Math.abs(quotient(expected) - value) <= slack)) {
            found.add(what + ": ffprobe says " + expected + ", we say " + value);
        }
    }

    private static double seconds(Fact<Duration> fact) {
        return fact.known().map(value -> value.toNanos() / 1e9).orElse(-1.0);
    }

    private static double quotient(String text) {
        String[] parts = text.split("[/:]", 2);
        return Double.parseDouble(parts[0]) / (parts.length > 1 ? Double.parseDouble(parts[1]) : 1);
    }

    /** ffprobe counts counter-clockwise. */
    private static String clockwise(String rotation) {
        return rotation.equals("-") ? "0" : Integer.toString(Math.floorMod(-Integer.parseInt(rotation), 360));
    }

    private static String audioCodec(String name) {
        return name.startsWith("pcm_s") ? "pcm" : name;
    }

    private static String chroma(String format) {
        if (format.startsWith("gray")) {
            return "4:0:0";
        }
        for (String chroma : List.of("420", "422", "440", "444")) {
            if (format.contains(chroma)) {
                return chroma.charAt(0) + ":" + chroma.charAt(1) + ":" + chroma.charAt(2);
            }
        }
        return format.startsWith("gbr") ? "4:4:4" : format;
    }

    private static String depth(String format) {
        return format.contains("12") ? "12" : format.contains("10") ? "10" : "8";
    }
}
