package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Facts of the fixtures, as ffprobe 5.1 reports them where it reports them. */
final class FixtureFactsTest {
    @ParameterizedTest
    @CsvSource({
        // file, codec, profile, level, chroma, depth, scan, gop, edit lists, moov first
        "good.mp4,h264,High,2.1,4:2:0,8,PROGRESSIVE,CLOSED,NONE,true",
        "good.mov,h264,High,2.1,4:2:0,8,PROGRESSIVE,CLOSED,NONE,true",
        "editlist-moov-last.mp4,h264,High,2.1,4:2:0,8,PROGRESSIVE,CLOSED,TRIVIAL,false",
        "open-gop.mp4,h264,High,2.1,4:2:0,8,PROGRESSIVE,OPEN,NONE,true",
        "hevc-main10.mp4,hevc,Main 10,2.1,4:2:0,10,PROGRESSIVE,CLOSED,NONE,true",
        "hevc-open-gop.mp4,hevc,Main,2.1,4:2:0,8,PROGRESSIVE,OPEN,NONE,true",
        "chroma-422-10.mp4,h264,High 4:2:2,2.1,4:2:2,10,PROGRESSIVE,CLOSED,NONE,true",
        "interlaced.mp4,h264,High,2.1,4:2:0,8,POSSIBLY_INTERLACED,CLOSED,NONE,true"
    })
    void check_ofAFixture_readsItsVideoFacts(
            String file,
            String codec,
            String profile,
            double level,
            String chroma,
            int depth,
            Scan scan,
            Gop gop,
            EditLists edits,
            boolean moovFirst) {
        MediaFacts facts = Fixtures.check(file).facts();
        assertKnown(codec, facts, FactKey.VIDEO_CODEC);
        assertKnown(profile, facts, FactKey.VIDEO_PROFILE);
        assertKnown(level, facts, FactKey.VIDEO_LEVEL);
        assertKnown(chroma, facts, FactKey.VIDEO_CHROMA);
        assertKnown(depth, facts, FactKey.VIDEO_BIT_DEPTH);
        assertKnown(scan, facts, FactKey.VIDEO_SCAN);
        assertKnown(gop, facts, FactKey.VIDEO_GOP);
        assertKnown(edits, facts, FactKey.EDIT_LISTS);
        assertKnown(moovFirst, facts, FactKey.MOOV_FIRST);
        assertKnown(30.0, facts, FactKey.VIDEO_FPS);
        assertKnown(new Size(270, 480), facts, FactKey.VIDEO_DISPLAY_SIZE);
        assertEquals(List.of(), facts.damage());
    }

    @Test
    void check_ofGoodMp4_readsItsContainerAndSound() {
        MediaFacts facts = Fixtures.check("good.mp4").facts();
        assertKnown(Container.MP4, facts, FactKey.CONTAINER);
        assertKnown(List.of("iso4", "isom", "iso2", "avc1", "mp41"), facts, FactKey.BRANDS);
        assertKnown(Duration.ofNanos(2_021_333_333L), facts, FactKey.DURATION);
        assertKnown(183_352L, facts, FactKey.VIDEO_BIT_RATE);
        assertKnown(47_470L, facts, FactKey.AUDIO_BIT_RATE);
        assertKnown("aac", facts, FactKey.AUDIO_CODEC);
        assertKnown("LC", facts, FactKey.AUDIO_OBJECT_TYPE);
        assertKnown(48_000, facts, FactKey.AUDIO_SAMPLE_RATE);
        assertKnown(2, facts, FactKey.AUDIO_CHANNELS);
    }

    @Test
    void check_ofRotatedVideo_swapsTheDisplaySize() {
        MediaFacts facts = Fixtures.check("rotated.mp4").facts();
        assertKnown(90, facts, FactKey.VIDEO_ROTATION);
        assertKnown(new Size(270, 480), facts, FactKey.VIDEO_CODED_SIZE);
        assertKnown(new Size(480, 270), facts, FactKey.VIDEO_DISPLAY_SIZE);
    }

    @Test
    void check_ofAnamorphicVideo_widensTheDisplaySize() {
        MediaFacts facts = Fixtures.check("anamorphic.mp4").facts();
        assertKnown(new Size(270, 480), facts, FactKey.VIDEO_CODED_SIZE);
        assertKnown(new Size(360, 480), facts, FactKey.VIDEO_DISPLAY_SIZE);
        assertEquals(Fact.State.ABSENT, facts.fact(FactKey.AUDIO_CODEC).state());
    }

    @Test
    void check_ofSixChannelAc3_countsTheRealChannels() {
        MediaFacts facts = Fixtures.check("audio-ac3-6ch.mp4").facts();
        assertKnown("ac3", facts, FactKey.AUDIO_CODEC);
        assertKnown(6, facts, FactKey.AUDIO_CHANNELS);
        assertKnown(44_100, facts, FactKey.AUDIO_SAMPLE_RATE);
    }

    @Test
    void check_ofFragmentedVideo_addsUpItsFragments() {
        MediaFacts facts = Fixtures.check("fragmented.mp4").facts();
        assertKnown(true, facts, FactKey.FRAGMENTED);
        assertKnown(30.0, facts, FactKey.VIDEO_FPS);
        assertKnown(183_352L, facts, FactKey.VIDEO_BIT_RATE);
        assertKnown(Gop.CLOSED, facts, FactKey.VIDEO_GOP);
    }

    @Test
    void check_ofOldQuickTimeWithoutFileType_isStillMov() {
        byte[] good = Fixtures.bytes("good.mov");
        MediaFacts facts =
                Fixtures.check(new Bytes(good).type("ftyp", 0, "wide").done()).facts();
        assertKnown(Container.MOV, facts, FactKey.CONTAINER);
        assertEquals(Fact.State.ABSENT, facts.fact(FactKey.BRANDS).state());
        assertKnown("h264", facts, FactKey.VIDEO_CODEC);
    }

    private static <T> void assertKnown(T expected, MediaFacts facts, FactKey<T> key) {
        assertEquals(new Fact.Known<>(expected), facts.fact(key), key.name());
    }
}
