package io.linkspan.preflight.internal.rule;

import io.linkspan.preflight.ColourModel;
import io.linkspan.preflight.Container;
import io.linkspan.preflight.DynamicRange;
import io.linkspan.preflight.EditLists;
import io.linkspan.preflight.Fact;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.Gop;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.MediaKind;
import io.linkspan.preflight.PreflightOptions;
import io.linkspan.preflight.Scan;
import io.linkspan.preflight.Size;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Every measure that packs may name. */
final class Measures {
    private static final Pattern HASHTAG = Pattern.compile("(?<![\\p{L}\\p{N}_])[#\uFF03][\\p{L}\\p{M}\\p{N}_]++");
    private static final Pattern MENTION = Pattern.compile("(?<![\\p{L}\\p{N}_.])@[A-Za-z0-9_.]++");
    private static final Set<String> BOOLEAN = Set.of("true", "false");
    private static final Map<String, Measure> ALL = new LinkedHashMap<>();

    static {
        number(FactKey.FILE_SIZE, Unit.BYTES);
        words(FactKey.TRUNCATED, BOOLEAN);
        words(FactKey.LOCATION, BOOLEAN);
        words(FactKey.CONTAINER, names(Container.values()));
        words(FactKey.MOOV_FIRST, BOOLEAN);
        words(FactKey.FRAGMENTED, BOOLEAN);
        words(FactKey.EDIT_LISTS, names(EditLists.values()));
        words(FactKey.ENCRYPTED, BOOLEAN);
        words(FactKey.VIDEO_CODEC, Set.of());
        words(FactKey.VIDEO_PROFILE, Set.of());
        number(FactKey.VIDEO_LEVEL, Unit.NONE);
        words(FactKey.VIDEO_CHROMA, Set.of("4:0:0", "4:2:0", "4:2:2", "4:4:4"));
        number(FactKey.VIDEO_BIT_DEPTH, Unit.BITS);
        words(FactKey.VIDEO_SCAN, names(Scan.values()));
        words(FactKey.VIDEO_GOP, names(Gop.values()));
        words(FactKey.VIDEO_COLOUR_PRIMARIES, Set.of());
        words(FactKey.VIDEO_COLOUR_TRANSFER, Set.of());
        words(FactKey.VIDEO_COLOUR_MATRIX, Set.of());
        words(FactKey.VIDEO_COLOUR_FULL_RANGE, BOOLEAN);
        words(FactKey.VIDEO_DYNAMIC_RANGE, names(DynamicRange.values()));
        words(FactKey.VIDEO_HDR_METADATA, BOOLEAN);
        number(FactKey.VIDEO_PIXEL_ASPECT, Unit.RATIO);
        number(FactKey.VIDEO_FPS, Unit.FPS);
        number(FactKey.VIDEO_FPS_PEAK, Unit.FPS);
        words(FactKey.VIDEO_FPS_VARIABLE, BOOLEAN);
        number(FactKey.VIDEO_BIT_RATE, Unit.BITS_PER_SECOND);
        number(FactKey.VIDEO_EXTRA_TRACKS, Unit.COUNT);
        words(FactKey.AUDIO_PRESENT, BOOLEAN);
        words(FactKey.AUDIO_CODEC, Set.of());
        words(FactKey.AUDIO_OBJECT_TYPE, Set.of());
        number(FactKey.AUDIO_SAMPLE_RATE, Unit.HERTZ);
        number(FactKey.AUDIO_CHANNELS, Unit.CHANNELS);
        number(FactKey.AUDIO_BIT_RATE, Unit.BITS_PER_SECOND);
        number(FactKey.AUDIO_EXTRA_TRACKS, Unit.COUNT);
        number(FactKey.IMAGE_COMPONENTS, Unit.COUNT);
        number(FactKey.IMAGE_BIT_DEPTH, Unit.BITS);
        number(FactKey.IMAGE_ORIENTATION, Unit.COUNT);
        words(FactKey.IMAGE_COLOUR_MODEL, names(ColourModel.values()));
        words(FactKey.IMAGE_PROGRESSIVE, BOOLEAN);
        words(FactKey.IMAGE_ICC, BOOLEAN);
        words(FactKey.IMAGE_ALPHA, BOOLEAN);
        words(FactKey.IMAGE_ANIMATED, BOOLEAN);
        duration(FactKey.DURATION);
        duration(FactKey.VIDEO_GOP_LENGTH);
        add("video.present", Unit.NONE, BOOLEAN, false, (facts, options) -> present(facts));
        size("display.width", Unit.PIXELS, Size::width);
        size("display.height", Unit.PIXELS, Size::height);
        size("display.shortSide", Unit.PIXELS, size -> Math.min(size.width(), size.height()));
        size("display.longSide", Unit.PIXELS, size -> Math.max(size.width(), size.height()));
        size("display.aspect", Unit.RATIO, Size::aspect);
        add(
                "title.utf16",
                Unit.UTF16,
                Set.of(),
                true,
                (facts, options) -> options.title()
                        .<Fact<?>>map(text -> new Fact.Known<>(text.length()))
                        .orElseGet(Fact.NotApplicable::new));
        post("post.items", kind -> true);
        post("post.videos", kind -> kind == MediaKind.VIDEO);
        caption("caption.utf16", Unit.UTF16, String::length);
        caption("caption.codePoints", Unit.CODE_POINTS, text -> text.codePointCount(0, text.length()));
        caption("caption.hashtags", Unit.COUNT, text -> count(HASHTAG, text));
        caption("caption.mentions", Unit.COUNT, text -> count(MENTION, text));
    }

    private Measures() {}

    static @Nullable Measure named(String name) {
        return ALL.get(name);
    }

    /** The size as shown, of a video or an image. */
    static Fact<Size> displaySize(MediaFacts facts) {
        return facts.fact(facts.kind() == MediaKind.IMAGE ? FactKey.IMAGE_DISPLAY_SIZE : FactKey.VIDEO_DISPLAY_SIZE);
    }

    static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }

    private static Fact<?> present(MediaFacts facts) {
        Fact<String> codec = facts.fact(FactKey.VIDEO_CODEC);
        return switch (codec.state()) {
            case KNOWN -> new Fact.Known<>(true);
            case ABSENT -> new Fact.Known<>(false);
            case UNKNOWN -> new Fact.NotApplicable<>();
            case NOT_APPLICABLE -> codec;
        };
    }

    private static <T> Fact<?> map(Fact<T> fact, Function<T, Object> change) {
        return fact.known()
                .<Fact<?>>map(value -> new Fact.Known<>(change.apply(value)))
                .orElse(fact);
    }

    private static void size(String name, Unit unit, Function<Size, Object> part) {
        add(name, unit, Set.of(), true, (facts, options) -> map(displaySize(facts), part));
    }

    private static void post(String name, Predicate<MediaKind> counted) {
        add(
                name,
                Unit.COUNT,
                Set.of(),
                true,
                (facts, options) -> new Fact.Known<>(options.postItems().stream()
                        .filter(item -> counted.test(item.kind()))
                        .count()));
    }

    private static void caption(String name, Unit unit, Function<String, Object> count) {
        add(
                name,
                unit,
                Set.of(),
                true,
                (facts, options) -> options.caption()
                        .<Fact<?>>map(text -> new Fact.Known<>(count.apply(text)))
                        .orElseGet(Fact.NotApplicable::new));
    }

    private static void number(FactKey<?> key, Unit unit) {
        add(key.name(), unit, Set.of(), true, (facts, options) -> facts.fact(key));
    }

    private static void duration(FactKey<Duration> key) {
        add(key.name(), Unit.SECONDS, Set.of(), true, (facts, options) -> map(facts.fact(key), Measures::seconds));
    }

    private static void words(FactKey<?> key, Set<String> vocabulary) {
        add(key.name(), Unit.NONE, vocabulary, false, (facts, options) -> facts.fact(key));
    }

    private static void add(
            String name,
            Unit unit,
            Set<String> vocabulary,
            boolean numeric,
            BiFunction<MediaFacts, PreflightOptions, Fact<?>> read) {
        ALL.put(name, new Measure(name, unit, vocabulary, numeric, read));
    }

    private static Set<String> names(Enum<?>[] constants) {
        Set<String> names = new TreeSet<>();
        for (Enum<?> constant : constants) {
            names.add(constant.name());
        }
        return names;
    }

    private static int count(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
