package io.linkspan.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.examples.QuickstartProcess.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, as a user runs it. The program itself ends with 0 only when each step came out as it should. */
class QuickstartTest {
    private static final String ONE_EACH = "ledger: 1 post on TikTok, 1 post on Instagram";

    @TempDir
    Path folder;

    @Test
    void quickstart_workerKilledBetweenCommitAndAnswer_endsWithOnePostEach() throws Exception {
        Result result = new QuickstartProcess(folder).run();

        assertEquals(0, result.exitCode(), result.output());
        assertTrue(result.output()
                .contains("-- kill -9: Instagram has published; the worker has not received the response"));
        assertTrue(result.output().contains("the worker stopped between the commit and its answer"));
        assertTrue(result.output().contains(ONE_EACH));
        assertTrue(result.output().contains("revoked: local tokens erased, platform grant revoked (verified)"));
    }

    @Tag("proof")
    @RepeatedTest(4)
    void quickstart_workerKilledAtRandomMoment_endsWithOnePostEach() throws Exception {
        String moment = Integer.toString(new SecureRandom().nextInt(6_500));
        System.out.println("worker killed after " + moment + " ms");

        Result result = new QuickstartProcess(folder).run("--kill-after", moment);

        assertEquals(0, result.exitCode(), result.output());
        assertTrue(result.output().contains(ONE_EACH), result.output());
    }

    @Test
    void quickstart_onTheModulePath_endsWithZero() throws Exception {
        Result result = new QuickstartProcess(folder).modular().run();

        assertEquals(0, result.exitCode(), result.output());
    }

    @Test
    void quickstart_atTrace_showsNoSecretInLogsOutputOrFiles() throws Exception {
        Result result = new QuickstartProcess(folder).traced().run();

        assertEquals(0, result.exitCode(), result.output());
        assertTrue(result.output().contains("TRACE io.linkspan"), "logs at TRACE are part of what is searched");
        Map<String, Pattern> secrets = Map.of(
                "client secret of TikTok", Pattern.compile(Pattern.quote(Quickstart.TIKTOK_SECRET)),
                "app secret of Instagram", Pattern.compile(Pattern.quote(Quickstart.INSTAGRAM_SECRET)),
                "browser secret", Pattern.compile(Pattern.quote(Quickstart.BROWSER_SECRET)),
                "TikTok access token", Pattern.compile("act\\.[A-Za-z0-9_-]{8}"),
                "TikTok refresh token", Pattern.compile("rft\\.[A-Za-z0-9_-]{8}"),
                "Instagram token", Pattern.compile("IGAA[A-Za-z0-9]"),
                "state or code of a callback", Pattern.compile("[?&](state|code)=[A-Za-z0-9]"),
                "signed upload address", Pattern.compile("upload_token="));
        for (Path file : searched()) {
            String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
            secrets.forEach((name, pattern) ->
                    assertFalse(pattern.matcher(bytes).find(), name + " occurs in " + file.getFileName()));
        }
    }

    private List<Path> searched() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found = files.filter(Files::isRegularFile).toList();
            assertTrue(
                    found.stream().anyMatch(file -> file.toString().endsWith(".mv.db")), "the store is searched too");
            return found;
        }
    }
}
