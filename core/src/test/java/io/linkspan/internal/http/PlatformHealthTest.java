package io.linkspan.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.TenantId;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Failures are held against the post, account or tenant they come from before they are held against its neighbours. */
class PlatformHealthTest {
    private static final long START = 1_800_000_000_000L;

    private final PlatformHealth health = new PlatformHealth();
    private long now = START;

    private static CallOrigin origin(String tenant, String account, String work) {
        return CallOrigin.of(new TenantId(tenant), account, work);
    }

    private boolean call(CallOrigin origin, boolean fails) {
        boolean leaves = health.permits(origin, now);
        if (leaves) {
            health.ended(origin, fails, now);
        }
        return leaves;
    }

    private void failing(CallOrigin origin, int calls) {
        for (int i = 0; i < calls; i++) {
            call(origin, true);
        }
    }

    @Test
    void poisonPost_isStoppedAlone() {
        failing(origin("acme", "cook", "poison"), 100);

        assertFalse(call(origin("acme", "cook", "poison"), true));
        assertTrue(call(origin("acme", "cook", "other post"), false));
        assertTrue(call(origin("acme", "baker", "post"), false));
        assertTrue(call(origin("zenith", "pilot", "post"), false));
    }

    @Test
    void poisonAccount_stopsNoOtherAccount() {
        for (int i = 0; i < 100; i++) {
            call(origin("acme", "cook", "post " + i), true);
        }

        assertFalse(call(origin("acme", "cook", "one more"), false));
        assertTrue(call(origin("acme", "baker", "post"), false));
    }

    @Test
    void poisonTenant_stopsNoOtherTenant() {
        for (int i = 0; i < 100; i++) {
            call(origin("acme", "account " + i, "post"), true);
        }

        assertFalse(call(origin("acme", "one more", "post"), false));
        assertTrue(call(origin("zenith", "pilot", "post"), false));
    }

    @Test
    void outage_stopsAllTenantsAlsoThoseThatDidNotCallYet() {
        for (int i = 0; i < 30; i++) {
            call(origin("tenant " + i, "account", "post"), true);
        }

        assertFalse(call(origin("new tenant", "account", "post"), false));
        now += 30_000;
        assertTrue(call(origin("new tenant", "account", "post"), false), "the trial");
        assertTrue(call(origin("tenant 1", "account", "post"), false), "one success ends it");
    }

    @Test
    void outage_whoFailedTheTrialLetsTheOthersTryFirst() {
        for (int i = 0; i < 30; i++) {
            call(origin("tenant " + i, "account", "post"), true);
        }
        CallOrigin poison = origin("tenant 1", "account", "post");
        now += 30_000;
        assertTrue(call(poison, true));
        now += 30_000;

        assertFalse(call(poison, true));
        assertTrue(call(origin("tenant 2", "account", "post"), false));
    }

    @Test
    void retries_areLeftToOthersByEachTenant() {
        CallOrigin greedy = origin("acme", "cook", "post");
        int taken = 0;
        while (health.mayRetry(greedy)) {
            taken++;
        }
        for (int i = 0; i < 20; i++) {
            while (health.mayRetry(origin("acme", "account " + i, "post"))) {
                taken++;
            }
        }

        assertEquals(50, taken, "half of the platform's budget");
        assertTrue(health.mayRetry(origin("zenith", "pilot", "post")));
    }

    @Test
    void whatIsNotAskedForAnyMore_isForgotten() {
        for (int i = 0; i < 10_000; i++) {
            call(origin("tenant " + i % 100, "account " + i, "post"), false);
            now += 100;
        }
        assertTrue(health.remembered() < 3_000, () -> "remembered: " + health.remembered());
        failing(origin("acme", "cook", "poison"), 25);
        now += 700_000;
        call(origin("zenith", "pilot", "post"), false);

        assertEquals(4, health.remembered());
    }

    @Test
    void hundredThousandTenantsAtOneMoment_areNotAllRemembered() {
        for (int i = 0; i < 100_000; i++) {
            call(origin("tenant " + i, "account", "post"), i % 3 == 0);
        }

        int most = 1 + 3 * PlatformHealth.MOST;
        assertTrue(health.remembered() <= most, () -> "remembered: " + health.remembered());
        assertTrue(call(origin("new tenant", "account", "post"), false));
    }

    @Test
    void hundredThousandTenants_leaveTheOneThatFailsStopped() {
        failing(origin("acme", "cook", "poison"), 25);
        for (int i = 0; i < 100_000; i++) {
            call(origin("tenant " + i, "account", "post"), false);
            if (i % 1_000 == 0) {
                assertFalse(call(origin("acme", "cook", "poison"), true), "its calls keep it in mind");
            }
        }
    }

    @Test
    void trialOfAnOpenTenant_isMadeByItAlone() {
        for (int i = 0; i < 100; i++) {
            call(origin("acme", "account " + i, "post"), true);
        }
        now += Circuit.TRIAL;
        assertTrue(call(origin("zenith", "pilot", "post"), false));
        assertFalse(
                health.closed(origin("acme", "one more", "post")),
                "an answer to another tenant closes nothing of this one");
        assertTrue(call(origin("acme", "one more", "post"), true), "the trial");
        assertFalse(call(origin("acme", "a third", "post"), false), "one trial in half a minute");
        assertTrue(call(origin("zenith", "pilot", "post"), false));
        now += Circuit.TRIAL;
        assertTrue(call(origin("acme", "a third", "post"), false), "the next trial, by another account of the tenant");
        assertTrue(call(origin("acme", "one more", "post"), false), "it closed the circuit");
    }

    /** Whatever one of several tenants does, and in whatever order, the others' calls leave while they are answered. */
    @Property(tries = 300)
    boolean oneTenant_neverStopsAnother(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int others) {
        PlatformHealth shared = new PlatformHealth();
        Random random = new Random(seed);
        long at = START;
        boolean allLeft = true;
        for (int i = 0; i < 600; i++) {
            at += random.nextInt(3_000) - (random.nextInt(50) == 0 ? 3_600_000 : 0);
            boolean bad = random.nextInt(4) > 0;
            CallOrigin origin = bad
                    ? origin("bad", "account " + random.nextInt(3), "post " + random.nextInt(5))
                    : origin("good " + random.nextInt(others), "account " + random.nextInt(3), "post");
            boolean leaves = shared.permits(origin, at);
            allLeft &= leaves || bad;
            if (leaves) {
                shared.ended(origin, bad, at);
            }
        }
        return allLeft;
    }

    @Test
    void callsOfNoTenant_areOneOfThem() {
        failing(CallOrigin.NONE, 25);

        assertFalse(call(CallOrigin.NONE, false));
        assertTrue(call(origin("acme", "cook", "post"), false));
        assertEquals(List.of(""), CallOrigin.NONE.path());
    }
}
