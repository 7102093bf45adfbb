package io.linkspan.preflight;

import io.linkspan.preflight.internal.rule.PackDocument;
import io.linkspan.preflight.internal.rule.RuleEngine;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The rules that a check applies: the packs that ship, and what a host adds or changes. Immutable.
 *
 * <p>Several versions of one pack may be held. A check uses the pinned one, else the newest that is not after
 * {@link PreflightOptions#asOf()}, else the oldest; without such a day the newest.
 *
 * <pre>{@code
 * RulePacks rules = RulePacks.builtIn()
 *     .with(RulePack.read(Path.of("tiktok-2027-01-15.json")))
 *     .overlay(RulePack.parse("ours.json", """
 *         {"pack": "ours", "version": "2026-12-01", "title": "Our limits", "overlays": "instagram",
 *          "rules": [{"id": "ig.text.hashtags", "checks": [{"severity": "WARNING"}, {"max": 10}]}]}"""));
 * }</pre>
 */
public final class RulePacks {
    private final List<PackDocument> packs;
    private final List<PackDocument> overlays;
    private final Map<String, LocalDate> pins;
    private final RuleEngine engine;

    private RulePacks(List<PackDocument> packs, List<PackDocument> overlays, Map<String, LocalDate> pins) {
        this.packs = List.copyOf(packs);
        this.overlays = List.copyOf(overlays);
        this.pins = Map.copyOf(pins);
        engine = RuleEngine.of(packs, overlays, pins);
    }

    private static final class Holder {
        static final RulePacks BUILT_IN = new RulePacks(RuleEngine.shipped(), List.of(), Map.of());
    }

    /**
     * The packs that ship with this version of the library.
     *
     * @return {@code media}, {@code tiktok} and {@code instagram}
     */
    public static RulePacks builtIn() {
        return Holder.BUILT_IN;
    }

    /**
     * Adds a pack: a new one, or another version of one that is held. Overlays stay in force over it.
     *
     * @param pack the pack
     * @return these packs and the new one
     * @throws RulePackException if an overlay no longer fits, or a rule id is in two packs
     * @throws IllegalArgumentException if the pack is an overlay
     */
    public RulePacks with(RulePack pack) {
        if (pack.overlays().isPresent()) {
            throw new IllegalArgumentException(pack + " is an overlay, use overlay(…)");
        }
        List<PackDocument> more = new ArrayList<>(packs);
        more.removeIf(held -> held.version().equals(pack.version()));
        more.add(pack.document());
        return new RulePacks(more, overlays, pins);
    }

    /**
     * Lays changes over a pack: fields of a rule replace those of the pack's rule; {@code checks} change one by one in
     * their order, a check with an {@code op} whole and others field by field; rules with a new id are added, those under
     * {@code remove} dropped.
     *
     * @param changes a pack whose {@code overlays} names the pack to change
     * @return these packs, changed
     * @throws RulePackException if the changed pack would be broken; says in which rule and why
     * @throws IllegalArgumentException if the pack is no overlay, or of a pack that is not held
     */
    public RulePacks overlay(RulePack changes) {
        String target = changes.overlays()
                .orElseThrow(() -> new IllegalArgumentException(changes + " is a pack of its own, use with(…)"));
        requireHeld(target);
        List<PackDocument> more = new ArrayList<>(overlays);
        more.add(changes.document());
        return new RulePacks(packs, more, pins);
    }

    /**
     * Keeps to one version of a pack, whatever newer ones are held.
     *
     * @param id the pack
     * @param version the day of its version
     * @return these packs, pinned
     * @throws IllegalArgumentException if no such version is held
     */
    public RulePacks pinned(String id, LocalDate version) {
        PackVersion wanted = new PackVersion(id, version);
        requireHeld(id);
        if (packs.stream().noneMatch(pack -> pack.version().equals(wanted))) {
            throw new IllegalArgumentException(wanted + " is not held, only " + versions());
        }
        Map<String, LocalDate> more = new HashMap<>(pins);
        more.put(id, version);
        return new RulePacks(packs, overlays, more);
    }

    /**
     * Every pack that is held.
     *
     * @return packs in the order in which they are applied, then overlays
     */
    public List<PackVersion> versions() {
        List<PackVersion> versions = new ArrayList<>();
        packs.forEach(pack -> versions.add(pack.version()));
        overlays.forEach(overlay -> versions.add(overlay.version()));
        return List.copyOf(versions);
    }

    /**
     * The packs.
     *
     * @return the same as {@link #versions()}
     */
    @Override
    public String toString() {
        return "RulePacks" + versions();
    }

    RuleEngine engine() {
        return engine;
    }

    private void requireHeld(String id) {
        Objects.requireNonNull(id, "id");
        if (packs.stream().noneMatch(pack -> pack.version().id().equals(id))) {
            throw new IllegalArgumentException("there is no pack " + id + ", only " + versions());
        }
    }
}
