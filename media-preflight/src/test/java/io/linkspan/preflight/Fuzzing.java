package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.preflight.internal.read.MediaReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** What all fuzz targets share: where they start, and what must hold. */
final class Fuzzing {
    /** The deadline of a check, and a little more. */
    private static final long MOST_NANOS = 2_500_000_000L;

    private Fuzzing() {}

    /** The files of the corpus whose names match. */
    static Stream<byte[]> seeds(String pattern) {
        try (Stream<Path> files =
                Files.list(new File(Fuzzing.class.getResource("/corpus").toURI()).toPath())) {
            List<byte[]> seeds = files.filter(
                            file -> file.getFileName().toString().matches(pattern))
                    .sorted()
                    .map(Fuzzing::bytes)
                    .toList();
            assertFalse(seeds.isEmpty(), pattern);
            return seeds.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whatever the bytes are, with the mark of a format at its place they end in facts, in time. */
    static void check(byte[] data, int at, String mark, MediaKind kind) {
        byte[] media = Arrays.copyOf(data, Math.max(data.length, at + mark.length()));
        // no other format begins with a zero
        media[0] = 0;
        System.arraycopy(Bytes.ascii(mark), 0, media, at, mark.length());
        MemoryChannel channel = new MemoryChannel(media);
        // the time of this thread only, so that a busy machine does not look like a slow reader
        LongSupplier clock = ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;
        long start = clock.getAsLong();
        MediaFacts facts = MediaReader.read(channel, ReadBudget.defaults(), clock);
        long took = clock.getAsLong() - start;
        assertTrue(took < MOST_NANOS, "took " + took / 1_000_000 + " ms");
        assertTrue(
                channel.bytesRead() <= ReadBudget.defaults().metadataBytes(), "read " + channel.bytesRead() + " bytes");
        assertEquals(kind, facts.kind());
        // reports cost more than reading, so only one in eight is written
        if ((Arrays.hashCode(media) & 7) == 0) {
            PreflightReport report = Preflight.check(facts, PreflightOptions.defaults());
            assertFalse(report.toText().isEmpty());
            assertFalse(report.toJson().isEmpty());
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
