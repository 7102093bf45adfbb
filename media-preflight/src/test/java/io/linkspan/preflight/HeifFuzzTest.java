package io.linkspan.preflight;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** HEIF and AVIF. See docs/fuzzing.md. */
final class HeifFuzzTest {
    static Stream<byte[]> seeds() {
        byte[] exif = Bytes.join(Bytes.u32(0), HostileImages.directory(ByteOrder.LITTLE_ENDIAN, 8, 2));
        int at = HostileImages.heif(exif, 0, exif.length).length - exif.length;
        return Stream.concat(Fuzzing.seeds(".*\\.avif"), Stream.of(HostileImages.heif(exif, at, exif.length)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void check_ofFuzzedBytes_endsInAReport(byte[] media) {
        Fuzzing.check(media, 4, "ftypheic", MediaKind.IMAGE);
    }
}
