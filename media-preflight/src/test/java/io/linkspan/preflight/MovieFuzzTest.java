package io.linkspan.preflight;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables, entries and edit lists of MP4 and MOV files. See docs/fuzzing.md. */
final class MovieFuzzTest {
    static Stream<byte[]> seeds() {
        return Fuzzing.seeds(
                "(codec|edit|fps|gop|h264|hevc|inband|sar|scan|sound|vfr|vp9|aac|moov|container|colour).*\\.(mp4|mov|m4v|3gp)");
    }

    @MethodSource("seeds")
    @FuzzTest
    void check_ofFuzzedBytes_endsInAReport(byte[] media) {
        Fuzzing.check(media, 4, "ftypisom", MediaKind.VIDEO);
    }
}
