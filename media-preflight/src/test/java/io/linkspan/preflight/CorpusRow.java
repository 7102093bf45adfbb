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
            String size = cells.get(4) + "x" + cells.get(5);
            // ffprobe cannot read moving WebP
            if (!size.equals("0x0")) {
                same(found, "size", size, facts.fact(FactKey.IMAGE_SIZE));
            }
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
        boolean matroska = name().endsWith("mkv") || name().endsWith("webm");
        if (!name().startsWith("truncated") && !matroska) {
            near(found, "gop", cells.get(18), seconds(facts.fact(FactKey.VIDEO_GOP_LENGTH)), 0.003);
        }
        return found;
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
