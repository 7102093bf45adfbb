package io.linkspan.simulation;

import io.linkspan.Linkspan;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRedirect;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Disconnect;
import io.linkspan.link.Intent;
import io.linkspan.publish.Decision;
import io.linkspan.publish.IdempotencyConflictException;
import io.linkspan.publish.Post;
import io.linkspan.publish.PostRefusedException;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.simulation.Scenario.Wish;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.testkit.sim.Ledger;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The host application and its people: they connect, submit until they are answered, cancel, disconnect and decide. */
final class Host {
    private static final String BROWSER = "browser-secret-of-the-person";

    private final World world;
    private final Map<Wish, PublicationId> accepted = new LinkedHashMap<>();
    private final Set<Wish> refused = new HashSet<>();

    Host(World world) {
        this.world = world;
        world.people = this::decide;
    }

    /** Connects both accounts of every tenant and plans all submits. */
    void begin() {
        Node first = world.nodes.get(0);
        for (Tenants tenant : tenants()) {
            for (Platform platform : List.of(Platforms.TIKTOK, Platforms.INSTAGRAM)) {
                if (!connect(first, tenant, platform)) {
                    throw new IllegalStateException("the first consent failed: " + world.trace.lines());
                }
            }
        }
        for (Wish wish : world.scenario.wishes()) {
            wish.kind().media(wish.mark()).forEach(world.media::put);
            world.later(wish.at(), () -> submit(wish));
        }
    }

    private List<Tenants> tenants() {
        return world.scenario.wishes().stream().map(Wish::tenant).distinct().toList();
    }

    /** The person goes through the consent; false when it was not finished. */
    boolean connect(Node node, Tenants tenant, Platform platform) {
        ConnectRequest request = ConnectRequest.of(tenant.owner(), platform, Intent.CROSS_POSTING_AND_DRAFTS)
                .boundTo(BROWSER);
        Optional<ConnectRedirect> redirect =
                node.call(linkspan -> linkspan.connections().connect(request));
        if (redirect.isEmpty()) {
            return false;
        }
        world.platforms.consent(tenant, platform);
        HttpResult page = world.platforms.network.exchange(HttpCall.of(
                "browser.consent", CallClass.READ, "GET", redirect.get().uri()));
        String location = ((HttpResult.Answered) page)
                .header("Location")
                .orElseThrow(() -> new IllegalStateException("no consent: " + page));
        String query = URI.create(location).getRawQuery();
        return node.call(linkspan -> linkspan.connections().complete(query, BROWSER))
                .filter(ConnectOutcome.Connected.class::isInstance)
                .isPresent();
    }

    private Optional<Node> someNode() {
        List<Node> free = world.free();
        return free.isEmpty() ? Optional.empty() : Optional.of(free.get(world.chance(free.size())));
    }

    private void submit(Wish wish) {
        if (world.elapsed() - wish.at() > 86_400_000L) {
            refused.add(wish);
            return;
        }
        Optional<Publication> answer = someNode().flatMap(node -> node.call(linkspan -> submitted(linkspan, wish)));
        if (answer.isPresent()) {
            accepted.put(wish, answer.get().id());
        } else if (!refused.contains(wish)) {
            world.later(10_000L + world.chance(60_000), () -> submit(wish));
        }
    }

    private Publication submitted(Linkspan linkspan, Wish wish) {
        Post post = wish.kind().post(wish.mark());
        for (Platform platform : wish.kind().platforms()) {
            Connection connection = linkspan.connections().list(wish.tenant().owner()).stream()
                    .filter(known -> known.platform().equals(platform))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no connection"));
            post = post.to(connection.id());
        }
        long from = wish.at() + wish.notBefore();
        if (wish.notBefore() > 0) {
            post = post.notBefore(World.START.plusMillis(from));
        }
        if (wish.notAfter() > 0) {
            post = post.notAfter(World.START.plusMillis(wish.at() + wish.notAfter()));
        }
        try {
            return linkspan.publisher().submit(wish.tenant().owner(), wish.key(), post);
        } catch (PostRefusedException e) {
            refused.add(wish);
            throw e;
        } catch (IdempotencyConflictException e) {
            refused.add(wish);
            world.watch.violation("wrong: a key was refused that its tenant never used for anything else");
            throw e;
        }
    }

    /** Something the host or a person does, or the world does to them. */
    void acts(Event event) {
        Tenants tenant = tenants().get(event.draw(1, tenants().size()));
        Platform platform = event.draw(2, 2) == 0 ? Platforms.TIKTOK : Platforms.INSTAGRAM;
        switch (event.what()) {
            case HOST_CANCELS -> cancel(event);
            case HOST_DISCONNECTS -> disconnect(event, tenant, platform);
            case HOST_RELINKS -> someNode().ifPresent(node -> connect(node, tenant, platform));
            case HOST_DECIDES -> decide(event);
            case HOST_CHANGES_MEDIA -> wish(event).ifPresent(wish -> world.media.change(wish.mark()));
            case MEDIA_HOST_FAILS -> world.media.fail(event.millis(3, 5_000, 900_000));
            case MEDIA_REJECTED -> world.platforms.rejectNext(platform);
            case F19_TOKEN_DIES -> world.platforms.endTokens(tenant, platform);
            case F20_APP_REMOVED -> world.platforms.removeApp(tenant, platform);
            case S4_STORE_DOWN -> world.storeDown(event.millis(3, 10_000, 600_000));
            case N4_CLOCK_JUMP -> {
                Node node = world.nodes.get(event.draw(3, world.nodes.size()));
                node.jump(event.draw(4, 2) == 0 ? 3_600_000 : -3_600_000);
            }
            case WEBHOOK_FORGED -> world.mailbox.forge(event, anyHandle());
            default -> throw new IllegalStateException("not a step: " + event);
        }
    }

    private String anyHandle() {
        return world.platforms.tiktok.ledger().posts().stream()
                .findFirst()
                .map(Ledger.Post::handle)
                .orElse("v_pub_file~v2-1.1");
    }

    private Optional<Wish> wish(Event event) {
        List<Wish> all = List.copyOf(accepted.keySet());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(event.draw(5, all.size())));
    }

    private void cancel(Event event) {
        wish(event)
                .ifPresent(wish -> someNode()
                        .ifPresent(node -> node.call(linkspan -> linkspan.publisher()
                                .cancel(
                                        wish.tenant().owner(),
                                        Objects.requireNonNull(accepted.get(wish)),
                                        "changed my mind"))));
    }

    private void disconnect(Event event, Tenants tenant, Platform platform) {
        Disconnect how =
                event.draw(6, 2) == 0 ? Disconnect.everywhere("no longer wanted") : Disconnect.locally("moved away");
        someNode()
                .ifPresent(node -> node.call(linkspan -> {
                    linkspan.connections().list(tenant.owner()).stream()
                            .filter(known -> known.platform().equals(platform))
                            .forEach(known -> linkspan.connections().disconnect(tenant.owner(), known.id(), how));
                    return true;
                }));
    }

    /** A person looks at the profile and answers truly, as far as anybody can. */
    private void decide(Event event) {
        for (Wish wish : accepted.keySet()) {
            for (PublishJob job : jobs(wish)) {
                if (job.state().phase() == Phase.AWAITING_DECISION) {
                    Decision decision = answer(event, wish, job);
                    someNode()
                            .ifPresent(node -> node.call(linkspan -> linkspan.publisher()
                                    .decide(wish.tenant().owner(), accepted.get(wish), job.id(), decision, "mira")));
                }
            }
        }
    }

    private Decision answer(Event event, Wish wish, PublishJob job) {
        if (!Oracle.posts(world, wish, job).isEmpty()) {
            return Decision.IT_IS_THERE;
        }
        if (world.effectsPending()) { // nobody can know yet
            return Decision.WAIT;
        }
        return List.of(Decision.TRY_AGAIN, Decision.GIVE_UP, Decision.WAIT).get(event.draw(7, 3));
    }

    private List<PublishJob> jobs(Wish wish) {
        return someNode()
                .flatMap(node -> node.call(linkspan ->
                        linkspan.publisher().find(wish.tenant().owner(), Objects.requireNonNull(accepted.get(wish)))))
                .flatMap(found -> found)
                .map(Publication::jobs)
                .orElse(List.of());
    }

    /** People connect again what they were told is dead; who disconnected on purpose does not. */
    void relinkTheDead() {
        for (Tenants tenant : tenants()) {
            for (Platform platform : List.of(Platforms.TIKTOK, Platforms.INSTAGRAM)) {
                someNode().ifPresent(node -> {
                    boolean dead = node.call(linkspan -> linkspan.connections().list(tenant.owner()).stream()
                                    .filter(known -> known.platform().equals(platform))
                                    .anyMatch(known -> dead(known.status().kind())))
                            .orElse(false);
                    if (dead) {
                        connect(node, tenant, platform);
                    }
                });
            }
        }
    }

    private static boolean dead(ConnectionStatus.Kind kind) {
        return kind == ConnectionStatus.Kind.EXPIRED || kind == ConnectionStatus.Kind.REAUTHORIZATION_REQUIRED;
    }

    Map<Wish, PublicationId> accepted() {
        return accepted;
    }

    /** Whether every wish has been answered. */
    boolean allAnswered() {
        return accepted.size()
                        + refused.stream()
                                .filter(wish -> !accepted.containsKey(wish))
                                .count()
                >= world.scenario.wishes().size();
    }
}
