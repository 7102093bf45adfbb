package io.linkspan.preflight.internal.rule;

import java.util.Map;

/** Constants and identifiers as they are written in a sentence. */
public final class Phrases {
    private static final Map<String, String> ALL = Map.ofEntries(
            Map.entry("true", "yes"),
            Map.entry("false", "no"),
            Map.entry("WEBM", "WebM"),
            Map.entry("MATROSKA", "Matroska"),
            Map.entry("WEBP", "WebP"),
            Map.entry("HEIF", "HEIC"),
            Map.entry("NONE", "no edit list"),
            Map.entry("TRIVIAL", "a harmless edit list"),
            Map.entry("TRIM", "an edit list that cuts the media"),
            Map.entry("OFFSET", "an edit list that delays a track"),
            Map.entry("COMPLEX", "a complex edit list"),
            Map.entry("CLOSED", "closed groups of pictures"),
            Map.entry("OPEN", "open groups of pictures"),
            Map.entry("PROGRESSIVE", "progressive"),
            Map.entry("POSSIBLY_INTERLACED", "possibly interlaced"),
            Map.entry("INTERLACED", "interlaced"),
            Map.entry("HLG", "HDR (HLG)"),
            Map.entry("PQ", "HDR (PQ)"),
            Map.entry("DOLBY_VISION", "HDR (Dolby Vision)"),
            Map.entry("GREY", "grey"),
            Map.entry("YCBCR", "YCbCr"),
            Map.entry("PALETTE", "palette"),
            Map.entry("VIDEO", "a video"),
            Map.entry("IMAGE", "an image"),
            Map.entry("UNRECOGNIZED", "neither a video nor an image"),
            Map.entry("h264", "H.264"),
            Map.entry("hevc", "HEVC (H.265)"),
            Map.entry("vp8", "VP8"),
            Map.entry("vp9", "VP9"),
            Map.entry("av1", "AV1"),
            Map.entry("mpeg4", "MPEG-4 Part 2"),
            Map.entry("mjpeg", "Motion JPEG"),
            Map.entry("prores", "ProRes"),
            Map.entry("aac", "AAC"),
            Map.entry("ac3", "AC-3"),
            Map.entry("eac3", "E-AC-3"),
            Map.entry("mp3", "MP3"),
            Map.entry("alac", "ALAC"),
            Map.entry("flac", "FLAC"),
            Map.entry("opus", "Opus"),
            Map.entry("vorbis", "Vorbis"),
            Map.entry("bt709", "BT.709"),
            Map.entry("bt2020", "BT.2020"),
            Map.entry("bt2020nc", "BT.2020"),
            Map.entry("smpte170m", "SMPTE 170M"),
            Map.entry("smpte2084", "PQ (SMPTE 2084)"),
            Map.entry("arib-std-b67", "HLG (ARIB STD-B67)"));

    private Phrases() {}

    /**
     * The words for a value of a fact.
     *
     * @param value a constant, a codec's name or any other value
     * @return its words; the value itself where it needs none
     */
    public static String of(Object value) {
        String text = String.valueOf(value);
        return ALL.getOrDefault(text, text);
    }
}
