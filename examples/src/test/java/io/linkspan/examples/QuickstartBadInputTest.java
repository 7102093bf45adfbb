package io.linkspan.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linkspan.examples.QuickstartProcess.Result;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each bad input gives one clear error that names what to do, and a non-zero exit. */
class QuickstartBadInputTest {
    @TempDir
    Path folder;

    private void stopsWith(Result result, String... words) {
        assertEquals(1, result.exitCode(), result.output());
        String error = result.output()
                .lines()
                .filter(line -> line.startsWith("quickstart stopped: "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(result.output()));
        String whole = result.output().substring(result.output().indexOf(error));
        for (String word : words) {
            assertTrue(whole.contains(word), word + " is missing in: " + whole);
        }
        assertFalse(result.output().contains("\tat "), "no stack trace");
        assertFalse(result.output().contains(Quickstart.TIKTOK_SECRET), "no secret");
    }

    @Test
    void quickstart_withoutClientSecret_namesTheVariable() throws Exception {
        Result result =
                new QuickstartProcess(folder).with("TIKTOK_CLIENT_SECRET", "").run();

        stopsWith(result, "TIKTOK_CLIENT_SECRET is missing", "developer portal");
    }

    @Test
    void quickstart_withUnreachablePlatform_saysSoAndSpendsNoCodeTwice() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }

        Result result = new QuickstartProcess(folder).run("--tiktok-api", "http://127.0.0.1:" + closed);

        stopsWith(result, "not connected", "cannot reach 127.0.0.1", "check network");
    }

    @Test
    void quickstart_withTextInsteadOfVideo_queuesNothing() throws Exception {
        Path text = Files.writeString(folder.resolve("holiday.mp4"), "this is no video");

        Result result = new QuickstartProcess(folder).run("--video", text.toString());

        stopsWith(result, "refused and nothing was queued", "media.unreadable");
    }

    @Test
    void quickstart_withMissingVideo_namesIt() throws Exception {
        Result result = new QuickstartProcess(folder)
                .run("--video", folder.resolve("gone.mp4").toString());

        stopsWith(result, "gone.mp4");
    }

    @Test
    void quickstart_withPortInUse_namesThePort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Result result = new QuickstartProcess(folder).run("--port", Integer.toString(taken.getLocalPort()));

            stopsWith(result, "port " + taken.getLocalPort() + " is in use", "choose another");
        }
    }

    @Test
    void quickstart_withFileInsteadOfFolder_namesTheFolder() throws Exception {
        Files.writeString(folder.resolve("data"), "in the way");

        Result result = new QuickstartProcess(folder).run();

        stopsWith(result, folder.resolve("data").toString());
    }

    @Test
    void quickstart_withFullDisk_saysWhatToFree() throws Exception {
        assumeTrue(File.separatorChar == '/', "SKIPPED: a full disk is imitated with ulimit, which this system lacks");

        Path sample = Path.of(System.getProperty("basedir", ".")).resolve("media/sample.mp4");
        Result result = new QuickstartProcess(folder).withFilesOfAtMost(60).run("--video", sample.toString());

        stopsWith(result, "disk");
    }

    @Test
    void quickstart_withUnknownOption_showsUsage() throws Exception {
        Result result = new QuickstartProcess(folder).run("--fast");

        stopsWith(result, "unknown option --fast", "usage:");
    }

    @Test
    void callback_withWrongState_connectsNothing() throws Exception {
        QuickstartProcess quickstart = new QuickstartProcess(folder);
        Process process = quickstart.start("--browser");
        URI consent = printedAddress(quickstart, process);
        String redirect = parameter(consent, "redirect_uri");

        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(redirect + "?code=abc&state=someone-elses"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());

        assertEquals(303, answer.statusCode());
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        stopsWith(
                new Result(process.exitValue(), quickstart.output()),
                "belongs to no connect",
                "start the connect again");
    }

    static URI printedAddress(QuickstartProcess quickstart, Process process) throws IOException, InterruptedException {
        return printedAddress(quickstart, process, 1);
    }

    /** The nth consent address that the quickstart printed, once it is there. */
    static URI printedAddress(QuickstartProcess quickstart, Process process, int nth)
            throws IOException, InterruptedException {
        Pattern address = Pattern.compile("^ {3}(http\\S+)\\R", Pattern.MULTILINE);
        while (true) {
            Matcher matcher = address.matcher(quickstart.output());
            int seen = 0;
            while (matcher.find()) {
                if (++seen == nth) {
                    return URI.create(matcher.group(1));
                }
            }
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("ended before address " + nth + ": " + quickstart.output());
            }
        }
    }

    private static String parameter(URI uri, String name) {
        for (String pair : uri.getRawQuery().split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError("no " + name + " in the consent address");
    }
}
