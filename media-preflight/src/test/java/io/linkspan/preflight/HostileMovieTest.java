package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made to break readers. Each must end in a report that tells what is wrong. */
@Timeout(value = 5, unit = TimeUnit.SECONDS)
final class HostileMovieTest {
    private static final byte[] GOOD = Fixtures.bytes("good.mp4");
    private static final byte[] FTYP = Bytes.box("ftyp", Bytes.ascii("isom"), Bytes.u32(0));

    @Test
    void check_ofAnEmptyFile_isUnreadable() {
        assertUnreadable("it is empty (at byte 0)", new byte[0]);
    }

    @Test
    void check_ofTextNamedMp4_isUnreadable() {
        assertUnreadable(
                "not a media format that is known: it starts with 48 65 6c 6c 6f 2c 20 77 (at byte 0)",
                Bytes.ascii("Hello, world! This is no video."));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 11, 12, 15})
    void check_ofTheFirstFewBytes_isUnreadable(int length) {
        PreflightReport report = Fixtures.check(Arrays.copyOf(GOOD, length));
        assertTrue(report.facts().unreadable().isPresent());
        assertEquals(Verdict.BLOCKED, report.verdict());
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 7})
    void check_ofABoxSizeBelowItsHeader_isUnreadable(long size) {
        byte[] media = Bytes.join(
                FTYP,
                new Bytes(Bytes.box("free", new byte[64])).size("free", 0, size).done());
        assertUnreadable("there is no index (moov), so nothing can be played (at byte 88)", media);
        assertEquals(
                "box free claims a size of " + size + " bytes (at byte 16)",
                Fixtures.check(media).facts().damage().get(0).toString());
    }

    @Test
    void check_ofAZeroByteBoxLoopInMoov_stopsAtTheBox() {
        // size 0 means "to the end of the parent", so it cannot loop
        PreflightReport report =
                Fixtures.check(new Bytes(GOOD).size("mvhd", 0, 0).done());
        assertEquals(Verdict.BLOCKED, report.verdict());
        assertTrue(rules(report).contains("media.videoMissing"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 15, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 62})
    void check_ofAnAbsurdLargeSize_isDamaged(long size) {
        byte[] media = Bytes.join(FTYP, Bytes.u32(1), Bytes.ascii("mdat"), Bytes.u64(size), new byte[32]);
        PreflightReport report = Fixtures.check(media);
        assertEquals(1, report.facts().damage().size());
        assertTrue(report.facts().unreadable().isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"moov", "trak", "udta", "mdia"})
    void check_ofTenThousandNestedBoxes_hasNoStackToOverflow(String type) {
        byte[] nested = new byte[10_000 * 8];
        for (int i = 0; i < 10_000; i++) {
            byte[] header = Bytes.join(Bytes.u32(nested.length - i * 8L), Bytes.ascii(type));
            System.arraycopy(header, 0, nested, i * 8, 8);
        }
        PreflightReport report = Fixtures.check(Bytes.join(FTYP, Bytes.box("moov", nested)));
        assertEquals(List.of("media.videoMissing"), errors(report, Destination.INSTAGRAM_REEL));
    }

    @Test
    void check_ofAChildLargerThanItsParent_isCutToTheParent() {
        PreflightReport report =
                Fixtures.check(new Bytes(GOOD).size("stbl", 0, 0x7FFFFFFF).done());
        assertEquals("moov/trak/mdia/minf", report.facts().damage().get(0).path());
        assertTrue(rules(report).contains("media.damaged"));
    }

    @ParameterizedTest
    @CsvSource({"stts,4", "ctts,4", "stss,4", "stsc,4", "stco,4", "stsz,8", "stsd,4"})
    void check_ofHugeEntryCounts_isBoundedByTheBox(String type, int offset) {
        for (long count : new long[] {0x7FFFFFFFL, 0xFFFFFFFFL}) {
            PreflightReport report =
                    Fixtures.check(new Bytes(GOOD).u32(type, 0, offset, count).done());
            assertEquals(
                    "h264", report.facts().fact(FactKey.VIDEO_CODEC).known().orElseThrow());
        }
    }

    @Test
    void check_ofAHugeEditCount_isBoundedByTheBox() {
        byte[] media = new Bytes(Fixtures.bytes("editlist-moov-last.mp4"))
                .u32("elst", 0, 4, 0xFFFFFFFFL)
                .done();
        assertEquals(
                new Fact.Known<>(EditLists.TRIVIAL),
                Fixtures.check(media).facts().fact(FactKey.EDIT_LISTS));
    }

    @Test
    void check_ofOneSampleRunThatOverflows_saturates() {
        byte[] media = new Bytes(GOOD)
                .u32("stts", 0, 8, 0xFFFFFFFFL)
                .u32("stts", 0, 12, 0xFFFFFFFFL)
                .done();
        assertTrue(rules(Fixtures.check(media)).contains("tiktok.video.fps"));
    }

    @Test
    void check_ofOneSizeForBillionsOfSamples_doesNotCountThem() {
        byte[] media = new Bytes(GOOD)
                .u32("stsz", 0, 4, 7)
                .u32("stsz", 0, 8, 0xFFFFFFFFL)
                .done();
        assertEquals(
                new Fact.Unknown<Gop>("video with 4294967295 samples of one size"),
                Fixtures.check(media).facts().fact(FactKey.VIDEO_GOP));
    }

    @Test
    void check_ofAMillionFreeBoxes_reachesTheLimit() {
        byte[] free = Bytes.box("free");
        byte[] many = new byte[8 * 1_000_000];
        for (int i = 0; i < many.length; i += 8) {
            System.arraycopy(free, 0, many, i, 8);
        }
        PreflightReport top = Fixtures.check(Bytes.join(FTYP, many, GOOD));
        assertEquals("more than 10000 boxes (at byte 80008)", unchecked(top));
        PreflightReport inside = Fixtures.check(Bytes.join(FTYP, Bytes.box("moov", many)));
        assertEquals("more than 10000 boxes (at byte 80008)", unchecked(inside));
        assertEquals(Verdict.RISKY, inside.verdict());
    }

    @Test
    void check_ofTwentyThousandTracks_reachesTheLimit() {
        byte[] track = Bytes.box("trak", Bytes.box("mdia"));
        byte[][] tracks = new byte[4_000][];
        Arrays.fill(tracks, track);
        PreflightReport report = Fixtures.check(Bytes.join(FTYP, Bytes.box("moov", tracks)));
        assertTrue(report.facts().damage().stream()
                .anyMatch(damage -> damage.what().equals("3936 tracks beyond the limit were not read")));
    }

    @Test
    void check_ofAFragmentRunWithBillionsOfSamples_doesNotCountThem() {
        byte[] media = new Bytes(Fixtures.bytes("fragmented.mp4"))
                .u32("trun", 0, 0, 0)
                .u32("trun", 0, 4, 0xFFFFFFFFL)
                .done();
        assertFalse(Fixtures.check(media).findings().isEmpty());
    }

    @Test
    void check_ofTenMegabytesOfBrands_readsTheFirstKilobyte() {
        byte[] brands = new byte[10 << 20];
        for (int i = 0; i < brands.length; i++) {
            brands[i] = (byte) ('a' + i * 31 % 26);
        }
        byte[] media = Bytes.join(Bytes.box("ftyp", brands), Arrays.copyOfRange(GOOD, 36, GOOD.length));
        MemoryChannel channel = new MemoryChannel(media);
        PreflightReport report = Preflight.check(channel, PreflightOptions.defaults());
        assertTrue(report.facts().fact(FactKey.BRANDS).known().orElseThrow().size() <= 256);
        assertTrue(channel.bytesRead() < 1 << 17, "read " + channel.bytesRead());
    }

    @Test
    void check_ofACompressedHeader_isNotUnpacked() {
        PreflightReport report = Fixtures.check(Bytes.join(FTYP, Bytes.box("moov", Bytes.box("cmov", new byte[100]))));
        assertEquals("the movie header is compressed (cmov), which is not unpacked", unchecked(report));
    }

    @Test
    void check_ofZeroTimescales_hasUnknownTimes() {
        byte[] media = new Bytes(GOOD)
                .u32("mvhd", 0, 12, 0)
                .u32("mdhd", 0, 12, 0)
                .u32("mdhd", 1, 12, 0)
                .done();
        MediaFacts facts = Fixtures.check(media).facts();
        assertEquals(Fact.State.UNKNOWN, facts.fact(FactKey.DURATION).state());
        assertEquals(Fact.State.UNKNOWN, facts.fact(FactKey.VIDEO_FPS).state());
        // the header's own figure is what is left
        assertEquals(new Fact.Known<>(183_352L), facts.fact(FactKey.VIDEO_BIT_RATE));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0xFF})
    void check_ofAParameterSetOfOneByteValue_hasUnknownPictureFacts(int value) {
        Bytes media = new Bytes(GOOD);
        for (int i = 9; i < 30; i++) {
            media.u8("avcC", 0, i, value);
        }
        MediaFacts facts = Fixtures.check(media.done()).facts();
        assertEquals(Fact.State.UNKNOWN, facts.fact(FactKey.VIDEO_CHROMA).state());
    }

    @Test
    void check_ofAParameterSetLongerThanItsBox_hasUnknownPictureFacts() {
        MediaFacts facts =
                Fixtures.check(new Bytes(GOOD).u8("avcC", 0, 6, 0xFF).done()).facts();
        assertEquals(
                new Fact.Unknown<String>("the parameter sets make no sense: a parameter set runs past "
                        + "moov/trak/mdia/minf/stbl/stsd/avc1/avcC"),
                facts.fact(FactKey.VIDEO_CHROMA));
    }

    @Test
    void check_ofHevcParameterArraysWithEmptySets_ends() {
        Bytes media = new Bytes(Fixtures.bytes("hevc-main10.mp4")).u8("hvcC", 0, 22, 0xFF);
        media.u8("hvcC", 0, 24, 0xFF)
                .u8("hvcC", 0, 25, 0xFF)
                .u8("hvcC", 0, 26, 0)
                .u8("hvcC", 0, 27, 0);
        assertFalse(Fixtures.check(media.done()).findings().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "stsc,12,0,a chunk without samples",
        "stsc,8,0,chunk numbers do not rise",
        "stss,8,0,key frame numbers do not rise",
        "stco,8,0xFFFFFF00,a key frame lies outside the file"
    })
    void check_ofSampleTablesThatMakeNoSense_cannotJudgeTheGroups(
            String type, int offset, String value, String reason) {
        byte[] media = new Bytes(GOOD).u32(type, 0, offset, Long.decode(value)).done();
        assertEquals(
                new Fact.Unknown<Gop>(reason), Fixtures.check(media).facts().fact(FactKey.VIDEO_GOP));
    }

    @Test
    void check_ofChunksPastTheEnd_isTruncated() {
        PreflightReport report =
                Fixtures.check(new Bytes(GOOD).u32("stco", 0, 8, 0xFFFFFF00L).done());
        assertTrue(errors(report, Destination.TIKTOK_VIDEO).contains("file.truncated"));
    }

    @Test
    void check_ofAnEditAtTheEndOfTime_isComplex() {
        byte[] good = Fixtures.bytes("editlist-moov-last.mp4");
        byte[] media = new Bytes(good).u32("elst", 0, 12, 0x7FFFFFFF).done();
        assertEquals(
                new Fact.Known<>(EditLists.COMPLEX),
                Fixtures.check(media).facts().fact(FactKey.EDIT_LISTS));
    }

    @Test
    void check_ofALeadingEmptyEdit_isAnOffset() {
        byte[] good = Fixtures.bytes("editlist-moov-last.mp4");
        byte[] media = new Bytes(good).u32("elst", 0, 12, 0xFFFFFFFFL).done();
        assertEquals(
                new Fact.Known<>(EditLists.OFFSET),
                Fixtures.check(media).facts().fact(FactKey.EDIT_LISTS));
    }

    @Test
    void check_ofAnEditThatLeavesOutASecond_isATrim() {
        byte[] good = Fixtures.bytes("editlist-moov-last.mp4");
        byte[] media = new Bytes(good).u32("elst", 0, 8, 1000).done();
        assertEquals(
                new Fact.Known<>(EditLists.TRIM), Fixtures.check(media).facts().fact(FactKey.EDIT_LISTS));
    }

    @Test
    void check_ofDescriptorsWithEndlessLengths_ends() {
        Bytes media = new Bytes(GOOD);
        for (int i = 4; i < 30; i++) {
            media.u8("esds", 0, i, 0x7F);
        }
        assertEquals(
                Fact.State.UNKNOWN,
                Fixtures.check(media.done()).facts().fact(FactKey.AUDIO_CODEC).state());
    }

    @Test
    void check_ofTwoMoovs_takesTheFirst() {
        byte[] media = Bytes.join(GOOD, Bytes.box("moov", new byte[32]));
        PreflightReport report = Fixtures.check(media);
        assertEquals(new Fact.Known<>("h264"), report.facts().fact(FactKey.VIDEO_CODEC));
    }

    @Test
    void check_ofAnEncryptedTrack_isBlocked() {
        PreflightReport report =
                Fixtures.check(new Bytes(GOOD).type("avc1", 1, "encv").done());
        assertTrue(errors(report, Destination.TIKTOK_VIDEO).contains("media.encrypted"));
    }

    @Test
    void check_ofACutFile_isTruncatedOnce() {
        PreflightReport report = Fixtures.check(Arrays.copyOf(GOOD, GOOD.length / 2));
        assertEquals(
                List.of("file.truncated"),
                rules(report).stream()
                        .filter(rule -> rule.startsWith("file.") || rule.equals("media.damaged"))
                        .toList());
    }

    @Test
    void check_ofEveryLength_endsInAReport() {
        List<Integer> lengths = new ArrayList<>();
        for (int length = 0; length < 4_000; length += 7) {
            lengths.add(length);
        }
        for (int length : lengths) {
            assertEquals(
                    Verdict.BLOCKED, Fixtures.check(Arrays.copyOf(GOOD, length)).verdict(), "length " + length);
        }
    }

    private static void assertUnreadable(String measured, byte[] media) {
        PreflightReport report = Fixtures.check(media);
        assertEquals(Verdict.BLOCKED, report.verdict());
        assertEquals(List.of("media.unreadable"), rules(report));
        assertEquals(measured, report.findings().get(0).measured());
    }

    private static String unchecked(PreflightReport report) {
        return report.findings().stream()
                .filter(finding -> finding.ruleId().equals("media.unchecked"))
                .map(Finding::measured)
                .distinct()
                .collect(Collectors.joining("|"));
    }

    private static List<String> errors(PreflightReport report, Destination destination) {
        return report.findings(destination).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(Finding::ruleId)
                .toList();
    }

    private static List<String> rules(PreflightReport report) {
        return report.findings().stream().map(Finding::ruleId).toList();
    }
}
