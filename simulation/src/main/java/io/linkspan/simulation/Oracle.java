package io.linkspan.simulation;

import io.linkspan.Platform;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.simulation.Scenario.Wish;
import io.linkspan.testkit.sim.Ledger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Compares what Linkspan says with what the platforms' ledgers hold. */
final class Oracle {
    private final World world;
    private final Host host;
    private final List<String> violations = new ArrayList<>();
    private final Map<Phase, Integer> phases = new EnumMap<>(Phase.class);
    private int jobs;
    private int duplicates;
    private int lost;
    private int wrong;

    Oracle(World world, Host host) {
        this.world = world;
        this.host = host;
    }

    /** The posts of a job: by its caption, or by its media where there is none. */
    static List<Ledger.Post> posts(World world, Wish wish, PublishJob job) {
        return world.platforms.ledger(job.platform()).posts().stream()
                .filter(post -> job.caption().isEmpty()
                        ? world.media.was(wish.mark(), post.sha256())
                        : post.text().equals(job.caption()) || post.details().containsValue(job.caption()))
                .toList();
    }

    /** Looks at everything, after all effects have landed. */
    void judge(boolean settled) {
        Node node = world.nodes.get(0);
        for (Map.Entry<Wish, PublicationId> entry : host.accepted().entrySet()) {
            Publication publication = node.call(linkspan ->
                            linkspan.publisher().find(entry.getKey().tenant().owner(), entry.getValue()))
                    .flatMap(found -> found)
                    .orElse(null);
            if (publication == null) {
                lost++;
                violations.add("lost: publication " + entry.getKey().mark() + " is gone");
                continue;
            }
            publication.jobs().forEach(job -> judge(node, entry.getKey(), job, settled));
        }
        for (String violation : world.watch.violations()) {
            violations.add(violation);
            lost += violation.startsWith("lost") ? 1 : 0;
            wrong += violation.startsWith("wrong") ? 1 : 0;
        }
    }

    private void judge(Node node, Wish wish, PublishJob job, boolean settled) {
        jobs++;
        int posts = posts(world, wish, job).size();
        Phase phase = job.state().phase();
        phases.merge(phase, 1, Integer::sum);
        String about =
                wish.mark() + " on " + job.platform() + " is " + job.state().describe() + ", the platform has " + posts;
        if (posts > 1) {
            duplicates++;
            violations.add("duplicate: " + about);
        }
        if (job.state() instanceof PublishState.Published it
                && !it.postId().isEmpty()
                && posts(world, wish, job).stream().noneMatch(post -> post.id().equals(it.postId()))) {
            wrong++;
            violations.add("wrong: bound to another post: " + about);
        }
        boolean claimsOne = phase == Phase.PUBLISHED;
        boolean claimsNone = phase == Phase.FAILED || phase == Phase.CANCELLED || phase == Phase.EXPIRED;
        if ((claimsOne && posts == 0) || (claimsNone && posts > 0)) {
            wrong++;
            violations.add("wrong: " + about);
        }
        if (!settled || phase.terminal()) {
            return;
        }
        if (phase != Phase.AWAITING_DECISION) {
            lost++;
            violations.add("lost: " + about + " 48 h after all faults, next look "
                    + job.nextLook().map(Object::toString).orElse("never"));
        } else if (readable(node, wish, job) && !servedWithoutName(job)) {
            wrong++;
            violations.add("needless decision: " + about);
        }
    }

    /** The platform pulled the media, and its answer with the name of the post is lost. */
    private static boolean servedWithoutName(PublishJob job) {
        return job.evidence().stream()
                .anyMatch(seen -> seen.source().equals("linkspan.media_host")
                        && seen.code().equals("served"));
    }

    /** Whether the handle of a job can be read, so that nobody has to decide. */
    private boolean readable(Node node, Wish wish, PublishJob job) {
        return node.call(linkspan -> linkspan.connections()
                        .find(wish.tenant().owner(), job.connection())
                        .map(connection -> connection.status().kind() == ConnectionStatus.Kind.AUTHORIZED)
                        .orElse(false))
                .orElse(false);
    }

    /** After a use, nothing that is dead may be called healthy. */
    void judgeTokens() {
        Node node = world.nodes.get(0);
        for (Tenants tenant : Tenants.values()) {
            List<Connection> known = node.call(
                            linkspan -> linkspan.connections().list(tenant.owner()))
                    .orElse(List.of());
            known.forEach(connection -> judgeToken(node, tenant, connection));
        }
    }

    private void judgeToken(Node node, Tenants tenant, Connection connection) {
        Connection used = node.call(linkspan -> linkspan.connections().check(tenant.owner(), connection.id()))
                .orElse(null);
        if (used == null) {
            boolean saysSo = node.call(linkspan -> linkspan.connections().find(tenant.owner(), connection.id()))
                    .flatMap(found -> found)
                    .filter(found -> found.status().kind() != ConnectionStatus.Kind.AUTHORIZED)
                    .isPresent();
            if (saysSo) {
                return; // it was refused, and nobody calls it healthy
            }
            wrong++;
            violations.add("wrong: a connection cannot be checked without any fault");
            return;
        }
        if (used.status().kind() != ConnectionStatus.Kind.AUTHORIZED) {
            return;
        }
        String fingerprint = node.call(linkspan -> linkspan.connections()
                        .withAccessToken(tenant.owner(), connection.id(), secret -> fingerprint(secret.reveal())))
                .orElse("");
        boolean live = world.platforms.ledger(connection.platform()).tokens().stream()
                .anyMatch(token -> token.fingerprint().equals(fingerprint)
                        && token.state().equals("live")
                        && token.expires().isAfter(world.now()));
        if (!live) {
            wrong++;
            violations.add("wrong: the " + name(connection.platform()) + " connection of " + tenant
                    + " is called healthy and its token is dead");
        }
    }

    private static String name(Platform platform) {
        return platform.name();
    }

    private static String fingerprint(String token) {
        return Digests.sha256(token.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    }

    Verdict verdict() {
        return new Verdict(
                jobs,
                duplicates,
                lost,
                wrong,
                phases,
                world.watch.decisions(),
                violations,
                world.happened,
                world.points(),
                world.trace.hash(),
                world.trace.lines());
    }
}
