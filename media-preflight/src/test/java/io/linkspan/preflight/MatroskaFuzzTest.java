package io.linkspan.preflight;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** WebM and Matroska. See docs/fuzzing.md. */
final class MatroskaFuzzTest {
    static Stream<byte[]> seeds() {
        return Fuzzing.seeds(".*\\.(webm|mkv)");
    }

    @MethodSource("seeds")
    @FuzzTest
    void check_ofFuzzedBytes_endsInAReport(byte[] media) {
        Fuzzing.check(media, 0, "\u001AE\u00DF\u00A3", MediaKind.VIDEO);
    }
}
