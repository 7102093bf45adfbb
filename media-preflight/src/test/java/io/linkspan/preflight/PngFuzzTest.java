package io.linkspan.preflight;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** PNG. See docs/fuzzing.md. */
final class PngFuzzTest {
    static Stream<byte[]> seeds() {
        return Fuzzing.seeds(".*\\.png");
    }

    @MethodSource("seeds")
    @FuzzTest
    void check_ofFuzzedBytes_endsInAReport(byte[] media) {
        Fuzzing.check(media, 0, "\u0089PNG\r\n\u001A\n", MediaKind.IMAGE);
    }
}
