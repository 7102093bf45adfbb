package io.linkspan.preflight;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Names one fact about media and the type of its value. Rules, reports and hand-built facts use the same names.
 *
 * @param <T> the type of the value
 */
public final class FactKey<T> {
    private static final List<FactKey<?>> ALL = new ArrayList<>();

    /** File size in bytes. */
    public static final FactKey<Long> FILE_SIZE = any("file.size", Long.class);
    /** Whether part of the file is missing at its end. */
    public static final FactKey<Boolean> TRUNCATED = any("file.truncated", Boolean.class);
    /** Whether the file says where it was recorded. */
    public static final FactKey<Boolean> LOCATION = any("media.location", Boolean.class);
    /** The format. */
    public static final FactKey<Container> CONTAINER = any("container", Container.class);
    /** Major brand first, then the compatible brands, of an ISO file. */
    public static final FactKey<List<String>> BRANDS = video("container.brands", list());
    /** Whether the index ({@code moov}) comes before the media ({@code mdat}). */
    public static final FactKey<Boolean> MOOV_FIRST = video("container.moovFirst", Boolean.class);
    /** Where the index ({@code moov}) starts in the file, in bytes. */
    public static final FactKey<Long> MOOV_OFFSET = video("container.moovOffset", Long.class);
    /** How long the index ({@code moov}) is, in bytes. */
    public static final FactKey<Long> MOOV_SIZE = video("container.moovSize", Long.class);
    /** Whether the movie is stored as fragments. */
    public static final FactKey<Boolean> FRAGMENTED = video("container.fragmented", Boolean.class);
    /** The worst edit list of the main tracks. */
    public static final FactKey<EditLists> EDIT_LISTS = video("container.editLists", EditLists.class);
    /** Whether a main track is encrypted. */
    public static final FactKey<Boolean> ENCRYPTED = video("media.encrypted", Boolean.class);
    /** How long the movie plays, edit lists applied. */
    public static final FactKey<Duration> DURATION = video("media.duration", Duration.class);
    /** Codec of the main video track, such as {@code h264}; the raw four-character code if it has no common name. */
    public static final FactKey<String> VIDEO_CODEC = video("video.codec", String.class);
    /** Profile, such as {@code High} or {@code Main 10}. */
    public static final FactKey<String> VIDEO_PROFILE = video("video.profile", String.class);
    /** Level as a number, such as 4.2. */
    public static final FactKey<Double> VIDEO_LEVEL = video("video.level", Double.class);
    /** Chroma subsampling, such as {@code 4:2:0}. */
    public static final FactKey<String> VIDEO_CHROMA = video("video.chroma", String.class);
    /** Bits per luma sample. */
    public static final FactKey<Integer> VIDEO_BIT_DEPTH = video("video.bitDepth", Integer.class);
    /** Progressive or interlaced. */
    public static final FactKey<Scan> VIDEO_SCAN = video("video.scan", Scan.class);
    /** Whether groups of pictures are closed. */
    public static final FactKey<Gop> VIDEO_GOP = video("video.gop", Gop.class);
    /** The longest time from one key frame to the next, or to the end. */
    public static final FactKey<Duration> VIDEO_GOP_LENGTH = video("video.gop.length", Duration.class);
    /** When key frames are shown after the first one; of many at most 200, evenly chosen. */
    public static final FactKey<List<Duration>> VIDEO_KEY_FRAMES = video("video.keyFrames", list());
    /** How long the video track waits before it starts. */
    public static final FactKey<Duration> VIDEO_START = video("video.start", Duration.class);
    /** Colour primaries, such as {@code bt709} or {@code bt2020}; a number if it has no common name. */
    public static final FactKey<String> VIDEO_COLOUR_PRIMARIES = video("video.colour.primaries", String.class);
    /** Transfer characteristics, such as {@code bt709} or {@code smpte2084}; a number if it has no common name. */
    public static final FactKey<String> VIDEO_COLOUR_TRANSFER = video("video.colour.transfer", String.class);
    /** Matrix coefficients, such as {@code bt709} or {@code bt2020nc}; a number if it has no common name. */
    public static final FactKey<String> VIDEO_COLOUR_MATRIX = video("video.colour.matrix", String.class);
    /** Whether colour values use the full range of numbers. */
    public static final FactKey<Boolean> VIDEO_COLOUR_FULL_RANGE = video("video.colour.fullRange", Boolean.class);
    /** Standard or high dynamic range; absent if the file has no colour tags. */
    public static final FactKey<DynamicRange> VIDEO_DYNAMIC_RANGE = video("video.dynamicRange", DynamicRange.class);
    /** Whether the video track carries HDR10 metadata about its mastering display or its brightest pixels. */
    public static final FactKey<Boolean> VIDEO_HDR_METADATA = video("video.hdrMetadata", Boolean.class);
    /** Average frames per second. */
    public static final FactKey<Double> VIDEO_FPS = video("video.fps", Double.class);
    /** Frames per second between the two closest frames. */
    public static final FactKey<Double> VIDEO_FPS_PEAK = video("video.fps.peak", Double.class);
    /**
     * Whether frames are unevenly spaced: at least two and at least 1 % of them have another distance than the usual one, or
     * pictures are held for five frames and more. Distances that are rounded to the file's clock count as even.
     */
    public static final FactKey<Boolean> VIDEO_FPS_VARIABLE = video("video.fps.variable", Boolean.class);
    /** Pixels as coded, after the codec's own cropping. */
    public static final FactKey<Size> VIDEO_CODED_SIZE = video("video.codedSize", Size.class);
    /** Pixels as shown, after pixel aspect, clean aperture and rotation. */
    public static final FactKey<Size> VIDEO_DISPLAY_SIZE = video("video.displaySize", Size.class);
    /** Clockwise rotation applied for display: 0, 90, 180 or 270. */
    public static final FactKey<Integer> VIDEO_ROTATION = video("video.rotation", Integer.class);
    /** Width of one pixel divided by its height. */
    public static final FactKey<Double> VIDEO_PIXEL_ASPECT = video("video.pixelAspect", Double.class);
    /** Average bits per second of the main video track. */
    public static final FactKey<Long> VIDEO_BIT_RATE = video("video.bitRate", Long.class);
    /** How many video tracks there are besides the main one. */
    public static final FactKey<Integer> VIDEO_EXTRA_TRACKS = video("video.extraTracks", Integer.class);
    /** Whether there is sound. */
    public static final FactKey<Boolean> AUDIO_PRESENT = video("audio.present", Boolean.class);
    /** Codec of the main audio track, such as {@code aac}. */
    public static final FactKey<String> AUDIO_CODEC = video("audio.codec", String.class);
    /** AAC object type, such as {@code LC} or {@code HE}. */
    public static final FactKey<String> AUDIO_OBJECT_TYPE = video("audio.objectType", String.class);
    /** Samples per second. */
    public static final FactKey<Integer> AUDIO_SAMPLE_RATE = video("audio.sampleRate", Integer.class);
    /** Channels. */
    public static final FactKey<Integer> AUDIO_CHANNELS = video("audio.channels", Integer.class);
    /** How long the audio track waits before it starts. */
    public static final FactKey<Duration> AUDIO_START = video("audio.start", Duration.class);
    /** Average bits per second of the main audio track. */
    public static final FactKey<Long> AUDIO_BIT_RATE = video("audio.bitRate", Long.class);
    /** How many audio tracks there are besides the main one. */
    public static final FactKey<Integer> AUDIO_EXTRA_TRACKS = video("audio.extraTracks", Integer.class);
    /** Pixels as stored. */
    public static final FactKey<Size> IMAGE_SIZE = image("image.size", Size.class);
    /** Pixels as shown, after the Exif orientation. */
    public static final FactKey<Size> IMAGE_DISPLAY_SIZE = image("image.displaySize", Size.class);
    /** Exif orientation, 1 to 8. */
    public static final FactKey<Integer> IMAGE_ORIENTATION = image("image.orientation", Integer.class);
    /** Colour components without alpha: 1 is grey, 3 is colour, 4 is CMYK or YCCK in a JPEG. */
    public static final FactKey<Integer> IMAGE_COMPONENTS = image("image.components", Integer.class);
    /** Whether the image loads progressively. */
    public static final FactKey<Boolean> IMAGE_PROGRESSIVE = image("image.progressive", Boolean.class);
    /** How colours are stored. */
    public static final FactKey<ColourModel> IMAGE_COLOUR_MODEL = image("image.colourModel", ColourModel.class);
    /** Bits per colour component, or per palette index. */
    public static final FactKey<Integer> IMAGE_BIT_DEPTH = image("image.bitDepth", Integer.class);
    /** Whether the image carries an ICC colour profile. */
    public static final FactKey<Boolean> IMAGE_ICC = image("image.icc", Boolean.class);
    /** Whether the image has an alpha channel. */
    public static final FactKey<Boolean> IMAGE_ALPHA = image("image.alpha", Boolean.class);
    /** Whether the image moves. */
    public static final FactKey<Boolean> IMAGE_ANIMATED = image("image.animated", Boolean.class);

    private final String name;
    private final Class<? super T> type;
    private final Set<MediaKind> kinds;

    private FactKey(String name, Class<? super T> type, Set<MediaKind> kinds) {
        this.name = name;
        this.type = type;
        this.kinds = kinds;
        ALL.add(this);
    }

    /**
     * Every fact, in the order in which reports show them.
     *
     * @return all keys
     */
    public static List<FactKey<?>> all() {
        return List.copyOf(ALL);
    }

    /**
     * Finds a fact by its name.
     *
     * @param name the name, such as {@code video.fps}
     * @return the key, or empty if no fact has this name
     */
    public static Optional<FactKey<?>> named(String name) {
        Objects.requireNonNull(name, "name");
        return all().stream().filter(key -> key.name.equals(name)).findFirst();
    }

    /**
     * The stable name, used in rule packs and JSON.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Tells whether media of this kind can have the fact.
     *
     * @param kind the kind of media
     * @return true if it can
     */
    public boolean appliesTo(MediaKind kind) {
        return kinds.contains(kind);
    }

    /**
     * The name.
     *
     * @return the same as {@link #name()}
     */
    @Override
    public String toString() {
        return name;
    }

    boolean accepts(Object value) {
        return type.isInstance(value);
    }

    @SuppressWarnings("unchecked") // a class literal cannot carry the element type
    private static <T> Class<List<T>> list() {
        return (Class<List<T>>) (Class<?>) List.class;
    }

    private static <T> FactKey<T> any(String name, Class<T> type) {
        return new FactKey<>(name, type, Set.of(MediaKind.values()));
    }

    private static <T> FactKey<T> video(String name, Class<T> type) {
        return new FactKey<>(name, type, Set.of(MediaKind.VIDEO));
    }

    private static <T> FactKey<T> image(String name, Class<T> type) {
        return new FactKey<>(name, type, Set.of(MediaKind.IMAGE));
    }
}
