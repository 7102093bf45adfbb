package io.linkspan.preflight;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** JPEG and its Exif blocks. See docs/fuzzing.md. */
final class JpegFuzzTest {
    static Stream<byte[]> seeds() {
        byte[] exif = Bytes.join(
                new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE1, 0, 48},
                Bytes.ascii("Exif\0\0"),
                HostileImages.directory(ByteOrder.BIG_ENDIAN, 8, 2),
                new byte[] {(byte) 0xFF, (byte) 0xDA, 0, 2, 9, 9, (byte) 0xFF, (byte) 0xD9});
        return Stream.concat(Fuzzing.seeds(".*\\.jpg"), Stream.of(exif));
    }

    @MethodSource("seeds")
    @FuzzTest
    void check_ofFuzzedBytes_endsInAReport(byte[] media) {
        Fuzzing.check(media, 0, "\u00FF\u00D8\u00FF", MediaKind.IMAGE);
    }
}
