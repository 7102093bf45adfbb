package io.linkspan.preflight;

import java.time.Duration;
import java.util.List;

/** Facts about media that every destination takes; a test changes one of them. */
final class TestFacts {
    private TestFacts() {}

    static MediaFacts.Builder video() {
        return MediaFacts.builder(MediaKind.VIDEO)
                .known(FactKey.FILE_SIZE, 5_000_000L)
                .known(FactKey.TRUNCATED, false)
                .known(FactKey.CONTAINER, Container.MP4)
                .known(FactKey.LOCATION, false)
                .known(FactKey.BRANDS, List.of("isom"))
                .known(FactKey.MOOV_FIRST, true)
                .known(FactKey.FRAGMENTED, false)
                .known(FactKey.EDIT_LISTS, EditLists.NONE)
                .known(FactKey.ENCRYPTED, false)
                .known(FactKey.DURATION, Duration.ofSeconds(20))
                .known(FactKey.VIDEO_CODEC, "h264")
                .known(FactKey.VIDEO_PROFILE, "High")
                .known(FactKey.VIDEO_LEVEL, 4.2)
                .known(FactKey.VIDEO_CHROMA, "4:2:0")
                .known(FactKey.VIDEO_BIT_DEPTH, 8)
                .known(FactKey.VIDEO_SCAN, Scan.PROGRESSIVE)
                .known(FactKey.VIDEO_GOP, Gop.CLOSED)
                .known(FactKey.VIDEO_GOP_LENGTH, Duration.ofSeconds(2))
                .known(FactKey.VIDEO_COLOUR_PRIMARIES, "bt709")
                .known(FactKey.VIDEO_COLOUR_TRANSFER, "bt709")
                .known(FactKey.VIDEO_COLOUR_MATRIX, "bt709")
                .known(FactKey.VIDEO_COLOUR_FULL_RANGE, false)
                .known(FactKey.VIDEO_DYNAMIC_RANGE, DynamicRange.SDR)
                .known(FactKey.VIDEO_HDR_METADATA, false)
                .known(FactKey.VIDEO_FPS, 30.0)
                .known(FactKey.VIDEO_FPS_PEAK, 30.0)
                .known(FactKey.VIDEO_FPS_VARIABLE, false)
                .known(FactKey.VIDEO_CODED_SIZE, new Size(1080, 1920))
                .known(FactKey.VIDEO_DISPLAY_SIZE, new Size(1080, 1920))
                .known(FactKey.VIDEO_ROTATION, 0)
                .known(FactKey.VIDEO_PIXEL_ASPECT, 1.0)
                .known(FactKey.VIDEO_BIT_RATE, 8_000_000L)
                .known(FactKey.VIDEO_EXTRA_TRACKS, 0)
                .known(FactKey.AUDIO_PRESENT, true)
                .known(FactKey.AUDIO_CODEC, "aac")
                .known(FactKey.AUDIO_OBJECT_TYPE, "LC")
                .known(FactKey.AUDIO_SAMPLE_RATE, 48_000)
                .known(FactKey.AUDIO_CHANNELS, 2)
                .known(FactKey.AUDIO_BIT_RATE, 128_000L)
                .known(FactKey.AUDIO_EXTRA_TRACKS, 0);
    }

    static MediaFacts.Builder image() {
        return MediaFacts.builder(MediaKind.IMAGE)
                .known(FactKey.FILE_SIZE, 500_000L)
                .known(FactKey.TRUNCATED, false)
                .known(FactKey.CONTAINER, Container.JPEG)
                .known(FactKey.IMAGE_SIZE, new Size(1080, 1350))
                .known(FactKey.IMAGE_DISPLAY_SIZE, new Size(1080, 1350))
                .known(FactKey.IMAGE_ORIENTATION, 1)
                .known(FactKey.IMAGE_COMPONENTS, 3)
                .known(FactKey.IMAGE_PROGRESSIVE, false)
                .known(FactKey.IMAGE_COLOUR_MODEL, ColourModel.YCBCR)
                .known(FactKey.IMAGE_BIT_DEPTH, 8)
                .known(FactKey.IMAGE_ICC, false)
                .known(FactKey.IMAGE_ALPHA, false)
                .known(FactKey.IMAGE_ANIMATED, false)
                .known(FactKey.LOCATION, false);
    }
}
