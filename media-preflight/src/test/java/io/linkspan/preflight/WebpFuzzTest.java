package io.linkspan.preflight;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** WebP. See docs/fuzzing.md. */
final class WebpFuzzTest {
    static Stream<byte[]> seeds() {
        return Fuzzing.seeds(".*\\.webp");
    }

    @MethodSource("seeds")
    @FuzzTest
    void check_ofFuzzedBytes_endsInAReport(byte[] media) {
        byte[] padded = Arrays.copyOf(media, Math.max(media.length, 12));
        System.arraycopy(Bytes.ascii("WEBP"), 0, padded, 8, 4);
        Fuzzing.check(padded, 0, "RIFF", MediaKind.IMAGE);
    }
}
