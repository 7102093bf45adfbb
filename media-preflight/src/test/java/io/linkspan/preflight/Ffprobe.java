package io.linkspan.preflight;

import java.io.IOException;

/** Whether the tools that the facts are compared with can be started. */
final class Ffprobe {
    private Ffprobe() {}

    static boolean isAtHand() throws InterruptedException {
        return answer("ffmpeg", "-version") && answer("ffprobe", "-version") && answer("exiftool", "-ver");
    }

    private static boolean answer(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
