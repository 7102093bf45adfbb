package io.linkspan.internal.explain;

import io.linkspan.connection.Evidence;
import io.linkspan.connection.Explanation;
import io.linkspan.connection.Explanation.Bucket;
import io.linkspan.connection.Explanation.Fact;
import io.linkspan.connection.Explanation.Step;
import io.linkspan.connection.Explanation.Who;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.link.AccountLink;
import io.linkspan.link.LinkStatus;
import io.linkspan.link.ManualUrl;
import io.linkspan.link.ProfileCheck;
import io.linkspan.link.Sighting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Explains an account link: pure. */
public final class LinkExplainer {
    private LinkExplainer() {}

    /** The account of a link, from those of its connections; {@code provenGone} when both are revoked on every side. */
    public static Explanation explain(
            AccountLink link,
            LinkStatus status,
            @Nullable ProfileCheck check,
            List<ManualUrl> urls,
            List<Explanation> connections,
            boolean provenGone,
            List<HistoryEntry> history,
            Instant now) {
        String name = connections.stream().map(Explanation::name).collect(Collectors.joining(" and "));
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("status", status.describe(), null, null));
        facts.add(new Fact("linked", "for " + link.intent(), link.linkedAt(), null));
        connections.forEach(one -> facts.add(new Fact(
                "connection " + one.id(),
                one.bucket() == Bucket.NONE ? one.verdict() : one.bucket().words() + ": " + one.verdict(),
                null,
                null)));
        if (check != null) {
            check.directions().forEach(direction -> profile(facts, direction, now));
            facts.add(new Fact(
                    "handles",
                    word(check.handles().verdict()) + " (" + check.handles().detail() + ")",
                    null,
                    null));
        } else if (link.intent().visible()) {
            facts.add(new Fact("profiles", "not checked yet", null, null));
        }
        return new Explanation(
                "link",
                link.id().value(),
                name,
                now,
                bucket(status, connections, provenGone),
                verdict(name, status, connections),
                facts,
                steps(status, check, urls, connections, provenGone),
                ConnectionExplainer.last(history),
                troubled(connections).map(Explanation::reason).orElse(""),
                troubled(connections).map(Explanation::until).orElse(null));
    }

    private static void profile(List<Fact> facts, ProfileCheck.Direction direction, Instant now) {
        String about = direction.profile() + " profile shows " + direction.shows();
        Sighting sighting = direction.sighting();
        Evidence seen = sighting instanceof Sighting.Found found
                ? found.evidence()
                : sighting instanceof Sighting.NotFound missed ? missed.evidence() : null;
        facts.add(new Fact(about, seen == null ? sighting.describe(now) : word(sighting.kind()), null, seen));
        direction.drift().ifPresent(drift -> facts.add(new Fact(about + ", drift", drift.what(), drift.since(), null)));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    private static boolean anyRemains(List<Explanation> connections) {
        return connections.stream().anyMatch(one -> one.bucket() == Bucket.REMOVED_BUT_STILL_ACTIVE);
    }

    /** The connection in trouble, if there is one. */
    private static Optional<Explanation> troubled(List<Explanation> connections) {
        return connections.stream()
                .filter(one -> one.bucket() != Bucket.NONE)
                .min(Comparator.comparingInt(one -> PublicationExplainer.weight(one.bucket())));
    }

    private static Bucket bucket(LinkStatus status, List<Explanation> connections, boolean provenGone) {
        Bucket ofConnection = troubled(connections).map(Explanation::bucket).orElse(Bucket.NONE);
        return switch (status.kind()) {
            case WORKING, CAPABILITY_BLOCKED, PERSON_NEEDED, RENEWING -> ofConnection;
            case DRIFTED, UNCONFIRMED -> ofConnection == Bucket.NONE ? Bucket.OPTION_MISSING : ofConnection;
            case ONE_SIDED -> Bucket.REMOVED_BUT_STILL_ACTIVE;
            case ENDED -> anyRemains(connections) ? Bucket.REMOVED_BUT_STILL_ACTIVE : Bucket.NONE;
            case PARTED -> provenGone ? Bucket.NONE : Bucket.REMOVED_BUT_STILL_ACTIVE;
        };
    }

    private static String verdict(String name, LinkStatus status, List<Explanation> connections) {
        return switch (status.kind()) {
            case WORKING -> name + " are linked: " + status.because() + ".";
            case PARTED -> name + " were unlinked; unlinking leaves connections and profiles as they are.";
            case ONE_SIDED -> name + " are linked on one side only: " + status.because() + ".";
            case ENDED ->
                name + " are no longer in use"
                        + (anyRemains(connections)
                                ? ", and not every side is proven gone."
                                : ", proven on every side.");
            case PERSON_NEEDED, RENEWING, CAPABILITY_BLOCKED ->
                name + " are linked. "
                        + troubled(connections).map(Explanation::verdict).orElse(status.because());
            case DRIFTED, UNCONFIRMED -> name + " are linked, but " + status.because() + ".";
        };
    }

    private static List<Step> steps(
            LinkStatus status,
            @Nullable ProfileCheck check,
            List<ManualUrl> urls,
            List<Explanation> connections,
            boolean provenGone) {
        Set<Step> steps = new LinkedHashSet<>();
        connections.forEach(one -> one.next().forEach(step -> steps.add(PublicationExplainer.named(one.name(), step))));
        if (status.kind() == LinkStatus.Kind.ONE_SIDED) {
            steps.add(
                    new Step(
                            Who.DEVELOPER,
                            "Unlink it, or connect the removed account again; disconnect the other connection if it is to go too."));
        }
        if (status.kind() == LinkStatus.Kind.PARTED && !provenGone) {
            steps.add(new Step(
                    Who.DEVELOPER,
                    "Disconnect the connections as well if access is to end; unlinking does not do that."));
        }
        boolean profiles = status.kind() == LinkStatus.Kind.DRIFTED || status.kind() == LinkStatus.Kind.UNCONFIRMED;
        for (ManualUrl url : profiles ? urls : List.<ManualUrl>of()) {
            boolean shown = check != null
                    && check.on(url.profile())
                            .filter(ProfileCheck.Direction::shown)
                            .isPresent();
            if (!shown) {
                url.steps().forEach(step -> steps.add(new Step(Who.PERSON, url.profile() + ": " + step)));
            }
        }
        if (profiles) {
            steps.add(new Step(
                    Who.DEVELOPER,
                    "Look again with check(...); where the platform shows nothing to apps, note what the person saw with"
                            + " attest(...)."));
        }
        return List.copyOf(steps);
    }
}
