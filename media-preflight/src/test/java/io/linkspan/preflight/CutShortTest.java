package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.preflight.UnreadableMediaException.Reason;
import io.linkspan.preflight.internal.read.MediaReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when a check is stopped in its middle: at every look at the clock and at every read. */
final class CutShortTest {
    private static final long HOUR = 3_600_000_000_000L;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "good.mp4",
                "editlist-moov-last.mp4",
                "fragmented.mp4",
                "hevc-open-gop.mp4",
                "good.mov",
                "good.jpg",
                "corpus/container-live.webm",
                "corpus/container-mkv.mkv",
                "corpus/avif-10.avif",
                "corpus/gif-moving.gif",
                "corpus/png-rgba.png",
                "corpus/webp-moving.webp",
                "corpus/inband-hev1.mp4",
                "corpus/sound-pcm.mov"
            })
    void check_stoppedAnywhere_endsAsDeclared(String name) {
        byte[] media = Fixtures.bytes(name);
        MemoryChannel whole = new MemoryChannel(media);
        AtomicInteger looks = new AtomicInteger();
        MediaReader.read(whole, ReadBudget.defaults(), looks::incrementAndGet);
        for (int look = 2; look <= looks.get(); look++) {
            assertLate(media, look, name);
            assertInterrupted(media, look, name);
        }
        for (int reads = 0; reads < looks.get(); reads++) {
            assertFailing(media, reads, name);
            assertShrinking(media, reads, name);
        }
    }

    /** The clock jumps by an hour just before it is looked at for the nth time. */
    private static void assertLate(byte[] media, int look, String name) {
        AtomicInteger looks = new AtomicInteger();
        MediaFacts facts = MediaReader.read(
                new MemoryChannel(media), ReadBudget.defaults(), () -> looks.incrementAndGet() < look ? 0 : HOUR);
        PreflightReport report = Preflight.check(facts, PreflightOptions.defaults());
        assertFalse(report.toText().isEmpty());
        assertTrue(
                report.toJson().contains("reading took longer than 2000 ms"),
                name + " late at look " + look + ": " + report);
    }

    private static void assertInterrupted(byte[] media, int look, String name) {
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger after = new AtomicInteger();
        MemoryChannel channel = new MemoryChannel(media, media.length, () -> {
            if (Thread.currentThread().isInterrupted()) {
                after.incrementAndGet();
            }
        });
        try {
            UnreadableMediaException e = assertThrows(
                    UnreadableMediaException.class,
                    () -> MediaReader.read(channel, ReadBudget.defaults(), () -> {
                        if (looks.incrementAndGet() == look - 1) {
                            Thread.currentThread().interrupt();
                        }
                        return 0;
                    }),
                    name + " interrupted at look " + look);
            assertEquals(Reason.INTERRUPTED, e.reason());
            // the read that was about to start is the last one
            assertTrue(after.get() <= 1, after + " reads after the interrupt");
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    private static void assertFailing(byte[] media, int reads, String name) {
        AtomicInteger left = new AtomicInteger(reads);
        AtomicLong failedAt = new AtomicLong(-1);
        RangedReader failing = ranges(media, offset -> {
            if (left.getAndDecrement() <= 0) {
                failedAt.set(offset);
                throw new IOException("the disk is gone");
            }
        });
        try {
            MediaReader.read(failing, ReadBudget.defaults(), () -> 0);
            assertEquals(-1, failedAt.get(), name + " failing after " + reads);
        } catch (UnreadableMediaException e) {
            assertEquals(Reason.IO, e.reason());
            assertTrue(e.getMessage().contains("at byte " + failedAt.get() + ":"), e.getMessage());
        }
    }

    private static void assertShrinking(byte[] media, int reads, String name) {
        MediaFacts facts = MediaReader.read(
                new HostileFiles.ChangingChannel(media, reads, media.length / 3), ReadBudget.defaults(), () -> 0);
        PreflightReport report = Preflight.check(facts, PreflightOptions.defaults());
        boolean told = facts.damage().stream()
                .anyMatch(damage -> damage.toString()
                        .equals("the file changed its size while it was read (at byte " + media.length + ")"));
        assertTrue(told || reads == 0, name + " cut after " + reads + " reads: " + facts.damage());
        assertFalse(report.toText().isEmpty());
    }

    @Test
    void check_ofAChannelClosedByAnInterrupt_isInterrupted() {
        RangedReader closed = ranges(new byte[100], offset -> {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        });
        assertInterrupted(closed);
    }

    @Test
    void check_whoseStoreFailsBecauseOfAnInterrupt_isInterrupted() {
        RangedReader failing = ranges(new byte[100], offset -> {
            Thread.currentThread().interrupt();
            throw new IOException("request cancelled");
        });
        assertInterrupted(failing);
    }

    @Test
    void check_interruptedWhileAskingForTheSize_isInterrupted() {
        assertInterrupted(new RangedReader() {
            @Override
            public long size() throws IOException {
                Thread.currentThread().interrupt();
                throw new ClosedByInterruptException();
            }

            @Override
            public int read(long offset, ByteBuffer target) {
                throw new AssertionError("read without a size");
            }
        });
    }

    private static void assertInterrupted(RangedReader media) {
        try {
            UnreadableMediaException e = assertThrows(
                    UnreadableMediaException.class, () -> Preflight.check(media, PreflightOptions.defaults()));
            assertEquals(Reason.INTERRUPTED, e.reason());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void check_ofRangesThatNeverDeliver_endsAtTheDeadline() {
        AtomicLong clock = new AtomicLong();
        RangedReader slow = new RangedReader() {
            @Override
            public long size() {
                return 1_000_000;
            }

            @Override
            public int read(long offset, ByteBuffer target) {
                clock.addAndGet(10_000_000);
                return 0;
            }
        };
        MediaFacts facts = MediaReader.read(slow, ReadBudget.defaults(), clock::get);
        assertEquals(
                "reading took longer than 2000 ms (at byte 0)",
                facts.unreadable().orElseThrow().toString());
        assertTrue(clock.get() < 2_100_000_000L, "went on to " + clock);
        assertEquals(
                List.of(Verdict.BLOCKED),
                List.of(Preflight.check(facts, PreflightOptions.defaults()).verdict()));
    }

    private interface OnRead {
        void at(long offset) throws IOException;
    }

    private static RangedReader ranges(byte[] media, OnRead onRead) {
        MemoryRanges all = new MemoryRanges(media);
        return new RangedReader() {
            @Override
            public long size() {
                return all.size();
            }

            @Override
            public int read(long offset, ByteBuffer target) throws IOException {
                onRead.at(offset);
                return all.read(offset, target);
            }
        };
    }
}
