package io.linkspan.preflight.internal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MainTest {
    private static final String GOOD = "../examples/media/sample.mp4";
    private static final String BAD = "../examples/media/sample-15fps.mp4";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... args) {
        return Main.run(
                List.of(args),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void run_ofAGoodFile_exitsZero() {
        assertEquals(0, run(GOOD));
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("sample.mp4: OK\n"));
    }

    @Test
    void run_ofABlockedFile_exitsOneAndShowsThePlan() {
        assertEquals(1, run(BAD, "--to", "tiktok-video,instagram-reel"));
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("(lossy) Convert to 30 frames per second. [tiktok.video.fps, ig.video.fps]"), text);
    }

    @Test
    void run_ofAMissingFile_exitsTwoAndGoesOn() {
        assertEquals(2, run(folder.resolve("none.mp4").toString(), GOOD));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("sample.mp4: OK"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("none.mp4"));
    }

    @Test
    void run_ofText_exitsTwo() throws Exception {
        Path text = Files.writeString(folder.resolve("text.mp4"), "this is not a video at all");
        assertEquals(2, run(text.toString()));
    }

    @Test
    void run_withJson_printsJson() {
        assertEquals(0, run("--json", GOOD));
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("{\n  \"schema\" : 1"));
    }

    @Test
    void run_withHtml_writesOnePageForEachFile() throws Exception {
        Path pages = folder.resolve("pages");
        assertEquals(1, run("--html=" + pages, GOOD, BAD));
        assertTrue(Files.readString(pages.resolve("sample.mp4.html")).startsWith("<!doctype html>"));
        assertTrue(Files.exists(pages.resolve("sample-15fps.mp4.html")));
    }

    @Test
    void run_withHelp_saysHow() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("Exit code: 0 OK or RISKY, 1 BLOCKED, 2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--frob|unknown option --frob",
                "--to|--to needs a value",
                "--to=myspace|unknown destination 'myspace'; known are tiktok-video",
                "--creator-max=x|--creator-max must be a number of seconds, was 'x'",
                "--delivery=pigeon|--delivery must be bytes or pull, was 'pigeon'",
                "--as-of=soon|--as-of must be a date such as 2026-11-21, was 'soon'",
                "--pack=none.json|--pack: cannot read none.json",
                "--json|no file given"
            })
    void run_ofAWrongCommand_saysWhy(String argument, String message) {
        assertEquals(2, run(argument));
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("linkspan-media-preflight: " + message));
    }
}
