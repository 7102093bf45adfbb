package io.linkspan.preflight;

import java.io.IOException;

/** Whether ffmpeg's tools can be started. */
final class Ffprobe {
    private Ffprobe() {}

    static boolean isAtHand() throws InterruptedException {
        for (String tool : new String[] {"ffmpeg", "ffprobe"}) {
            try {
                Process process = new ProcessBuilder(tool, "-version")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor() != 0) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
