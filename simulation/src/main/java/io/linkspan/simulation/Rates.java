package io.linkspan.simulation;

import io.linkspan.simulation.Happening.Where;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** How often what happens: a share of the points of each kind, and among what is drawn. */
final class Rates {
    private static final Set<Happening> RARE = Set.of(
            Happening.F19_TOKEN_DIES,
            Happening.F20_APP_REMOVED,
            Happening.S4_STORE_DOWN,
            Happening.S5_WRITE_KEPT_THEN_DOWN,
            Happening.N6_STORE_GONE_AFTER,
            Happening.HOST_DISCONNECTS,
            Happening.HOST_CHANGES_MEDIA);

    private final Map<Where, Double> share = new EnumMap<>(Where.class);
    private final Map<Where, List<Happening>> kinds = new EnumMap<>(Where.class);

    private Rates(double send, double write, double step, double letter, Predicate<Happening> wanted) {
        share.put(Where.SEND, send);
        share.put(Where.WRITE, write);
        share.put(Where.STEP, step);
        share.put(Where.LETTER, letter);
        for (Where where : Where.values()) {
            kinds.put(where, Happening.at(where).stream().filter(wanted).toList());
        }
    }

    /** Everything, more or less of it, as a seed says; some seeds leave out what ends a history early. */
    static Rates of(long seed) {
        double level = new double[] {0.01, 0.04, 0.1, 0.25}[Mix.below(4, seed, 101)];
        boolean rare = Mix.below(3, seed, 102) == 0;
        boolean network = Mix.below(8, seed, 103) != 0;
        boolean crashes = Mix.below(8, seed, 104) != 0;
        return new Rates(
                level,
                level / 2,
                level / 2,
                0.5,
                what -> (rare || !RARE.contains(what))
                        && (network || !what.network())
                        && (crashes || what.network() || what.name().startsWith("HOST")));
    }

    /** Answers lost after everything happened, in a share of all calls; nothing else. */
    static Rates lostAnswers(double share) {
        Set<Happening> lost = Set.of(Happening.F5_RESET_EFFECT, Happening.F7_TIMEOUT_EFFECT);
        return new Rates(share, 0, 0, 0, lost::contains);
    }

    /** Commits that take effect long after, among everything else. */
    static Rates lateEffects() {
        return new Rates(0.08, 0, 0, 0, Happening.F17_LATE_EFFECT::equals);
    }

    double at(Where where) {
        return share.getOrDefault(where, 0.0);
    }

    List<Happening> kinds(Where where) {
        return kinds.getOrDefault(where, List.of());
    }
}
