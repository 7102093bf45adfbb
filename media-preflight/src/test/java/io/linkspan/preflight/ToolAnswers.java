package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What ffprobe and exiftool say about files: one line a file, a value for each question that a tool answered. */
final class ToolAnswers {
    private static final List<String> TAGS = List.of(
            "FileType",
            "FileSize",
            "ImageWidth",
            "ImageHeight",
            "Orientation",
            "BitsPerSample",
            "BitDepth",
            "ImagePixelDepth",
            "ColorComponents",
            "ColorType",
            "EncodingProcess",
            "Interlace",
            "FrameCount",
            "AnimationFrames",
            "ProfileCMMType",
            "ProfileFileSignature",
            "GPSLatitude",
            "GPSLongitude",
            "GPSCoordinates",
            "LocationInformation",
            "LocationName");
    private static final String STREAM = "stream=codec_type,codec_name,profile,level,width,height,pix_fmt,"
            + "sample_aspect_ratio,avg_frame_rate,color_primaries,color_transfer,color_space,color_range,field_order,"
            + "bit_rate,sample_rate,channels,nb_read_frames,start_time:stream_side_data=rotation,side_data_type";
    private static final String FILE =
            "format=format_name,duration:format_tags=major_brand,compatible_brands,location,location-eng";

    private ToolAnswers() {}

    static Map<String, Map<String, String>> read(Path table) throws IOException {
        Map<String, Map<String, String>> answers = new TreeMap<>();
        for (String line : Files.readAllLines(table)) {
            String[] cells = line.split("\t", -1);
            Map<String, String> of = new TreeMap<>();
            for (String cell : Arrays.asList(cells).subList(1, cells.length)) {
                of.put(cell.substring(0, cell.indexOf('=')), cell.substring(cell.indexOf('=') + 1));
            }
            answers.put(cells[0], of);
        }
        return answers;
    }

    static void write(Path table, Map<String, Map<String, String>> answers) throws IOException {
        List<String> lines = new ArrayList<>();
        answers.forEach((file, of) -> {
            StringBuilder line = new StringBuilder(file);
            of.forEach((key, value) -> line.append('\t').append(key).append('=').append(value));
            lines.add(line.toString());
        });
        Files.write(table, lines);
    }

    /** Asks both tools about all files of a folder. */
    static Map<String, Map<String, String>> ask(Path folder) throws Exception {
        Map<String, Map<String, String>> answers = new TreeMap<>();
        List<String> command = new ArrayList<>(List.of("exiftool", "-q", "-T", "-f", "-n", "-FileName"));
        TAGS.forEach(tag -> command.add("-" + tag));
        command.add(folder.toString());
        for (String line : run(command).split("\n", -1)) {
            String[] cells = line.split("\t", -1);
            Map<String, String> of = new TreeMap<>();
            for (int i = 1; i < cells.length; i++) {
                if (!cells[i].equals("-")) {
                    of.put("exif." + TAGS.get(i - 1), printable(cells[i]));
                }
            }
            if (!cells[0].isEmpty()) {
                answers.put(cells[0], of);
            }
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            answers.computeIfAbsent(file.getFileName().toString(), name -> new TreeMap<>())
                    .putAll(probe(file));
        }
        return answers;
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7E]", "?");
    }

    private static Map<String, String> probe(Path file) throws Exception {
        String said = run(List.of(
                "ffprobe",
                "-v",
                "quiet",
                "-count_frames",
                "-of",
                "flat",
                "-show_entries",
                FILE + ":" + STREAM + ":packet=codec_type,stream_index,pts_time,duration_time,flags",
                "file:" + file));
        Map<String, String> flat = new TreeMap<>();
        for (String line : said.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                flat.put(line.substring(0, equals), line.substring(equals + 1).replace("\"", ""));
            }
        }
        Map<String, String> answers = new TreeMap<>();
        flat.forEach((key, value) -> {
            if (key.startsWith("format.") && !open(value)) {
                answers.put("ff." + key.substring(7).replace("tags.", ""), printable(value));
            }
        });
        int video = streams(flat, answers, "video");
        streams(flat, answers, "audio");
        if (video >= 0) {
            packets(flat, answers, video);
        }
        return answers;
    }

    private static boolean open(String value) {
        return List.of("", "unknown", "N/A", "reserved", "0/0").contains(value);
    }

    /** The first stream of a kind, and how many there are; covers are stills and no video. */
    private static int streams(Map<String, String> flat, Map<String, String> answers, String kind) {
        int first = -1;
        int count = 0;
        for (int i = 0; flat.containsKey("streams.stream." + i + ".codec_type"); i++) {
            String prefix = "streams.stream." + i + ".";
            if (!flat.get(prefix + "codec_type").equals(kind)) {
                continue;
            }
            if (count++ == 0) {
                first = i;
                flat.forEach((key, value) -> {
                    if (key.startsWith(prefix) && !open(value)) {
                        String name = key.substring(prefix.length());
                        if (name.startsWith("side_data_list")) {
                            name = name.endsWith("rotation") ? "rotation" : "side." + value.replace(' ', '-');
                        }
                        answers.put(kind + "." + name, printable(value));
                    }
                });
            }
        }
        answers.put(kind + "s", Integer.toString(count));
        return first;
    }

    /** What follows from the times of the packets: the longest group, pictures before their key frame, the two closest frames, unevenness. */
    private static void packets(Map<String, String> flat, Map<String, String> answers, int stream) {
        List<Double> times = new ArrayList<>();
        List<Double> keys = new ArrayList<>();
        int leading = 0;
        double end = 0;
        for (int i = 0; flat.containsKey("packets.packet." + i + ".codec_type"); i++) {
            String prefix = "packets.packet." + i + ".";
            String time = flat.getOrDefault(prefix + "pts_time", "N/A");
            if (!flat.get(prefix + "stream_index").equals(Integer.toString(stream)) || open(time)) {
                continue;
            }
            double at = Double.parseDouble(time);
            String length = flat.getOrDefault(prefix + "duration_time", "0");
            times.add(at);
            end = Math.max(end, at + (open(length) ? 0 : Double.parseDouble(length)));
            if (flat.getOrDefault(prefix + "flags", "").startsWith("K")) {
                keys.add(at);
            } else if (!keys.isEmpty() && at < keys.get(keys.size() - 1)) {
                leading++;
            }
        }
        if (times.size() < 3 || keys.isEmpty()) {
            return;
        }
        times.sort(null);
        keys.sort(null);
        double longest = 0;
        for (int i = 0; i < keys.size(); i++) {
            longest = Math.max(longest, (i + 1 < keys.size() ? keys.get(i + 1) : end) - keys.get(i));
        }
        List<Double> gaps = new ArrayList<>();
        for (int i = 1; i < times.size(); i++) {
            gaps.add(times.get(i) - times.get(i - 1));
        }
        gaps.sort(null);
        answers.put("packets.gop", String.format(Locale.ROOT, "%.3f", longest));
        answers.put("packets.keys", Integer.toString(keys.size()));
        answers.put("packets.leading", Integer.toString(leading));
        answers.put("packets.closest", String.format(Locale.ROOT, "%.6f", gaps.get(0)));
        answers.put("packets.middle", String.format(Locale.ROOT, "%.6f", gaps.get(gaps.size() / 2)));
        double middle = gaps.get(gaps.size() / 2);
        long odd = gaps.stream()
                .filter(gap -> Math.abs(gap - middle) > middle * 0.05)
                .count();
        answers.put("packets.odd", Long.toString(odd));
        answers.put("packets.widest", String.format(Locale.ROOT, "%.6f", gaps.get(gaps.size() - 1)));
    }

    private static String run(List<String> command) throws Exception {
        Path out = Files.createTempFile("answer", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(out.toFile())
                    .start();
            assertTrue(process.waitFor(120, TimeUnit.SECONDS), command + " is still running");
            return Files.readString(out, StandardCharsets.ISO_8859_1);
        } finally {
            Files.delete(out);
        }
    }
}
