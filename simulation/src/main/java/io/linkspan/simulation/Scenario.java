package io.linkspan.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * What a history is about, apart from what goes wrong.
 *
 * @param seed decides ids, jitter, latencies and which node works when
 * @param nodes how many
 * @param calmAfter milliseconds after which faults stop for good; 0 for never
 * @param wishes what is to be posted
 * @param deadHandlesMayPost whether the platforms break assumption A2
 * @param clocks how far the clocks of the nodes are apart
 */
record Scenario(long seed, int nodes, long calmAfter, List<Wish> wishes, boolean deadHandlesMayPost, Clocks clocks) {
    private static final long HOUR = 3_600_000;

    Scenario {
        wishes = List.copyOf(wishes);
    }

    /** How far the clocks of the nodes are apart. */
    enum Clocks {
        /** Two minutes, and an hour after a jump. */
        USUAL,
        /** One node is six hours ahead to the end. */
        ONE_AHEAD,
        /** One node is six hours ahead and never comes back once faults have stopped. */
        ONE_AHEAD_DIES;

        static Clocks of(long seed, int nodes) {
            boolean ahead = nodes > 1 && Mix.below(12, seed, 7) == 0;
            return ahead ? List.of(ONE_AHEAD, ONE_AHEAD_DIES).get(Mix.below(2, seed, 8)) : USUAL;
        }
    }

    /**
     * A post to be.
     *
     * @param tenant whose
     * @param key the idempotency key, the same for two tenants
     * @param kind what kind of post
     * @param at when it is submitted, in milliseconds
     * @param notBefore milliseconds it has to wait after that; 0 for at once
     * @param notAfter milliseconds until it is too late; 0 for never
     */
    record Wish(Tenants tenant, String key, PostKind kind, long at, long notBefore, long notAfter) {
        /** What its caption and its media are marked with. */
        String mark() {
            return tenant.owner().tenant().value() + " " + key;
        }
    }

    /** One node, one post of a kind, faults only where a plan puts them. */
    static Scenario one(PostKind kind, int nodes, long notBefore) {
        return new Scenario(
                7,
                nodes,
                6 * HOUR,
                List.of(new Wish(Tenants.HARBOUR, "post-1", kind, 1_000, notBefore, 0)),
                false,
                Clocks.USUAL);
    }

    /** What a seed says. Every other seed is about what happens after faults have stopped. */
    static Scenario random(long seed) {
        int nodes = 1 + Mix.below(5, seed, 1);
        boolean liveness = Mix.below(2, seed, 2) == 0;
        long calmAfter = liveness ? 60_000L + Mix.below((int) (3 * HOUR), seed, 3) : 0;
        int tenants = Mix.below(4, seed, 4) == 0 ? 2 : 1;
        int posts = 1 + Mix.below(3, seed, 5);
        boolean spread = Mix.below(4, seed, 6) == 0;
        List<Wish> wishes = new ArrayList<>();
        for (int t = 0; t < tenants; t++) {
            for (int i = 0; i < posts; i++) {
                long n = 1_000 + 100L * t + 10L * i;
                PostKind kind = PostKind.at(Mix.below(PostKind.values().length, seed, n));
                long at = Mix.below(spread ? (int) (8 * HOUR) : 600_000, seed, n + 1);
                long notBefore = Mix.below(4, seed, n + 2) == 0 ? Mix.below((int) (4 * HOUR), seed, n + 3) : 0;
                long notAfter =
                        Mix.below(6, seed, n + 4) == 0 ? notBefore + 60_000 + Mix.below((int) HOUR, seed, n + 5) : 0;
                wishes.add(new Wish(Tenants.at(t), "post-" + (i + 1), kind, at, notBefore, notAfter));
            }
        }
        return new Scenario(seed, nodes, calmAfter, wishes, false, Clocks.of(seed, nodes));
    }

    /** The same without a node whose clock is hours ahead. */
    Scenario withUsualClocks() {
        return new Scenario(seed, nodes, calmAfter, wishes, deadHandlesMayPost, Clocks.USUAL);
    }

    /** The same on platforms that break assumption A2. */
    Scenario withoutA2() {
        return new Scenario(seed, nodes, calmAfter, wishes, true, clocks);
    }
}
