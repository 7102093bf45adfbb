package io.linkspan.preflight.internal.rule;

import io.linkspan.preflight.Destination;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.MediaKind;
import io.linkspan.preflight.PackVersion;
import io.linkspan.preflight.PreflightOptions;
import io.linkspan.preflight.RulePackException;
import io.linkspan.preflight.Severity;
import io.linkspan.preflight.StaleSources;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Applies rule packs to facts: rules × facts → findings, the same for the same input. */
public final class RuleEngine {
    /** After this many days a pack counts as old. */
    private static final int FRESH_DAYS = 90;

    private static final String KIND_RULE = "media.kind";

    private final List<Pack> packs;
    private final List<PackVersion> overlays;
    private final Map<String, LocalDate> pins;
    /** What applies when no day is given: most checks. */
    private final List<Pack> undated;

    private RuleEngine(List<Pack> packs, List<PackVersion> overlays, Map<String, LocalDate> pins) {
        this.packs = packs;
        this.overlays = overlays;
        this.pins = pins;
        undated = chosen(Optional.empty());
    }

    /**
     * An engine over packs.
     *
     * @param packs packs of any versions
     * @param overlays changes to them, applied in order
     * @param pins the versions to keep to, by pack
     * @return the engine
     * @throws RulePackException if an overlay breaks its pack or two packs share a rule
     */
    public static RuleEngine of(List<PackDocument> packs, List<PackDocument> overlays, Map<String, LocalDate> pins) {
        List<Pack> changed = new ArrayList<>();
        Map<String, String> owners = new HashMap<>();
        for (PackDocument document : packs) {
            PackDocument current = document;
            for (PackDocument overlay : overlays) {
                if (current.version().id().equals(overlay.target())) {
                    current = current.overlaid(overlay);
                }
            }
            Pack pack = current.pack();
            for (Rule rule : pack.rules()) {
                String owner = owners.putIfAbsent(rule.id(), pack.version().id());
                if (owner != null && !owner.equals(pack.version().id())) {
                    throw new RulePackException(
                            pack.version() + ": rule " + rule.id() + ": the pack " + owner + " has it already", null);
                }
            }
            changed.add(pack);
        }
        return new RuleEngine(
                List.copyOf(changed),
                overlays.stream().map(PackDocument::version).toList(),
                Map.copyOf(pins));
    }

    /**
     * The packs that ship with the library.
     *
     * @return the packs in the order in which they are applied
     */
    public static List<PackDocument> shipped() {
        return List.of(
                PackDocument.resource("media.json"),
                PackDocument.resource("tiktok.json"),
                PackDocument.resource("instagram.json"));
    }

    /**
     * Which rules a check applies.
     *
     * @param options what was asked
     * @return the packs in the order in which they are applied, then the overlays
     */
    public List<PackVersion> versions(PreflightOptions options) {
        List<PackVersion> versions = new ArrayList<>();
        active(options).forEach(pack -> versions.add(pack.version()));
        versions.addAll(overlays);
        return List.copyOf(versions);
    }

    private List<Pack> active(PreflightOptions options) {
        return options.asOf().isEmpty() ? undated : chosen(options.asOf());
    }

    /** One version of each pack, with the rules that are valid on that day. */
    private List<Pack> chosen(Optional<LocalDate> asOf) {
        Map<String, Pack> chosen = new LinkedHashMap<>();
        for (Pack pack : packs) {
            chosen.merge(pack.version().id(), pack, (a, b) -> better(a, b, asOf));
        }
        return chosen.values().stream().map(pack -> valid(pack, asOf)).toList();
    }

    private Pack better(Pack a, Pack b, Optional<LocalDate> asOf) {
        boolean inOrder = a.version().version().isBefore(b.version().version());
        Pack older = inOrder ? a : b;
        Pack newer = inOrder ? b : a;
        LocalDate pin = pins.get(a.version().id());
        if (pin != null
                && (pin.equals(a.version().version()) || pin.equals(b.version().version()))) {
            return pin.equals(a.version().version()) ? a : b;
        }
        boolean tooNew =
                asOf.filter(day -> newer.version().version().isAfter(day)).isPresent();
        return tooNew ? older : newer;
    }

    private static Pack valid(Pack pack, Optional<LocalDate> asOf) {
        LocalDate day = asOf.orElse(pack.version().version());
        return new Pack(
                pack.version(),
                pack.rules().stream().filter(rule -> rule.validOn(day)).toList());
    }

    /**
     * What the rules leave of each measure for a medium that goes to several destinations.
     *
     * @param kind the kind of media
     * @param options destinations and context
     * @param mildest the mildest severity that counts as a limit
     * @param each called for every limit with its rule's id
     */
    public void limits(MediaKind kind, PreflightOptions options, Severity mildest, BiConsumer<String, Bound> each) {
        Set<Destination> asked = destinations(MediaFacts.builder(kind).build(), options);
        for (Pack pack : active(options)) {
            for (Rule rule : pack.rules()) {
                boolean concerned = rule.media().contains(kind)
                        && !rule.post()
                        && rule.destinations().stream().anyMatch(place -> place.takes(kind) && asked.contains(place));
                for (Rule.Check check : concerned ? rule.checks() : List.<Rule.Check>of()) {
                    Bound bound = check.condition().bound(options);
                    if (bound != null && check.severity().compareTo(mildest) <= 0 && !otherDelivery(check, options)) {
                        each.accept(rule.id(), bound);
                    }
                }
            }
        }
    }

    /**
     * The destinations that a check is about.
     *
     * @param facts what is known about the media
     * @param options what was asked
     * @return what was asked for, or else all destinations that take such media
     */
    public static Set<Destination> destinations(MediaFacts facts, PreflightOptions options) {
        if (!options.destinations().isEmpty()) {
            return options.destinations();
        }
        Set<Destination> fitting = EnumSet.noneOf(Destination.class);
        Arrays.stream(Destination.values())
                .filter(destination -> facts.kind() == MediaKind.UNRECOGNIZED || destination.takes(facts.kind()))
                .forEach(fitting::add);
        return fitting;
    }

    /**
     * Judges media on its own, and as part of its post if the options name its items.
     *
     * @param facts what is known about it
     * @param options what is known besides, and what is asked
     * @param name the file as a command would name it, or null if it has no name
     * @return findings and fixes
     */
    public Judgement judge(MediaFacts facts, PreflightOptions options, @Nullable String name) {
        return judge(facts, options, name, false);
    }

    /**
     * Judges the items of a post together, by the rules for posts and for text.
     *
     * @param options what is known besides, with all items
     * @return findings and passed rules
     */
    public Judgement judgePost(PreflightOptions options) {
        MediaFacts first = options.postItems().get(0);
        return judge(first, options, null, true);
    }

    private Judgement judge(MediaFacts facts, PreflightOptions options, @Nullable String name, boolean together) {
        Set<Destination> asked = destinations(facts, options);
        Set<Destination> misfits = EnumSet.noneOf(Destination.class);
        asked.stream()
                .filter(destination -> facts.kind() != MediaKind.UNRECOGNIZED && !destination.takes(facts.kind()))
                .forEach(misfits::add);
        boolean posts = together || !options.postItems().isEmpty();
        Collector found = new Collector(facts, options, name);
        for (Pack pack : active(options)) {
            for (Rule rule : pack.rules()) {
                boolean fits = rule.post() ? posts : !together || rule.ofText();
                if (!fits || !rule.media().contains(facts.kind())) {
                    continue;
                }
                Set<Destination> concerned = EnumSet.noneOf(Destination.class);
                concerned.addAll(asked);
                concerned.retainAll(rule.destinations());
                if (rule.id().equals(KIND_RULE)) {
                    concerned.retainAll(misfits);
                } else if (!rule.post()) {
                    concerned.removeAll(misfits);
                }
                if (!concerned.isEmpty()) {
                    found.apply(rule, concerned);
                }
            }
        }
        return found.judgement();
    }

    static boolean otherDelivery(Rule.Check check, PreflightOptions options) {
        return check.when() != null
                && options.delivery().isPresent()
                && options.delivery().get() != check.when();
    }

    /**
     * The packs that are more than 90 days old on the day of the check. A pack is dated by its version: the day on which its
     * rules were last compared with what is known. How old a single source was then is no news, so a new pack is never stale.
     *
     * @param facts what is known about the media
     * @param options what was asked
     * @param day the day of the check
     * @return one for each such pack that has rules for the destinations
     */
    public List<StaleSources> stale(MediaFacts facts, PreflightOptions options, LocalDate day) {
        Set<Destination> asked = destinations(facts, options);
        List<StaleSources> stale = new ArrayList<>();
        for (Pack pack : active(options)) {
            long days = ChronoUnit.DAYS.between(pack.version().version(), day);
            boolean concerned = pack.rules().stream()
                    .anyMatch(rule -> rule.media().contains(facts.kind())
                            && rule.destinations().stream().anyMatch(asked::contains));
            if (concerned && days > FRESH_DAYS) {
                stale.add(new StaleSources(pack.version(), days));
            }
        }
        return List.copyOf(stale);
    }
}
