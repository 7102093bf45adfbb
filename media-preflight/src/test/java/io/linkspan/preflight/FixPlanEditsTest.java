package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans play edit lists into the streams: a flash and a beep stay together, and what was left out stays left out. */
final class FixPlanEditsTest {
    private static final double FRAME = 1 / 30.0;
    /** Black and silent for two seconds, then white with a beep. */
    private static final String[] FLASH = {
        "-f", "lavfi", "-i", "color=black:s=360x640:r=30:d=4,drawbox=t=fill:c=white:enable='gte(t,2)'",
        "-f", "lavfi", "-i", "aevalsrc='if(gte(t,2),0.5*sin(2000*t),0)':s=48000:d=4"
    };

    private static final String[] ENCODED = {
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-bf", "2", "-g", "30", "-c:a", "aac"
    };

    @TempDir
    private Path folder;

    @BeforeEach
    void assumeFfmpeg() {
        Ffmpeg.assume();
    }

    private Path flash() {
        Path file = folder.resolve("flash.mp4");
        Ffmpeg.make(join(join(FLASH, ENCODED), "-map", "0:v", "-map", "1:a", file.toString()));
        return file;
    }

    @Test
    void run_ofThePlanForASoundThatStartsLate_keepsTheOffset() {
        Path whole = flash();
        Path late = folder.resolve("late.mp4");
        copy(late, "-itsoffset", "0.5", "-i", whole.toString(), "-i", whole.toString(), "-map", "1:v", "-map", "0:a");
        check(late, EditLists.OFFSET, 0.5);
    }

    @Test
    void run_ofThePlanForAPictureThatStartsLate_keepsTheOffset() {
        Path whole = flash();
        Path late = folder.resolve("late.mp4");
        copy(late, "-itsoffset", "0.5", "-i", whole.toString(), "-i", whole.toString(), "-map", "0:v", "-map", "1:a");
        check(late, EditLists.OFFSET, -0.5);
    }

    @Test
    void run_ofThePlanForATrimmedStart_leavesItOut() {
        Path whole = flash();
        Path cut = folder.resolve("cut.mp4");
        // copying from the middle of a group keeps the group and hides its start with an edit
        copy(cut, "-ss", "0.5", "-i", whole.toString(), "-map", "0");
        check(cut, EditLists.TRIM, 0);
    }

    @Test
    void run_ofThePlanForSeveralEdits_playsThem() throws IOException {
        Path whole = folder.resolve("whole.mp4");
        Ffmpeg.make(join(join(FLASH, ENCODED), "-map", "0:v", "-an", "-bf", "0", whole.toString()));
        Path edited = folder.resolve("edited.mp4");
        Files.write(edited, withEdits(Files.readAllBytes(whole)));
        PreflightReport before = Preflight.check(edited);
        assertEquals(
                EditLists.COMPLEX,
                before.facts().fact(FactKey.EDIT_LISTS).known().orElseThrow());
        assertEquals(Verdict.BLOCKED, before.verdict(Destination.INSTAGRAM_REEL));
        PreflightReport after = mended(before, edited);
        // 1 s to 3 s, then 0 s to 1.5 s
        assertEquals(3.5, seconds(after), 2 * FRAME);
    }

    private void check(Path original, EditLists kind, double offset) {
        PreflightReport before = Preflight.check(original);
        assertEquals(kind, before.facts().fact(FactKey.EDIT_LISTS).known().orElseThrow());
        assertEquals(offset, lag(original), FRAME);
        PreflightReport after = mended(before, original);
        assertEquals(offset, lag(folder.resolve("out.mp4")), FRAME + 0.025);
        assertEquals(seconds(before), seconds(after), 3 * FRAME);
    }

    private PreflightReport mended(PreflightReport before, Path original) {
        FixPlan plan = before.fixPlan().orElseThrow();
        assertTrue(plan.lossy());
        PreflightReport after = Preflight.check(Ffmpeg.run(plan, original, folder));
        assertEquals(
                EditLists.NONE, after.facts().fact(FactKey.EDIT_LISTS).known().orElseThrow(), after::toText);
        assertTrue(after.verdict(Destination.INSTAGRAM_CAROUSEL) != Verdict.BLOCKED, after::toText);
        return after;
    }

    /** How much later the beep comes than the flash. */
    private static double lag(Path file) {
        String log = Ffmpeg.make(
                "-i",
                file.toString(),
                "-vf",
                "blackdetect=d=0.05",
                "-af",
                "silencedetect=n=-30dB:d=0.05",
                "-f",
                "null",
                "-");
        return number(log, "silence_end: ([0-9.]+)") - number(log, "black_end:([0-9.]+)");
    }

    private static double number(String log, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(log);
        assertTrue(matcher.find(), log);
        return Double.parseDouble(matcher.group(1));
    }

    private static double seconds(PreflightReport report) {
        return report.facts().fact(FactKey.DURATION).known().orElseThrow().toNanos() / 1e9;
    }

    /** Gives the only track two edits; the index is at the end, so that no place in the media moves. */
    private static byte[] withEdits(byte[] movie) {
        int list = find(movie, "elst");
        int entries = list + 12;
        ByteBuffer old = ByteBuffer.wrap(movie);
        assertEquals(1, old.getInt(list + 8));
        int start = old.getInt(entries + 4);
        ByteBuffer edited = ByteBuffer.allocate(movie.length + 12);
        edited.put(movie, 0, entries + 12).put(new byte[12]).put(movie, entries + 12, movie.length - entries - 12);
        for (String box : new String[] {"moov", "trak", "edts", "elst"}) {
            int at = find(movie, box) - 4;
            edited.putInt(at, edited.getInt(at) + 12);
        }
        int mediaSecond = old.getInt(find(movie, "mdhd") + 16);
        edited.putInt(list + 8, 2);
        edited.putInt(entries, 2000).putInt(entries + 4, start + mediaSecond).putInt(entries + 8, 0x10000);
        edited.putInt(entries + 12, 1500).putInt(entries + 16, start).putInt(entries + 20, 0x10000);
        return edited.array();
    }

    private static int find(byte[] movie, String box) {
        return new String(movie, StandardCharsets.ISO_8859_1).lastIndexOf(box);
    }

    private static void copy(Path output, String... inputs) {
        Ffmpeg.make(join(inputs, "-c", "copy", "-movflags", "+faststart", output.toString()));
    }

    private static String[] join(String[] some, String... others) {
        String[] all = java.util.Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, all, some.length, others.length);
        return all;
    }
}
