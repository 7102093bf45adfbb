package io.linkspan.preflight;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Movies in fragments. See docs/fuzzing.md. */
final class FragmentFuzzTest {
    static Stream<byte[]> seeds() {
        return Fuzzing.seeds("fragmented.*\\.mp4");
    }

    @MethodSource("seeds")
    @FuzzTest
    void check_ofFuzzedBytes_endsInAReport(byte[] media) {
        Fuzzing.check(media, 4, "ftypiso5", MediaKind.VIDEO);
    }
}
