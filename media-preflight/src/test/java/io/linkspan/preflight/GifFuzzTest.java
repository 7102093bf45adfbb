package io.linkspan.preflight;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** GIF. See docs/fuzzing.md. */
final class GifFuzzTest {
    static Stream<byte[]> seeds() {
        return Fuzzing.seeds(".*\\.gif");
    }

    @MethodSource("seeds")
    @FuzzTest
    void check_ofFuzzedBytes_endsInAReport(byte[] media) {
        Fuzzing.check(media, 0, "GIF89a", MediaKind.IMAGE);
    }
}
