package io.linkspan.kills;

import io.linkspan.Linkspan;
import io.linkspan.Platform;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState;
import io.linkspan.testkit.sim.Ledger;
import io.linkspan.tiktok.TikTok;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Compares what was accepted and what Linkspan says of it with what is on the platforms. */
final class Audit {
    private final Outside outside;
    private final Linkspan linkspan;
    private final Function<String, String> accounts;
    private final List<String> violations = new ArrayList<>();
    private int jobs;
    private int replaced;

    private Audit(Outside outside, Linkspan linkspan, Function<String, String> accounts) {
        this.outside = outside;
        this.linkspan = linkspan;
        this.accounts = accounts;
    }

    /**
     * What came out.
     *
     * @param jobs how many jobs were looked at
     * @param replaced how many of them needed more than one handle
     * @param tiktok posts on TikTok
     * @param instagram posts on Instagram
     * @param connections how many connections were asked
     * @param violations what must not be, in words
     */
    record Result(int jobs, int replaced, int tiktok, int instagram, int connections, List<String> violations) {}

    /** Looks at every accepted publication by its key, at every post, and at every connection. */
    static Result of(
            Outside outside,
            Linkspan linkspan,
            Map<String, String> accepted,
            Function<String, String> accounts,
            List<Outside.Pair> pairs) {
        Audit audit = new Audit(outside, linkspan, accounts);
        accepted.forEach(audit::publication);
        List<Ledger.Post> tiktok = outside.tiktok().ledger().posts();
        List<Ledger.Post> instagram = outside.instagram().ledger().posts();
        audit.nothingElse("TikTok", tiktok, accepted.keySet());
        audit.nothingElse("Instagram", instagram, accepted.keySet());
        pairs.forEach(pair -> {
            audit.alive(pair.tiktok());
            audit.alive(pair.instagram());
        });
        return new Result(
                audit.jobs,
                audit.replaced,
                tiktok.size(),
                instagram.size(),
                2 * pairs.size(),
                List.copyOf(audit.violations));
    }

    private void publication(String key, String id) {
        Publication publication =
                linkspan.publisher().find(Settings.OWNER, new PublicationId(id)).orElse(null);
        if (publication == null) {
            violations.add("lost: " + key + " was accepted as " + id + " and is gone");
            return;
        }
        if (publication.jobs().size() != 2) {
            violations.add("lost: " + key + " has " + publication.jobs().size() + " jobs, not 2");
        }
        publication.jobs().forEach(job -> job(key, job, publication));
    }

    private void job(String key, PublishJob job, Publication publication) {
        jobs++;
        replaced += job.handles() > 1 ? 1 : 0;
        List<Ledger.Post> posts = ledger(job.platform()).posts().stream()
                .filter(post -> post.text().equals(key))
                .toList();
        if (posts.size() > 1) {
            violations.add("duplicate: " + key + " is " + posts.size() + " times on " + job.platform() + "\n"
                    + story(job.platform(), posts) + publication.explain().toText());
        }
        if (!(job.state() instanceof PublishState.Published published)) {
            violations.add("not published: " + key + " on " + job.platform() + " is "
                    + job.state().describe() + ", posts there " + posts.size() + "\n"
                    + publication.explain().toText());
            return;
        }
        if (posts.isEmpty()) {
            violations.add("wrong verdict: " + key + " is said to be on " + job.platform() + " and is not");
        } else if (!published.postId().isEmpty()
                && posts.stream().noneMatch(post -> post.id().equals(published.postId()))) {
            violations.add("wrong post: " + key + " on " + job.platform() + " is said to be " + published.postId());
        }
        String account = accounts.apply(key);
        if (posts.stream().anyMatch(post -> !post.account().equals(account))) {
            violations.add("wrong account: " + key + " on " + job.platform() + " is not on " + account);
        }
    }

    /** The posts, and every request that changed something on their account. */
    private String story(Platform platform, List<Ledger.Post> posts) {
        StringBuilder story = new StringBuilder();
        posts.forEach(post -> story.append("  ").append(post).append('\n'));
        ledger(platform).requests().stream()
                .filter(call ->
                        call.method().equals("POST") && posts.get(0).account().equals(call.account()))
                .forEach(call -> story.append("    ").append(call).append('\n'));
        return story.toString();
    }

    private Ledger ledger(Platform platform) {
        return platform.equals(TikTok.PLATFORM)
                ? outside.tiktok().ledger()
                : outside.instagram().ledger();
    }

    private void nothingElse(String platform, List<Ledger.Post> posts, Set<String> keys) {
        Set<String> unknown = new HashSet<>();
        posts.forEach(post -> unknown.add(post.text()));
        unknown.removeAll(keys);
        if (!unknown.isEmpty()) {
            violations.add("never accepted, and on " + platform + ": " + unknown);
        }
    }

    private void alive(ConnectionId id) {
        Connection connection = linkspan.connections().check(Settings.OWNER, id);
        if (connection.status().kind() != ConnectionStatus.Kind.AUTHORIZED) {
            violations.add("connection lost: " + connection.platform() + " " + connection.shown() + ": "
                    + connection.status().describe());
        }
    }
}
