package io.linkspan.preflight.internal.rule;

import io.linkspan.preflight.Container;
import io.linkspan.preflight.Damage;
import io.linkspan.preflight.DynamicRange;
import io.linkspan.preflight.Fact;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.MediaKind;
import io.linkspan.preflight.PreflightOptions;
import io.linkspan.preflight.Size;
import io.linkspan.preflight.internal.rule.Condition.Predicate;
import io.linkspan.preflight.internal.rule.Outcome.Fail;
import io.linkspan.preflight.internal.rule.Outcome.Pass;
import io.linkspan.preflight.internal.rule.Outcome.Skip;
import io.linkspan.preflight.internal.rule.Outcome.Unchecked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The comparisons that packs name because data cannot express them. */
final class Predicates {
    // media-player rounding: AAC padding makes 90 s into 90.02 s
    private static final double ONE_AUDIO_FRAME = 0.025;
    private static final double UNCONTESTED_SECONDS = 60;
    private static final double GUIDE_SECONDS = 600;
    private static final double MOST_LEVEL = 4.2;

    private static final Map<String, Predicate> ALL = Map.ofEntries(
            Map.entry("readable", Predicates::readable),
            Map.entry("undamaged", Predicates::undamaged),
            Map.entry("complete", Predicates::complete),
            Map.entry("withinCreatorLimit", Predicates::withinCreatorLimit),
            Map.entry("creatorLimitKnown", Predicates::creatorLimitKnown),
            Map.entry("withinGuideLimit", Predicates::withinGuideLimit),
            Map.entry("withinGuideLimitDespiteCreator", Predicates::withinGuideLimitDespiteCreator),
            Map.entry("reelsTab", Predicates::reelsTab),
            Map.entry("thumbInside", Predicates::thumbInside),
            Map.entry("bt709", Predicates::bt709),
            Map.entry("h264Level", Predicates::h264Level),
            Map.entry("still", Predicates::still),
            Map.entry("sameAspect", Predicates::sameAspect),
            Map.entry("video", (facts, options) -> kind(facts, MediaKind.VIDEO)),
            Map.entry("image", (facts, options) -> kind(facts, MediaKind.IMAGE)));

    private Predicates() {}

    static @Nullable Predicate named(String name) {
        return ALL.get(name);
    }

    /** The longest duration that a named predicate allows whatever the media, or null if it has no such limit. */
    static @Nullable Double mostSeconds(String name, PreflightOptions options) {
        return switch (name) {
            case "withinCreatorLimit" ->
                options.creatorMaxDuration().map(Measures::seconds).orElse(null);
            case "withinGuideLimit" -> options.creatorMaxDuration().isEmpty() ? GUIDE_SECONDS : null;
            default -> null;
        };
    }

    /** The property that a predicate judges, or null if it judges several. */
    static @Nullable String subject(String name) {
        return switch (name) {
            case "withinCreatorLimit", "creatorLimitKnown", "withinGuideLimit", "withinGuideLimitDespiteCreator" ->
                FactKey.DURATION.name();
            default -> null;
        };
    }

    private static Outcome kind(MediaFacts facts, MediaKind wanted) {
        return facts.kind() == wanted ? new Pass() : new Fail(Phrases.of(facts.kind()));
    }

    private static Outcome thumbInside(MediaFacts facts, PreflightOptions options) {
        Fact<Duration> duration = facts.fact(FactKey.DURATION);
        Optional<Duration> offset = options.thumbOffset();
        if (offset.isEmpty()) {
            return new Skip();
        }
        if (duration instanceof Fact.Unknown<Duration> unknown) {
            return new Unchecked(unknown.reason());
        }
        boolean inside = !offset.get().isNegative()
                && duration.known()
                        .filter(end -> offset.get().compareTo(end) >= 0)
                        .isEmpty();
        return inside ? new Pass() : new Fail(Unit.SECONDS.format(Measures.seconds(offset.get())));
    }

    private static Outcome sameAspect(MediaFacts facts, PreflightOptions options) {
        List<Fact<Size>> sizes =
                options.postItems().stream().map(Measures::displaySize).toList();
        for (Fact<Size> size : sizes) {
            if (size instanceof Fact.Unknown<Size> unknown) {
                return new Unchecked(unknown.reason());
            }
        }
        List<Size> known = sizes.stream().flatMap(size -> size.known().stream()).toList();
        if (known.size() < 2) {
            return new Skip();
        }
        double first = known.get(0).aspect();
        String others = IntStream.range(1, known.size())
                .filter(i -> Math.abs(known.get(i).aspect() - first) > first * 0.01)
                .mapToObj(i -> "item " + (i + 1) + " is " + known.get(i))
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? new Pass() : new Fail("the first is " + known.get(0) + "; " + others);
    }

    /** Tags that are missing stand for BT.709; those of HDR are the HDR rule's to tell. */
    private static Outcome bt709(MediaFacts facts, PreflightOptions options) {
        Fact<DynamicRange> range = facts.fact(FactKey.VIDEO_DYNAMIC_RANGE);
        if (range.known().filter(value -> value != DynamicRange.SDR).isPresent()) {
            return new Pass();
        }
        List<String> tags = new ArrayList<>();
        for (FactKey<String> key : List.of(FactKey.VIDEO_COLOUR_PRIMARIES, FactKey.VIDEO_COLOUR_MATRIX)) {
            Fact<String> tag = facts.fact(key);
            if (tag instanceof Fact.Unknown<String> unknown) {
                return new Unchecked(unknown.reason());
            }
            tag.known().ifPresent(tags::add);
        }
        boolean other = tags.stream().anyMatch(tag -> !tag.equals("bt709"));
        return other
                ? new Fail(new TreeSet<>(tags).stream().map(Phrases::of).collect(Collectors.joining(", ")))
                : new Pass();
    }

    /** Levels of other codecs count differently. */
    private static Outcome h264Level(MediaFacts facts, PreflightOptions options) {
        if (facts.fact(FactKey.VIDEO_CODEC).known().filter("h264"::equals).isEmpty()) {
            return new Skip();
        }
        Fact<Double> level = facts.fact(FactKey.VIDEO_LEVEL);
        if (level instanceof Fact.Unknown<Double> unknown) {
            return new Unchecked(unknown.reason());
        }
        return level.known()
                .filter(value -> value > MOST_LEVEL)
                .<Outcome>map(value -> new Fail(Unit.NONE.format(value)))
                .orElseGet(Pass::new);
    }

    private static Outcome still(MediaFacts facts, PreflightOptions options) {
        boolean jpeg = facts.fact(FactKey.CONTAINER)
                .known()
                .filter(format -> format == Container.JPEG || format == Container.MPO)
                .isPresent();
        Fact<Boolean> animated = facts.fact(FactKey.IMAGE_ANIMATED);
        if (!jpeg && animated instanceof Fact.Unknown<Boolean> unknown) {
            return new Unchecked(unknown.reason());
        }
        return animated.known().orElse(false) ? new Fail("a moving image") : new Pass();
    }

    private static Outcome readable(MediaFacts facts, PreflightOptions options) {
        return facts.unreadable()
                .<Outcome>map(place -> new Fail(place.toString()))
                .orElseGet(Pass::new);
    }

    private static Outcome undamaged(MediaFacts facts, PreflightOptions options) {
        boolean toldElsewhere = facts.unreadable().isPresent()
                || facts.fact(FactKey.TRUNCATED).known().orElse(false);
        if (toldElsewhere) {
            return new Skip();
        }
        return facts.damage().isEmpty() ? new Pass() : new Fail(places(facts.damage()));
    }

    private static Outcome complete(MediaFacts facts, PreflightOptions options) {
        Fact<Boolean> truncated = facts.fact(FactKey.TRUNCATED);
        if (truncated instanceof Fact.Unknown<Boolean> unknown) {
            return new Unchecked(unknown.reason());
        }
        if (!truncated.known().orElse(false)) {
            return new Pass();
        }
        return new Fail(facts.damage().isEmpty() ? "parts lie past the end of the file" : places(facts.damage()));
    }

    private static String places(List<Damage> damage) {
        String first = damage.stream().limit(3).map(Damage::toString).collect(Collectors.joining("; "));
        return damage.size() > 3 ? first + "; and " + (damage.size() - 3) + " more" : first;
    }

    private static Outcome withinCreatorLimit(MediaFacts facts, PreflightOptions options) {
        return duration(facts, options, (seconds, limit) -> limit != null && seconds > limit + ONE_AUDIO_FRAME);
    }

    private static Outcome creatorLimitKnown(MediaFacts facts, PreflightOptions options) {
        // beyond the guide's ceiling the next rule speaks, once
        return duration(
                facts,
                options,
                (seconds, limit) -> limit == null
                        && seconds > UNCONTESTED_SECONDS + ONE_AUDIO_FRAME
                        && seconds <= GUIDE_SECONDS + ONE_AUDIO_FRAME);
    }

    private static Outcome withinGuideLimit(MediaFacts facts, PreflightOptions options) {
        // a known limit of 600 s or less is already judged by the creator rule
        return duration(facts, options, (seconds, limit) -> limit == null && seconds > GUIDE_SECONDS + ONE_AUDIO_FRAME);
    }

    private static Outcome withinGuideLimitDespiteCreator(MediaFacts facts, PreflightOptions options) {
        return duration(
                facts,
                options,
                (seconds, limit) -> limit != null
                        && limit > GUIDE_SECONDS
                        && seconds > GUIDE_SECONDS + ONE_AUDIO_FRAME
                        && seconds <= limit + ONE_AUDIO_FRAME);
    }

    private static Outcome reelsTab(MediaFacts facts, PreflightOptions options) {
        Fact<Duration> duration = facts.fact(FactKey.DURATION);
        Fact<Size> size = facts.fact(FactKey.VIDEO_DISPLAY_SIZE);
        if (duration instanceof Fact.Unknown<Duration> unknown) {
            return new Unchecked(unknown.reason());
        }
        if (size instanceof Fact.Unknown<Size> unknown) {
            return new Unchecked(unknown.reason());
        }
        if (duration.known().isEmpty() || size.known().isEmpty()) {
            return new Skip();
        }
        double seconds = Measures.seconds(duration.known().get());
        double aspect = size.known().get().aspect();
        // durations that no reel may have are the duration rule's to tell
        boolean refused = seconds < 3 - ONE_AUDIO_FRAME || seconds > 900 + ONE_AUDIO_FRAME;
        boolean fits = (refused || (seconds >= 5 - ONE_AUDIO_FRAME && seconds <= 90 + ONE_AUDIO_FRAME))
                && Math.abs(aspect - 9.0 / 16) <= 9.0 / 16 * 0.01;
        return fits
                ? new Pass()
                : new Fail(Unit.SECONDS.format(seconds) + ", " + size.known().get());
    }

    private interface TooLong {
        boolean test(double seconds, @Nullable Double creatorLimit);
    }

    private static Outcome duration(MediaFacts facts, PreflightOptions options, TooLong tooLong) {
        Fact<Duration> duration = facts.fact(FactKey.DURATION);
        if (duration instanceof Fact.Unknown<Duration> unknown) {
            return new Unchecked(unknown.reason());
        }
        Double limit = options.creatorMaxDuration().map(Measures::seconds).orElse(null);
        return duration.known()
                .map(Measures::seconds)
                .filter(seconds -> tooLong.test(seconds, limit))
                .<Outcome>map(seconds -> new Fail(Unit.SECONDS.format(seconds)
                        + (limit == null ? "" : "; this creator may post " + Unit.SECONDS.format(limit))))
                .orElseGet(Pass::new);
    }
}
