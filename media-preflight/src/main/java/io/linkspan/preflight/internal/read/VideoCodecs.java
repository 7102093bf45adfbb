package io.linkspan.preflight.internal.read;

import java.util.Map;
import java.util.Set;

/** Common names of the codecs behind sample entry codes. */
final class VideoCodecs {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("avc1", "h264"),
            Map.entry("avc2", "h264"),
            Map.entry("avc3", "h264"),
            Map.entry("avc4", "h264"),
            Map.entry("dva1", "h264"),
            Map.entry("dvav", "h264"),
            Map.entry("hvc1", "hevc"),
            Map.entry("hev1", "hevc"),
            Map.entry("dvh1", "hevc"),
            Map.entry("dvhe", "hevc"),
            Map.entry("vp08", "vp8"),
            Map.entry("vp09", "vp9"),
            Map.entry("av01", "av1"),
            Map.entry("mp4v", "mpeg4"),
            Map.entry("apco", "prores"),
            Map.entry("apcs", "prores"),
            Map.entry("apcn", "prores"),
            Map.entry("apch", "prores"),
            Map.entry("ap4h", "prores"),
            Map.entry("ap4x", "prores"),
            Map.entry("jpeg", "mjpeg"),
            Map.entry("mjpa", "mjpeg"),
            Map.entry("mjpb", "mjpeg"),
            Map.entry("png ", "png"),
            Map.entry("s263", "h263"),
            Map.entry("h263", "h263"));

    /** Codecs whose key frames replace all that later frames refer to, or that have only key frames. */
    private static final Set<String> CLOSED = Set.of("vp8", "vp9", "prores", "mjpeg", "png");

    private VideoCodecs() {}

    static String name(String format) {
        return NAMES.getOrDefault(format, format);
    }

    /** Whether groups of pictures are closed whatever the file says. */
    static boolean startsAnew(String format) {
        return CLOSED.contains(name(format));
    }
}
