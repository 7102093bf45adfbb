package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fact of every file beside what ffprobe and exiftool say. Where the two differ, {@code tool-differences.tsv} names
 * the reason, and holds no reason that is not needed. The table is written to {@code target/fact-table.tsv}.
 */
final class FactTableTest {
    private static final Path ANSWERS = Corpus.FOLDER.resolve("tool-answers.tsv");
    private static final Path REASONS = Corpus.FOLDER.resolve("tool-differences.tsv");

    /** A named reason for differences: files and facts are patterns. */
    record Reason(String files, String facts, String why) {
        boolean covers(String file, FactRow row) {
            return file.matches(files) && row.fact().matches(facts);
        }
    }

    /** The committed files and those that the other tests make of them. */
    private static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = Corpus.files(Corpus.FOLDER);
        files.putAll(PlacesTest.all());
        files.putAll(TracksTest.all());
        UndecodableTest.all()
                .forEach((what, file) -> files.put(
                        "broken-" + what.replaceAll("\\.[a-z0-9]+,|[^A-Za-z0-9]+", "-") + ending(file), file));
        JpegTest.all().forEach(files::put);
        return files;
    }

    /** exiftool passes over files without one. */
    private static String ending(byte[] file) {
        String head = new String(file, 0, 12, StandardCharsets.ISO_8859_1);
        return switch (head.substring(1, 4)) {
            case "\u00D8\u00FF\u00E0" -> ".jpg";
            case "PNG" -> ".png";
            case "IFF" -> ".webp";
            case "IF8" -> ".gif";
            case "E\u00DF\u00A3" -> ".mkv";
            default ->
                head.endsWith("heic") ? ".heic" : head.endsWith("avif") || head.endsWith("mif3") ? ".avif" : ".mp4";
        };
    }

    private static List<Reason> reasons() throws IOException {
        return Files.readAllLines(REASONS).stream()
                .map(line -> line.split("\t", -1))
                .map(cells -> new Reason(cells[0], cells[1], cells[2]))
                .toList();
    }

    /** Compares, and returns the facts that were compared and the reasons that were needed. */
    static Outcome compare(Map<String, byte[]> files, Map<String, Map<String, String>> answers) throws IOException {
        List<Reason> reasons = reasons();
        Set<Reason> needed = new LinkedHashSet<>();
        List<String> table = new ArrayList<>(List.of("file\tfact\tours\ttheirs\tagreement"));
        List<String> unexplained = new ArrayList<>();
        Set<String> compared = new TreeSet<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            MediaFacts facts = Fixtures.check(file.getValue()).facts();
            for (FactRow row : FactRow.of(facts, answers.get(file.getKey()))) {
                compared.add(row.fact());
                String verdict = "agree";
                if (!row.agrees()) {
                    List<Reason> why = reasons.stream()
                            .filter(reason -> reason.covers(file.getKey(), row))
                            .toList();
                    why.stream().limit(1).forEach(needed::add);
                    verdict = why.isEmpty() ? "DIFFER" : why.get(0).why();
                }
                String line = String.join("\t", file.getKey(), row.fact(), row.ours(), row.theirs(), verdict);
                table.add(line);
                if (verdict.equals("DIFFER")) {
                    unexplained.add(line);
                }
            }
        }
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target", "fact-table.tsv"), table);
        assertEquals(List.of(), unexplained, unexplained.size() + " differences without a reason");
        return new Outcome(compared, needed);
    }

    /** What a comparison came to. */
    record Outcome(Set<String> compared, Set<Reason> needed) {}

    private static void assertComplete(Outcome outcome) throws IOException {
        assertEquals(new LinkedHashSet<>(reasons()), outcome.needed, "reasons that nothing needs");
        assertEquals(FactRow.COMPARED, outcome.compared);
    }

    @Test
    void facts_ofMoreThan300Files_agreeWithTheToolsOrDifferForAReason() throws IOException {
        Map<String, byte[]> files = files();
        assertTrue(files.size() >= 300, "only " + files.size());
        Map<String, Map<String, String>> answers = ToolAnswers.read(ANSWERS);
        assertEquals(files.keySet(), answers.keySet());
        assertComplete(compare(files, answers));
    }

    @Test
    void facts_areAllComparedOrHaveAReasonWhyNot() {
        Set<String> missing = new TreeSet<>();
        FactKey.all().forEach(key -> missing.add(key.name()));
        missing.removeAll(FactRow.COMPARED);
        assertEquals(FactRow.NO_TOOL_SAYS.keySet(), missing);
    }

    /** Files of 20 frames, 25 a second, named for the grouping that the encoder was asked for. */
    @Test
    void groups_areWhatTheNamesOfTheFilesSay() throws IOException {
        Pattern named = Pattern.compile("gop-(?:hevc-)?(open|closed)-(\\d+)\\.mp4");
        Map<String, Map<String, String>> answers = ToolAnswers.read(ANSWERS);
        Set<String> read = new TreeSet<>();
        for (String name : Corpus.names(Corpus.FOLDER)) {
            Matcher said = named.matcher(name);
            if (said.matches()) {
                MediaFacts facts = Fixtures.check(Corpus.bytes(name)).facts();
                // a clean random access picture of HEVC opens a group only if ffprobe sees a picture before it
                boolean before = !answers.get(name).get("packets.leading").equals("0");
                boolean open = said.group(1).equals("open") && (before || !name.contains("hevc"));
                Gop gop = open ? Gop.OPEN : Gop.CLOSED;
                int frames = Integer.parseInt(said.group(2));
                assertEquals(new Fact.Known<>(gop), facts.fact(FactKey.VIDEO_GOP), name);
                assertEquals(
                        new Fact.Known<>(Duration.ofMillis(40L * frames)), facts.fact(FactKey.VIDEO_GOP_LENGTH), name);
                assertEquals(
                        20 / frames,
                        facts.fact(FactKey.VIDEO_KEY_FRAMES)
                                .known()
                                .orElseThrow()
                                .size(),
                        name);
                read.add(name);
            }
        }
        assertEquals(12, read.size(), read.toString());
    }

    /** The facts about groups are compared with ffprobe over all samples with more than two frames. */
    @Test
    void groups_areComparedWithFfprobe() throws IOException {
        Map<String, Map<String, String>> answers = ToolAnswers.read(ANSWERS);
        long lengths = answers.values().stream()
                .filter(said -> said.containsKey("packets.gop"))
                .count();
        long open = answers.values().stream()
                .filter(said -> !said.getOrDefault("packets.leading", "0").equals("0"))
                .count();
        assertTrue(lengths >= 250, lengths + " distances of key frames");
        assertTrue(open >= 2, open + " files with pictures before their key frame");
    }

    /** With {@code -Danswers.record=true} the answers that are compared with in every build are written anew. */
    @Tag("proof")
    @Test
    void answers_askedAnew_areStillExplained(@TempDir Path folder) throws Exception {
        assumeTrue(Ffprobe.isAtHand(), "skipped: ffmpeg, ffprobe and exiftool are not all on the path");
        for (Map.Entry<String, byte[]> file : files().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        Map<String, Map<String, String>> answers = ToolAnswers.ask(folder);
        if (Boolean.getBoolean("answers.record")) {
            ToolAnswers.write(ANSWERS, answers);
        }
        assertComplete(compare(files(), answers));
    }
}
