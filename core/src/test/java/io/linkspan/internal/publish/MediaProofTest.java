package io.linkspan.internal.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.MediaSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that give other bytes than they say are found when they are looked at. */
class MediaProofTest {
    @TempDir
    private Path directory;

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static InputStream range(byte[] bytes, long offset, long length) {
        return new ByteArrayInputStream(bytes, (int) offset, (int) length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4095, 4096, 4097, 65_536, 65_537, 200_000})
    void fileStreamAndRanges_giveTheSameProof(int size) throws IOException {
        byte[] bytes = bytes(size);
        Path file = Files.write(directory.resolve("media"), bytes);

        MediaProof proof = MediaProof.of(MediaSource.ofFile(file));

        assertEquals(size, proof.size());
        assertEquals(proof, MediaProof.of(MediaSource.ofStream(size, () -> new ByteArrayInputStream(bytes))));
        assertEquals(
                proof, MediaProof.of(MediaSource.ofRanges(size, (offset, length) -> range(bytes, offset, length))));
        assertEquals(proof.tail(), MediaProof.tail(MediaSource.ofFile(file), size));
    }

    @Test
    void oneOtherByte_givesAnotherProof() throws IOException {
        byte[] bytes = bytes(10_000);
        byte[] other = bytes.clone();
        other[3] ^= 1;

        assertNotEquals(
                MediaProof.of(MediaSource.ofStream(bytes.length, () -> new ByteArrayInputStream(bytes))),
                MediaProof.of(MediaSource.ofStream(other.length, () -> new ByteArrayInputStream(other))));
    }

    private static String refusal(MediaSource source) {
        return String.valueOf(
                assertThrows(IOException.class, () -> MediaProof.of(source)).getMessage());
    }

    @Test
    void sourceThatIsShorterOrLongerThanItSays_isRefused() {
        byte[] bytes = bytes(10_000);
        byte[] half = Arrays.copyOf(bytes, 5_000);

        assertTrue(refusal(MediaSource.ofRanges(10_000, (offset, length) -> new ByteArrayInputStream(half)))
                .contains("too soon"));
        assertEquals(
                "it says that it has 5000 bytes and gives 10000",
                refusal(MediaSource.ofStream(5_000, () -> new ByteArrayInputStream(bytes))));
        assertEquals(
                "it says that it has 10000 bytes and gives 5000",
                refusal(MediaSource.ofStream(10_000, () -> new ByteArrayInputStream(half))));
    }

    @Test
    void sourceThatIgnoresOffsets_isRefused() {
        byte[] bytes = bytes(10_000);

        // all bytes from the start, whatever was asked for
        assertTrue(!refusal(MediaSource.ofRanges(10_000, (offset, length) -> new ByteArrayInputStream(bytes)))
                .isEmpty());
        // as many as asked for, from the start
        assertTrue(refusal(MediaSource.ofRanges(10_000, (offset, length) -> range(bytes, 0, length)))
                .contains("ignores offsets"));
    }

    @Test
    void emptyFile_isRefused() throws IOException {
        assertEquals("it is empty", refusal(MediaSource.ofFile(Files.createFile(directory.resolve("empty")))));
    }
}
