package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How little of a large file is read, and how little memory that takes: bounds that users may rely on. */
final class RangedReaderTest {
    private static final long MEDIA = 1L << 30;
    private static final long LARGEST_ALLOCATION = 1L << 20;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void check_ofAGibibyte_takesFewRangesWhereverTheIndexIs(boolean moovFirst) {
        LargeMovie movie = new LargeMovie(6_000, MEDIA, moovFirst);
        MediaFacts facts = Preflight.check(movie, PreflightOptions.defaults()).facts();
        assertEquals(new Fact.Known<>(moovFirst), facts.fact(FactKey.MOOV_FIRST));
        assertEquals(new Fact.Known<>(30.0), facts.fact(FactKey.VIDEO_FPS));
        assertEquals(new Fact.Known<>(Gop.CLOSED), facts.fact(FactKey.VIDEO_GOP));
        assertTrue(movie.requests() <= 14, movie.requests() + " requests");
        assertTrue(movie.bytesRead() <= movie.metadataBytes() + 65_536, "read " + movie.bytesRead());
    }

    @ParameterizedTest
    @CsvSource({"6000,true", "6000,false", "400000,true", "400000,false"})
    void check_ofAChannel_readsTheIndexOnceAndAllocatesAtMostAMebibyte(int samples, boolean moovFirst) {
        LargeMovie warm = new LargeMovie(samples, MEDIA, moovFirst);
        Preflight.check(warm.channel(), PreflightOptions.defaults());
        LargeMovie movie = new LargeMovie(samples, MEDIA, moovFirst);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        PreflightReport report = Preflight.check(movie.channel(), PreflightOptions.defaults());
        long allocated = threads.getThreadAllocatedBytes(thread) - before;
        assertEquals(new Fact.Known<>(30.0), report.facts().fact(FactKey.VIDEO_FPS));
        assertTrue(movie.bytesRead() <= movie.metadataBytes() + 65_536, "read " + movie.bytesRead());
        assertTrue(allocated <= LARGEST_ALLOCATION, "allocated " + allocated);
    }

    @Test
    void check_ofRangesThatEndEarly_endsInAReport() {
        byte[] good = Fixtures.bytes("good.mp4");
        RangedReader shrinking = new RangedReader() {
            @Override
            public long size() {
                return good.length;
            }

            @Override
            public int read(long offset, ByteBuffer target) {
                if (offset >= 600) {
                    return -1;
                }
                int count = (int) Math.min(target.remaining(), 600 - offset);
                target.put(good, (int) offset, count);
                return count;
            }
        };
        PreflightReport report = Preflight.check(shrinking, PreflightOptions.defaults());
        assertEquals(Verdict.BLOCKED, report.verdict());
    }

    @Test
    void check_ofRangesThatFail_throwsTheDeclaredException() {
        RangedReader failing = new RangedReader() {
            @Override
            public long size() {
                return 1000;
            }

            @Override
            public int read(long offset, ByteBuffer target) throws IOException {
                throw new IOException("503 from the store");
            }
        };
        UnreadableMediaException thrown = assertThrows(
                UnreadableMediaException.class, () -> Preflight.check(failing, PreflightOptions.defaults()));
        assertEquals(UnreadableMediaException.Reason.IO, thrown.reason());
    }
}
