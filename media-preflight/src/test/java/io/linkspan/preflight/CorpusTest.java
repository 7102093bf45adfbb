package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of many kinds, and what ffprobe says about them. Both are committed, made by {@code corpus/make-corpus.sh}; where
 * ffmpeg is at hand they are made anew and compared too.
 */
final class CorpusTest {
    private static final Path COMMITTED = Path.of("src", "test", "resources", "corpus");

    static List<CorpusRow> rows() throws IOException {
        return CorpusRow.table(COMMITTED);
    }

    @Test
    void corpus_hasAtLeast150Files() throws IOException {
        assertTrue(rows().size() >= 150, "only " + rows().size());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void check_ofACorpusFile_agreesWithFfprobe(CorpusRow row) throws IOException {
        PreflightReport report = Preflight.check(row.file(COMMITTED));
        assertEquals(List.of(), row.differences(report.facts()));
        List<String> rules = report.findings().stream().map(Finding::ruleId).toList();
        if (row.name().startsWith("truncated")) {
            assertTrue(rules.contains("file.truncated"));
        } else {
            assertEquals(List.of(), report.facts().damage());
            assertTrue(
                    rules.stream().noneMatch(List.of("media.unreadable", "file.truncated", "media.damaged")::contains));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void check_ofRanges_readsTheSameFacts(CorpusRow row) throws IOException {
        byte[] media = Files.readAllBytes(row.file(COMMITTED));
        MediaFacts whole = Fixtures.check(media).facts();
        MediaFacts ranged = Preflight.check(new MemoryRanges(media), PreflightOptions.defaults())
                .facts();
        for (FactKey<?> key : FactKey.all()) {
            assertEquals(whole.fact(key), ranged.fact(key), key.name());
        }
    }

    @Tag("proof")
    @Test
    void corpus_madeAnew_agreesWithFfprobe(@TempDir Path folder) throws Exception {
        assumeTrue(Ffprobe.isAtHand(), "skipped: the corpus is not made anew without ffmpeg and ffprobe on the path");
        Process process = new ProcessBuilder("sh", "corpus/make-corpus.sh", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(Duration.ofMinutes(10).toSeconds(), TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        for (CorpusRow row : CorpusRow.table(folder)) {
            MediaFacts facts = Preflight.check(row.file(folder)).facts();
            assertEquals(List.of(), row.differences(facts), row.name());
        }
    }
}
