package io.linkspan.simulation;

import io.linkspan.connection.Evidence;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishJob;
import io.linkspan.simulation.Scenario.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Looks twice, when faults have been over for one hour and for three, for posts that stood still meanwhile: due hours from now
 * without a reason, or held up by another post or by the token. A clock that is hours ahead must do none of that.
 */
final class BlockedPosts {
    private static final Duration FIRST = Duration.ofHours(1);
    private static final Duration SECOND = Duration.ofHours(3);
    private static final Duration LONG = Duration.ofHours(2);

    private final World world;
    private final Host host;
    private final Instant since;
    private final Map<String, String> before = new HashMap<>();
    private int looks;

    BlockedPosts(World world, Host host) {
        this.world = world;
        this.host = host;
        this.since = world.now();
    }

    /** Looks when it is time. */
    void look() {
        boolean second = looks == 1;
        if (looks > 1 || world.now().isBefore(since.plus(second ? SECOND : FIRST))) {
            return;
        }
        looks++;
        Node right = world.nodes.get(0);
        for (Map.Entry<Wish, PublicationId> entry : host.accepted().entrySet()) {
            Wish wish = entry.getKey();
            right.call(linkspan -> linkspan.publisher().find(wish.tenant().owner(), entry.getValue()))
                    .flatMap(found -> found)
                    .ifPresent(found -> found.jobs().forEach(job -> look(wish, job, second)));
        }
    }

    private void look(Wish wish, PublishJob job, boolean second) {
        String why = job.state().phase().terminal() ? "" : why(wish, job);
        if (second && !why.isEmpty() && why.equals(before.get(job.id()))) {
            world.watch.violation("lost: " + wish.mark() + " on " + job.platform() + " is "
                    + job.state().phase() + " and stood still for two hours: " + why);
        }
        before.put(job.id(), why);
    }

    /** Why a post stands still, or empty when it does not, or may. */
    private String why(Wish wish, PublishJob job) {
        Evidence last = job.evidence().isEmpty()
                ? null
                : job.evidence().get(job.evidence().size() - 1);
        if (last != null && (last.code().equals("busy") || last.code().equals("not_now"))) {
            return last.source() + " " + last.code();
        }
        boolean limit = last != null && (last.cause() != null || last.source().equals("linkspan.quota"));
        Instant next = job.nextLook().orElse(Instant.MAX);
        boolean scheduled = next.equals(World.START.plusMillis(wish.at() + wish.notBefore()));
        return limit || scheduled || next.isBefore(world.now().plus(LONG)) ? "" : "its next look is at " + next;
    }
}
