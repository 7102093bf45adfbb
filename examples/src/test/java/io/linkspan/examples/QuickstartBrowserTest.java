package io.linkspan.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.testkit.sim.Browser;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The consent pages, when a person has to click them. */
class QuickstartBrowserTest {
    @TempDir
    Path folder;

    @Test
    void quickstart_withBrowser_waitsForThePersonOnEachConsentPage() throws Exception {
        QuickstartProcess quickstart = new QuickstartProcess(folder);
        Process process = quickstart.start("--browser");

        for (int page = 1; page <= 3; page++) { // TikTok, Instagram, and TikTok again after the revocation
            var consent = QuickstartBadInputTest.printedAddress(quickstart, process, page);
            assertTrue(Browser.create().open(consent).body().contains("<form"), "a page to click");
            Browser.create().allowAndReturn(consent, "http://127.0.0.1");
        }

        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it ends");
        assertEquals(0, process.exitValue(), quickstart.output());
    }
}
