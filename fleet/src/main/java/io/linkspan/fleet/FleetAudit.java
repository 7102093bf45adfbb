package io.linkspan.fleet;

import io.linkspan.Linkspan;
import io.linkspan.Platform;
import io.linkspan.instagram.Instagram;
import io.linkspan.publish.PublicationId;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.testkit.sim.Ledger;
import io.linkspan.tiktok.TikTok;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was accepted, compared with what is on the platforms.
 *
 * @param posts how many posts there are
 * @param duplicates posts beyond the first of a publication
 * @param lost accepted, and not posted or not known
 * @param doubts not posted, and a person will be asked
 * @param wrong told otherwise than it is
 * @param replaced jobs that needed another handle
 * @param violations each of them in words
 */
record FleetAudit(int posts, int duplicates, int lost, int doubts, int wrong, int replaced, List<String> violations) {
    private static final Set<Phase> DOUBT = Set.of(Phase.IN_DOUBT, Phase.AWAITING_DECISION);

    static FleetAudit of(Platforms platforms, Linkspan linkspan, Map<String, FleetRun.Accepted> accepted) {
        Map<Platform, Map<String, List<Ledger.Post>>> posts = Map.of(
                TikTok.PLATFORM, byText(platforms, TikTok.PLATFORM),
                Instagram.PLATFORM, byText(platforms, Instagram.PLATFORM));
        Count count = new Count();
        accepted.forEach((key, post) -> count.look(
                key,
                post,
                posts.getOrDefault(post.target().platform(), Map.of()).getOrDefault(key, List.of()),
                linkspan.publisher()
                        .find(Product.owner(post.target().number()), new PublicationId(post.publication()))
                        .map(publication -> publication.jobs().get(0))
                        .orElse(null)));
        int all = posts.values().stream()
                .flatMap(texts -> texts.values().stream())
                .mapToInt(List::size)
                .sum();
        posts.values()
                .forEach(texts -> texts.keySet().stream()
                        .filter(text -> !accepted.containsKey(text))
                        .forEach(text -> count.violations.add("never accepted, and posted: " + text)));
        return new FleetAudit(
                all,
                count.duplicates,
                count.lost,
                count.doubts,
                count.wrong,
                count.replaced,
                List.copyOf(count.violations));
    }

    private static Map<String, List<Ledger.Post>> byText(Platforms platforms, Platform platform) {
        return platforms.ledger(platform).posts().stream().collect(Collectors.groupingBy(Ledger.Post::text));
    }

    private static final class Count {
        private final List<String> violations = new ArrayList<>();
        private int duplicates;
        private int lost;
        private int doubts;
        private int wrong;
        private int replaced;

        void look(String key, FleetRun.Accepted post, List<Ledger.Post> posts, @Nullable PublishJob job) {
            if (posts.size() > 1) {
                duplicates += posts.size() - 1;
                violations.add("duplicate: " + key + " is " + posts.size() + " times on "
                        + post.target().platform());
            }
            if (job != null && posts.isEmpty() && DOUBT.contains(job.state().phase())) {
                doubts++;
                return;
            }
            if (job == null || posts.isEmpty()) {
                lost++;
                violations.add("lost: " + key + " on " + post.target().platform() + " is "
                        + (job == null ? "unknown" : job.state().describe()));
                return;
            }
            replaced += job.handles() > 1 ? 1 : 0;
            boolean told = job.state() instanceof PublishState.Published published
                    && (published.postId().isEmpty()
                            || posts.stream().anyMatch(it -> it.id().equals(published.postId())));
            if (!told || !posts.get(0).account().equals(post.target().account())) {
                wrong++;
                violations.add("wrong: " + key + " is posted as " + posts + " and is said to be "
                        + job.state().describe());
            }
        }
    }
}
