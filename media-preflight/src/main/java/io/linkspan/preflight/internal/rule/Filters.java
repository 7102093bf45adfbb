package io.linkspan.preflight.internal.rule;

import io.linkspan.preflight.Container;
import io.linkspan.preflight.DynamicRange;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.MediaKind;
import io.linkspan.preflight.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the filters behind the names that packs use, for one medium. */
final class Filters {
    private static final String CANVAS =
            "scale=w=1080:h=1920:force_original_aspect_ratio=decrease:force_divisible_by=2,"
                    + "setsar=1,pad=1080:1920:(ow-iw)/2:(oh-ih)/2";
    private static final String SDR = "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,"
            + "tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,format=yuv420p";
    private static final String SQUARE = "scale=w=trunc(iw*sar/2)*2:h=trunc(ih/2)*2,setsar=1";
    private static final String EVEN = "scale=w=trunc(iw/2)*2:h=trunc(ih/2)*2";
    /** JPEG has no alpha; what shines through becomes white, not black. */
    private static final String FLAT =
            "format=rgba,split[a][b];[a]lutrgb=r=255:g=255:b=255:a=255[a];" + "[a][b]overlay=format=rgb";
    /** What the filter colorspace of ffmpeg reads, by our names and by its own. */
    private static final Map<String, String> PRIMARIES = Map.of(
            "bt709",
            "bt709",
            "bt470bg",
            "bt470bg",
            "smpte170m",
            "smpte170m",
            "smpte240m",
            "smpte240m",
            "bt2020",
            "bt2020");

    private static final Map<String, String> TRANSFERS = Map.of(
            "bt709",
            "bt709",
            "bt470bg",
            "bt470bg",
            "smpte170m",
            "smpte170m",
            "smpte240m",
            "smpte240m",
            "bt2020-10",
            "bt2020-10");

    private static final Map<String, String> MATRICES = Map.of(
            "bt709",
            "bt709",
            "bt470bg",
            "bt470bg",
            "smpte170m",
            "smpte170m",
            "smpte240m",
            "smpte240m",
            "bt2020nc",
            "bt2020ncl");

    private final MediaFacts facts;
    private final Shape shape;

    Filters(MediaFacts facts, Shape shape) {
        this.facts = facts;
        this.shape = shape;
    }

    /** Whether the picture is high dynamic range that can be converted. */
    static boolean isConvertibleHdr(MediaFacts facts) {
        boolean hdr = facts.fact(FactKey.VIDEO_DYNAMIC_RANGE)
                .known()
                .filter(range -> range != DynamicRange.SDR)
                .isPresent();
        return hdr
                && facts.fact(FactKey.VIDEO_COLOUR_TRANSFER)
                        .known()
                        .filter(Set.of("smpte2084", "arib-std-b67")::contains)
                        .isPresent();
    }

    /** The filter that converts colours to BT.709; empty if they are, null if it does not know them. */
    static @Nullable String bt709(MediaFacts facts) {
        String primaries = PRIMARIES.get(tag(facts, FactKey.VIDEO_COLOUR_PRIMARIES));
        String transfer = TRANSFERS.get(tag(facts, FactKey.VIDEO_COLOUR_TRANSFER));
        String matrix = MATRICES.get(tag(facts, FactKey.VIDEO_COLOUR_MATRIX));
        if (primaries == null || transfer == null || matrix == null) {
            return null;
        }
        return primaries.equals("bt709") && matrix.equals("bt709")
                ? ""
                : "colorspace=all=bt709:iprimaries=" + primaries + ":itrc=" + transfer + ":ispace=" + matrix;
    }

    private static String tag(MediaFacts facts, FactKey<String> key) {
        return facts.fact(key).known().orElse("bt709");
    }

    /** The filters of a video, or null if no size satisfies the limits. */
    @Nullable
    List<String> video(List<String> named, Size shown) {
        List<String> written = new ArrayList<>();
        boolean scaled = false;
        boolean anamorphic = facts.fact(FactKey.VIDEO_PIXEL_ASPECT)
                .known()
                .filter(ratio -> Math.abs(ratio - 1) > 0.001)
                .isPresent();
        for (String name : named) {
            switch (name) {
                case "{sdr}" -> written.add(SDR);
                case "{bt709}" -> written.add(Objects.requireNonNullElse(bt709(facts), ""));
                case "{square}" -> written.add(SQUARE);
                case "{canvas}" -> {
                    if (anamorphic && !named.contains("{square}")) {
                        written.add(SQUARE);
                    }
                    String filters = shape.allows(1080, 1920) ? CANVAS : shape.filters(shown);
                    if (filters == null) {
                        return null;
                    }
                    written.add(filters);
                }
                case "{picture}" -> {
                    String filters = shape.filters(shown);
                    if (filters == null) {
                        return null;
                    }
                    written.add(filters);
                }
                default -> written.add(name);
            }
            scaled |= written.get(written.size() - 1).contains("scale=w");
        }
        if (!scaled && isOdd()) {
            int rate = named.isEmpty() || !named.get(named.size() - 1).startsWith("fps=") ? 0 : 1;
            written.add(written.size() - rate, EVEN);
        }
        return written;
    }

    /** The filters of an image, or null if no size satisfies the limits. */
    @Nullable
    List<String> image(Size shown) {
        String sized = shape.filters(shown);
        if (sized == null) {
            return null;
        }
        List<String> written = new ArrayList<>();
        written.add(turn());
        if (facts.fact(FactKey.IMAGE_ALPHA).known().orElse(false)) {
            written.add(FLAT);
        }
        written.add(sized);
        return written;
    }

    /** Whether ffmpeg must be kept from turning the picture by itself, which its versions do differently. */
    boolean turnsItself() {
        return facts.kind() == MediaKind.IMAGE && !turn().isEmpty();
    }

    private String turn() {
        boolean exif = facts.fact(FactKey.CONTAINER)
                .known()
                .filter(format -> format != Container.HEIF && format != Container.AVIF)
                .isPresent();
        int orientation = exif ? facts.fact(FactKey.IMAGE_ORIENTATION).known().orElse(1) : 1;
        return switch (orientation) {
            case 2 -> "hflip";
            case 3 -> "hflip,vflip";
            case 4 -> "vflip";
            case 5 -> "transpose=cclock_flip";
            case 6 -> "transpose=clock";
            case 7 -> "transpose=clock_flip";
            case 8 -> "transpose=cclock";
            default -> "";
        };
    }

    private boolean isOdd() {
        return List.of(FactKey.VIDEO_CODED_SIZE, FactKey.VIDEO_DISPLAY_SIZE).stream()
                .anyMatch(key -> facts.fact(key)
                        .known()
                        .filter(size -> size.width() % 2 + size.height() % 2 > 0)
                        .isPresent());
    }
}
